"""Finds out what a table is about and which of its columns is which, by its headings or else by its cells."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from remo_mock.contract.deriving.page.blocks import Cell, Table
from remo_mock.contract.deriving.text.words import column_of, kinds_of, truth_of

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*")
_TYPE = re.compile(
    r"(?:string|str|int|integer|float|double|number|bool|boolean|object|array|list|dict|file|text|json|long|문자열|숫자|정수|실수)\b.*",
    re.IGNORECASE,
)
_CODE = re.compile(r"[`\s]*\d{3}\b.*", re.DOTALL)
_STATUS = re.compile(r"\s*[2-5]\d\d(?!\d)")
_HEADERS = {"content-type", "authorization", "accept", "user-agent"}
_MOST = 0.6

Kind = Literal["request", "response", "codes", "headers", "unknown"]


@dataclass(frozen=True, slots=True)
class TableRoles:
    """What a table is about, the column of each role, and the rows that hold data."""

    kind: Kind
    columns: dict[str, int]
    rows: tuple[tuple[Cell, ...], ...]
    width: int

    def cell(self, row: tuple[Cell, ...], role: str) -> Cell | None:
        """Return the cell of a role in a row, None if the table has no such column."""
        at = self.columns.get(role)
        return row[at] if at is not None and at < len(row) else None


def clean_name(text: str) -> str:
    """Return the text of a cell without the marks around a name."""
    return re.sub(r"^[\s\-–└ㄴ>•·`*\"']+|[\s`*\"':]+$", "", text.replace("\\", ""))


def roles_of(table: Table, *, has_request: bool) -> TableRoles | None:
    """Return the roles of a table's columns; None for an empty table, and for one of HTTP headers."""
    rows = table.rows
    width = max(len(table.head), max(map(len, rows), default=0))
    columns = _by_heading(table.head)
    headed = bool(columns)
    if not columns and table.head:
        # A table whose headings are hidden may have its first row in their place.
        rows = (table.head, *rows)
    rows = tuple(row for row in rows if any(cell.text for cell in row))
    if not rows:
        return None
    _by_content(columns, rows, width)
    if not {"name", "code"} & columns.keys():
        return TableRoles("unknown", columns, rows, width)
    names = {
        clean_name(row[columns["name"]].text).lower()
        for row in rows
        if "name" in columns and columns["name"] < len(row)
    }
    if names & _HEADERS:
        return None
    kind = _kind(table, columns, names, has_request=has_request, headed=headed)
    return TableRoles(kind, columns, rows, width)


def _by_heading(head: tuple[Cell, ...]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, cell in enumerate(head):
        role = column_of(cell.text)
        if role:
            columns.setdefault(role, at)
    return columns


def _by_content(columns: dict[str, int], rows: tuple[tuple[Cell, ...], ...], width: int) -> None:
    """Add the roles that the cells tell and the headings do not, and take back those that the cells deny."""
    tests: list[tuple[str, Callable[[str], bool]]] = [
        ("code", lambda text: _CODE.fullmatch(text) is not None),
        ("required", lambda text: truth_of(text) is not None and text.strip() not in {"", "-"}),
        ("type", lambda text: _TYPE.fullmatch(text.strip()) is not None),
        ("name", lambda text: all(NAME.fullmatch(part) for part in re.split(r"\s*[,/]\s*", clean_name(text)))),
    ]
    code = columns.get("code")
    if code is not None and not _mostly(rows, code, tests[0][1]):
        del columns["code"]
    for role, test in tests:
        taken = set(columns.values())
        for at in range(width):
            if role not in columns and at not in taken and _mostly(rows, at, test):
                columns[role] = at
                break
    if (
        "name" in columns
        and "code" in columns
        and not _mostly(rows, columns["name"], lambda text: "_" in text or text == text.lower())
    ):
        columns.setdefault("cause", columns.pop("name"))
    if "name" in columns and "words" not in columns:
        left = [at for at in range(width) if at not in columns.values()]
        if left:
            columns["words"] = max(left, key=lambda at: sum(len(row[at].text) for row in rows if at < len(row)))


def _mostly(rows: tuple[tuple[Cell, ...], ...], at: int, test: Callable[[str], bool]) -> bool:
    cells = [row[at].text for row in rows if at < len(row) and row[at].text.strip()]
    return bool(cells) and sum(map(test, cells)) > _MOST * len(cells)


def _kind(table: Table, columns: dict[str, int], names: set[str], *, has_request: bool, headed: bool) -> Kind:
    if "code" in columns and "name" not in columns:
        return "codes"
    named = [kind for title in (table.place.section, table.place.tab) for kind in kinds_of(title) if kind != "codes"]
    if (
        _STATUS.match(table.place.tab)
        or "response" in named
        or any(name.endswith(("_m_", "_grade", "_coords")) for name in names)
    ):
        return "response"
    if "request" in named or "required" in columns:
        return "request"
    if not headed and "type" not in columns:
        return "unknown"
    return "response" if has_request else "request"
