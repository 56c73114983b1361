"""Judges the broken servers and the variations, one by one or in several processes."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TypeAlias

from ..checks.catalogue import catalogue_of
from ..model.results import CheckResult
from ..run.verification import Target, verify_target
from .mutants.pages import NAMES
from .mutation import ALL, Change, Memory, Mutation, Page, Pages, ReceivedRequest, Response, Variation
from .rows import Row, every_row
from .server import PACKAGED, MakeApp, MutatingServer, routes_of

ENDPOINTS: dict[Page, str] = {
    "A": "analysis-skeleton-v2",
    "B": "analysis-skeleton-v2-back",
    "C": "analysis-skeleton-v2-front",
    "D": "analysis-skeleton-v2-side",
    "E": "analysis-skeleton",
}
# Given all rows by name, returns those to judge, such as rows with fewer pages; a function of a module.
ChooseRows: TypeAlias = Callable[[Mapping[str, Row]], Mapping[str, Row]]

# More would only wait for each other: a run is bound to its processor.
_MOST_PROCESSES = 4


@dataclass(frozen=True, slots=True)
class ServerResult:
    """What the suite found of one server: `violations` as `check (endpoint)`, and the pages whose mutation it missed.

    A variation must have no violations, and a mutation no missed pages.
    """

    name: str
    violations: tuple[str, ...]
    missed: Pages = ()


@dataclass(frozen=True, slots=True)
class ServerResults(Mapping[str, ServerResult]):
    """The results by name; a look at a server that is still being judged waits for it."""

    jobs: Mapping[str, Future[dict[str, ServerResult]]]

    def __getitem__(self, name: str) -> ServerResult:
        """Return the result of a server, as soon as there is one. Raises what its judging raised."""
        return self.jobs[name].result()[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order in which they are judged."""
        return iter(self.jobs)

    def __len__(self) -> int:
        """Return the number of servers."""
        return len(self.jobs)

    def as_judged(self) -> Iterator[str]:
        """Yield each name once its server has been judged, in the order in which that happens."""
        names: dict[Future[dict[str, ServerResult]], list[str]] = {}
        for name, job in self.jobs.items():
            names.setdefault(job, []).append(name)
        for job in as_completed(names):
            yield from names[job]


def as_they_are(rows: Mapping[str, Row]) -> Mapping[str, Row]:
    """Return the rows unchanged: each is judged on all of its pages."""
    return rows


