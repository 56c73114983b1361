"""Names what is wrong with a database that cannot be opened or that fails in use, and what to do."""

import sqlite3
from typing import Any

from sqlalchemy import URL, Engine

from remo_mock.exceptions import StoreError, StoreFailedError

_CHECK_SERVER = "Check that the server runs, and the host, user, password and database in --db."
_MEMORY = "Start the mock again; its accounts were in memory."
_DAMAGED = "Stop the mock, and start it with a copy of the file from before, or with another --db."
_CHECK_FILE = "Check the disk and the rights of the file and its folder; the mock goes on as soon as it can."
_REMEDIES = {
    sqlite3.SQLITE_FULL: "Free space on the disk that it is on; the mock goes on as soon as there is some.",
    sqlite3.SQLITE_CORRUPT: _DAMAGED,
    sqlite3.SQLITE_NOTADB: _DAMAGED,
    sqlite3.SQLITE_BUSY: "Another program has kept it locked; end that, the mock goes on by itself.",
    sqlite3.SQLITE_LOCKED: "Another program has kept it locked; end that, the mock goes on by itself.",
}
# The lower byte of an SQLite error code is its kind, the rest a detail.
_KIND = 0xFF


def cannot_open(engine: Engine, error: Exception, *, remedy: str = _CHECK_SERVER) -> StoreError:
    """Make the error for a database that cannot be opened."""
    if engine.dialect.name == "sqlite":
        return StoreError(shown(engine.url), _reason(error))
    return StoreError(shown(engine.url), _reason(error), remedy)


def has_failed(engine: Engine, error: Exception) -> StoreFailedError:
    """Make the error for a database that was open and failed to execute a statement."""
    remedy = f"{_CHECK_SERVER} The mock goes on as soon as it answers."
    if engine.dialect.name == "sqlite":
        code = getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", None)
        remedy = _CHECK_FILE if code is None else _REMEDIES.get(code & _KIND, _CHECK_FILE)
        if engine.url.database in (None, "", ":memory:"):
            remedy = _MEMORY
    return StoreFailedError(shown(engine.url), _reason(error), remedy)


def is_failure(error: BaseException, driver: Any) -> bool:
    """Tell whether an error is the database's, such as a lost connection, a full disk or a damaged file.

    Broken constraints, values out of range and wrong statements are not; that a table is gone is.
    """
    cause = getattr(error, "orig", None) or error
    if not isinstance(cause, driver.Error):
        return False
    if getattr(cause, "sqlstate", None) == "42P01":  # PostgreSQL: the table does not exist
        return True
    ours = (driver.IntegrityError, driver.DataError, driver.ProgrammingError, driver.NotSupportedError)
    return not isinstance(cause, ours)


def is_locked(error: Exception) -> bool:
    """Tell whether an error of SQLite says that another process writes just now."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _KIND == sqlite3.SQLITE_BUSY


def shown(url: URL) -> str:
    """Return a database URL without what may be secret: the password, and of a server the query, which may hold one."""
    if url.drivername.startswith("sqlite"):
        return url.render_as_string()
    public = URL.create(url.drivername, username=url.username, host=url.host, port=url.port, database=url.database)
    return public.render_as_string()


def _reason(error: Exception) -> str:
    text = str(getattr(error, "orig", None) or error)
    return (text.splitlines() or [type(error).__name__])[0].rstrip(". ")  # the further lines are advice, and SQL
