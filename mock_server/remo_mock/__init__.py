"""A mock of the REMO skeleton-analysis API: the vendor's contract as data, served, charged and drawn."""

from importlib import import_module
from typing import TYPE_CHECKING

from remo_mock._version import __version__

if TYPE_CHECKING:
    from remo_mock.contract.suite import assert_contract
    from remo_mock.settings import Settings
    from remo_mock.testing.decorator import remo_mock
    from remo_mock.testing.remo_mock import RemoMock
    from remo_mock.web.app import create_app

__all__ = ["RemoMock", "Settings", "__version__", "assert_contract", "create_app", "remo_mock"]

_HOMES = {
    "RemoMock": "remo_mock.testing.remo_mock",
    "Settings": "remo_mock.settings",
    "assert_contract": "remo_mock.contract.suite",
    "create_app": "remo_mock.web.app",
    "remo_mock": "remo_mock.testing.decorator",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first used, so that the command line starts without Flask."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """List the public names, also those that are not imported yet."""
    return sorted(__all__)
