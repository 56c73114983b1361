"""Hands what mocks were used for to listeners: little enough to be imported in every project that has pytest and us."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remo_mock.testing.usage import Usage

listeners: "list[Callable[[Usage], None]]" = []
"""Called with the usage of each mock that ends, if it received a request."""


def publish(usage: "Usage") -> None:
    """Call every listener."""
    for listener in listeners:
        listener(usage)
