"""What a tester may ask for, in one vocabulary for header, plus-address and queue; knows no account and no server."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mock_server.contract import Endpoint, Json
from mock_server.delay import Delay, parse_delay
from mock_server.exceptions import OutcomeError
from mock_server.faults import FAULTS

PROFILES: Mapping[str, int] = {"normal": 0, "caution": 1, "danger": 2}
"""Profiles by the size of the grade that every metric then has."""
EXAMPLE = "example"
SUCCESS = 200
_STEEPEST = 90.0

Term = tuple[str, str | None]
"""A word that was asked for, such as ("code", "518") or ("danger", None)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked for; an empty one asks for nothing. `spelling` repeats the terms, for the answer's header."""

    code: int | None = None
    verdicts: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    delay: Delay | None = None
    faults: tuple[str, ...] = ()
    origin: str = "natural"
    spelling: str = ""

    @property
    def decides(self) -> bool:
        """Tell whether it settles what the reply says, not only how it travels."""
        return bool(self.code or self.verdicts or self.profile or self.metrics)

    def over(self, weaker: "Outcome") -> "Outcome":
        """Join with a weaker outcome: of what the reply says, of the delay and of the faults, the stronger's counts."""
        says = self if self.decides or not weaker.decides else weaker
        return Outcome(
            code=says.code,
            verdicts=says.verdicts,
            profile=says.profile,
            metrics=says.metrics,
            delay=self.delay or weaker.delay,
            faults=self.faults or weaker.faults,
            origin=says.origin if says.decides else self.origin if self.spelling else weaker.origin,
            spelling=", ".join(filter(None, (self.spelling, weaker.spelling))),
        )


NOTHING = Outcome()


def from_prefer(header: str, endpoint: Endpoint) -> Outcome:
    """Read a `Prefer` header (RFC 7240). Preferences that are not ours pass; ours must be right.

    Raises `OutcomeError` for a code, view, verdict, metric, profile, delay or fault that the endpoint does not know.
    """
    terms = list(_prefer_terms(header))
    ours = [term for term in terms if term[0] not in _OTHERS]
    return parse(ours, endpoint, origin="header")


def split_address(email: str) -> tuple[str, list[str]]:
    """Split a plus-address into the account's address and the words between: `demo+518@x` gives `demo@x`, ["518"]."""
    name, at, host = email.partition("@")
    base, *words = name.split("+")
    return base + at + host, words


def from_words(words: Iterable[str], endpoint: Endpoint) -> Outcome:
    """Read a plus-address's words: `518`, `danger`, `delay800`, `drop`, `back=no_person`. Raises `OutcomeError`."""
    return parse([_word(word) for word in words], endpoint, origin="plus-address")


def from_queue(terms: Mapping[str, Json], endpoint: Endpoint) -> Outcome:
    """Read the terms of a queued outcome, names to values as in `{"code": 518}`. Raises `OutcomeError`."""
    pairs = [(name, None if value in (True, None, "") else _text(value)) for name, value in terms.items()]
    return parse(pairs, endpoint, origin="queue")


def parse(terms: Iterable[Term], endpoint: Endpoint, *, origin: str) -> Outcome:
    """Make an outcome out of terms. Raises `OutcomeError` naming the term and what the endpoint does know."""
    found: dict[str, Json] = {}
    verdicts: dict[str, str] = {}
    metrics: dict[str, float] = {}
    faults: list[str] = []
    spelled: list[str] = []
    views = [view.name for view in endpoint.views]
    for name, value in terms:
        spelled.append(name if value is None else f"{name}={value}")
        match name, value:
            case "code", str():
                found["code"] = _code(value, endpoint)
            case "delay", str():
                found["delay"] = _delay(value)
            case "fault", str():
                faults.append(_one_of("fault", value, FAULTS))
            case "profile", str():
                found["profile"] = _one_of("profile", value, (*PROFILES, EXAMPLE))
            case ("example", None):
                found["profile"] = EXAMPLE
            case view, str() if view in views:
                verdicts[view] = _one_of(view, value, endpoint.verdicts_of(view))
            case metric, str() if _metric(metric, endpoint):
                metrics[_metric(metric, endpoint)] = _degrees(metric, value)
            case _:
                raise OutcomeError(spelled[-1], _known(endpoint))
    if "code" in found and (verdicts or metrics or "profile" in found) and found["code"] != SUCCESS:
        raise OutcomeError(", ".join(spelled), "either a code, or verdicts of views, or a profile and metrics")
    return Outcome(
        **found,
        verdicts=verdicts,
        metrics=metrics,
        faults=tuple(faults),
        origin=origin if spelled else "natural",
        spelling=", ".join(spelled),
    )


# Preferences of RFC 7240 and its kin that clients send to any server.
_OTHERS = frozenset({"respond-async", "return", "wait", "handling", "depth-noroot", "safe"})


def _prefer_terms(header: str) -> Iterator[Term]:
    """Yield what a Prefer header holds; `;` separates as `,` does, since none of ours has parameters."""
    for part in re.split(r"[,;]", header):
        name, equals, value = part.partition("=")
        if name.strip():
            yield name.strip().lower(), value.strip().strip('"') if equals else None


def _word(word: str) -> Term:
    """Read one word of a plus-address, where `=` may be missing since some apps refuse it in an address."""
    name, equals, value = word.partition("=")
    if equals:
        return name, value
    if word.isdigit():
        return "code", word
    if word.startswith("delay"):
        return "delay", word.removeprefix("delay")
    if word in PROFILES:
        return "profile", word
    return ("fault", word) if word in FAULTS else (word, None)


def _text(value: Json) -> str:
    return value if isinstance(value, str) else f"{value}"


def _code(text: str, endpoint: Endpoint) -> int:
    known = (*endpoint.codes, SUCCESS)
    if not text.isdigit() or int(text) not in known:
        raise OutcomeError(f"code={text}", f"a code that {endpoint.name} documents: {_list(known)}")
    return int(text)


def _delay(text: str) -> Delay:
    try:
        return parse_delay(text)
    except ValueError as error:
        raise OutcomeError(f"delay={text}", "milliseconds, or a range such as 200-800, up to 600000") from error


def _degrees(metric: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = _STEEPEST * 2
    if not abs(value) <= _STEEPEST:
        raise OutcomeError(f"{metric}={text}", "degrees from -90 to 90")
    return round(value, 3) + 0.0


def _metric(name: str, endpoint: Endpoint) -> str:
    """Return the metric that goes by `name`, its own or its field's, or an empty text."""
    return next((metric.name for metric in endpoint.metrics if name in (metric.name, metric.value_field)), "")


def _one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise OutcomeError(f"{name}={value}", f"one of {_list(known)}")
    return value


def _list(known: Iterable[object]) -> str:
    return ", ".join(map(str, known))


def _known(endpoint: Endpoint) -> str:
    views = _list(f"{view.name}=<verdict>" for view in endpoint.views)
    return f"code=<code>, delay=<ms>, fault=<fault>, profile=<profile>, example, {views}, <metric>=<degrees>"
