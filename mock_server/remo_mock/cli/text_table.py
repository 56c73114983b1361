"""Lays text out in columns on a terminal, where Korean letters are twice as wide as Latin ones."""

import unicodedata
from collections.abc import Iterator, Sequence

WIDTH = 120
"""Columns of what the commands print."""

GAP = "  "


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


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


def table(rows: Sequence[Sequence[Sequence[str]]], widths: Sequence[int]) -> Iterator[str]:
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


def labelled(pairs: Sequence[tuple[str, str]], *, width: int, indent: str = "  ") -> Iterator[str]:
    """Yield `label  text` lines, each paragraph of the texts wrapped; `width` is that of the whole."""
    label_width = max(width_of(label) for label, _ in pairs)
    for label, text in pairs:
        room = width - len(indent) - label_width - len(GAP)
        lines = [line for paragraph in text.split("\n") for line in wrap(paragraph, room)]
        for number, line in enumerate(lines):
            head = label if number == 0 else ""
            yield f"{indent}{head}{' ' * (label_width - width_of(head))}{GAP}{line}".rstrip()
