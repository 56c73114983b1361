"""Counts how much SQLite works, which no busy machine changes."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event


class Steps:
    """Counts the loop steps of SQLite's virtual machine in every connection that is opened."""

    def __init__(self) -> None:
        self.count = 0

    def watch(self, connection: sqlite3.Connection, _record: Any) -> None:
        connection.set_progress_handler(self.step, 1)

    def step(self) -> int:
        self.count += 1
        return 0


@contextmanager
def counted_steps() -> Iterator[Steps]:
    """Count the steps in the connections that are opened while the context lasts."""
    steps = Steps()
    event.listen(Engine, "connect", steps.watch)
    yield steps
    event.remove(Engine, "connect", steps.watch)
