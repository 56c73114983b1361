"""Reads the Markdown of a page into blocks, each with its line and the title of its section."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from remo_mock.contract.deriving.page.blocks import Block, Cell, Code, Flaw, Heading, Page, Place, Table, Tag, Text
from remo_mock.contract.deriving.page.gitbook import TAG, attributes, with_gitbook
from remo_mock.contract.deriving.page.html import html_blocks

_HTML_TABLE = "html_table"
_TITLE = re.compile(r"^(\*\*|__)(?!\s)(?P<text>[^*\n]{1,80}?)\s*\1\s*(?P<more>\([^()\n]{1,40}\))?\s*[:：]?$")
_MARKED = re.compile(r"[*_`\[\]<&\\!]")
_LONGEST = 20_000
"""A longer paragraph is taken as it is: what looks for pairs of marks in it takes time that grows with the square."""
_TABS = {"tab": "title", "swagger-response": "status", "api-method-response-example": "httpCode"}
_LANGUAGE = re.compile(r"[\w+#.-]*")


def parse_page(file: str, text: str) -> Page:
    """Parse a page as GitBook stores it: Markdown with HTML tables, tabs, hints and the blocks of its API pages."""
    return _Reader(file, text).page()


class _Reader:
    """Walks over the tokens of one page, and remembers the section and the tab that they stand in."""

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, _without_front_matter(text)
        self._lines = self._text.split("\n")
        self._markdown = with_gitbook(MarkdownIt("commonmark").enable("table").disable("inline"))
        self._markdown.block.ruler.before("html_block", _HTML_TABLE, _html_table, {"alt": ["paragraph", "list"]})
        self._flaws: list[Flaw] = []
        self._section, self._tab = "", ""
        self._code_title = ""

    def page(self) -> Page:
        """Return the page."""
        blocks = tuple(self._blocks())
        return Page(self._file, blocks, tuple(self._flaws), len(self._lines))

    def _blocks(self) -> Iterator[Block]:
        tokens = self._markdown.parse(self._text)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            place = Place((token.map or [0])[0] + 1, self._section, self._tab)
            if token.type == "table_open":
                end = next(at for at in range(index, len(tokens)) if tokens[at].type == "table_close")
                yield self._pipe_table(tokens[index:end], place)
                index = end
            elif token.type == "heading_open":
                yield self._heading(place, " ".join(self._inline(tokens[index + 1])[0]))
                index += 1
            elif token.type == "inline":
                yield from self._paragraph(token, place)
            elif token.type in {"fence", "code_block"}:
                yield self._code(token, place)
            elif token.type == "html_block":
                if token.meta.get("unclosed"):
                    self._flaws.append(Flaw(place.line, "the table is not closed", "The page may be cut; get it whole"))
                for block in html_blocks(token.content, place, self._flaws):
                    self._section = block.text if isinstance(block, Heading) else self._section
                    yield block
            elif token.type == TAG:
                yield from self._tag(token, place)
            index += 1

    def _heading(self, place: Place, text: str) -> Heading:
        self._section = text
        return Heading(place, text)

    def _paragraph(self, token: Token, place: Place) -> Iterator[Block]:
        raw = token.content
        if "<table" in raw or "<figure" in raw:
            yield from html_blocks(raw, place, self._flaws)
            return
        title = _TITLE.match(unescape(raw).strip())
        if title is not None:
            yield self._heading(place, title["text"].strip() + (title["more"] or ""))
            return
        lines, codes = self._inline(token)
        if lines:
            yield Text(place, lines, codes)

    def _inline(self, token: Token) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the lines of text of an inline token, and its parts of code."""
        if len(token.content) > _LONGEST or not _MARKED.search(token.content):
            lines = (" ".join(line.split()) for line in token.content.split("\n"))
            return tuple(line for line in lines if line), ()
        children: list[Token] = []
        self._markdown.inline.parse(token.content, self._markdown, {}, children)
        parts: list[str] = []
        codes: list[str] = []
        for child in children:
            if child.type in {"softbreak", "hardbreak"} or child.content.lower().startswith(("<br", "<p", "</p")):
                parts.append("\n")
            elif child.type == "code_inline":
                codes.append(child.content)
                parts.append(child.content)
            elif child.type in {"text", "text_special"}:
                parts.append(child.content)
            elif child.type == "image":
                parts.append(str(child.attrGet("alt") or child.content))
        lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
        return tuple(line for line in lines if line), tuple(codes)

    def _code(self, token: Token, place: Place) -> Code:
        start, end = token.map or [0, 0]
        last = self._lines[end - 1].strip() if token.type == "fence" and token.map else ""
        closed = token.type != "fence" or (
            end - start > 1 and last.startswith(token.markup[:3]) and not last.strip("`~")
        )
        if not closed:
            self._flaws.append(Flaw(place.line, "the block of code is not closed", "The page may be cut; get it whole"))
        language = (_LANGUAGE.match(token.info.strip()) or [""])[0]
        title = attributes(token.info).get("title", "") or self._code_title
        text = token.content
        return Code(place, language.lower(), title, text, closed)

    def _tag(self, token: Token, place: Place) -> Iterator[Block]:
        if not token.info:
            yield Text(place, (token.content,))
            return
        name, values = token.info, dict(token.meta)
        if name in _TABS:
            self._tab = values.get(_TABS[name], "")
        elif name.removeprefix("end") in {"tabs", *_TABS}:
            self._tab = ""
        elif name == "code":
            self._code_title = values.get("title", "")
        elif name == "endcode":
            self._code_title = ""
        yield Tag(Place(place.line, self._section, self._tab), name, values)

    def _pipe_table(self, tokens: Sequence[Token], place: Place) -> Table:
        rows: list[tuple[Cell, ...]] = []
        line = place.line
        for one, after in pairwise(tokens):
            if one.type == "tr_open":
                rows.append(())
                line = (one.map or [line - 1])[0] + 1
            elif one.type in {"th_open", "td_open"} and after.type == "inline":
                rows[-1] = (*rows[-1], Cell(self._inline(after)[0], line))
        head, *body = rows or [()]
        if not any(cell.text for cell in head):
            return Table(place, (), tuple(body))
        return Table(place, head, tuple(body))


def _without_front_matter(text: str) -> str:
    """Blank out the settings at the top, so that the lines keep their numbers."""
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return text
    end = next((at for at, line in enumerate(lines[1:60], 1) if line.strip() in {"---", "..."}), None)
    return text if end is None else "\n".join([""] * (end + 1) + lines[end + 1 :])


def _html_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a whole HTML table, also across the blank lines at which Markdown ends a block of HTML."""

    def line_at(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

    if not line_at(start).lower().startswith("<table"):
        return False
    if silent:
        return True
    depth, last = 0, None
    for number in range(start, end):
        line = line_at(number).lower()
        depth += line.count("<table") - line.count("</table")
        if depth <= 0:
            last = number + 1
            break
        if number > start and line.startswith(("#", "```", "{%")):
            last = number
            break
    stop = last if last is not None else end
    token = state.push("html_block", "", 0)
    token.map, token.content = [start, stop], state.getLines(start, stop, 0, keepLastLF=True)
    token.meta = {"unclosed": depth > 0}
    state.line = stop
    return True
