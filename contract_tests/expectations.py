"""Owns the failures that a user expects, each with a reason, and what they make of a report's outcomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .findings import Outcome

_LINE = re.compile(r"(?P<id>REMO-[\w-]+)(?:\[(?P<endpoint>[\w-]+)\])?\s*:?\s+(?P<reason>\S.*)")


class ExpectationsError(Exception):
    """A file of expected failures cannot be read; the text names the line and says what it should be."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A check that is expected to fail, at one endpoint or at all, and why."""

    id: str
    endpoint: str | None
    reason: str

    def covers(self, outcome: Outcome) -> bool:
        """Tell whether the expectation is about this outcome."""
        return self.id == outcome.check.id and self.endpoint in (None, outcome.endpoint)


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """Read lines such as `REMO-GRADE-bar_tilt[analysis-skeleton-v2-back]: ticket 4711`; # begins a comment."""
    found = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ExpectationsError(f"{path.name} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        match = _LINE.fullmatch(text)
        if match is None:
            raise ExpectationsError(
                f"{path.name}, line {number}: expected CHECK-ID[endpoint]: reason; the reason is needed"
            )
        found.append(Expectation(match["id"], match["endpoint"], match["reason"]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Settled:
    """Whether an outcome fails the run, and what to say of it."""

    outcome: Outcome
    result: str  # passed, failed, xfailed, skipped
    text: str = ""


def settle(outcome: Outcome, expectations: Iterable[Expectation], *, strict: bool) -> Settled:
    """Decide what an outcome means for the run: notes fail a strict one, expected failures none."""
    expected = next((one for one in expectations if one.covers(outcome)), None)
    fails = outcome.verdict == "violation" or (strict and outcome.verdict == "note")
    if outcome.verdict == "skipped":
        return Settled(outcome, "skipped", outcome.reason)
    if fails and expected:
        return Settled(outcome, "xfailed", expected.reason)
    if expected:
        return Settled(outcome, "failed", f"expected to fail ({expected.reason}), but it passes: take it off the list")
    return Settled(outcome, "failed" if fails else "passed")


def unmatched(expectations: Iterable[Expectation], outcomes: Iterable[Outcome]) -> tuple[Expectation, ...]:
    """Return the expectations that are about no check of the run."""
    seen = tuple(outcomes)
    return tuple(one for one in expectations if not any(one.covers(outcome) for outcome in seen))
