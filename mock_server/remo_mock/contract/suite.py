"""Finds the contract suite, inside the installed package or beside it in a checkout, and imports its facade."""

import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from remo_mock.contract.model import Json
from remo_mock.contract.packaged import directory

_SUITE = "contract_tests"


def suite_directory() -> Path:
    """Return where the suite lives. Raises `ResourceMissingError`."""
    return directory(_SUITE)


class _LazyFacade:
    """Imports `contract_tests.api` when one of its names is first used, so that `serve` starts without the suite."""

    def __getattr__(self, name: str) -> Any:
        place = suite_directory()
        if place.parent.name == "remo_mock":
            # Installed: pytest imports the suite from the same place under the same name.
            return getattr(import_module(f"remo_mock.{_SUITE}.api"), name)
        # A project of the user may have a package of this name: in a checkout, ours is meant.
        root = str(place.parent)
        if sys.path[:1] != [root]:
            sys.path.insert(0, root)
        return getattr(import_module(f"{_SUITE}.api"), name)


if TYPE_CHECKING:
    from contract_tests import api as api
else:
    api = _LazyFacade()


def assert_contract(
    endpoint: str,
    request: Mapping[str, Json] | None,
    reply: Any,
    *,
    strict: bool = False,
    without: str | Iterable[str] = (),
    contract_dir: Path | str | None = None,
) -> None:
    """Raise `AssertionError`, listing every broken promise, unless a reply keeps the contract.

    `endpoint` is a name or a path; `request` the JSON object that was sent (None: unknown); `reply` the parsed body,
    its bytes, or a response of requests, httpx, Flask or werkzeug. With `strict`, notes count as well. `without`
    names what was taken out of the reply before it was saved: `images`, `coords`. `contract_dir` is the folder of
    another contract than the packaged one (None: that of REMO_MOCK_CONTRACT_DIR, if it is set). Raises `TypeError` for
    a request or reply of another kind, `ValueError` for an unknown endpoint or word, `ContractError` for a contract
    that does not hold together.
    """
    __tracebackhide__ = True  # pytest shows the arguments of functions, and so the keys in `request`
    api.assert_contract(endpoint, request, reply, strict=strict, without=without, contract_dir=contract_dir)
