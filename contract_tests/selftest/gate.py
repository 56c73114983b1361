"""Judges the broken servers and the variations, one by one or in several processes; knows no single one of them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from ..model.findings import Outcome
from ..run.judging import Target, run
from . import variations
from .mutants import catalogue as mutants
from .mutation import BOTH, Answer, Asked, Change, Memory, Mutation, Page, Variation
from .server import MakeApp, MutatingServer

_NAMES: dict[Page, str] = {"A": "analysis-skeleton-v2", "B": "analysis-skeleton-v2-back"}
# All that the account has: a server that cuts its replies off may have charged for each of them.
_BUDGET = 100
# More would only wait for each other: a run is bound to its processor.
_MOST_PROCESSES = 4
# What these layers promise holds between requests, so that one endpoint may be where the lie comes out.
_BETWEEN_REQUESTS = ("request", "credits")


@dataclass(frozen=True, slots=True)
class Sight:
    """What the suite saw of one server: `violations` as `check (endpoint)`, and the pages whose lie it overlooked.

    A variation is seen rightly if there are no violations, a mutation if nothing is overlooked.
    """

    name: str
    violations: tuple[str, ...]
    overlooked: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True)
class Sights(Mapping[str, Sight]):
    """What was seen, by name; a look at one that is still being judged waits for it."""

    jobs: Mapping[str, Future[dict[str, Sight]]]

    def __getitem__(self, name: str) -> Sight:
        """Return, in time, what was seen of a server. Raises what its judging raised."""
        return self.jobs[name].result()[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order in which they are judged."""
        return iter(self.jobs)

    def __len__(self) -> int:
        """Return how many are judged."""
        return len(self.jobs)


def judge_mutations(server: MutatingServer, rows: tuple[Mutation, ...]) -> dict[str, Sight]:
    """Judge a server with one broken promise, or several that have nothing to do with each other, by name.

    One of a row's `fires` has to be violated, on each page that it breaks. Where a promise holds between requests, both
    endpoints are judged, and either may be the one that shows it.
    """
    first = rows[0]
    server.become(first.change if len(rows) == 1 else _all_of(rows))
    between = first.layer in _BETWEEN_REQUESTS and not first.apart
    found = _violations(server, BOTH if between else first.pages, exact=first.exact)
    sights = {}
    for row in rows:
        seen = {page for page in BOTH for one in found if one.endpoint == _NAMES[page] and one.check.id in row.fires}
        overlooked = tuple(page for page in row.pages if page not in seen)
        sights[row.name] = Sight(row.name, _told(found), () if between and seen else overlooked)
    return sights


def judge_variation(server: MutatingServer, row: Variation) -> Sight:
    """Judge a server that differs and breaks nothing."""
    server.become(row.change)
    return Sight(row.name, _told(_violations(server, row.pages, exact=False)))


@contextmanager
def judged(names: Iterable[str], make_app: MakeApp) -> Iterator[Sights]:
    """Judge the servers of these names in several processes, and hand out what is seen, in about that order.

    `make_app` makes the mock whose replies they change; it has to be a function that can be pickled.
    """
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1)
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_start, initargs=(make_app,))
    try:
        jobs: dict[str, Future[dict[str, Sight]]] = {}
        for batch in batches(names):
            jobs |= dict.fromkeys(batch, pool.submit(_judge, batch))
        yield Sights(jobs)
    finally:
        pool.shutdown(cancel_futures=True)


def batches(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Put names together that may be judged at once: of one kind, and each meant for a check of its own."""
    made: list[list[str]] = []
    kinds: dict[object, list[tuple[set[str], list[str]]]] = {}
    for name in names:
        row = mutants.BY_NAME.get(name)
        if row is None or not row.apart:
            made.append([name])
            continue
        kind = kinds.setdefault((row.layer, row.pages, row.exact), [])
        for taken, batch in kind:
            if taken.isdisjoint(row.fires):
                taken.update(row.fires)
                batch.append(name)
                break
        else:
            made.append([name])
            kind.append((set(row.fires), made[-1]))
    return [tuple(batch) for batch in made]


def _all_of(rows: tuple[Mutation, ...]) -> Change:
    """Break several promises: every field that a row is about, but one code only of each reply."""

    def change(asked: Asked, answer: Answer, memory: Memory) -> Answer:
        changed = answer
        for row in rows:
            changed = row.change(asked, changed, memory)
            if row.layer == "request" and changed is not answer:
                break
        return changed

    return change


def _violations(server: MutatingServer, pages: tuple[Page, ...], *, exact: bool) -> tuple[Outcome, ...]:
    endpoints = tuple(_NAMES[page] for page in pages)
    return run(Target(url=server.url, budget=_BUDGET, exact=exact, endpoints=endpoints)).violations


def _told(found: Iterable[Outcome]) -> tuple[str, ...]:
    return tuple(f"{one.check.id} ({one.endpoint})" for one in found)


_servers: list[MutatingServer] = []


def _start(make_app: MakeApp) -> None:
    """Start the one server of a process; it ends with the process."""
    _servers.append(MutatingServer(make_app).__enter__())


def _judge(names: tuple[str, ...]) -> dict[str, Sight]:
    server, first = _servers[0], names[0]
    if first in mutants.BY_NAME:
        return judge_mutations(server, tuple(mutants.BY_NAME[name] for name in names))
    return {first: judge_variation(server, variations.BY_NAME[first])}
