"""What a tester may ask for, in one vocabulary for header, plus-address and queue; knows no account and no server."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from remo_mock.contract import Endpoint, Json
from remo_mock.exceptions import OutcomeError
from remo_mock.service.delay import LONGEST, Delay, parse_delay
from remo_mock.service.faults import FAULTS, HOLDING

PROFILES: Mapping[str, int] = {"normal": 0, "caution": 1, "danger": 2}
"""Profiles by the size of the grade that every metric then has."""
EXAMPLE = "example"
SUCCESS = 200
NATURAL = "natural"
"""The origin of what nobody asked for."""
NAMES = ("code", "delay", "fault", "profile", EXAMPLE)
"""The names of terms that every endpoint knows; views and metrics are the others."""
_STEEPEST = 90.0
_DECIMALS = 3
DEGREES = f"degrees from -90 to 90, with up to {_DECIMALS} decimals"
DELAYS = f"milliseconds, or a range such as 200-800, up to {LONGEST}"

Term = tuple[str, str | None]
"""A word that was asked for, such as ("code", "518") or ("danger", None)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked for; an empty one asks for nothing.

    `origin` is the way by which it was asked what the reply says, `delay_by` and `faults_by` are those of delay and
    faults: ways of different strength may join in one reply.
    """

    code: int | None = None
    verdicts: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    metrics: Mapping[str, float] = field(default_factory=dict)
    delay: Delay | None = None
    faults: tuple[str, ...] = ()
    origin: str = NATURAL
    delay_by: str = NATURAL
    faults_by: str = NATURAL

    @property
    def spelling(self) -> str:
        """Repeat the terms as `Prefer` and `Preference-Applied` spell them, such as `code=518, delay=200-800`."""
        return ", ".join(term for _, term in _spell(self))

    @property
    def told(self) -> str:
        """Repeat the terms behind the way by which each was asked for, such as `queue: code=518; header: delay=10`."""
        ways: dict[str, list[str]] = {}
        for way, term in _spell(self):
            ways.setdefault(way, []).append(term)
        return "; ".join(f"{way}: {', '.join(terms)}" for way, terms in ways.items())

    @property
    def decides(self) -> bool:
        """Tell whether it settles what the reply says, not only how it travels."""
        return bool(self.code or self.verdicts or self.profile or self.metrics)

    @property
    def waits(self) -> bool:
        """Tell whether an answer with it is held back for longer than a moment."""
        return bool(self.delay and self.delay.longest) or not HOLDING.isdisjoint(self.faults)

    def over(self, weaker: "Outcome") -> "Outcome":
        """Join with a weaker outcome: of what the reply says, of the delay and of the faults, the stronger's counts."""
        says = self if self.decides else weaker
        waits = self if self.delay else weaker
        fails = self if self.faults else weaker
        return Outcome(
            code=says.code,
            verdicts=says.verdicts,
            profile=says.profile,
            metrics=says.metrics,
            delay=waits.delay,
            faults=fails.faults,
            origin=says.origin,
            delay_by=waits.delay_by,
            faults_by=fails.faults_by,
        )


NOTHING = Outcome()


def parse(terms: Iterable[Term], endpoint: Endpoint, *, origin: str) -> Outcome:
    """Make an outcome out of terms. Raises `OutcomeError` naming the term and what the endpoint does know."""
    found: dict[str, Json] = {}
    verdicts: dict[str, str] = {}
    metrics: dict[str, float] = {}
    faults: dict[str, None] = {}
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
                faults[_one_of("fault", value, FAULTS)] = None
            case "profile", str():
                found["profile"] = _one_of("profile", value, (*PROFILES, EXAMPLE))
            case ("example", None):
                found["profile"] = EXAMPLE
            case view, str() if view in views:
                verdicts[view] = _one_of(view, value, endpoint.verdicts_of(view))
            case metric, str() if metric_named(metric, endpoint):
                metrics[metric_named(metric, endpoint)] = _degrees(metric, value)
            case _:
                raise OutcomeError(spelled[-1], _known(endpoint, near=name))
        if len(found) + len(verdicts) + len(metrics) + len(faults) == before:
            raise OutcomeError(", ".join(spelled), "each of them once")
    code = found.get("code")
    if code is not None and (verdicts or (code != SUCCESS and (metrics or "profile" in found))):
        raise OutcomeError(", ".join(spelled), "either a code, or verdicts of views, or a profile and metrics")
    asked = Outcome(**found, verdicts=verdicts, metrics=metrics, faults=tuple(faults))
    return replace(
        asked,
        origin=origin if asked.decides else NATURAL,
        delay_by=origin if asked.delay else NATURAL,
        faults_by=origin if faults else NATURAL,
    )


