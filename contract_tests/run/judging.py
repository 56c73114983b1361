"""Applies every check to the exchanges of a run, and makes the report; `judge()` does it all for a URL."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

from remo_mock.contract import Endpoint

from ..checks import catalogue
from ..model.context import Context
from ..model.credentials import DEMO, Credentials, Redactor
from ..model.exchange import Exchange
from ..model.findings import Check, Outcome, Problem, Reading, Told
from ..model.photos import Photo, fixture_photos
from ..model.report import LeftOut, Report
from ..plan.own import own_stages
from ..plan.plan import Sender, make_plan, price_of
from ..plan.sending import curl
from ..plan.words import price_line
from .client import Client
from .own_mock import meet
from .running import Progress, Run, RunStoppedError
from .stopping import Watch

# More problems of one check than this say nothing new.
_MOST_TOLD = 5
_BUDGET_OF_A_TEST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What to judge, as whom, with which photos (by view; None: the kit's own), and how many credits it may cost."""

    url: str
    credentials: Credentials = field(default=DEMO, repr=False)
    photos: Mapping[str, Photo] | None = field(default=None, repr=False)
    budget: int = 0
    exact: bool = False
    http_status: str | None = None
    timeout: float = 60.0
    endpoints: tuple[str, ...] = ()


def judge(
    url: str,
    *,
    credentials: Credentials | None = None,
    photos: Mapping[str, Photo] | None = None,
    budget: int = _BUDGET_OF_A_TEST,
    exact: bool = False,
) -> Report:
    """Judge the server at `url`, and return the report; `exact` asks all that our own mock promises."""
    return run(Target(url=url, credentials=credentials or DEMO, photos=photos, budget=budget, exact=exact))


def run(
    target: Target, *, progress: Progress | None = None, announce: Callable[[str], None] = lambda _line: None
) -> Report:
    """Send what the plan says to a target, and judge what came back; `announce` is told the price before."""
    whole, parts = catalogue.contract(), catalogue.documents()
    chosen = tuple(one for one in whole.endpoints if not target.endpoints or one.name in target.endpoints)
    sender = Sender(target.credentials, {**fixture_photos(), **(target.photos or {})}, target.budget)
    mock = meet(target.url) if target.exact else None
    asked = None if mock is None else partial(own_stages, contract=whole, sender=sender, mock=mock)
    stages = make_plan(chosen, sender, asked)
    announce(f"plan: {price_line(stages, target.budget)}")
    people = [target.credentials, *([mock.broke] if mock is not None else [])]
    client = Client(target.url.rstrip("/"), timeout=target.timeout)
    started, clock = datetime.now(UTC), time.perf_counter()
    state = Run(client, target.budget)
    incomplete, stopped = "", RunStoppedError("")
    try:
        watch = Watch(chosen, whole.order)
        state.carry_out(stages, progress=progress or _quiet, enough=watch)
        watch.at_the_end(state)
    except RunStoppedError as error:
        incomplete, stopped = str(error), error
        meaningless = set(map(id, error.meaningless))
        state.exchanges = [one for one in state.exchanges if id(one) not in meaningless]
    finally:
        client.close()
    checks = tuple(check for check in catalogue.all_checks() if check.endpoint in {one.name for one in chosen})
    redactor = Redactor(people)
    context = Context(
        whole,
        parts,
        exact=target.exact,
        http_status=target.http_status,
        exchanges=tuple(state.exchanges),
        photos=_photos(state.exchanges),
    )
    least = price_of(stages, core=True)
    if not incomplete and 0 < target.budget < least:
        incomplete = f"a budget of {target.budget} is too small: --budget {least} or more is needed"
    outcomes, readings = apply(
        checks, context, redactor=redactor, base_url=target.url.rstrip("/"), why=_why_absent(state, stopped)
    )
    return Report(
        target=redactor.clean(target.url),
        versions=versions(),
        started=started.isoformat(timespec="seconds"),
        seconds=time.perf_counter() - clock,
        exact=target.exact,
        budget=target.budget,
        spent=state.spent,
        price=price_of(stages),
        requests=len(state.exchanges),
        outcomes=outcomes,
        readings=readings,
        titles={entry["id"]: entry["title"] for entry in whole.ledger},
        left_out=tuple(
            LeftOut(step.label.partition(": ")[2], step.endpoint.name, step.reserve) for step in state.left_out
        ),
        codes={one.name: codes_seen(one, state.exchanges) for one in chosen},
        incomplete=redactor.clean(incomplete),
    )