@contextmanager
def judge_servers(
    names: Iterable[str], make_app: MakeApp, *, contract_dir: Path | None = None, choose: ChooseRows = as_they_are
) -> Iterator[ServerResults]:
    """Judge the servers of these names in several processes, about in that order, and yield their results.

    `make_app` makes the mocks whose replies the servers change; it has to be a function that can be pickled.
    `contract_dir` is the folder of the contract whose endpoints are judged besides the packaged ones, and `choose`
    may change the rows; it has to be a function that can be pickled, too.
    """
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1)
    start = (make_app, contract_dir, choose)
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start, initargs=start)
    try:
        jobs: dict[str, Future[dict[str, ServerResult]]] = {}
        for batch in batches(names, choose(every_row(contract_dir))):
            jobs |= dict.fromkeys(batch, pool.submit(_judge, batch))
        yield ServerResults(jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def batches(names: Iterable[str], rows: Mapping[str, Row]) -> list[tuple[str, ...]]:
    """Group names that may be judged at once: of one layer, and each meant for a check of its own on its pages."""
    made: list[list[str]] = []
    kinds: dict[object, list[tuple[set[tuple[Page, str]], list[str]]]] = {}
    for name in names:
        row = rows[name]
        if isinstance(row, Variation) or not row.apart:
            made.append([name])
            continue
        kind = kinds.setdefault((row.layer, row.exact, row.apart), [])
        meant = {(page, check) for page in row.pages for check in row.fires}
        for taken, batch in kind:
            if taken.isdisjoint(meant):
                taken.update(meant)
                batch.append(name)
                break
        else:
            made.append([name])
            kind.append((meant, made[-1]))
    return [tuple(batch) for batch in made]


def judge_mutations(server: MutatingServer, rows: tuple[Mutation, ...]) -> dict[str, ServerResult]:
    """Judge a server with one broken promise, or with several that are independent, and return the results by name.

    One of a row's `fires` has to be violated on each page that it breaks, or on any page if the row is `across`.
    """
    first = rows[0]
    server.become(first.change if len(rows) == 1 else _all_of(rows))
    pages = ALL if first.across else tuple(sorted({page for row in rows for page in row.pages}))
    violations = _violations(server, pages, exact=first.exact)
    found = {(one.endpoint, one.check.id) for one in violations}
    results = {}
    for row in rows:
        seen = {page for page in pages if found.intersection(_meant(row, page))}
        missed = tuple(page for page in row.pages if page not in seen)
        results[row.name] = ServerResult(row.name, _ids(violations), () if row.across and seen else missed)
    return results


def _meant(row: Mutation, page: Page) -> set[tuple[str, str]]:
    """Return endpoint and id of the checks of which one must report a mutation on a page."""
    names = asdict(NAMES[page]) if page in NAMES else {}
    return {(_endpoint(page), check.format_map(names)) for check in row.fires}


def _endpoint(page: Page) -> str:
    return ENDPOINTS.get(page, page)


def judge_variation(server: MutatingServer, row: Variation) -> ServerResult:
    """Judge a server that differs and breaks nothing."""
    server.become(row.change)
    return ServerResult(row.name, _ids(_violations(server, row.pages, exact=False)))


def _all_of(rows: tuple[Mutation, ...]) -> Change:
    """Return the change that breaks several promises: every field that a row is about, but one code of each reply."""

    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        changed = response
        for row in rows:
            changed = row.change(request, changed, memory)
            if row.layer == "request" and changed is not response:
                break
        return changed

    return change


def _violations(server: MutatingServer, pages: Pages, *, exact: bool) -> tuple[CheckResult, ...]:
    endpoints, routes = tuple(map(_endpoint, pages)), server.routes
    # All that the account has: a server that cuts its replies off may have charged for each of them.
    return verify_target(
        Target(
            url=server.url,
            budget=routes.balance,
            exact=exact,
            endpoints=endpoints,
            contract_dir=routes.folder,
        )
    ).violations


def _ids(violations: Iterable[CheckResult]) -> tuple[str, ...]:
    return tuple(f"{one.check.id} ({one.endpoint})" for one in violations)


@dataclass(frozen=True, slots=True)
class _Bench:
    """What a process judges with: how a mock is made, the contract folder and rows, and the servers started so far."""

    make_app: MakeApp
    contract_dir: Path | None
    rows: Mapping[str, Row]
    servers: dict[Path | None, MutatingServer] = field(default_factory=dict)

    def server(self, folder: Path | None) -> MutatingServer:
        """Return the one server of a folder; it ends with the process."""
        if folder not in self.servers:
            routes = PACKAGED if folder is None else routes_of(catalogue_of(folder).contract, folder)
            self.servers[folder] = MutatingServer(self.make_app, routes=routes).__enter__()
        return self.servers[folder]


_benches: list[_Bench] = []


def _start(make_app: MakeApp, contract_dir: Path | None, choose: ChooseRows) -> None:
    _benches.append(_Bench(make_app, contract_dir, choose(every_row(contract_dir))))


def _judge(names: tuple[str, ...]) -> dict[str, ServerResult]:
    bench = _benches[0]
    chosen = [bench.rows[name] for name in names]
    packaged = all(page in ENDPOINTS for row in chosen for page in row.pages)
    server = bench.server(None if packaged else bench.contract_dir)
    results = {row.name: judge_variation(server, row) for row in chosen if isinstance(row, Variation)}
    broken = tuple(row for row in chosen if isinstance(row, Mutation))
    return results | (judge_mutations(server, broken) if broken else {})
