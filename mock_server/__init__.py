"""A mock of the REMO skeleton-analysis API: the vendor's contract as data, served, charged and drawn."""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mock_server.app import create_app
    from mock_server.settings import Settings

__all__ = ["Settings", "__version__", "create_app"]

_HOMES = {"create_app": "mock_server.app", "Settings": "mock_server.settings"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the command line starts without Flask."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
