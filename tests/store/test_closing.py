"""A database that is closed lets whoever uses it finish: SQLite ends a process that uses a closed connection."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event

from remo_mock.store.database import IN_MEMORY, Database
from tests.support.waiting import TIMEOUT


def test_closing_waits_for_who_reads() -> None:
    database, reads, may_end = Database(IN_MEMORY), Event(), Event()

    def read(_execute: object) -> str:
        reads.set()
        may_end.wait(TIMEOUT)
        return "read"

    with ThreadPoolExecutor(2) as pool:
        reading = pool.submit(database.read_prepared, read)
        assert reads.wait(TIMEOUT)
        closing = pool.submit(database.close)
        closed_meanwhile, _ = wait([closing], timeout=0.2)
        may_end.set()
        assert reading.result(TIMEOUT) == "read"
        closing.result(TIMEOUT)
    assert not closed_meanwhile
