"""Describes a contradiction of the pages: what it is about, and each reading with its place."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.facts import Source
from remo_mock.contract.model import Json

KIND_WORDS = {"request": "a request", "success": "a success", "error": "an error"}
"""What the kinds of examples are called in readings."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one place of a page says."""

    page: str
    source: Source
    says: str

    def __str__(self) -> str:
        parts = [
            self.page,
            f"line {self.source.line}" if self.source.line else "",
            self.source.section,
            self.source.row,
        ]
        return f"{self.says} ({', '.join(part for part in parts if part)})"


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction. `key` stays the same as long as the page does not change there: overrides answer by it."""

    key: str
    title: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """What a check looks at: the pages of one endpoint, the conventions, and the data made of them."""

    pages: PageSet
    conventions: Conventions
    data: Json


Check = Callable[[Derived], Iterator[Finding]]
