"""The Korean README says what the English one says: the same sections, tables, blocks, pictures and links."""

import re

from tests.support.documents import KOREAN, README, blocks, prose, rows, text


def headings(page: str) -> list[str]:
    """Return the level of each heading, as its number signs."""
    return re.findall(r"^(#+) ", prose(page), flags=re.MULTILINE)


def names(cell: str) -> list[str]:
    """Return what a cell names in code style; it is not translated."""
    return sorted(re.findall(r"`[^`]*`", cell))


def links(page: str) -> list[str]:
    """Return the targets of links and pictures, but of those within the page and to the other language."""
    found = re.findall(r"\]\(([^)]*)\)", prose(page))
    return sorted(target for target in found if not target.startswith(("#", "README")))


def listed(page: str) -> list[str]:
    """Return the signs before the items of lists."""
    return re.findall(r"^(\d+\.|-) ", prose(page), flags=re.MULTILINE)


def numbers(page: str) -> list[str]:
    """Return the figures of the section "In numbers"."""
    _before, section = text(page).split("(docs/performance.md) |\n")
    return sorted(re.findall(r"\d+(?:\.\d+)?", section.partition("(docs/performance.md)")[0]))


def test_the_sections_are_the_same() -> None:
    assert headings(KOREAN) == headings(README)


def test_the_tables_are_the_same_but_for_their_words() -> None:
    assert [[names(cell) for cell in row] for row in rows(KOREAN)] == [
        [names(cell) for cell in row] for row in rows(README)
    ]
    assert [row for row in rows(KOREAN) if row[0].startswith("---")] == [
        row for row in rows(README) if row[0].startswith("---")
    ]


def test_the_blocks_are_the_same() -> None:
    assert [(block.language, block.text) for block in blocks(KOREAN)] == [
        (block.language, block.text) for block in blocks(README)
    ]


def test_links_pictures_and_lists_are_the_same() -> None:
    assert links(KOREAN) == links(README)
    assert listed(KOREAN) == listed(README)


def test_the_numbers_are_the_same() -> None:
    assert numbers(KOREAN) == numbers(README)


def test_it_is_written_in_the_words_of_the_field() -> None:
    assert "대역" not in text(KOREAN)
    assert "모의 서버" in text(KOREAN)
