"""Tells what a check asks and what a run would send, without sending anything."""

from collections.abc import Callable, Sequence
from functools import partial

from ..checks import catalogue
from ..model.credentials import DEMO
from ..model.description import describe, ledger_of
from ..model.findings import LAYERS
from ..model.photos import fixture_photos
from ..model.report import counts, sections
from ..plan.own import ANY_OWN_MOCK, own_stages
from ..plan.plan import Sender, make_plan
from ..plan.words import plan_lines
from ..run.assertion import judge_files
from ..run.options import OWN_BUDGET, Options, UsageError, check_given, target_of
from ..run.recorded import RecordingError
from ..run.safety import UnsafeError, check_url
from ..run.session import CONFORMS, USAGE, VIOLATIONS

Echo = Callable[[str], None]


def explain(identity: str, echo: Echo) -> int:
    """Print the promise behind a check id, for each endpoint; return the exit code."""
    found = [check for check in catalogue.all_checks() if check.id.lower() == identity.lower()]
    if not found:
        part = identity.lower().removeprefix("remo-")
        near = sorted({check.id for check in catalogue.all_checks() if part in check.id.lower()})
        echo(f"There is no check {identity}." + (f" Did you mean {', '.join(near[:8])}?" if near else ""))
        return USAGE
    entries = {entry["id"]: entry for entry in catalogue.contract().ledger}
    for check in found:
        echo(f"{check.id}  {check.endpoint}")
        echo(f"  asks      {check.title}")
        echo(f"  layer     {LAYERS[check.layer]}")
        echo(f"  source    {'; '.join(sections(check))} ({check.evidence}{ledger_of(check)})")
        echo(f"  looks at  {check.select.name}" + (f", at least {check.least}" if check.least > 1 else ""))
        if check.own_mock:
            echo("  judges    our own mock only: no page promises it")
        else:
            verdict = "a note, and fails with --strict only" if check.evidence == "assumed" else "a violation"
            echo(f"  verdict   {verdict}")
        for name in check.ledger:
            if name in entries:
                echo(f"  {name}       {entries[name]['says']} Our reading: {entries[name]['reading']}")
    return CONFORMS


def print_plan(options: Options, echo: Echo, complain: Echo) -> int:
    """Print each request of a run with what it may cost, and what the run still lacks; return the exit code."""
    whole = catalogue.contract()
    url = options.foreign_url
    try:
        check_given(options, whole.endpoints)
        if url:
            check_url(url, paths=[endpoint.path for endpoint in whole.endpoints])
    except (UsageError, UnsafeError) as error:
        complain(f"ERROR: {error}")
        return USAGE
    budget = options.budget if options.budget is not None else 0 if url else OWN_BUDGET
    chosen = tuple(one for one in whole.endpoints if not options.endpoints or one.name in options.endpoints)
    sender = Sender(DEMO, fixture_photos(), budget)
    asked = None if url else partial(own_stages, contract=whole, sender=sender, mock=ANY_OWN_MOCK)
    stages = make_plan(chosen, sender, asked)
    for line in plan_lines(stages, budget):
        echo(line)
    if not url:
        echo("They are credits of a mock of our own, which nobody pays.")
        return CONFORMS
    try:
        target_of(options, whole.endpoints)
    except (UsageError, UnsafeError) as error:
        # A plan sends nothing, so that it can be read before anything is allowed.
        echo(f"Before it is sent: {error}.")
    return CONFORMS


def print_saved(files: Sequence[str], endpoints: Sequence[str], *, strict: bool, echo: Echo) -> int:
    """Judge recorded replies and print what is wrong with them; return the exit code."""
    if not files or len(endpoints) > 1:
        echo("Give the files of recorded replies, and at most one --endpoint for them.")
        return USAGE
    try:
        outcomes = judge_files(files, endpoint=endpoints[0] if endpoints else None)
    except RecordingError as error:
        echo(str(error))
        return USAGE
    for outcome in outcomes:
        if outcome.verdict in ("violation", "note"):
            echo(f"{outcome.verdict.upper()}  {describe(outcome)}\n")
    found = counts(outcomes)
    echo(", ".join(f"{number} {verdict}" for verdict, number in found.items()))
    return VIOLATIONS if found["violation"] or (strict and found["note"]) else CONFORMS
