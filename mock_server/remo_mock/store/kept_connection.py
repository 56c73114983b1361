"""Executes prepared statements on one connection that is kept, and finds out how a lost transaction ended."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.pool import PoolProxiedConnection

from remo_mock.exceptions import EndUnknownError
from remo_mock.store.engine import BEGIN_WRITING, LOCK_TIMEOUT, is_in_memory
from remo_mock.store.failures import has_failed, is_failure, is_locked, shown
from remo_mock.store.patience import WouldWaitError, may_wait
from remo_mock.store.statements import Execute

Result = TypeVar("Result")

_PATIENCE = 5.0
"""Seconds in which a connection has to come back that is lost while a transaction is committed."""
_PAUSE = 0.05
# How often a transaction is tried, and the seconds between, before SQLite itself waits for other processes.
_TRIES, _MOMENT = 10, 0.0001
# Seconds: a failure to connect that took longer counts for the next ones as long.
_SLOW = 1.0


class _CommitFailedError(Exception):
    """The connection failed, by `cause`, in the commit of a transaction that came to `result`."""

    def __init__(self, result: Any, cause: Exception) -> None:
        super().__init__()
        self.result, self.cause = result, cause


class KeptConnection:
    """The connection of prepared statements: fetching one from the pool each time would cost more than they do.

    A transaction either changes all that it is to change, or nothing; if the connection is lost before it is committed,
    it is done once more on a new connection.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._sqlite = engine.dialect.name == "sqlite"
        self._is_file = self._sqlite and not is_in_memory(str(engine.url))
        self._begin_writing = BEGIN_WRITING[engine.dialect.name]
        self._connection: PoolProxiedConnection | None = None
        self._was_lost = False
        self._unreachable: Exception | None = None
        self._unreachable_until = 0.0

    def read(self, work: Callable[[Execute], Result]) -> Result:
        """Return what `work` reads."""
        return self._again_if_lost(lambda: self._transact(work, write=False))

    def write(self, work: Callable[[Execute], Result], *, is_written: Callable[[Execute, Result], bool]) -> Result:
        """Return what `work` comes to, after its transaction is committed.

        `is_written` tells, in a later transaction, whether the one that came to a result was committed: it is asked
        when the connection is lost in between. Raises `EndUnknownError` if that cannot be found out.
        """

        def attempt() -> Result:
            try:
                return self._transact(work, write=True)
            except _CommitFailedError as error:
                if not self._find_out(is_written, error.result):
                    raise error.cause from None
                result: Result = error.result
                return result

        return self._again_if_lost(attempt)

    def close(self) -> None:
        """Give the connection back."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _transact(self, work: Callable[[Execute], Result], *, write: bool) -> Result:
        connection = self._connection = self._connection or self._connect()
        dialect, cursor = self._engine.dialect, connection.cursor()
        try:
            if write:
                self._begin(cursor)
            result = work(lambda statement, values: statement.execute(cursor, dialect, values))
            if write or not self._sqlite:
                self._commit(connection, result, write=write)
        except WouldWaitError:  # nothing was begun
            raise
        except BaseException:  # also an interrupt: nothing of the transaction may stay
            self._discard(connection)
            raise
        finally:
            cursor.close()
        return result

    def _begin(self, cursor: DBAPICursor) -> None:
        """Begin a transaction that writes, once no other process does. Raises `WouldWaitError`.

        SQLite's own wait begins with a millisecond, which is many times as long as others write.
        """
        if self._is_file:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                if self._begins_soon(cursor):
                    return
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {LOCK_TIMEOUT}")
            if not may_wait():
                raise WouldWaitError
        cursor.execute(self._begin_writing)

    def _begins_soon(self, cursor: DBAPICursor) -> bool:
        for _ in range(_TRIES):
            try:
                cursor.execute(self._begin_writing)
            except self._driver.OperationalError as error:
                if not is_locked(error):
                    raise
                time.sleep(_MOMENT)
            else:
                return True
        return False

    def _connect(self) -> PoolProxiedConnection:
        """Connect; where that failed slowly just now, fail at once: a crowd would else wait for it one by one."""
        began = time.monotonic()
        if self._unreachable is not None and began < self._unreachable_until:
            raise self._unreachable.with_traceback(None)
        try:
            return self._engine.raw_connection()
        except Exception as error:
            now = time.monotonic()
            if now - began > _SLOW:
                self._unreachable, self._unreachable_until = error, now + _SLOW
            raise

    def _commit(self, connection: PoolProxiedConnection, result: object, *, write: bool) -> None:
        try:
            connection.commit()
        except Exception as error:
            # SQLite has rolled back; a server may have done what the lost connection did not confirm.
            if write and not self._sqlite and is_failure(error, self._driver):
                raise _CommitFailedError(result, error) from error
            raise

    def _find_out(self, is_written: Callable[[Execute, Result], bool], result: Result) -> bool:
        """Return whether a transaction was committed whose connection was lost.

        The question takes the lock that all writers take, so that it waits for the end of that transaction.
        """
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                return self._transact(lambda execute: is_written(execute, result), write=True)
            except _CommitFailedError:
                pass
            except Exception as error:
                if not is_failure(error, self._driver):
                    raise
                if time.monotonic() >= end:
                    failed = has_failed(self._engine, error)
                    raise EndUnknownError(shown(self._engine.url), failed.reason, failed.remedy) from error
            time.sleep(_PAUSE)

    def _again_if_lost(self, attempt: Callable[[], Result]) -> Result:
        """Try once more on a new connection, if the first one was lost before anything was committed."""
        self._was_lost = False
        try:
            return attempt()
        except Exception as error:
            if not (self._was_lost and is_failure(error, self._driver)):
                raise
        return attempt()

    @property
    def _driver(self) -> Any:
        return self._engine.dialect.loaded_dbapi

    def _discard(self, connection: PoolProxiedConnection) -> None:
        """Roll back, and give the connection up."""
        self._connection = None
        if self._sqlite:
            connection.rollback()
            connection.close()
        else:
            self._was_lost = bool(getattr(connection.dbapi_connection, "closed", True))
            connection.invalidate()  # the connection itself may be what failed