def apply(
    checks: Iterable[Check],
    context: Context,
    *,
    redactor: Redactor,
    base_url: str,
    why: Callable[[Check], str] = lambda check: f"no {check.select.name} to look at",
) -> tuple[tuple[Outcome, ...], dict[str, dict[str, tuple[str, ...]]]]:
    """Apply checks to the exchanges of a context; return the outcomes, and the readings of the ledger."""
    outcomes: list[Outcome] = []
    seen: dict[str, dict[str, dict[str, None]]] = {}
    for check in checks:
        if check.own_mock and not context.exact:
            outcomes.append(Outcome(check, "skipped", reason="assumed: asked of our own mock only"))
            continue
        exchanges = [
            one for one in context.exchanges if one.endpoint.name == check.endpoint and check.select.wanted(one)
        ]
        if len(exchanges) < check.least:
            outcomes.append(Outcome(check, "skipped", reason=why(check)))
            continue
        told: list[Told] = []
        for finding in check.judge(exchanges, context):
            if isinstance(finding, Reading):
                seen.setdefault(finding.entry, {}).setdefault(redactor.clean(finding.reading), {})[check.endpoint] = (
                    None
                )
            else:
                told.append(_tell(check, finding, context, redactor, base_url))
        outcomes.append(_outcome(check, told, len(exchanges)))
    readings = {
        entry: {reading: tuple(names) for reading, names in found.items()} for entry, found in sorted(seen.items())
    }
    return tuple(outcomes), readings


def _outcome(check: Check, told: Sequence[Told], seen: int) -> Outcome:
    # One line for each different thing that came, however often it came.
    different: dict[tuple[str, str, str], Told] = {}
    for one in told:
        different.setdefault((one.severity, one.expected, one.got), one)
    kept = sorted(different.values(), key=lambda one: one.severity != "violation")
    if not kept:
        return Outcome(check, "pass", seen=seen)
    return Outcome(check, kept[0].severity, tuple(kept[:_MOST_TOLD]), seen)


def _tell(check: Check, problem: Problem, context: Context, redactor: Redactor, base_url: str) -> Told:
    exchange = problem.exchange
    return Told(
        severity=check.severity(problem, exact=context.exact),
        expected=redactor.clean(problem.expected),
        got=redactor.clean(problem.got),
        exchange=exchange.label if exchange is not None else "",
        curl=redactor.clean(curl(base_url, exchange.request)) if exchange is not None else "",
    )


def codes_seen(endpoint: Endpoint, exchanges: Iterable[Exchange]) -> str:
    """Say how many of an endpoint's documented codes came, and which did not."""
    seen = {one.code for one in exchanges if one.endpoint.name == endpoint.name and one.kind == "error"}
    absent = [str(code) for code in sorted(endpoint.codes) if code not in seen]
    if not absent:
        return f"all {len(endpoint.codes)} documented codes seen"
    return (
        f"{len(endpoint.codes) - len(absent)} of {len(endpoint.codes)} documented codes seen; not {', '.join(absent)}"
    )


def versions() -> dict[str, str]:
    """Return the versions that a report states."""
    found = {"python": python_version()}
    for name in ("remo-mock", "pytest", "requests", "jsonschema", "pillow"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _photos(exchanges: Iterable[Exchange]) -> tuple[Photo, ...]:
    photos = {photo.data: photo for one in exchanges for photo in one.request.photos.values() if photo.spoilt is None}
    return tuple(photos.values())


def _why_absent(state: Run, stopped: RunStoppedError) -> Callable[[Check], str]:
    paid = {step.endpoint.name: step.reserve for step in state.left_out if step.price == "paid"}

    def why(check: Check) -> str:
        lost = any(one.endpoint.name == check.endpoint and check.select.wanted(one) for one in stopped.meaningless)
        if stopped.reason and lost:
            return stopped.reason
        reason = (
            f"no {check.select.name} to look at" if check.least == 1 else f"needs {check.least}: {check.select.name}"
        )
        return f"{reason} (left out for want of a budget)" if check.endpoint in paid else reason

    return why


def _quiet(_made: int, _total: int, _exchange: Exchange) -> None:
    """Say nothing."""
