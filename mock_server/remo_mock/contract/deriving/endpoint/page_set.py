"""Puts the facts of an endpoint's pages together: the first page's, and from the others what it leaves out."""

from collections.abc import Iterator
from dataclasses import dataclass

from remo_mock.contract.deriving.facts import (
    Address,
    ErrorCode,
    Example,
    PageFacts,
    PriceNote,
    RequestField,
    ResponseField,
)


@dataclass(frozen=True, slots=True)
class PageSet:
    """The pages of one endpoint, and the keys by which sources name them."""

    pages: tuple[PageFacts, ...]
    keys: tuple[str, ...]

    def named(self) -> Iterator[tuple[str, PageFacts]]:
        """Yield each page with its key."""
        return zip(self.keys, self.pages, strict=True)

    @property
    def key(self) -> str:
        """The key of the first page."""
        return self.keys[0]

    @property
    def address(self) -> tuple[str, Address] | None:
        """The address that a page states, and the page's key; one with a host is preferred."""
        found = [(key, page.address) for key, page in self.named() if page.address is not None]
        return next((one for one in found if one[1].server), found[0] if found else None)

    def request(self) -> Iterator[tuple[str, RequestField]]:
        """Yield the fields of the request, each from the first page that has it."""
        seen: set[str] = set()
        for key, page in self.named():
            for one in page.request:
                if one.name not in seen:
                    seen.add(one.name)
                    yield key, one

    def response(self) -> Iterator[tuple[str, ResponseField]]:
        """Yield the fields of the response, each from the first page that has it, with bands if any page has them."""
        rows: dict[str, tuple[str, ResponseField]] = {}
        for key, page in self.named():
            for one in page.response:
                if one.name not in rows or (one.grades and not rows[one.name][1].grades):
                    rows[one.name] = (key, one)
        return iter(rows.values())

    def codes(self) -> Iterator[tuple[str, ErrorCode]]:
        """Yield the codes in ascending order, each from the first page whose words are understood."""
        rows: dict[int, tuple[str, ErrorCode]] = {}
        for key, page in self.named():
            for one in page.codes:
                if one.code not in rows or (one.cause and not rows[one.code][1].cause):
                    rows[one.code] = (key, one)
        return iter([rows[code] for code in sorted(rows)])

    def examples(self, kind: str) -> Iterator[tuple[str, Example]]:
        """Yield the examples of a kind."""
        return ((key, one) for key, page in self.named() for one in page.examples_of(kind))

    def prices(self) -> list[tuple[str, PriceNote]]:
        """Return the notes on prices of the first page that has some."""
        return next(([(key, one) for one in page.prices] for key, page in self.named() if page.prices), [])
