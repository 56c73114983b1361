"""README and the pages of docs/: their text, their code blocks and the rows of their tables."""

import re
from dataclasses import dataclass

from tests.support.checkout import ROOT

README = "README.md"
KOREAN = "README.ko.md"
PAGES = [
    README,
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").glob("*.md")),
    "examples/README.md",
]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A code block of a page: the word behind its fence, and its lines."""

    page: str
    language: str
    text: str


def text(page: str) -> str:
    """Return a page of the checkout by its path there."""
    return (ROOT / page).read_text(encoding="utf-8")


def blocks(page: str) -> list[Block]:
    """Return the code blocks of a page in their order."""
    return [Block(page, *found) for found in _BLOCK.findall(text(page))]


def all_blocks(language: str) -> list[Block]:
    """Return the code blocks in a language, of all pages but the Korean README, which shows those of the English."""
    return [block for page in PAGES for block in blocks(page) if block.language == language]


def prose(page: str) -> str:
    """Return a page without its code blocks."""
    return _BLOCK.sub("", text(page))


def rows(page: str) -> list[list[str]]:
    """Return the cells of each line of the page's tables."""
    lines = [line.strip("|").split("|") for line in prose(page).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line] for line in lines]
