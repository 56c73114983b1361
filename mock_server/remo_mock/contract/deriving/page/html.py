"""Reads HTML inside a page: tables with merged cells resolved, pictures, titles and other text."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from remo_mock.contract.deriving.page.blocks import Block, Cell, Figure, Flaw, Heading, Place, Table, Text

MOST_SPAN = 40
"""Cells that one cell may cover in a direction; a larger number in a page is a mistake."""

_TITLES = {"h1", "h2", "h3", "h4", "h5", "h6", "summary"}
_OWN_LINE = {"p", "div", "li", "ul", "ol", "tr", "td", "th", "pre", "blockquote", "section", "figcaption", "table"}
_BLOCKS = _OWN_LINE | _TITLES | {"figure", "img", "details"}
_KNOWN = (
    "a|abbr|b|blockquote|body|br|button|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|font|"
    "h[1-6]|head|hr|html|i|iframe|img|input|ins|kbd|li|link|mark|meta|ol|p|picture|pre|s|samp|script|section|select|small|"
    "source|span|strike|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul|var|video"
)
# What follows such a sign is a comparison (`-4<value<4`), which an HTML parser would take for a tag and drop.
_PLAIN_LESS = re.compile(rf"<(?!/?(?:{_KNOWN})(?![\w:.-])|!--)", re.IGNORECASE)


def html_blocks(text: str, place: Place, flaws: list[Flaw]) -> Iterator[Block]:
    """Yield the blocks of a piece of HTML that begins on the line of `place`; add to `flaws` what is broken in it."""
    root = _parsed(text)
    if root is not None:
        yield from _walk(root, place, flaws, [place.section])


def _walk(node: etree._Element, start: Place, flaws: list[Flaw], section: list[str]) -> Iterator[Block]:
    """Yield the blocks of an element; the parser drops what is nested deeper than 256, so recursion is bounded."""
    here, name = Place(start.line + _line(node) - 1, section[0], start.tab), _name(node)
    if name == "table":
        yield _table(node, start, here, flaws)
    elif name in _TITLES:
        section[0] = " ".join(_lines(node))
        yield Heading(here, section[0])
    elif name in {"figure", "img"}:
        yield _figure(node, here)
    elif any(_name(one) in _BLOCKS for one in node.iterdescendants()):
        yield from _loose(node.text, here)
        for child in node:
            if _name(child):
                yield from _walk(child, start, flaws, section)
            yield from _loose(child.tail, here)
    else:
        lines = _lines(node)
        if lines:
            yield Text(here, lines, tuple(" ".join(_lines(code)) for code in node.iter("code")))


def _loose(text: str | None, place: Place) -> Iterator[Text]:
    """Yield the text between elements, if there is any."""
    line = " ".join((text or "").split())
    if line:
        yield Text(place, (line,))


def _parsed(text: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    plain = _PLAIN_LESS.sub("&lt;", text)
    try:
        return etree.fromstring(f"<html><body>{plain}</body></html>".encode(), parser)
    except etree.LxmlError:
        return None


def _name(node: etree._Element) -> str:
    tag: Any = node.tag  # a function for comments and the like
    return tag.lower() if isinstance(tag, str) else ""


def _line(node: etree._Element) -> int:
    line: Any = node.sourceline  # the stubs know no type
    return int(line or 1)


def _figure(node: etree._Element, place: Place) -> Figure:
    images = [node] if _name(node) == "img" else list(node.iter("img"))
    file = str(images[0].get("src") or "") if images else ""
    captions = [" ".join(_lines(one)) for one in node.iter("figcaption")]
    return Figure(place, file.rpartition("/")[2], captions[0] if captions else "")


def _table(node: etree._Element, start: Place, place: Place, flaws: list[Flaw]) -> Table:
    """Read a table, each cell that covers several copied to all that it covers."""
    if node.get("data-view") == "cards":  # links to other pages
        return Table(place, (), ())
    hidden = node.get("data-header-hidden") is not None
    grid: list[list[Cell]] = []
    heads: list[bool] = []
    waiting: dict[int, tuple[int, Cell]] = {}
    for row in node.iter("tr"):
        if _own_table(row) is not node:
            continue
        cells, waiting = _row(row, start, waiting, flaws)
        if cells:
            grid.append(cells)
            heads.append(all(_name(one) == "th" for one in row if _name(one) in {"td", "th"}))
    width = max((len(cells) for cells in grid), default=0)
    full = [(*cells, *[Cell((), cells[-1].line)] * (width - len(cells))) for cells in grid]
    if full and heads[0] and not (hidden and not any(cell.text for cell in full[0])):
        return Table(place, full[0], tuple(full[1:]))
    return Table(place, (), tuple(cells for cells in full if any(cell.text for cell in cells)))


def _own_table(row: etree._Element) -> etree._Element | None:
    return next(row.iterancestors("table"), None)


def _row(
    row: etree._Element, start: Place, above: dict[int, tuple[int, Cell]], flaws: list[Flaw]
) -> tuple[list[Cell], dict[int, tuple[int, Cell]]]:
    """Return the cells of a row, and those that reach down into the next: column to rows left and cell."""
    below = {column: (left - 1, cell) for column, (left, cell) in above.items() if left > 1}
    cells: list[Cell] = []

    def covered() -> None:
        while len(cells) in above:
            cells.append(above[len(cells)][1])

    for node in row:
        if _name(node) not in {"td", "th"}:
            continue
        covered()
        line = start.line + _line(node) - 1
        lines = _lines(node)
        wide, high = (_span(node, name, line, flaws) for name in ("colspan", "rowspan"))
        for step in range(wide):
            column = len(cells)
            cells.append(Cell(lines, line, spread=step > 0))
            if high > 1:
                below[column] = (high - 1, Cell(lines, line, spread=True))
    covered()
    return cells, below


def _span(node: etree._Element, name: str, line: int, flaws: list[Flaw]) -> int:
    text = str(node.get(name) or "1").strip()
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
    if 1 <= number <= MOST_SPAN:
        return number
    flaws.append(
        Flaw(line, f"a cell has {name}={text[:12]!r}, and is read as one that covers {max(1, min(number, MOST_SPAN))}")
    )
    return max(1, min(number, MOST_SPAN))


def _lines(node: etree._Element) -> tuple[str, ...]:
    """Return the text of an element, broken where `br` and elements of their own line break it."""
    parts: list[str] = []
    for event, one in etree.iterwalk(node, events=("start", "end")):
        name = _name(one)
        if event == "start":
            if (name in _OWN_LINE and one is not node) or name == "br":
                parts.append("\n")
            elif name == "input" and str(one.get("type") or "") == "checkbox":
                parts.append("true" if one.get("checked") is not None else "false")
            parts.append((one.text or "").replace("\n", " "))
        else:
            if name in _OWN_LINE and one is not node:
                parts.append("\n")
            if one is not node:
                parts.append((one.tail or "").replace("\n", " "))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return tuple(line for line in lines if line)
