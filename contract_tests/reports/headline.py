"""Says in one line what a run comes to, and in a line each which expectations failed, the same in every report."""

from collections.abc import Iterator

from ..model.results import counts
from ..run.session import INCOMPLETE, Session


def failed_expectations(session: Session) -> Iterator[str]:
    """Yield a line for each expected failure that did not occur."""
    for one in session.assessments:
        if one.unexpected_pass:
            yield f"{one.result.check.id} ({one.result.endpoint}): {one.text}"
    for expectation in session.unmatched_expectations():
        where = f" ({expectation.endpoint})" if expectation.endpoint else ""
        reason = f"expected to fail ({expectation.reason}), but there is no such check: take it off the list"
        yield f"{expectation.id}{where}: {reason}"


def headline(session: Session) -> str:
    """Say in one line what a run comes to, in agreement with its exit code."""
    report = session.finished()
    if session.exit_code() == INCOMPLETE:
        failed = len(list(failed_expectations(session)))
        besides = f"; besides, {_number(failed, 'expectation')} of --xfails failed" if failed else ""
        return f"incomplete: {report.incomplete}{besides}"
    found = counts(report.results)
    parts = [
        f"{found['pass']} checks pass, {found['violation']} violated, "
        f"{found['note']} with notes, {found['skipped']} skipped"
    ]
    if report.incomplete:
        parts.append(f"incomplete: {report.incomplete}")
    return f"{report.target} {_verdict(session)}{'; '.join(parts)}"


def _verdict(session: Session) -> str:
    """Say whether the target conforms, and what besides violations decided that."""
    failed = [one for one in session.assessments if one.status == "failed"]
    expectations = len(list(failed_expectations(session)))
    notes = sum(one.result.verdict == "note" and not one.unexpected_pass for one in failed)
    reasons = [f"{_number(expectations, 'expectation')} of --xfails failed"] if expectations else []
    if notes:
        reasons.append(f"{_number(notes, 'note')} under --strict")
    if any(one.result.verdict == "violation" for one in failed):
        verdict = "does not conform"
    elif expectations:
        verdict = "does not conform as expected"
    elif notes:
        verdict = "does not conform strictly"
    else:
        expected = sum(one.status == "xfailed" for one in session.assessments)
        verdict = f"conforms but for {_number(expected, 'expected failure')}" if expected else "conforms"
    return f"{verdict}: {''.join(f'{reason}; ' for reason in reasons)}"


def _number(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
