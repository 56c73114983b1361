"""Reads the failures that a user expects, each with a reason, and assesses the results of checks by them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from remo_mock.files.given import read_given

from .check import Check
from .results import CheckResult

Status: TypeAlias = Literal["passed", "failed", "xfailed", "skipped"]

_LINE = re.compile(r"(?P<id>REMO-[\w-]+)(?:\[(?P<endpoint>[\w-]+)\])?\s*:?\s+(?P<reason>\S.*)")


class ExpectationsError(Exception):
    """A file of expected failures cannot be read; the text names the line and says what it should be."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """A check that is expected to fail, at one endpoint or at all, and why."""

    id: str
    endpoint: str | None
    reason: str

    def matches(self, check: Check) -> bool:
        """Tell whether this check is the one that is expected to fail."""
        return self.id == check.id and self.endpoint in (None, check.endpoint)


def read_expectations(path: Path) -> tuple[Expectation, ...]:
    """Read lines such as `REMO-GRADE-bar_tilt[analysis-skeleton-v2-back]: ticket 4711`; # begins a comment.

    Raises `ExpectationsError`.
    """
    found = []
    try:
        lines = read_given(path).decode().splitlines()
    except OSError as error:
        raise ExpectationsError(f"{path.name} cannot be read: {error.strerror}; give another file") from error
    except UnicodeDecodeError as error:
        raise ExpectationsError(f"{path.name} is no text in UTF-8; write one with an id and a reason a line") from error
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
class Assessment:
    """Whether the result of a check fails the run, in pytest's words, and what to say of it."""

    result: CheckResult
    status: Status
    text: str = ""

    @property
    def unexpected_pass(self) -> bool:
        """Whether the run fails because an expected failure did not occur, and not for what the target did."""
        return self.status == "failed" and bool(self.text)


def assess(result: CheckResult, expectations: Iterable[Expectation], *, strict: bool) -> Assessment:
    """Decide what a result means for the run: notes fail a strict run, expected failures fail none."""
    expected = next((one for one in expectations if one.matches(result.check)), None)
    fails = result.verdict == "violation" or (strict and result.verdict == "note")
    if result.verdict == "skipped":
        return Assessment(result, "skipped", result.reason)
    # A list made for strict runs serves others, too.
    if expected and (fails or result.verdict == "note"):
        return Assessment(result, "xfailed", expected.reason)
    if expected:
        return Assessment(
            result, "failed", f"expected to fail ({expected.reason}), but it passes: take it off the list"
        )
    return Assessment(result, "failed" if fails else "passed")


def unmatched(expectations: Iterable[Expectation], checks: Iterable[Check]) -> tuple[Expectation, ...]:
    """Return the expectations that match no check."""
    known = tuple(checks)
    return tuple(one for one in expectations if not any(one.matches(check) for check in known))
