"""Defines broken servers and harmless variations: a change of what a good mock responds to a request."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from ..model.check import Layer

# The letter of one of the vendor's pages, or the name of an endpoint whose broken servers are made from its data.
Page: TypeAlias = str
Pages: TypeAlias = tuple[Page, ...]
Fields: TypeAlias = dict[str, Any]

# The pages of analysis-skeleton-v2, -v2-back, -v2-front, -v2-side, and analysis-skeleton.
A: Pages = ("A",)
B: Pages = ("B",)
C: Pages = ("C",)
D: Pages = ("D",)
E: Pages = ("E",)
ALL: Pages = A + B + C + D + E
FRONT: Pages = A + C + E
SIDE: Pages = A + D + E
BACK: Pages = A + B
SPLIT: Pages = B + C + D
# Changes that need not be tried everywhere are tried on one of these.
SOME: Pages = A + C + E
OTHERS: Pages = B + D
# E's success has no status_code (L41).
WITH_CODE: Pages = A + B + C + D


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A request to one of the endpoints: `fields` is its JSON object, empty if the body is none.

    `succeed` returns the good mock's response to proper photos of the demo account, at the same path and with the same
    uuid: for servers that overlook what is wrong with a request. `is_proper` tells if the method is the endpoint's.
    """

    page: Page
    method: str
    fields: Fields = field(repr=False)
    succeed: "Callable[[], Response]" = field(repr=False)
    is_proper: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """A response as it is sent; status 0 closes the connection without one."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    @property
    def fields(self) -> Fields:
        """The parsed body, which the good mock always makes a JSON object."""
        parsed: Fields = json.loads(self.body)
        return parsed

    def with_fields(self, fields: Fields) -> "Response":
        """Return the same response with another JSON object as its body."""
        return self.with_body(json.dumps(fields, separators=(",", ":")).encode())

    def with_body(self, body: bytes) -> "Response":
        """Return the same response with another body."""
        return replace(self, body=body)

    def with_header(self, name: str, value: str | None) -> "Response":
        """Return the same response with one header set, or removed if the value is None."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=kept if value is None else (*kept, (name, value)))


@dataclass(slots=True)
class Memory:
    """What a broken server keeps from one request to the next, such as the last uuid."""

    values: Fields = field(default_factory=dict)

    def count(self, what: str) -> int:
        """Add one to a counter, and return it; the first is 1."""
        self.values[what] = self.values.get(what, 0) + 1
        return int(self.values[what])

    def swap(self, what: str, value: Any, otherwise: Any) -> Any:
        """Store `value`, and return what was stored before, or `otherwise` the first time."""
        before = self.values.get(what, otherwise)
        self.values[what] = value
        return before


Change: TypeAlias = Callable[[ReceivedRequest, Response, Memory], Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A broken promise: what is broken, on which pages, and the checks of which one must report it (the first: meant).

    An id in `fires` may have {tilt}, {line}, {third}, {image} or {coords} for the name of the page's field.

    `exact` marks what only our own mock promises: on a foreign endpoint it is a note, or not asked for. `apart` names
    the kind of a change of one field or one code, which may be judged together with others of this kind. `across` marks
    what only a comparison of endpoints shows: all of them are judged, and any may be the one that shows it.
    """

    name: str
    pages: Pages
    layer: Layer
    broken: str
    fires: tuple[str, ...]
    change: Change = field(repr=False)
    exact: bool = False
    apart: str = ""
    across: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A difference that breaks no promise, and why no check may report a violation."""

    name: str
    pages: Pages
    why: str
    change: Change = field(repr=False)


def mutation(
    name: str,
    broken: str,
    fires: str,
    change: Change,
    *,
    layer: Layer,
    pages: Pages = ALL,
    exact: bool = False,
    apart: str = "",
    across: bool = False,
    everywhere: bool = False,
) -> Mutation:
    """Return one mutation; `fires` holds check ids separated by spaces, and the change is limited to `pages`.

    `everywhere` is for a change that decides about the pages itself: a wrong balance is wrong on all of them.
    """
    return Mutation(
        name=name,
        pages=pages,
        layer=layer,
        broken=broken,
        fires=tuple(fires.split()),
        change=change if everywhere else _on_pages(pages, change),
        exact=exact,
        apart=apart,
        across=across,
    )


def variation(name: str, why: str, change: Change, *, pages: Pages = ALL) -> Variation:
    """Return one variation; the change is limited to `pages`."""
    return Variation(name=name, pages=pages, why=why, change=_on_pages(pages, change))


def _on_pages(pages: Pages, change: Change) -> Change:
    """Limit a change to the endpoints of some pages."""

    def limited(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        return change(request, response, memory) if request.page in pages else response

    return limited
