"""Reads what a derivation starts from: pages or files of facts, grouped by endpoint."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.contract.deriving.facts_file import is_facts, read_facts
from remo_mock.contract.deriving.page.source_text import PageError, read_page
from remo_mock.contract.deriving.parsers import page_reader
from remo_mock.contract.model import Json

OVERRIDES_FILE = "overrides.json"

Group = tuple[PageFacts, ...]


def read_inputs(paths: Sequence[Path]) -> list[tuple[Group, Path]]:
    """Return the facts of each endpoint that the files are about, with the first file.

    Pages of one method and path are one endpoint's, whatever their language. Raises `PageError`, `ContractError`,
    `MissingExtraError`.
    """
    groups: list[tuple[Group, Path]] = []
    for path in paths:
        for group in _groups_in(path):
            at = next((number for number, (other, _path) in enumerate(groups) if _same(other, group)), None)
            if at is None:
                groups.append((group, path))
            else:
                groups[at] = ((*groups[at][0], *group), groups[at][1])
    return groups


def _groups_in(path: Path) -> Iterator[Group]:
    text = read_page(path)
    if path.suffix == ".json":
        document = parsed(path, text)
        if not is_facts(document):
            raise PageError(str(path), "is JSON, but no file of facts", "Name the Markdown file of a page")
        yield read_facts(str(path), document)
    else:
        yield (page_reader()(path.name, text),)


def parsed(path: Path, text: str) -> Json:
    """Parse JSON that a person may have written. Raises `PageError` with the line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise PageError(str(path), f"is not JSON: {error.msg}", "Correct the file", error.lineno) from error
    except RecursionError as error:
        raise PageError(str(path), "is nested too deeply", "Correct the file") from error


def _same(one: Group, other: Group) -> bool:
    mine, theirs = (next((page.address for page in group if page.address), None) for group in (one, other))
    return mine is not None and theirs is not None and (mine.method, mine.path) == (theirs.method, theirs.path)
