"""Reads the table of error codes, with the category that each row stands in."""

import re

from remo_mock.contract.deriving.facts import ErrorCode, Source, Unplaced
from remo_mock.contract.deriving.page.blocks import Cell, Table
from remo_mock.contract.deriving.parts.columns import TableRoles
from remo_mock.contract.deriving.text.words import category_of, cause_of, views_of

_SUCCESSES = range(200, 300)
_TEXTUAL = ("cause", "words", "name")


def read_codes(table: Table, roles: TableRoles) -> tuple[list[ErrorCode], list[Unplaced]]:
    """Read the rows of a table of codes, and what of it has no place."""
    codes: list[ErrorCode] = []
    unplaced: list[Unplaced] = []
    category = ""
    for cells in roles.rows:
        cell = roles.cell(cells, "code")
        line = cells[0].line
        named, words = _words(roles, cells)
        category = named or category
        text = cell.text.strip("` ") if cell is not None else ""
        numbers = [int(number) for number in re.findall(r"(?<!\d)\d{3}(?!\d)", text)]
        rest = re.sub(r"\d{3}|[\s,/·]", "", text)
        if not text and not words:
            continue
        if not numbers or rest in {"~", "-", "–"}:
            unplaced.append(
                Unplaced(
                    line, f"a row of the table of codes whose code is {text[:40]!r}", "State its codes in the overrides"
                )
            )
            continue
        if rest and not words:
            words = re.sub(r"\d{3}", "", text).strip(" :-()")
        codes += [
            error_code(number, category, words, Source(line, table.place.section, str(number)))
            for number in numbers
            if number not in _SUCCESSES
        ]
    return codes, unplaced


def error_code(code: int, category: str, words: str, source: Source) -> ErrorCode:
    """Make a code out of the words about it; they are kept only if nothing is made of them."""
    cause = cause_of(words)
    return ErrorCode(
        code, category_of(category), source, cause, views_of(words) if cause else (), "" if cause else words, words
    )


def _words(roles: TableRoles, cells: tuple[Cell, ...]) -> tuple[str, str]:
    """Return the category and the cause of a row."""
    others = [at for at in range(len(cells)) if at != roles.columns.get("code")]
    at_category = roles.columns.get("category")
    if at_category is None and len(others) > 1 and not any(role in roles.columns for role in _TEXTUAL):
        at_category = others[0]
    at_words = [roles.columns[role] for role in _TEXTUAL if role in roles.columns]
    at_words = at_words or [at for at in others if at != at_category]
    texts = list(dict.fromkeys(cells[at].text for at in at_words if at < len(cells) and cells[at].text))
    if at_category is not None and at_category < len(cells):
        named = cells[at_category].text
        return named, " ".join(texts) or named
    return "", " ".join(texts)
