"""A database server that is slow to refuse: of many requests one waits for it, the others are refused at once."""

import sqlite3
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import Engine

from remo_mock.store import kept_connection
from remo_mock.store.kept_connection import KeptConnection


class Clock:
    """A clock that goes on while somebody connects."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.attempts = 0

    def monotonic(self) -> float:
        return self.now

    def connect(self, seconds: float) -> Any:
        self.attempts += 1
        self.now += seconds
        raise sqlite3.OperationalError("timeout expired")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(kept_connection, "time", clock)
    return clock


def read(connection: KeptConnection) -> None:
    with pytest.raises(sqlite3.OperationalError, match="timeout expired"):
        connection.read(lambda _execute: None)


@pytest.mark.parametrize(("seconds", "later", "attempts"), [(10.0, 0.0, 1), (10.0, 2.0, 3), (0.1, 0.0, 3)])
def test_slow_refusals_are_shared(clock: Clock, seconds: float, later: float, attempts: int) -> None:
    dialect = SimpleNamespace(name="postgresql", loaded_dbapi=sqlite3)
    engine = SimpleNamespace(dialect=dialect, raw_connection=lambda: clock.connect(seconds))
    connection = KeptConnection(cast(Engine, engine))
    for _ in range(3):
        read(connection)
        clock.now += later
    assert clock.attempts == attempts
