"""Describes what a page states as frozen values: figures and names with their places, none of its prose."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from remo_mock.contract.model import Json

Language = Literal["en", "ko"]

REST: Mapping[str, Json] = {"rest": True}
"""Marks a field that is kept for the report of a run and written to no file: the words are the vendor's."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a page states a fact: the line (0: read by hand), the title of the section, the row or tab."""

    line: int = 0
    section: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """The method and the URL at which the endpoint answers; `server` is empty where the page names a path alone."""

    method: str
    server: str
    path: str
    source: Source


@dataclass(frozen=True, slots=True)
class RequestField:
    """A field of the request; `required` is None where the page does not say, `view` what the words say of a photo."""

    name: str
    type: str
    required: bool | None
    photo: bool
    source: Source
    view: str = ""
    words: str = field(default="", metadata=REST)


@dataclass(frozen=True, slots=True)
class GradeRow:
    """The values that one grade covers, as printed: a limit is None where there is none, a side None if not printed.

    `level` is `normal`, `caution` or `danger`, `direction` a name such as `left_up`; `words` are kept if both are
    unknown.
    """

    grade: int
    low: float | None = None
    has_low: bool | None = None
    high: float | None = None
    has_high: bool | None = None
    level: str = ""
    direction: str = ""
    words: str = ""
    printed: str = field(default="", metadata=REST)


@dataclass(frozen=True, slots=True)
class ResponseField:
    """A field of the response: type, unit, bands if it is a grade, and whether it is said to be a parameter."""

    name: str
    type: str
    source: Source
    unit: str = ""
    view: str = ""
    parameter: bool = False
    grades: tuple[GradeRow, ...] = ()
    words: str = field(default="", metadata=REST)


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A code of the page's table. `cause` is a condition or a verdict, `views` those of a verdict; empty: not known."""

    code: int
    category: str
    source: Source
    cause: str = ""
    views: tuple[str, ...] = ()
    words: str = ""
    printed: str = field(default="", metadata=REST)


@dataclass(frozen=True, slots=True)
class PriceNote:
    """What the prose says that photos of these views cost together; no views: one request."""

    credits: int
    views: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Example:
    """An example of a request, a success or an error: its fields in their order, and how it departs from JSON."""

    kind: Literal["request", "success", "error"]
    fields: Mapping[str, Json]
    source: Source
    oddities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """A piece of sample code: where it posts, what it sends, what it makes and does not use, what it calls undefined.

    `foreign` are lines of another language than the sample's.
    """

    language: str
    posts_to: tuple[str, ...]
    sends: tuple[str, ...]
    unused: tuple[str, ...]
    undefined: tuple[str, ...]
    foreign: tuple[int, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class NamedViews:
    """The views of the photos that a sentence of the prose says the endpoint takes."""

    views: tuple[str, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What nothing could be made of: the line, what it is, what to do about it."""

    line: int
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Everything that one page states about one endpoint; of a page that was read by hand, no lines are known."""

    file: str
    language: Language
    by_hand: bool = False
    address: Address | None = None
    request: tuple[RequestField, ...] = ()
    response: tuple[ResponseField, ...] = ()
    codes: tuple[ErrorCode, ...] = ()
    prices: tuple[PriceNote, ...] = ()
    views: tuple[NamedViews, ...] = ()
    examples: tuple[Example, ...] = ()
    samples: tuple[Sample, ...] = ()
    captions: tuple[str, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    prose: tuple[str, ...] = field(default=(), metadata=REST)

    def example(self, kind: str) -> Example | None:
        """Return the first example of a kind, or None."""
        return next(self.examples_of(kind), None)

    def examples_of(self, kind: str) -> Iterator[Example]:
        """Yield the examples of a kind."""
        return (example for example in self.examples if example.kind == kind)

    def response_field(self, name: str) -> ResponseField | None:
        """Return a field of the response table, or None."""
        return next((one for one in self.response if one.name == name), None)
