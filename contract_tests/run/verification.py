"""Verifies a target: sends the plan within its budget, applies every check, and makes the report."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version

from remo_mock.contract import Endpoint

from ..checks.catalogue import catalogue_of
from ..model.check import Check, Context
from ..model.credentials import DEMO, Credentials, Redactor
from ..model.exchange import Exchange
from ..model.own_photos import fixture_photos
from ..model.photos import Photo
from ..model.report import LeftOut, Report
from ..plan.own_mock_stages import own_mock_stages, strict_stages
from ..plan.plan import Sender, make_plan, price_of
from ..plan.summary import price_line
from .client import Client
from .judge import OUT_OF_TIME, apply_checks, nothing_selected
from .own_mock import inspect_mock
from .runner import Progress, Run, RunStoppedError
from .stop_rules import StopRules, balance_drop

# Judging a whole run takes a few seconds.
_JUDGING_SECONDS = 120.0
_JUDGED_TOO_LONG = f"judging the replies was given up after {_JUDGING_SECONDS:.0f} s: they are not of this API"
_PACKAGES = ("remo-mock", "pytest", "requests", "jsonschema", "pillow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A server to judge, with the account that calls it, the photos to send, and the credits that it may cost.

    `photos` are by view (None: the kit's own); `exact` asks for all that a mock of our own promises; `timeout` is in
    seconds; `endpoints` are the names of those to judge (none: all); `contract_dir` is the folder of the contract to
    judge by (None: the packaged one); `strict` also asks what no page promises, such as the order of errors.
    """

    url: str
    credentials: Credentials = field(default=DEMO, repr=False)
    photos: Mapping[str, Photo] | None = field(default=None, repr=False)
    budget: int = 0
    exact: bool = False
    http_status: str | None = None
    timeout: float = 60.0
    endpoints: tuple[str, ...] = ()
    contract_dir: Path | None = None
    strict: bool = False


def verify_target(
    target: Target, *, progress: Progress | None = None, announce: Callable[[str], None] = lambda _line: None
) -> Report:
    """Send the plan to a target, and judge the replies; `announce` is given the price in one line before."""
    catalogue, base_url = catalogue_of(target.contract_dir), target.url.rstrip("/")
    contract = catalogue.contract
    endpoints = tuple(one for one in contract.endpoints if not target.endpoints or one.name in target.endpoints)
    sender = Sender(target.credentials, {**fixture_photos(), **(target.photos or {})}, target.budget)
    mock = inspect_mock(target.url) if target.exact else None
    more = partial(own_mock_stages, contract=contract, sender=sender, mock=mock) if mock is not None else None
    if mock is None and target.strict:
        more = partial(strict_stages, contract=contract, sender=sender)
    stages = make_plan(endpoints, sender, more)
    announce(f"plan: {price_line(stages, target.budget)}")
    redactor = Redactor([target.credentials, *([mock.broke] if mock is not None else [])])
    started, clock = datetime.now(UTC), time.perf_counter()
    run = Run(Client(base_url, timeout=target.timeout), target.budget)
    incomplete, stopped = "", RunStoppedError("")
    try:
        rules = StopRules(endpoints, contract.order)
        run.send_all(stages, progress=progress or _no_progress, stop_rules=rules.after_stage)
        rules.at_the_end(run)
    except RunStoppedError as error:
        incomplete, stopped = str(error), error
        meaningless = set(map(id, error.meaningless))
        run.exchanges = [one for one in run.exchanges if id(one) not in meaningless]
    finally:
        run.client.close()
    least = price_of(stages, core=True)
    if not incomplete and 0 < target.budget < least:
        incomplete = f"a budget of {target.budget} is too small: --budget {least} or more is needed"
    names = {one.name for one in endpoints}
    results, readings = apply_checks(
        [check for check in catalogue.checks if check.endpoint in names],
        Context(
            contract,
            catalogue.documents,
            exact=target.exact,
            http_status=target.http_status,
            exchanges=tuple(run.exchanges),
            photos=_photos(run.exchanges),
            secrets_in=redactor.secrets_in,
        ),
        redactor=redactor,
        base_url=base_url,
        why_skipped=partial(_why_skipped, run=run, stopped=stopped),
        seconds=_JUDGING_SECONDS,
    )
    if any(result.reason == OUT_OF_TIME for result in results):
        incomplete = "; ".join(part for part in (incomplete, _JUDGED_TOO_LONG) if part)
    return Report(
        target=redactor.clean(target.url),
        versions=_versions(),
        started=started.isoformat(timespec="seconds"),
        seconds=time.perf_counter() - clock,
        exact=target.exact,
        budget=target.budget,
        spent=run.spent,
        balance_drop=balance_drop(run.exchanges),
        price=price_of(stages),
        requests=len(run.exchanges),
        results=results,
        readings=readings,
        titles={entry["id"]: entry["title"] for entry in contract.ledger},
        left_out=tuple(LeftOut(step.label, step.endpoint.name, step.reserve) for step in run.left_out),
        codes={one.name: _codes_seen(one, run.exchanges) for one in endpoints},
        incomplete=redactor.clean(incomplete),
    )


def _codes_seen(endpoint: Endpoint, exchanges: Iterable[Exchange]) -> str:
    """Say how many of an endpoint's documented codes were seen, and which were not."""
    seen = {one.code for one in exchanges if one.endpoint.name == endpoint.name and one.kind == "error"}
    absent = [str(code) for code in sorted(endpoint.codes) if code not in seen]
    if not absent:
        return f"all {len(endpoint.codes)} documented codes seen"
    return (
        f"{len(endpoint.codes) - len(absent)} of {len(endpoint.codes)} documented codes seen; not {', '.join(absent)}"
    )


@cache
def _versions() -> Mapping[str, str]:
    found = {"python": python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def _photos(exchanges: Iterable[Exchange]) -> tuple[Photo, ...]:
    photos = {photo.data: photo for one in exchanges for photo in one.request.photos.values() if photo.spoilt is None}
    return tuple(photos.values())


def _why_skipped(check: Check, *, run: Run, stopped: RunStoppedError) -> str:
    """Return why a check has too few exchanges: the run was stopped, or requests were left out for want of a budget."""
    if stopped.reason and any(
        one.endpoint.name == check.endpoint and check.select.matches(one) for one in stopped.meaningless
    ):
        return stopped.reason
    left_out = {step.endpoint.name for step in run.left_out if step.cost_class == "paid"}
    reason = nothing_selected(check)
    return f"{reason} (left out for want of a budget)" if check.endpoint in left_out else reason


def _no_progress(_sent: int, _total: int, _exchange: Exchange) -> None:
    """Show nothing."""
