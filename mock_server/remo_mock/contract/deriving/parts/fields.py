"""Reads the tables of the request's and the response's fields."""

import re
from collections.abc import Iterator, Sequence

from remo_mock.contract.deriving.facts import RequestField, ResponseField, Source, Unplaced
from remo_mock.contract.deriving.page.blocks import Table
from remo_mock.contract.deriving.parts.columns import NAME, TableRoles, clean_name
from remo_mock.contract.deriving.text.bands import read_bands
from remo_mock.contract.deriving.text.words import is_parameter, truth_of, unit_of, views_of

_PHOTO = re.compile(r"base64|photo|image|사진|이미지", re.IGNORECASE)


class _Row:
    """A field as the table prints it; rows that continue it add to its lines."""

    def __init__(
        self, name: str, line: int, kind: str, required: str | None, lines: Sequence[str], *, starred: bool
    ) -> None:
        self.name, self.line, self.type, self.required = name, line, kind, required
        self.lines = list(lines)
        self.starred = starred


def read_request(table: Table, roles: TableRoles) -> tuple[list[RequestField], list[Unplaced]]:
    """Read the fields of the request, and what of the table has no place."""
    unplaced: list[Unplaced] = []
    fields = [
        request_field(
            row.name,
            row.type,
            row.required,
            " ".join(row.lines),
            Source(row.line, table.place.section, row.name),
            starred=row.starred,
            unplaced=unplaced,
        )
        for row in _rows(roles, unplaced)
    ]
    return fields, unplaced


def read_response(table: Table, roles: TableRoles) -> tuple[list[ResponseField], list[Unplaced]]:
    """Read the fields of the response with their units and bands, and what of the table has no place."""
    unplaced: list[Unplaced] = []
    fields = [
        response_field(row.name, row.type, row.lines, Source(row.line, table.place.section, row.name), unplaced)
        for row in _rows(roles, unplaced)
    ]
    return fields, unplaced


def request_field(
    name: str, kind: str, required: str | None, words: str, source: Source, *, starred: bool, unplaced: list[Unplaced]
) -> RequestField:
    """Make a field of the request out of the texts about it."""
    needed = None if required is None else truth_of(required)
    if required is not None and needed is None:
        unplaced.append(
            Unplaced(source.line, f"whether {name} is required is {required[:30]!r}", "State it in the overrides")
        )
    if starred and not needed:
        needed = True
    photo = "base64" in f"{kind} {words}".lower() or (bool(_PHOTO.search(words)) and "img" in name.lower())
    return RequestField(name, _type(kind), needed, photo, source, _view(words) if photo else "", words)


def response_field(
    name: str, kind: str, lines: Sequence[str], source: Source, unplaced: list[Unplaced]
) -> ResponseField:
    """Make a field of the response out of the texts about it."""
    bands = read_bands(lines)
    unplaced += [
        Unplaced(source.line, f"{name}: {problem}", "Correct the page, or give the bands in the overrides")
        for problem in bands.problems
    ]
    words = " ".join(lines)
    return ResponseField(
        name=name,
        type=_type(kind),
        source=source,
        unit="" if bands.rows else unit_of(words),
        view="" if bands.rows else _view(words),
        parameter=is_parameter(words),
        grades=bands.rows,
        words=words,
    )


def _view(words: str) -> str:
    """Return the one view that words name, nothing if they name none or several."""
    views = views_of(words)
    return views[0] if len(views) == 1 else ""


def _type(text: str) -> str:
    return re.sub(r"\s+", "", text.strip("` ").lower())


def _rows(roles: TableRoles, unplaced: list[Unplaced]) -> Iterator[_Row]:
    """Yield the fields of a table; a row without a name of its own continues the field above it."""
    waiting: list[_Row] = []
    for cells in roles.rows:
        name_cell, words_cell = roles.cell(cells, "name"), roles.cell(cells, "words")
        type_cell, required_cell = roles.cell(cells, "type"), roles.cell(cells, "required")
        lines = words_cell.lines if words_cell is not None else ()
        text = name_cell.text if name_cell is not None else ""
        line = cells[0].line
        if waiting and (not text or (name_cell is not None and name_cell.spread)):
            for row in waiting:
                row.lines += [one for one in lines if one not in row.lines]
            continue
        yield from waiting
        waiting = []
        names = [
            clean_name(part)
            for part in re.split(r"\s*[,/]\s*", re.sub(r"\((?:required|optional|필수|선택)\)", "", text))
        ]
        if not all(NAME.fullmatch(name) for name in names):
            whole = " | ".join(cell.text for cell in cells)
            if text != whole or len(set(whole.split(" | "))) > 1:
                unplaced.append(
                    Unplaced(
                        line,
                        f"a row whose name is {text[:40]!r}",
                        "Correct the page, or state the field in the overrides",
                    )
                )
            continue
        waiting = [
            _Row(
                name,
                line,
                type_cell.text if type_cell is not None else "",
                required_cell.text if required_cell is not None else None,
                lines,
                starred=text.strip().endswith("*") or "required" in text.lower() or "필수" in text,
            )
            for name in names
        ]
    yield from waiting
