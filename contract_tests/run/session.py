"""Runs the suite once for a pytest session, and keeps what it came to; knows pytest's hooks by nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..checks import catalogue
from ..model.credentials import Redactor
from ..model.expectations import Expectation, Settled, read_expectations, settle, unmatched
from ..model.findings import Check
from ..model.report import Report
from .judging import Target, run
from .options import OWN_BUDGET, Options, check_given, photos_of, target_of
from .own_mock import own_mock
from .own_run import own_target
from .running import Progress

CONFORMS, VIOLATIONS, USAGE, INCOMPLETE, INTERNAL = 0, 1, 2, 3, 4


@dataclass(slots=True)
class Session:
    """The options, the expectations and, once it was made, the report of one run."""

    options: Options
    expectations: tuple[Expectation, ...] = ()
    target: Target | None = None
    report: Report | None = None
    settled: list[Settled] = field(default_factory=list)

    @classmethod
    def prepare(cls, options: Options) -> "Session":
        """Check all that can be before anything is sent. Raises `UsageError`, `UnsafeError`, `ExpectationsError`."""
        known = catalogue.contract().endpoints
        expectations = read_expectations(Path(options.xfails)) if options.xfails else ()
        photos_of(options, known)
        check_given(options, known)
        target = target_of(options, known) if options.foreign_url else None
        return cls(options, expectations, target)

    def checks(self) -> tuple[Check, ...]:
        """Return the checks of the chosen endpoints."""
        chosen = self.options.endpoints
        return tuple(check for check in catalogue.all_checks() if not chosen or check.endpoint in chosen)

    def carry_out(self, progress: Progress, announce: Callable[[str], None]) -> Report:
        """Send and judge, once; later calls return the same report."""
        if self.report is None:
            with self._resolved() as target:
                self.target = target
                self.report = run(target, progress=progress, announce=announce)
            self.settled = [
                settle(outcome, self.expectations, strict=self.options.strict) for outcome in self.report.outcomes
            ]
        return self.report

    @contextmanager
    def _resolved(self) -> Iterator[Target]:
        if self.target is not None:
            yield self.target
            return
        known = catalogue.contract().endpoints
        with own_mock() as url:
            yield replace(
                own_target(url, budget=OWN_BUDGET if self.options.budget is None else self.options.budget),
                photos=photos_of(self.options, known),
                http_status=self.options.http_status,
                timeout=self.options.timeout,
                endpoints=self.options.endpoints,
            )

    def finished(self) -> Report:
        """Return the report; there is one, once `carry_out` was called."""
        if self.report is None:
            raise LookupError("the run has not been made")
        return self.report

    def about(self, check: Check) -> Settled:
        """Return what the run says of one check."""
        return next(
            one for one in self.settled if (one.outcome.check.id, one.outcome.endpoint) == (check.id, check.endpoint)
        )

    def clean(self, text: str) -> str:
        """Return a text without the secrets of the run."""
        return Redactor([self.target.credentials] if self.target is not None else []).clean(text)

    def cannot_write(self, what: str, error: OSError) -> None:
        """Note that a report did not come to be: the run did not do all that it was asked."""
        report = self.finished()
        told = f"{what} cannot be written: {error.strerror or error}; make room, or name another file"
        self.report = replace(report, incomplete="; ".join(part for part in (report.incomplete, told) if part))

    def lost(self) -> tuple[Expectation, ...]:
        """Return the expectations that match no check, of whatever endpoint."""
        return unmatched(self.expectations, catalogue.all_checks()) if self.report else ()

    def exit_code(self) -> int:
        """Return 0 if the target conforms, 1 for violations, 3 if the run could not do what it was asked.

        What was seen to be wrong stays wrong, however the run ended. That an expectation did not come true says
        nothing of the target, and less when a part of the run is missing: there it is told, and decides nothing.
        """
        if self.report is None:
            return INTERNAL
        failed = [one for one in self.settled if one.result == "failed"]
        if not all(one.stale for one in failed):
            return VIOLATIONS
        if self.report.incomplete:
            return INCOMPLETE
        return VIOLATIONS if failed or self.lost() else CONFORMS
