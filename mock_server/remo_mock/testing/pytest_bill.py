"""The bill of a test run: adds up the usage of its mocks, prints it, and fails the run above a limit."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from remo_mock.testing.usage_listeners import listeners

if TYPE_CHECKING:
    from remo_mock.testing.usage import Usage

Plain: TypeAlias = Any
"""What xdist can send between processes: dicts, lists, numbers and texts."""

_WORKER_KEY = "remo_mock"
# More lines about photos that were paid for twice would bury the bill.
_MOST_REPEATS = 5


@dataclass(slots=True)
class Bill:
    """What the tests of a run would have cost, and which error codes the client received."""

    credits: int = 0
    tests: set[str] = field(default_factory=set)
    successes: Counter[str] = field(default_factory=Counter)
    repeats: Counter[tuple[str, str]] = field(default_factory=Counter)
    received: dict[str, set[int]] = field(default_factory=dict)
    documented: dict[str, set[int]] = field(default_factory=dict)

    def add(self, test: str, usage: "Usage") -> None:
        """Add the usage of one mock in a test."""
        self.credits += usage.credits
        self.successes.update(usage.successes)
        if usage.successes:
            self.tests.add(test)
        for endpoint, times in usage.repeats.items():
            self.repeats[test, endpoint] += times
        for endpoint, codes in usage.documented.items():
            self._add_codes(endpoint, received=usage.received[endpoint], documented=codes)

    def to_plain(self) -> Plain:
        """Return the whole bill for another process."""
        return {
            "credits": self.credits,
            "tests": sorted(self.tests),
            "successes": dict(self.successes),
            "repeats": [[*key, times] for key, times in self.repeats.items()],
            "received": {endpoint: sorted(codes) for endpoint, codes in self.received.items()},
            "documented": {endpoint: sorted(codes) for endpoint, codes in self.documented.items()},
        }

    def add_plain(self, plain: Plain) -> None:
        """Add the bill of another process."""
        self.credits += plain["credits"]
        self.tests.update(plain["tests"])
        self.successes.update(plain["successes"])
        self.repeats.update({(test, endpoint): times for test, endpoint, times in plain["repeats"]})
        for endpoint, codes in plain["documented"].items():
            self._add_codes(endpoint, received=plain["received"][endpoint], documented=codes)

    def _add_codes(self, endpoint: str, *, received: Iterable[int], documented: Iterable[int]) -> None:
        self.received.setdefault(endpoint, set()).update(received)
        self.documented.setdefault(endpoint, set()).update(documented)

    @property
    def codes_received(self) -> set[int]:
        """The error codes that reached the client, from any endpoint."""
        return set().union(*self.received.values())

    def lines(self) -> Iterator[str]:
        """Yield the lines of the summary, none if no mock received a request."""
        if not self.documented:
            return
        successes = ", ".join(f"{_count(n, 'success', 'es')} on {name}" for name, n in sorted(self.successes.items()))
        where = f": {successes} in {_count(len(self.tests), 'test')}" if successes else ""
        yield f"these tests would have cost {_count(self.credits, 'credit')} on the real service{where}"
        repeats = sorted(self.repeats.items())
        for (test, endpoint), times in repeats[:_MOST_REPEATS]:
            yield f"paid again for the same photos: {test}, {_count(times, 'time')} on {endpoint}"
        if len(repeats) > _MOST_REPEATS:
            yield f"... and in {_count(len(repeats) - _MOST_REPEATS, 'test')} more"
        documented, received = set().union(*self.documented.values()), self.codes_received
        missing = ", ".join(map(str, sorted(documented - received)))
        never = f"; never: {missing}" if missing else ""
        yield f"your client was shown {len(received)} of {len(documented)} codes{never}"


class BillPlugin:
    """The pytest hooks that keep the bill of one process, or of all workers of xdist."""

    def __init__(self, *, max_credits: int | None, min_codes: int | None) -> None:
        self._max_credits = max_credits
        self._min_codes = min_codes
        self._bill = Bill()
        self._test = "outside of tests"
        listeners.append(self._add)

    def _add(self, usage: "Usage") -> None:
        self._bill.add(self._test, usage)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """Remember which test is running."""
        self._test = nodeid

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add the bill of an xdist worker that ended; one that crashed left none."""
        plain = getattr(node, "workeroutput", {}).get(_WORKER_KEY)
        if plain is not None:
            self._bill.add_plain(plain)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """In an xdist worker, send the bill to the controller; elsewhere fail the run if it exceeds a limit."""
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_WORKER_KEY] = self._bill.to_plain()
        elif session.exitstatus == pytest.ExitCode.OK and any(self._failures()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: "pytest.TerminalReporter") -> None:
        """Print the bill."""
        lines, failures = list(self._bill.lines()), list(self._failures())
        if lines or failures:
            terminalreporter.section("remo-mock")
        for line in lines:
            terminalreporter.line(line)
        for line in failures:
            terminalreporter.line(line, red=True)

    def pytest_unconfigure(self) -> None:
        """Stop listening."""
        listeners.remove(self._add)

    def _failures(self) -> Iterator[str]:
        if self._max_credits is not None and self._bill.credits > self._max_credits:
            yield f"FAILED --remo-max-credits {self._max_credits}: the bill is {_count(self._bill.credits, 'credit')}"
        codes = len(self._bill.codes_received)
        if self._min_codes is not None and codes < self._min_codes:
            yield f"FAILED --remo-min-codes {self._min_codes}: {_count(codes, 'code')} shown"


def _count(number: int, noun: str, plural: str = "s") -> str:
    return f"{number} {noun}{'' if number == 1 else plural}"
