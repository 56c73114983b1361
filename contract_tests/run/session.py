"""Prepares and sends the run of a pytest session, once, and decides its exit code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..checks.catalogue import Catalogue, catalogue_of
from ..model.check import Check
from ..model.credentials import Redactor
from ..model.expectations import Assessment, Expectation, assess, read_expectations, unmatched
from ..model.report import Report
from .options import OWN_BUDGET, Options, check_options, photos_of, target_of
from .own_mock import open_account, own_mock
from .runner import Progress
from .verification import Target, verify_target

CONFORMS, VIOLATIONS, USAGE, INCOMPLETE, INTERNAL = 0, 1, 2, 3, 4


@dataclass(slots=True)
class Session:
    """The options and expectations of one run and, once it was sent, its report and assessments."""

    options: Options
    expectations: tuple[Expectation, ...] = ()
    target: Target | None = None
    report: Report | None = None
    assessments: list[Assessment] = field(default_factory=list)

    @classmethod
    def prepare(cls, options: Options) -> "Session":
        """Check all that can be checked before a request.

        Raises `UsageError`, `UnsafeError`, `ExpectationsError`, and `ContractError`.
        """
        known = catalogue_of(options.contract_dir).contract.endpoints
        expectations = read_expectations(Path(options.xfails)) if options.xfails else ()
        photos_of(options, known)
        check_options(options, known)
        target = target_of(options, known) if options.foreign_url else None
        return cls(options, expectations, target)

    @property
    def catalogue(self) -> Catalogue:
        """The contract to judge by, and its checks."""
        return catalogue_of(self.options.contract_dir)

    def checks(self) -> tuple[Check, ...]:
        """Return the checks of the chosen endpoints."""
        chosen = self.options.endpoints
        return tuple(check for check in self.catalogue.checks if not chosen or check.endpoint in chosen)

    def run(self, progress: Progress, announce: Callable[[str], None]) -> Report:
        """Send the requests and judge the replies, once; later calls return the same report."""
        if self.report is None:
            with self._target() as target:
                self.target = target
                self.report = verify_target(target, progress=progress, announce=announce)
            self.assessments = [
                assess(result, self.expectations, strict=self.options.strict) for result in self.report.results
            ]
        return self.report

    @contextmanager
    def _target(self) -> Iterator[Target]:
        """Yield the target that was given, or a mock of our own with an account that nobody else uses."""
        if self.target is not None:
            yield self.target
            return
        options = self.options
        with own_mock(contract_dir=options.contract_dir) as url:
            yield Target(
                url=url,
                credentials=open_account(url, "caller"),
                budget=OWN_BUDGET if options.budget is None else options.budget,
                exact=True,
                photos=photos_of(options, self.catalogue.contract.endpoints),
                http_status=options.http_status,
                timeout=options.timeout,
                endpoints=options.endpoints,
                contract_dir=options.contract_dir,
            )

    def finished(self) -> Report:
        """Return the report. Raises `LookupError` before `run` was called."""
        if self.report is None:
            raise LookupError("the run has not been made")
        return self.report

    def assessment_of(self, check: Check) -> Assessment:
        """Return what the run says of one check."""
        identity = (check.id, check.endpoint)
        return next(one for one in self.assessments if (one.result.check.id, one.result.endpoint) == identity)

    def clean(self, text: str) -> str:
        """Return a text without the secrets of the run."""
        return Redactor([self.target.credentials] if self.target is not None else []).clean(text)

    def report_not_written(self, what: str, error: OSError) -> None:
        """Make the run incomplete: a report that was asked for could not be written."""
        report = self.finished()
        reason = f"{what} cannot be written: {error.strerror or error}; make room, or name another file"
        self.report = replace(report, incomplete="; ".join(part for part in (report.incomplete, reason) if part))

    def unmatched_expectations(self) -> tuple[Expectation, ...]:
        """Return the expectations that match no check of any endpoint."""
        return unmatched(self.expectations, self.catalogue.checks) if self.report else ()

    def exit_code(self) -> int:
        """Return 0 if the target conforms, 1 for violations, 3 if the run could not do what it was asked.

        A violation that was seen stays one, however the run ended. An expected failure that did not occur says nothing
        of the target, and less if a part of the run is missing: then it is reported, and decides nothing.
        """
        if self.report is None:
            return INTERNAL
        failed = [one for one in self.assessments if one.status == "failed"]
        if not all(one.unexpected_pass for one in failed):
            return VIOLATIONS
        if self.report.incomplete:
            return INCOMPLETE
        return VIOLATIONS if failed or self.unmatched_expectations() else CONFORMS
