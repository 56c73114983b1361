"""Describes what a tester asks for, in one vocabulary for header, queue and plus-address."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from remo_mock.contract import DECIMALS, SUCCESS_CODE, Endpoint, Json
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.outcomes.delay import MAX_DELAY, Delay, parse_delay
from remo_mock.service.outcomes.faults import FAULTS, WAITING_FAULTS

PROFILES: Mapping[str, int] = {"normal": 0, "caution": 1, "danger": 2}
"""The absolute grade that every metric has under each profile."""
EXAMPLE = "example"
"""The profile with the values of the page's example."""
NATURAL = "natural"
"""The origin of what nobody asked for."""
TERM_NAMES = ("code", "delay", "fault", "profile", EXAMPLE)
"""The terms of every endpoint; the names of its views and metrics are terms, too."""
_MAX_DEGREES = 90.0
EXPECTED_DEGREES = Hint("expected_degrees", {"most": _MAX_DEGREES, "decimals": DECIMALS})
EXPECTED_DELAY = Hint("expected_delay", {"most": MAX_DELAY})

Term = tuple[str, str | None]
"""A name and its value, such as ("code", "518") or ("example", None)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was asked for; an empty one asks for nothing.

    `origin` is the way by which the content of the reply was asked for, such as `queue`; `delay_by` and `faults_by`
    are those of delay and faults, since ways of different strength may join in one reply.
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
        """The terms as `Prefer` and `Preference-Applied` spell them, such as `code=518, delay=200-800`."""
        return ", ".join(term for _, term in _spell(self))

    @property
    def spelling_by_origin(self) -> str:
        """The terms behind the way by which each was asked for, such as `queue: code=518; header: delay=10`."""
        ways: dict[str, list[str]] = {}
        for way, term in _spell(self):
            ways.setdefault(way, []).append(term)
        return "; ".join(f"{way}: {', '.join(terms)}" for way, terms in ways.items())

    @property
    def decides(self) -> bool:
        """Whether it decides the content of the reply, and not only how the reply travels."""
        return bool(self.code or self.verdicts or self.profile or self.metrics)

    @property
    def waits(self) -> bool:
        """Whether it holds the answer back for longer than a moment."""
        return bool(self.delay and self.delay.longest) or not WAITING_FAULTS.isdisjoint(self.faults)

    def over(self, weaker: "Outcome") -> "Outcome":
        """Join with a weaker outcome: content, delay and faults are each taken from the stronger one that has any."""
        if weaker is NOTHING:
            return self
        content = self if self.decides else weaker
        delay = self if self.delay else weaker
        faults = self if self.faults else weaker
        return Outcome(
            code=content.code,
            verdicts=content.verdicts,
            profile=content.profile,
            metrics=content.metrics,
            delay=delay.delay,
            faults=faults.faults,
            origin=content.origin,
            delay_by=delay.delay_by,
            faults_by=faults.faults_by,
        )


NOTHING = Outcome()


def parse(terms: Iterable[Term], endpoint: Endpoint, *, origin: str) -> Outcome:
    """Make an outcome out of terms. Raises `OutcomeError` naming a wrong term and what the endpoint does know."""
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
            raise OutcomeError(", ".join(spelled), Hint("expected_once"))
    code = found.get("code")
    if code is not None and (verdicts or (code != SUCCESS_CODE and (metrics or "profile" in found))):
        raise OutcomeError(", ".join(spelled), Hint("expected_one_kind"))
    asked = Outcome(**found, verdicts=verdicts, metrics=metrics, faults=tuple(faults))
    return replace(
        asked,
        origin=origin if asked.decides else NATURAL,
        delay_by=origin if asked.delay else NATURAL,
        faults_by=origin if faults else NATURAL,
    )


def metric_named(name: str, endpoint: Endpoint) -> str:
    """Return the name of the metric that is called `name`, or whose field is, or an empty text."""
    return next((metric.name for metric in endpoint.metrics if name in (metric.name, metric.value_field)), "")


def documented_codes(endpoint: Endpoint) -> Hint:
    """Describe the codes that can be asked for, for an error."""
    return Hint("expected_code", {"endpoint": endpoint.name, "codes": (*endpoint.codes, SUCCESS_CODE)})


# How alike two words are (0 to 1) for one to be a slip of the other, and up to how many letters that is looked at.
_ALIKE = 0.7
_MAX_WORD = 40
_DEGREES = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?", re.IGNORECASE)


def _spell(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield each term of an outcome, behind the way by which it was asked for."""
    origin = outcome.origin
    if outcome.code is not None:
        yield origin, f"code={outcome.code}"
    if outcome.profile is not None:
        yield origin, EXAMPLE if outcome.profile == EXAMPLE else f"profile={outcome.profile}"
    yield from ((origin, f"{view}={verdict}") for view, verdict in outcome.verdicts.items())
    yield from ((origin, f"{metric}={degrees:g}") for metric, degrees in outcome.metrics.items())
    if outcome.delay is not None:
        yield outcome.delay_by, f"delay={outcome.delay}"
    yield from ((outcome.faults_by, f"fault={fault}") for fault in outcome.faults)


def _code(text: str, endpoint: Endpoint) -> int:
    known = {str(code): code for code in (*endpoint.codes, SUCCESS_CODE)}
    if text not in known:
        raise OutcomeError(f"code={text}", documented_codes(endpoint))
    return known[text]


def _delay(text: str) -> Delay:
    try:
        return parse_delay(text)
    except ValueError as error:
        raise OutcomeError(f"delay={text}", EXPECTED_DELAY) from error


def _degrees(metric: str, text: str) -> float:
    value = float(text) if _DEGREES.fullmatch(text) else _MAX_DEGREES * 2
    # A digit more would be rounded away, perhaps over a bound of the grades.
    if not abs(value) <= _MAX_DEGREES or round(value, DECIMALS) != value:
        raise OutcomeError(f"{metric}={text}", EXPECTED_DEGREES)
    return value + 0.0


def _one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise OutcomeError(f"{name}={value}", Hint("one_of", {"values": tuple(known)}))
    return value


def _known(endpoint: Endpoint, *, near: str) -> Hint:
    """List what can be asked for, beginning with what is most like `near`, if anything is."""
    choices = {
        "code": (*endpoint.codes, SUCCESS_CODE),
        "fault": FAULTS,
        "profile": (*PROFILES, EXAMPLE),
        **{view.name: endpoint.verdicts_of(view.name) for view in endpoint.views},
    }
    metrics = [metric.name for metric in endpoint.metrics]
    written = tuple(f"{name}=<{'|'.join(map(str, values))}>" for name, values in choices.items())
    everything = Hint("expected_terms", {"terms": written, "example": EXAMPLE, "metrics": tuple(metrics)})
    terms = {
        **{name: f"{name}=<{name}>" for name in choices},
        **{view.name: f"{view.name}=<verdict>" for view in endpoint.views},
        **{fault: f"fault={fault}" for fault in FAULTS},
        **{name: f"profile={name}" for name in PROFILES},
        **{metric: f"{metric}=<degrees>" for metric in metrics},
        "delay": "delay=<ms>",
        EXAMPLE: EXAMPLE,
    }
    alike = get_close_matches(near.lower()[:_MAX_WORD], terms, n=1, cutoff=_ALIKE)
    if not alike:
        return everything
    key = "expected_near" if near == alike[0] else "expected_exactly"
    return Hint(key, {"term": terms[alike[0]], "others": everything})
