"""Owns where packaged files live; everything else gets parsed documents and knows no path."""

from pathlib import Path

import orjson

from remo_mock.contract.model import Documents, Json
from remo_mock.exceptions import ContractError, ResourceMissingError

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]


def directory(name: str) -> Path:
    """Find a data directory inside the installed package or, in a checkout, beside it.

    Raises `ResourceMissingError` if it is in neither place.
    """
    for parent in (_PACKAGE, _CHECKOUT):
        if (parent / name).is_dir():
            return parent / name
    raise ResourceMissingError(name)


def read_documents(root: Path) -> Documents:
    """Parse every JSON file below `root`. Raises `ContractError` naming the file that is no JSON."""
    found: dict[str, Json] = {}
    for path in sorted(root.rglob("*.json")):
        name = path.relative_to(root).as_posix()
        try:
            found[name] = orjson.loads(path.read_bytes())
        except orjson.JSONDecodeError as error:
            raise ContractError(name, f"not JSON: {error}") from error
    return found


def contract_documents(root: Path | None = None) -> Documents:
    """Read the contract: the packaged one, or another directory laid out like `schemas/`."""
    if root is not None and not (root / "errors.json").is_file():
        raise ContractError(str(root), "is no folder of contract data: it has no errors.json")
    return read_documents(root or directory("schemas"))


def fixture(name: str) -> Json:
    """Parse one JSON file of `fixtures/`, such as `accounts.json`."""
    path = directory("fixtures") / name
    if not path.is_file():
        raise ResourceMissingError(f"fixtures/{name}")
    return orjson.loads(path.read_bytes())


def good_photo(view: str) -> bytes:
    """Return the JPEG file that shows the drawn figure from `view`."""
    path = directory("fixtures") / "photos" / f"{view}.jpg"
    if not path.is_file():
        raise ResourceMissingError(f"fixtures/photos/{view}.jpg")
    return path.read_bytes()


def example_replies() -> dict[str, Json]:
    """Return each page's example of a success, by endpoint."""
    suffix = ".success.json"
    examples = directory("fixtures") / "examples"
    return {
        path.name.removesuffix(suffix): orjson.loads(path.read_bytes()) for path in sorted(examples.glob(f"*{suffix}"))
    }
