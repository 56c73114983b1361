"""Puts outcomes into words and lines of text, the same in every report; knows no file and no terminal."""

from collections.abc import Iterator

from ..model.findings import LAYERS, Outcome
from ..model.report import Report, counts
from ..run.session import INCOMPLETE, Session


def disappointments(session: Session) -> Iterator[str]:
    """Yield a line for each expectation that did not come true."""
    for one in session.settled:
        if one.stale:
            yield f"{one.outcome.check.id} ({one.outcome.endpoint}): {one.text}"
    for lost in session.lost():
        where = f" ({lost.endpoint})" if lost.endpoint else ""
        yield f"{lost.id}{where}: expected to fail ({lost.reason}), but there is no such check: take it off the list"


def headline(session: Session) -> str:
    """Say in one line what a run comes to, in agreement with its exit code."""
    report = session.finished()
    if session.exit_code() == INCOMPLETE:
        return f"incomplete: {report.incomplete}{_beside(session)}"
    found = counts(report.outcomes)
    told = [
        f"{found['pass']} checks pass, {found['violation']} violated, "
        f"{found['note']} with notes, {found['skipped']} skipped"
    ]
    if report.incomplete:
        told.append(f"incomplete: {report.incomplete}")
    return f"{report.target} {_verdict(session)}{'; '.join(told)}"


def _beside(session: Session) -> str:
    wrong = len(list(disappointments(session)))
    return f"; besides, {_many(wrong, 'expectation')} of --xfails failed" if wrong else ""


def _verdict(session: Session) -> str:
    """Say whether the target conforms, and what beside violations decided that."""
    failed = [one for one in session.settled if one.result == "failed"]
    wrong = len(list(disappointments(session)))
    notes = sum(one.outcome.verdict == "note" and not one.stale for one in failed)
    reasons = [f"{_many(wrong, 'expectation')} of --xfails failed"] if wrong else []
    if notes:
        reasons.append(f"{_many(notes, 'note')} under --strict")
    if any(one.outcome.verdict == "violation" for one in failed):
        verdict = "does not conform"
    elif wrong:
        verdict = "does not conform as expected"
    elif notes:
        verdict = "does not conform strictly"
    else:
        expected = sum(one.result == "xfailed" for one in session.settled)
        verdict = f"conforms but for {_many(expected, 'expected failure')}" if expected else "conforms"
    return f"{verdict}: {''.join(f'{reason}; ' for reason in reasons)}"


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def table(report: Report) -> Iterator[str]:
    """Yield the table by layer, and that by section of the pages."""
    yield f"{'layer':<24}{'pass':>7}{'viol.':>7}{'note':>7}{'skip':>7}"
    for layer, outcomes in report.by_layer():
        yield _row(LAYERS[layer], outcomes)
    yield ""
    yield f"{'section of the pages':<44}{'pass':>7}{'viol.':>7}{'note':>7}{'skip':>7}"
    for section, outcomes in report.by_section():
        yield _row(section, outcomes, width=44)


def _row(name: str, outcomes: tuple[Outcome, ...], width: int = 24) -> str:
    found = counts(outcomes)
    # Hangul takes two columns of a terminal.
    wide = sum(ord(letter) >= 0x1100 for letter in name)
    return f"{name:<{width - wide}}" + "".join(
        f"{found[one] or '·':>7}" for one in ("pass", "violation", "note", "skipped")
    )


def facts(report: Report) -> Iterator[str]:
    """Yield what a reader needs to weigh a report: target, versions, credits, readings, what was left out."""
    yield f"target    {report.target}" + (" (a mock of our own: exact codes, prices and order)" if report.exact else "")
    yield f"requests  {report.requests} in {report.seconds:.1f} s, started {report.started}"
    yield f"credits   {report.spent} spent, budget {report.budget}, a full run may cost {report.price}"
    yield from (f"codes     {name}: {told}" for name, told in report.codes.items())
    yield "versions  " + ", ".join(f"{name} {number}" for name, number in report.versions.items())
    for entry, found in report.readings.items():
        told = "; ".join(f"{reading} ({', '.join(_short(name) for name in names)})" for reading, names in found.items())
        yield f"reading   {entry}: {told}"
    if report.left_out:
        yield f"left out  {len(report.left_out)} requests for want of a budget; --budget {report.price} makes them all:"
        yield from (f"            {one.endpoint}: {one.label} (up to {one.credits} credit)" for one in report.left_out)
        yield "            those that should fail cost nothing if they do"


def _short(endpoint: str) -> str:
    return endpoint.removeprefix("analysis-skeleton-")
