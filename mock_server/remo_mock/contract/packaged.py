"""Finds the packaged files, and a contract folder of the user's; everything else gets parsed documents."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import orjson

from remo_mock.contract.model import Documents, Json
from remo_mock.exceptions import ContractError, ResourceMissingError
from remo_mock.files.given import read_given

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]

CONTRACT_DIR_VARIABLE = "REMO_MOCK_CONTRACT_DIR"
"""The environment variable that names a folder with another contract than the packaged one."""

EXAMPLES, PLAUSIBLE_FILE = "examples/", "plausible.json"
"""Where a contract folder has examples of successes, and the ranges of plausible degrees; both may be missing."""


def directory(name: str) -> Path:
    """Find a data directory inside the installed package or, in a checkout, beside it.

    Raises `ResourceMissingError` if it is in neither place.
    """
    for parent in (_PACKAGE, _CHECKOUT):
        if (parent / name).is_dir():
            return parent / name
    raise ResourceMissingError(name)


def read_files(root: Path) -> tuple[dict[str, Json], list[ContractError]]:
    """Parse every JSON file below `root`, by relative path; those that cannot be read or parsed come back as errors."""
    found: dict[str, Json] = {}
    problems: list[ContractError] = []
    for path in sorted(root.rglob("*.json")):
        name = path.relative_to(root).as_posix()
        try:
            found[name] = read_file(root, name)
        except ContractError as error:
            problems.append(error)
    return found, problems


def read_file(root: Path, name: str) -> Json:
    """Parse the JSON file `name` below `root`. Raises `ContractError` if it cannot be read, or is not JSON."""
    try:
        return orjson.loads(read_given(root / name))
    except orjson.JSONDecodeError as error:
        raise ContractError(name, f"not JSON: {error}") from error
    except OSError as error:
        raise ContractError(name, f"cannot be read: {error.strerror}", "Make it a file that you may read") from error


def read_documents(root: Path) -> Documents:
    """Parse every JSON file below `root`. Raises `ContractError` naming the first that cannot be read or parsed."""
    found, problems = read_files(root)
    for problem in problems:
        raise problem
    return found


def contract_documents(root: Path | None = None) -> Documents:
    """Read the contract: the packaged one (None), or another folder laid out like `schemas/`.

    Examples and plausible ranges that the folder brings are left out: see `remo_mock.contract.additions`.
    """
    if root is None:
        return read_documents(directory("schemas"))
    for problem in folder_problems(root):
        raise problem
    return without_additions(read_documents(root))


def folder_problems(root: Path) -> Iterator[ContractError]:
    """Yield that `root` is no folder, or none of contract data."""
    if not (root / "errors.json").is_file():
        absent = "it has no errors.json" if root.is_dir() else "there is no such folder"
        remedy = f"Write the packaged contract there: remo-mock contract init {root}"
        yield ContractError(str(root), f"is no folder of contract data: {absent}", remedy)


def without_additions(files: Documents) -> Documents:
    """Return the files of a contract folder without its examples and plausible ranges."""
    return {
        name: document for name, document in files.items() if name != PLAUSIBLE_FILE and not name.startswith(EXAMPLES)
    }


def chosen_directory(argument: Path | str | None = None, environment: Mapping[str, str] | None = None) -> Path | None:
    """Return the folder of contract data: the argument, else REMO_MOCK_CONTRACT_DIR, else None, the packaged one.

    `environment` is that of this process by default; an empty variable counts as not set.
    """
    named = (os.environ if environment is None else environment).get(CONTRACT_DIR_VARIABLE, "")
    if argument is not None:
        return Path(argument)
    return Path(named) if named.strip() else None


def fixture(name: str) -> Json:
    """Parse one JSON file of `fixtures/`, such as `accounts.json`."""
    return orjson.loads(_fixture_file(name))


def good_photo(view: str) -> bytes:
    """Return the JPEG file that shows the drawn figure from `view`."""
    return _fixture_file(f"photos/{view}.jpg")


def posture_photo(name: str) -> bytes:
    """Return the JPEG file of a drawn person in a posture, such as `man-danger-front` (see `photos/postures.json`)."""
    return _fixture_file(f"photos/postures/{name}.jpg")


def network_weights() -> bytes:
    """Return the weights of the network that finds people, as an .npz file."""
    return _fixture_file("network/selfie_segmentation.npz")


def _fixture_file(name: str) -> bytes:
    """Read one file of `fixtures/`. Raises `ResourceMissingError` if it is not there."""
    path = directory("fixtures") / name
    if not path.is_file():
        raise ResourceMissingError(f"fixtures/{name}")
    return path.read_bytes()


def example_replies() -> dict[str, Json]:
    """Return each page's example of a success, by endpoint."""
    suffix = ".success.json"
    examples = directory("fixtures") / "examples"
    return {
        path.name.removesuffix(suffix): orjson.loads(path.read_bytes()) for path in sorted(examples.glob(f"*{suffix}"))
    }
