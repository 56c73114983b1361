"""Prepares statements that SQLAlchemy compiles once, for the driver's own cursor to execute."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Dialect, Select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase


class PreparedStatement:
    """A statement that SQLAlchemy compiles once for each kind of database.

    SQLAlchemy's own execution costs many times what SQLite needs for the statement (benchmarks/README.md), so the
    driver's cursor runs these: values go to the driver as they are, rows come back as tuples in the order of the
    statement's columns. `columns` are those that an INSERT fills.
    """

    def __init__(self, statement: Select[Any] | UpdateBase, *, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self._columns = columns
        self._compiled: dict[str, tuple[str, Sequence[str] | None]] = {}

    def execute(self, cursor: DBAPICursor, dialect: Dialect, values: Mapping[str, Any]) -> DBAPICursor:
        """Execute the statement on `cursor` with values by name, and return the cursor to fetch from."""
        sql, order = self._compiled.get(dialect.name) or self._compile(dialect)
        cursor.execute(sql, values if order is None else tuple(values[name] for name in order))
        return cursor

    def _compile(self, dialect: Dialect) -> tuple[str, Sequence[str] | None]:
        columns = None if self._columns is None else list(self._columns)
        compiled = self.statement.compile(dialect=dialect, column_keys=columns)
        if not isinstance(compiled, SQLCompiler):
            raise TypeError(f"not a statement with parameters: {self.statement!r}")
        self._compiled[dialect.name] = str(compiled), compiled.positiontup
        return self._compiled[dialect.name]


Execute = Callable[[PreparedStatement, Mapping[str, Any]], DBAPICursor]
"""Executes a prepared statement with values by name, and returns the cursor to fetch from."""
