"""Describes the blocks of a page as frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the line, the title of the section, and that of the tab if it is in one."""

    line: int
    section: str = ""
    tab: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its lines of text, as line breaks and paragraphs end them."""

    lines: tuple[str, ...]
    line: int
    spread: bool = False
    """Whether the cell is a copy of one that covers several rows or columns."""

    @property
    def text(self) -> str:
        """All of the text in one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the row of headings (empty if it has none), and the rows below, each as long as the longest."""

    place: Place
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, or a paragraph that is one: bold from its begin to its end."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph or an item of a list; `codes` are the parts printed as code."""

    place: Place
    lines: tuple[str, ...]
    codes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All of the text in one line."""
        return " ".join(self.lines)

    def numbered(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number on the page."""
        yield from enumerate(self.lines, self.place.line)


@dataclass(frozen=True, slots=True)
class Code:
    """A block of code, whose first line is `place.line` + 1."""

    place: Place
    language: str
    title: str
    text: str
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: its file and its caption."""

    place: Place
    file: str
    caption: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A block of GitBook that begins or ends here; `text` is what stands between, for those without blocks inside."""

    place: Place
    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)


Block = Table | Heading | Text | Code | Figure | Tag


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something on a page that is broken, or that nothing could be made of: the line, what it is, what to do."""

    line: int
    problem: str
    remedy: str = "Look at the page"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as blocks, and what of it is broken."""

    file: str
    blocks: tuple[Block, ...]
    flaws: tuple[Flaw, ...]
    lines: int
