"""Finds the contract suite inside the installed package or beside it; knows no check."""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from remo_mock.contract.model import Json
from remo_mock.contract.packaged import directory

_SUITE = "contract_tests"


def suite_directory() -> Path:
    """Return where the suite lives. Raises `ResourceMissingError`."""
    return directory(_SUITE)


def suite(module: str) -> ModuleType:
    """Import a module of the suite, under the name that pytest gives it in the same place."""
    place = suite_directory()
    if place.parent.name == "remo_mock":
        return import_module(f"remo_mock.{_SUITE}.{module}")
    # A project of the user may have a package of this name: in a checkout, ours is meant.
    root = str(place.parent)
    if sys.path[:1] != [root]:
        sys.path.insert(0, root)
    return import_module(f"{_SUITE}.{module}")


def assert_contract(endpoint: str, request: Mapping[str, Json] | None, reply: Any, *, strict: bool = False) -> None:
    """Raise `AssertionError`, listing every broken promise, unless a reply keeps the contract.

    `endpoint` is a name or a path; `request` the JSON object that was sent (None: unknown); `reply` the parsed body,
    its bytes, or a response of requests, httpx, Flask or werkzeug. With `strict`, notes count as well.
    """
    suite("run.assertion").assert_contract(endpoint, request, reply, strict=strict)
