"""Lays text out in columns on a terminal, where Korean letters are twice as wide as Latin ones."""

import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TypeAlias

GAP = "  "

Cell: TypeAlias = Sequence[str]
"""The paragraphs of a cell."""

# Columns where nobody says how wide the terminal is: in a file, a pipe, a test.
_WIDTH = 120
# Below this no table is readable.
_NARROWEST = 40


def screen_width() -> int:
    """Return the columns of the terminal that stdout is, as COLUMNS or the terminal itself says; 120 of any other."""
    return max(_NARROWEST, shutil.get_terminal_size((_WIDTH, 24)).columns)


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes; what is put onto the letter before takes none."""
    return sum(map(_width, text))


def _width(letter: str) -> int:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cf", "Me", "Mn"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def fitted(heads: Sequence[Cell], rows: Sequence[Sequence[Cell]], *, width: int | None = None) -> Iterator[str]:
    """Yield the lines of a table that is as wide as its text needs, and at most `width` (None: as the terminal).

    Narrow columns stay as they are, and wide ones share the rest. Where not even their longest words have room, each
    row is printed as a list of its cells.
    """
    room = (screen_width() if width is None else width) - len(GAP) * (len(heads) - 1)
    columns = list(zip(heads, *rows, strict=True))
    whole = [max(width_of(text) for cell in column for text in cell) for column in columns]
    least = [max(width_of(word) for cell in column for text in cell for word in text.split(" ")) for column in columns]
    if sum(least) > room:
        for row in rows:
            pairs = [
                ("".join(head), "\n".join(filter(None, cell)))
                for head, cell in zip(heads, row, strict=True)
                if any(cell)
            ]
            yield from labelled(pairs, width=width, indent="")
            yield ""
        return
    widths = _shared(whole, least, room)
    lines = [[*head, "-" * column] for head, column in zip(heads, widths, strict=True)]
    yield from table([lines, *rows], widths)


def _shared(whole: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns: each whole, or so many that all have room, and no less than its longest word."""
    cap = max(whole)
    while sum(_capped(whole, least, cap)) > room:
        cap -= 1
    widths = _capped(whole, least, cap)
    for at, wanted in enumerate(whole):
        if wanted > widths[at] and sum(widths) < room:
            widths[at] += 1
    return widths


def _capped(whole: Sequence[int], least: Sequence[int], cap: int) -> list[int]:
    return [max(needed, min(wanted, cap)) for wanted, needed in zip(whole, least, strict=True)]


def wrap(text: str, width: int) -> list[str]:
    """Break a text at spaces into lines of at most `width` columns; a longer word is broken where it must."""
    indent = text[: len(text) - len(text.lstrip(" "))]
    lines = [indent]
    for word in text.strip(" ").split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1].strip() else f"{lines[-1]}{word}"
        if width_of(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1].strip():
            lines.append("")
        for letter in word:
            if width_of(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def sentence(text: str) -> list[str]:
    """Break a text into lines of the terminal's width."""
    return wrap(text, screen_width())


def table(rows: Sequence[Sequence[Cell]], widths: Sequence[int]) -> Iterator[str]:
    """Yield the lines of a table; each cell is a list of paragraphs, which are wrapped to its column's width."""
    for row in rows:
        cells = [
            [line for paragraph in cell for line in wrap(paragraph, width)]
            for cell, width in zip(row, widths, strict=True)
        ]
        for number in range(max(map(len, cells))):
            lines = [cell[number] if number < len(cell) else "" for cell in cells]
            padded = (line + " " * (width - width_of(line)) for line, width in zip(lines, widths, strict=True))
            yield GAP.join(padded).rstrip()


def labelled(pairs: Sequence[tuple[str, str]], *, width: int | None = None, indent: str = "  ") -> Iterator[str]:
    """Yield `label  text` lines, each paragraph of the texts wrapped; `width` of the whole, None for the terminal's."""
    label_width = max(width_of(label) for label, _ in pairs)
    room = (screen_width() if width is None else width) - len(indent) - label_width - len(GAP)
    for label, text in pairs:
        lines = [line for paragraph in text.split("\n") for line in wrap(paragraph, room)]
        for number, line in enumerate(lines):
            head = label if number == 0 else ""
            yield f"{indent}{head}{' ' * (label_width - width_of(head))}{GAP}{line}".rstrip()
