"""Reads the clock, and writes times as the API shows them."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the current time, in UTC."""
    return datetime.now(UTC)


def stamp(at: datetime) -> str:
    """Write a time in ISO 8601, to the millisecond; the texts sort like their times as long as all are in UTC."""
    return at.isoformat(timespec="milliseconds")