def metric_named(name: str, endpoint: Endpoint) -> str:
    """Return the metric that goes by `name`, its own or its field's, or an empty text."""
    return next((metric.name for metric in endpoint.metrics if name in (metric.name, metric.value_field)), "")


def codes_of(endpoint: Endpoint) -> str:
    """Say which codes can be asked for."""
    return f"a code that {endpoint.name} documents: {_list((*endpoint.codes, SUCCESS))}"


# How alike two words are (0 to 1) for one to be a slip of the other, and up to how many letters that is looked at.
_ALIKE = 0.7
_LONGEST_WORD = 40
_DEGREES = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?", re.IGNORECASE)


def _spell(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield each term of an outcome, behind the way by which it was asked for."""
    says = outcome.origin
    if outcome.code is not None:
        yield says, f"code={outcome.code}"
    if outcome.profile is not None:
        yield says, EXAMPLE if outcome.profile == EXAMPLE else f"profile={outcome.profile}"
    yield from ((says, f"{view}={verdict}") for view, verdict in outcome.verdicts.items())
    yield from ((says, f"{metric}={degrees:g}") for metric, degrees in outcome.metrics.items())
    if outcome.delay is not None:
        yield outcome.delay_by, f"delay={outcome.delay}"
    yield from ((outcome.faults_by, f"fault={fault}") for fault in outcome.faults)


def _code(text: str, endpoint: Endpoint) -> int:
    known = {str(code): code for code in (*endpoint.codes, SUCCESS)}
    if text not in known:
        raise OutcomeError(f"code={text}", codes_of(endpoint))
    return known[text]


def _delay(text: str) -> Delay:
    try:
        return parse_delay(text)
    except ValueError as error:
        raise OutcomeError(f"delay={text}", DELAYS) from error


def _degrees(metric: str, text: str) -> float:
    value = float(text) if _DEGREES.fullmatch(text) else _STEEPEST * 2
    # A digit more would be rounded away, perhaps over a bound of the grades.
    if not abs(value) <= _STEEPEST or round(value, _DECIMALS) != value:
        raise OutcomeError(f"{metric}={text}", DEGREES)
    return value + 0.0


def _one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise OutcomeError(f"{name}={value}", f"one of {_list(known)}")
    return value


def _list(known: Iterable[object]) -> str:
    return ", ".join(map(str, known))


def _known(endpoint: Endpoint, *, near: str) -> str:
    """List what can be asked for, beginning with what is most like `near`, if anything is."""
    choices = {
        "code": (*endpoint.codes, SUCCESS),
        "fault": FAULTS,
        "profile": (*PROFILES, EXAMPLE),
        **{view.name: endpoint.verdicts_of(view.name) for view in endpoint.views},
    }
    metrics = [metric.name for metric in endpoint.metrics]
    told = _list(f"{name}=<{'|'.join(map(str, values))}>" for name, values in choices.items())
    told = f"{told}, {EXAMPLE}, delay=<ms>, <metric>=<degrees> of {_list(metrics)}"
    terms = {
        **{name: f"{name}=<{name}>" for name in choices},
        **{view.name: f"{view.name}=<verdict>" for view in endpoint.views},
        **{fault: f"fault={fault}" for fault in FAULTS},
        **{name: f"profile={name}" for name in PROFILES},
        **{metric: f"{metric}=<degrees>" for metric in metrics},
        "delay": "delay=<ms>",
        EXAMPLE: EXAMPLE,
    }
    alike = get_close_matches(near.lower()[:_LONGEST_WORD], terms, n=1, cutoff=_ALIKE)
    if not alike:
        return told
    exactly = "" if near == alike[0] else " (words are compared exactly)"
    return f"{terms[alike[0]]}{exactly}, or another of {told}"
