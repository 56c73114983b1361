"""Waits until a condition holds."""

import time
from collections.abc import Callable
from typing import TypeVar

TIMEOUT = 60
"""Seconds after which a test gives up on one request, or on one program: a busy machine needs far less."""

RUN_TIMEOUT = 240
"""Seconds for a whole run of a tester, such as the contract suite: less than pytest itself gives a test."""

_PAUSE = 0.05

Result = TypeVar("Result")


def wait_until(condition: Callable[[], Result], *, what: str, within: float = 30.0) -> Result:
    """Call a condition until what it returns is true, and return that.

    Raises an AssertionError that says what was waited for, and what the condition returned last, once `within` seconds
    are over. The condition is called at least once, however busy the machine is.
    """
    end = time.monotonic() + within
    while not (result := condition()):
        if time.monotonic() >= end:
            raise AssertionError(f"waited {within:g} seconds until {what}; the condition still returns {result!r}")
        time.sleep(_PAUSE)
    return result
