"""Owns the failures that a user expects, each with a reason, and what they make of a report's outcomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .findings import Check, Outcome

_LINE = re.compile(r"(?P<id>REMO-[\w-]+)(?:\[(?P<endpoint>[\w-]+)\])?\s*:?\s+(?P<reason>\S.*)")


class ExpectationsError(Exception):
    """A file of expected failures cannot be read; the text names the line and says what it should be."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A check that is expected to fail, at one endpoint or at all, and why."""

    id: str
    endpoint: str | None
    reason: str

    def about(self, check: Check) -> bool:
        """Tell whether the expectation is about this check."""
        return self.id == check.id and self.endpoint in (None, check.endpoint)


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

    @property
    def stale(self) -> bool:
        """Whether it fails for an expectation that did not come true, and not for what the target did."""
        return self.result == "failed" and bool(self.text)


def settle(outcome: Outcome, expectations: Iterable[Expectation], *, strict: bool) -> Settled:
    """Decide what an outcome means for the run: notes fail a strict one, expected failures none."""
    expected = next((one for one in expectations if one.about(outcome.check)), None)
    fails = outcome.verdict == "violation" or (strict and outcome.verdict == "note")
    if outcome.verdict == "skipped":
        return Settled(outcome, "skipped", outcome.reason)
    # A list made for strict runs serves others, too.
    if expected and (fails or outcome.verdict == "note"):
        return Settled(outcome, "xfailed", expected.reason)
    if expected:
        return Settled(outcome, "failed", f"expected to fail ({expected.reason}), but it passes: take it off the list")
    return Settled(outcome, "failed" if fails else "passed")


def unmatched(expectations: Iterable[Expectation], checks: Iterable[Check]) -> tuple[Expectation, ...]:
    """Return the expectations that are about none of the checks there are."""
    known = tuple(checks)
    return tuple(one for one in expectations if not any(one.about(check) for check in known))
