"""Spends credits while processes are killed and database connections cut, and compares the books with the answers."""

import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from campaign.books import COLUMNS, broken_promises, compared
from campaign.crowd import Crowd
from tests.support.postgres import Cluster, cluster, programs

_COMMAND = [sys.executable, "-m", "remo_mock", "serve", "--port", "0", "--workers", "2"]
# Answers before harm is done, at most, and after it.
_BEFORE, _AFTER = 150, 20
# How often harm is done to a server that lives on, before its books are read.
_TIMES = 8
# Of the largest number in the table.
_DIGITS = 5
Harm = Callable[["Round"], None]


class Round:
    """One case: a database, a server on it that is started again whenever it ends, and the harm that is done."""

    def __init__(self, db: str, postgres: Cluster | None) -> None:
        self.db = db
        self.postgres = postgres
        self.process = self._start()
        self.chance = random.Random(0)

    def _start(self) -> "subprocess.Popen[str]":
        command = [*_COMMAND, "--db", self.db]
        process = subprocess.Popen(  # noqa: S603 - ours
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )
        found = re.search(r" on (http://\S+)", process.stdout.readline() if process.stdout else "")
        if found is None:
            raise SystemExit(f"the server did not start: {' '.join(command)}")
        self.url = found[1]
        return process

    def revive(self) -> None:
        """Start the server again, if it has ended."""
        if not self.lives():
            self.end()
            self.process = self._start()

    def lives(self) -> bool:
        """Tell whether the server has not ended."""
        return self.process.poll() is None

    def end(self) -> None:
        """End every process of the server, and wait for that."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    @property
    def workers(self) -> list[int]:
        """The ids of the workers (Linux)."""
        try:
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        except OSError:
            return []
        return [int(number) for number in children.split()]


def kill_worker(one: Round) -> None:
    """Kill a worker without notice."""
    if workers := one.workers:
        with suppress(ProcessLookupError):
            os.kill(one.chance.choice(workers), signal.SIGKILL)


def kill_parent(one: Round) -> None:
    """Kill the parent without notice; its workers end by themselves."""
    one.process.kill()
    one.process.wait()


def kill_group(one: Round) -> None:
    """Kill the parent and its workers without notice."""
    one.end()


def stop(one: Round) -> None:
    """Stop the server as Ctrl-C does."""
    one.process.terminate()
    one.process.wait()


def cut_connections(one: Round) -> None:
    """End all connections to the database."""
    if one.postgres is not None:
        name = one.db.rpartition("/")[2]
        one.postgres.run(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608 - ours
            " AND pid <> pg_backend_pid()"
        )


def crash_database(one: Round) -> None:
    """Stop the database server without writing anything more, and start it again."""
    if one.postgres is not None:
        one.postgres.crash()
        one.postgres.start()


_KILLS: dict[str, Harm] = {"worker": kill_worker, "parent": kill_parent, "group": kill_group, "stop": stop}
_HARMS = {"SQLite": _KILLS, "PostgreSQL": {**_KILLS, "connections": cut_connections, "crash": crash_database}}


def rows(seconds: float, wrong: list[str]) -> Iterator[str]:
    """Yield a line for each kind of database and of harm, which gets its part of the seconds.

    Broken promises are appended to `wrong`.
    """
    cases = [(kind, name) for kind, harms in _HARMS.items() for name in harms]
    yield f"{'':<24}{'harms':>7}" + "".join(f"{name:>{_width(name)}}" for name in COLUMNS)
    total: Counter[str] = Counter()
    with _postgres() as server, tempfile.TemporaryDirectory() as folder:
        for number, (kind, name) in enumerate(cases):
            if kind == "PostgreSQL" and server is None:
                yield f"{f'{kind}, {name}':<24} not tried: PostgreSQL is not installed"
                continue
            db = server.new_database() if kind == "PostgreSQL" and server else f"{folder}/{number}.sqlite"
            counts = _spend(db, server, _HARMS[kind][name], seconds / len(cases))
            total.update(counts)
            wrong += (f"{kind}, {name}: {broken}" for broken in broken_promises(counts))
            yield _line(f"{kind}, {name}", counts)
    yield _line("all", total)


def _line(label: str, counts: Counter[str]) -> str:
    return f"{label:<24}{counts['harms']:>7}" + "".join(f"{counts[name]:>{_width(name)}}" for name in COLUMNS)


def _width(column: str) -> int:
    return max(len(column), _DIGITS) + 2


def _spend(db: str, postgres: Cluster | None, harm: Harm, seconds: float) -> Counter[str]:
    """Send requests for some seconds while harm is done again and again; count what came of it."""
    one, counts, end = Round(db, postgres), Counter[str](), time.monotonic() + seconds
    try:
        while counts["harms"] == 0 or time.monotonic() < end:
            one.revive()
            with Crowd(one.url) as crowd:
                counts["harms"] += _harmed(one, crowd, harm)
            one.revive()  # a worker of it may still end what it began; the lock of the new one comes after
            counts.update(
                compared(db, crowd.sent, alone=crowd.alone, in_a_set=crowd.in_a_set, queued=(crowd.queued, crowd.turns))
            )
    finally:
        one.end()
    return counts


def _harmed(one: Round, crowd: Crowd, harm: Harm) -> int:
    """Do harm to a server some times, as long as it lives, and return how often."""
    crowd.wait_for_answers(one.chance.randint(1, _BEFORE), lives=one.lives)
    for times in range(1, _TIMES + 1):
        harm(one)
        crowd.wait_for_answers(_AFTER, lives=one.lives)
        if not one.lives() or harm is kill_worker:  # a worker that is lost soon after its start ends the server
            return times
    return _TIMES


@contextmanager
def _postgres() -> Iterator[Cluster | None]:
    if programs() is None:
        yield None
        return
    with cluster() as running:
        yield running
