"""Reads what is compared: a page or its facts, a folder of pages, or a folder of contract data."""

from collections.abc import Sequence
from pathlib import Path

from remo_mock.contract.comparing.from_contract import subjects_of_contract
from remo_mock.contract.comparing.from_pages import subject_of_pages
from remo_mock.contract.comparing.subject import Subject
from remo_mock.contract.consistency import ERRORS_FILE
from remo_mock.contract.deriving.derivation import SHARED_FILES, Input, derive
from remo_mock.contract.deriving.endpoint.conventions import CONVENTIONS_FILE, read_conventions
from remo_mock.contract.deriving.endpoint.overrides import Overrides
from remo_mock.contract.deriving.inputs import read_inputs
from remo_mock.contract.deriving.page.source_text import PageError
from remo_mock.contract.model import Documents
from remo_mock.contract.packaged import directory, read_documents, read_file, without_additions
from remo_mock.contract.reading import problems_of


def read_states(old: Path, new: Path) -> tuple[list[Subject], list[Subject]]:
    """Return the endpoints of both paths. A page beside contract data is derived first, so that like meets like.

    Raises `PageError`, `ContractError`, `MissingExtraError`.
    """
    if _is_contract(old) == _is_contract(new):
        return _read(old), _read(new)
    contract, pages = (old, new) if _is_contract(old) else (new, old)
    documents = _documents(contract)
    derived = _derived(pages, documents)
    named = {subject.name for subject in derived}
    told = [subject for subject in subjects_of_contract(documents) if subject.name in named or pages.is_dir()]
    return (told, derived) if contract is old else (derived, told)


def _is_contract(path: Path) -> bool:
    return path.is_dir() and (path / ERRORS_FILE).is_file()


def _read(path: Path) -> list[Subject]:
    if _is_contract(path):
        return subjects_of_contract(_documents(path))
    schemas = directory("schemas")
    conventions = read_conventions(read_file(schemas, CONVENTIONS_FILE))
    errors = read_file(schemas, ERRORS_FILE)
    return [subject_of_pages(facts, conventions, errors) for facts, _path in read_inputs(_pages(path))]


def _documents(path: Path) -> Documents:
    documents = read_documents(path)
    for problem in problems_of(without_additions(documents)):
        raise problem
    return documents


def _pages(path: Path) -> list[Path]:
    pages = sorted(path.glob("*.md")) if path.is_dir() else [path]
    if not pages:
        raise PageError(str(path), "holds neither pages nor contract data", "Name a page, or a folder of either")
    return pages


def _derived(path: Path, documents: Documents) -> list[Subject]:
    """Derive the endpoints of pages with the shared files of a contract."""
    schemas = directory("schemas")
    shared = {name: documents[name] if name in documents else read_file(schemas, name) for name in SHARED_FILES}
    inputs = [Input(facts, Overrides()) for facts, _path in read_inputs(_pages(path))]
    derivation = derive(inputs, shared)
    for outcome in derivation.outcomes:
        if not outcome.usable:
            remedy = f"Derive it with overrides, and compare the folder: remo-mock contract derive {path} --out DIR"
            raise PageError(str(path), f"{outcome.name} cannot be derived without answers", remedy)
    files = {name: document for outcome in derivation.outcomes for name, document in outcome.files.items()}
    return subjects_of_contract({**derivation.shared, **files})


def paired(
    old: Sequence[Subject], new: Sequence[Subject]
) -> tuple[list[tuple[Subject, Subject]], list[Subject], list[Subject]]:
    """Return the endpoints of both states, those that left and those that are new; two single ones belong together."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])], [], []
    later = {subject.name: subject for subject in new}
    pairs = [(subject, later[subject.name]) for subject in old if subject.name in later]
    known = {subject.name for subject in old}
    return (
        pairs,
        [subject for subject in old if subject.name not in later],
        [subject for subject in new if subject.name not in known],
    )
