"""Prints what needs no run: the promise behind a check, and the plan of a run."""

from collections.abc import Callable
from functools import partial

from remo_mock.contract.packaged import chosen_directory

from ..checks.catalogue import catalogue_of
from ..model.check import DOCUMENTED, LAYERS
from ..model.credentials import DEMO
from ..model.own_photos import fixture_photos
from ..plan.own_mock_stages import ANY_OWN_MOCK, own_mock_stages, strict_stages
from ..plan.plan import Sender, make_plan
from ..plan.summary import plan_lines
from ..run.options import OWN_BUDGET, Options, UsageError, check_options, target_of
from ..run.safety import UnsafeError, check_url
from ..run.session import CONFORMS, USAGE

Echo = Callable[[str], None]


def explain(identity: str, echo: Echo) -> int:
    """Print the promise behind a check id, for each endpoint; return the exit code."""
    catalogue = catalogue_of(chosen_directory())
    found = [check for check in catalogue.checks if check.id.lower() == identity.lower()]
    if not found:
        part = identity.lower().removeprefix("remo-")
        near = sorted({check.id for check in catalogue.checks if part in check.id.lower()})
        echo(f"There is no check {identity}." + (f" Did you mean {', '.join(near[:8])}?" if near else ""))
        return USAGE
    entries = {entry["id"]: entry for entry in catalogue.contract.ledger}
    for check in found:
        echo(f"{check.id}  {check.endpoint}")
        echo(f"  asks      {check.title}")
        echo(f"  layer     {LAYERS[check.layer]}")
        echo(f"  source    {check.promised_in}")
        echo(f"  looks at  {check.select.name}" + (f", at least {check.least}" if check.least > 1 else ""))
        if check.own_mock:
            echo("  judges    our own mock only: no page promises it")
        else:
            verdict = "a note, and fails with --strict only" if check.evidence not in DOCUMENTED else "a violation"
            echo(f"  verdict   {verdict}")
        for name in check.ledger:
            if name in entries:
                echo(f"  {name}       {entries[name]['says']} Our reading: {entries[name]['reading']}")
    return CONFORMS


def print_plan(options: Options, echo: Echo, complain: Echo) -> int:
    """Print each request of a run with its price, and what the options still lack; return the exit code."""
    whole = catalogue_of(options.contract_dir).contract
    url = options.foreign_url
    try:
        check_options(options, whole.endpoints)
        if url:
            check_url(url, paths=[endpoint.path for endpoint in whole.endpoints])
    except (UsageError, UnsafeError) as error:
        complain(f"ERROR: {error}")
        return USAGE
    budget = options.budget if options.budget is not None else 0 if url else OWN_BUDGET
    chosen = tuple(one for one in whole.endpoints if not options.endpoints or one.name in options.endpoints)
    sender = Sender(DEMO, fixture_photos(), budget)
    more = None if url else partial(own_mock_stages, contract=whole, sender=sender, mock=ANY_OWN_MOCK)
    if url and options.strict:
        more = partial(strict_stages, contract=whole, sender=sender)
    stages = make_plan(chosen, sender, more)
    for line in plan_lines(stages, budget):
        echo(line)
    if not url:
        echo("They are credits of a mock of our own, which nobody pays.")
        return CONFORMS
    try:
        target_of(options, whole.endpoints)
    except (UsageError, UnsafeError) as error:
        # A plan sends nothing, so it can be read before anything is allowed.
        echo(f"Before it is sent: {error}.")
    return CONFORMS
