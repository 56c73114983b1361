"""What a tester may ask for, in one vocabulary for header, plus-address and queue; knows no account and no server."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mock_server.contract import Endpoint, Json
from mock_server.delay import Delay, parse_delay
from mock_server.exceptions import OutcomeError
from mock_server.faults import FAULTS

PROFILES: Mapping[str, int] = {"normal": 0, "caution": 1, "danger": 2}
"""Profiles by the size of the grade that every metric then has."""
EXAMPLE = "example"
SUCCESS = 200
_STEEPEST = 90.0
_DECIMALS = 3

Term = tuple[str, str | None]
"""A word that was asked for, such as ("code", "518") or ("danger", None)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked for; an empty one asks for nothing."""

    code: int | None = None
    verdicts: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    delay: Delay | None = None
    faults: tuple[str, ...] = ()
    origin: str = "natural"

    @property
    def spelling(self) -> str:
        """Repeat the terms as `Prefer` and `Preference-Applied` spell them, such as `code=518, delay=200-800`."""
        return ", ".join(_spell(self))

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
            origin=says.origin if says.decides else self.origin if self != NOTHING else weaker.origin,
        )

    def shown(self, code: int, *, looked: bool) -> "Outcome":
        """Leave out what a reply of this code does not show, since an error came first.

        `looked` tells whether it came to looking at the photos. Delays and faults happen to every reply.
        """
        came_true = code == self.code if self.code else looked if self.verdicts else code == SUCCESS
        return self if came_true else replace(self, code=None, verdicts={}, profile=None, metrics={})


NOTHING = Outcome()


def from_prefer(header: str, endpoint: Endpoint) -> Outcome:
    """Read a `Prefer` header (RFC 7240). Preferences that are not ours pass; ours must be right.

    Raises `OutcomeError` for an empty preference, and for a code, view, verdict, metric, profile, delay or fault that
    the endpoint does not know.
    """
    ours: list[Term] = []
    for preference in _split(header, ",") if header else ():
        first, *parameters = map(_prefer_term, _split(preference, ";"))
        others = first[0] in _OTHERS
        # Behind somebody else's preference stand its own parameters, which may have any name but those of ours.
        ours += [term for term in parameters if term[0] and (not others or _is_ours(term[0], endpoint))]
        if not others:
            ours.append(first)
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
    pairs = [
        # By identity: 1 equals True, and is a number of degrees or milliseconds.
        (name, None if value is True else f"{value}")
        for name, values in terms.items()
        for value in (values if isinstance(values, list) else [values])
    ]
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
        before = len(found) + len(verdicts) + len(metrics) + len(faults)
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
        if len(found) + len(verdicts) + len(metrics) + len(faults) == before:
            raise OutcomeError(", ".join(spelled), "each of them once")
    code = found.get("code")
    if code is not None and (verdicts or (code != SUCCESS and (metrics or "profile" in found))):
        raise OutcomeError(", ".join(spelled), "either a code, or verdicts of views, or a profile and metrics")
    return Outcome(
        **found, verdicts=verdicts, metrics=metrics, faults=tuple(faults), origin=origin if spelled else "natural"
    )


# Preferences of RFC 7240 and its kin that clients send to any server.
_OTHERS = frozenset({"respond-async", "return", "wait", "handling", "depth-noroot", "safe"})


# The names of ours that every endpoint knows; views and metrics are the others.
_NAMES = frozenset({"code", "delay", "fault", "profile", EXAMPLE})
_PIECES = re.compile(r'"(?:\\.|[^"\\])*"?|[,;]|[^",;]+')
_DEGREES = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?", re.IGNORECASE)


def _split(text: str, separator: str) -> list[str]:
    """Split at a separator that stands in no quoted string."""
    parts = [""]
    for piece in _PIECES.findall(text):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece
    return parts


def _prefer_term(part: str) -> Term:
    name, equals, value = (text.strip() for text in part.partition("="))
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return name.lower(), (value[1:-1] if quoted else value) if equals else None


def _is_ours(name: str, endpoint: Endpoint) -> bool:
    return name in _NAMES or any(name == view.name for view in endpoint.views) or bool(_metric(name, endpoint))


def _spell(outcome: Outcome) -> Iterator[str]:
    """Yield each term of an outcome."""
    if outcome.code is not None:
        yield f"code={outcome.code}"
    if outcome.profile is not None:
        yield EXAMPLE if outcome.profile == EXAMPLE else f"profile={outcome.profile}"
    yield from (f"{view}={verdict}" for view, verdict in outcome.verdicts.items())
    yield from (f"{metric}={degrees:g}" for metric, degrees in outcome.metrics.items())
    if outcome.delay is not None:
        yield f"delay={outcome.delay}"
    yield from (f"fault={fault}" for fault in outcome.faults)


def _word(word: str) -> Term:
    """Read one word of a plus-address, where `=` may be missing since some apps refuse it in an address."""
    name, equals, value = word.partition("=")
    if equals:
        return name, value
    if word.isascii() and word.isdigit():
        return "code", word
    if word.startswith("delay"):
        return "delay", word.removeprefix("delay")
    if word in PROFILES:
        return "profile", word
    return ("fault", word) if word in FAULTS else (word, None)


def _code(text: str, endpoint: Endpoint) -> int:
    known = (*endpoint.codes, SUCCESS)
    if not (text.isascii() and text.isdigit()) or int(text) not in known:
        raise OutcomeError(f"code={text}", f"a code that {endpoint.name} documents: {_list(known)}")
    return int(text)


def _delay(text: str) -> Delay:
    try:
        return parse_delay(text)
    except ValueError as error:
        raise OutcomeError(f"delay={text}", "milliseconds, or a range such as 200-800, up to 600000") from error


def _degrees(metric: str, text: str) -> float:
    value = float(text) if _DEGREES.fullmatch(text) else _STEEPEST * 2
    # A digit more would be rounded away, perhaps over a bound of the grades.
    if not abs(value) <= _STEEPEST or round(value, _DECIMALS) != value:
        raise OutcomeError(f"{metric}={text}", f"degrees from -90 to 90, with up to {_DECIMALS} decimals")
    return value + 0.0


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
    choices = {
        "code": (*endpoint.codes, SUCCESS),
        "fault": FAULTS,
        "profile": (*PROFILES, EXAMPLE),
        **{view.name: endpoint.verdicts_of(view.name) for view in endpoint.views},
    }
    told = _list(f"{name}=<{'|'.join(map(str, values))}>" for name, values in choices.items())
    return f"{told}, {EXAMPLE}, delay=<ms>, <metric>=<degrees> of {_list(metric.name for metric in endpoint.metrics)}"
