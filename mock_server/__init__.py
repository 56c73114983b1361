"""A mock of the REMO skeleton-analysis API: the vendor's contract as data, served, charged and drawn."""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from mock_server.app import create_app
    from mock_server.decorating import remo_mock
    from mock_server.inprocess import RemoMock
    from mock_server.settings import Settings
    from mock_server.suite import assert_contract

__all__ = ["RemoMock", "Settings", "__version__", "assert_contract", "create_app", "remo_mock"]

_HOMES = {
    "RemoMock": "mock_server.inprocess",
    "Settings": "mock_server.settings",
    "assert_contract": "mock_server.suite",
    "create_app": "mock_server.app",
    "remo_mock": "mock_server.decorating",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the command line starts without Flask."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
