"""The bill of a test run: adds up receipts, also of xdist's workers, prints them, and holds the gates."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import pytest

from remo_mock.testing.receipts import Receipt, listeners

Plain: TypeAlias = Any
"""What xdist carries between processes: dicts, lists, numbers and texts."""

_IN_WORKER = "remo_mock"
# Lines about photos paid for twice: more would bury the bill.
_REPEATS_TOLD = 5


@dataclass(slots=True)
class Bill:
    """What the tests of a run came to."""

    credits: int = 0
    tests: set[str] = field(default_factory=set)
    successes: Counter[str] = field(default_factory=Counter)
    repeats: Counter[tuple[str, str]] = field(default_factory=Counter)
    shown: dict[str, set[int]] = field(default_factory=dict)
    known: dict[str, set[int]] = field(default_factory=dict)

    def add(self, test: str, receipt: Receipt) -> None:
        """Add what one mock of a test came to."""
        self.credits += receipt.credits
        self.successes.update(receipt.successes)
        if receipt.successes:
            self.tests.add(test)
        for endpoint, times in receipt.repeats.items():
            self.repeats[test, endpoint] += times
        for endpoint, codes in receipt.known.items():
            self.known.setdefault(endpoint, set()).update(codes)
            self.shown.setdefault(endpoint, set()).update(receipt.shown[endpoint])

    def to_plain(self) -> Plain:
        """Return all of it for another process."""
        return {
            "credits": self.credits,
            "tests": sorted(self.tests),
            "successes": dict(self.successes),
            "repeats": [[*key, times] for key, times in self.repeats.items()],
            "shown": {endpoint: sorted(codes) for endpoint, codes in self.shown.items()},
            "known": {endpoint: sorted(codes) for endpoint, codes in self.known.items()},
        }

    def add_plain(self, plain: Plain) -> None:
        """Add the bill of another process."""
        self.credits += plain["credits"]
        self.tests.update(plain["tests"])
        self.successes.update(plain["successes"])
        self.repeats.update({(test, endpoint): times for test, endpoint, times in plain["repeats"]})
        for endpoint, codes in plain["known"].items():
            self.known.setdefault(endpoint, set()).update(codes)
            self.shown.setdefault(endpoint, set()).update(plain["shown"][endpoint])

    @property
    def codes_shown(self) -> set[int]:
        """The error codes that reached the client, on any endpoint."""
        return set().union(*self.shown.values())

    def lines(self) -> Iterator[str]:
        """Yield the lines of the summary, none if no mock was called."""
        if not self.known:
            return
        successes = ", ".join(f"{_count(n, 'success', 'es')} on {name}" for name, n in sorted(self.successes.items()))
        where = f": {successes} in {_count(len(self.tests), 'test')}" if successes else ""
        yield f"these tests would have cost {_count(self.credits, 'credit')} on the real service{where}"
        repeats = sorted(self.repeats.items())
        for (test, endpoint), times in repeats[:_REPEATS_TOLD]:
            yield f"paid again for the same photos: {test}, {_count(times, 'time')} on {endpoint}"
        if len(repeats) > _REPEATS_TOLD:
            yield f"... and in {_count(len(repeats) - _REPEATS_TOLD, 'test')} more"
        known, shown = set().union(*self.known.values()), self.codes_shown
        never = ", ".join(map(str, sorted(known - shown)))
        yield f"your client was shown {len(shown)} of {len(known)} codes" + (f"; never: {never}" if never else "")


class BillKeeper:
    """The hooks that keep the bill of one process."""

    def __init__(self, *, max_credits: int | None, min_codes: int | None) -> None:
        self._max_credits = max_credits
        self._min_codes = min_codes
        self._bill = Bill()
        self._test = "outside of tests"
        listeners.append(self._hear)

    def _hear(self, receipt: Receipt) -> None:
        self._bill.add(self._test, receipt)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Remember which test is running."""
        self._test = nodeid

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add the bill of a worker that ends; one that crashed has left none."""
        plain = getattr(node, "workeroutput", {}).get(_IN_WORKER)
        if plain is not None:
            self._bill.add_plain(plain)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand the bill to xdist's controller or, there and without xdist, fail the run if a gate is not met."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_IN_WORKER] = self._bill.to_plain()
        elif session.exitstatus == pytest.ExitCode.OK and any(self._broken_gates()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the bill."""
        lines, broken = list(self._bill.lines()), list(self._broken_gates())
        if lines or broken:
            terminalreporter.section("remo-mock")
        for line in lines:
            terminalreporter.line(line)
        for line in broken:
            terminalreporter.line(line, red=True)

    def pytest_unconfigure(self) -> None:
        """Listen no more."""
        listeners.remove(self._hear)

    def _broken_gates(self) -> Iterator[str]:
        if self._max_credits is not None and self._bill.credits > self._max_credits:
            yield f"FAILED --remo-max-credits {self._max_credits}: the bill is {_count(self._bill.credits, 'credit')}"
        if self._min_codes is not None and len(self._bill.codes_shown) < self._min_codes:
            yield f"FAILED --remo-min-codes {self._min_codes}: {_count(len(self._bill.codes_shown), 'code')} shown"


def _count(number: int, noun: str, plural: str = "s") -> str:
    return f"{number} {noun}{'' if number == 1 else plural}"
