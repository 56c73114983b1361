"""Tells the time; knows nothing of what happens in it."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Write a moment as accounts and exchanges tell it, to the millisecond; such texts sort like their moments."""
    return at.isoformat(timespec="milliseconds")
