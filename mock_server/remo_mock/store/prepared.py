"""Statements of the hot path, compiled once and run on the driver's own cursor; knows no table and no rule."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql import Executable
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Values = Mapping[str, Any]
Run = Callable[["Prepared", Values], DBAPICursor]
"""Runs a prepared statement with values by name, and returns the cursor to fetch from."""


class Prepared:
    """A statement that SQLAlchemy writes once for each kind of database.

    Its bookkeeping of every execution costs many times what SQLite needs for the statement, and is left out here:
    values go to the driver as they are, rows come back as plain tuples in the order of the statement's columns.
    `columns` are those that an INSERT fills.
    """

    def __init__(self, statement: Executable, *, columns: Sequence[str] | None = None) -> None:
        self._statement = statement
        self._columns = columns
        self._written: dict[str, tuple[str, Sequence[str] | None]] = {}

    def run(self, cursor: DBAPICursor, dialect: Dialect, values: Values) -> DBAPICursor:
        """Execute on `cursor`, and return it."""
        sql, order = self._written.get(dialect.name) or self._write(dialect)
        cursor.execute(sql, values if order is None else tuple(values[name] for name in order))
        return cursor

    def _write(self, dialect: Dialect) -> tuple[str, Sequence[str] | None]:
        statement = self._statement
        if not isinstance(statement, ClauseElement):
            raise TypeError(f"no SQL statement: {statement!r}")
        columns = None if self._columns is None else list(self._columns)
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"no statement with parameters: {statement!r}")
        written = (str(compiled), compiled.positiontup)
        self._written[dialect.name] = written
        return written
