"""Defines the changes of which broken servers and harmless variations are made: of a reply, by what was requested."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

from ..model.check import Layer

Page: TypeAlias = Literal["A", "B"]
Fields: TypeAlias = dict[str, Any]

BOTH: tuple[Page, ...] = ("A", "B")


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A request to one of the two endpoints: `fields` is its JSON object, empty if the body is none.

    `succeed` returns the good mock's response to proper photos of the demo account, at the same path and with the same
    uuid: for servers that overlook what is wrong with a request.
    """

    page: Page
    method: str
    fields: Fields = field(repr=False)
    succeed: "Callable[[], Response]" = field(repr=False)


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
        """Return the same response with another body."""
        return replace(self, body=json.dumps(fields, separators=(",", ":")).encode())

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
Edit: TypeAlias = Callable[[Fields], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """A broken promise: what is broken, on which pages, and the checks of which one must report it (the first: meant).

    `exact` marks what only our own mock promises: on a foreign endpoint it is a note, or not asked for. `apart` marks a
    change of one field or one code, which may be judged together with others.
    """

    name: str
    pages: tuple[Page, ...]
    layer: Layer
    broken: str
    fires: tuple[str, ...]
    change: Change = field(repr=False)
    exact: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Variation:
    """A difference that breaks no promise, and why no check may report a violation."""

    name: str
    pages: tuple[Page, ...]
    why: str
    change: Change = field(repr=False)


def mutation(
    name: str,
    broken: str,
    fires: str,
    change: Change,
    *,
    layer: Layer,
    pages: tuple[Page, ...] = BOTH,
    exact: bool = False,
    apart: bool = False,
    everywhere: bool = False,
) -> Mutation:
    """Return one mutation; `fires` holds check ids separated by spaces, and the change is limited to `pages`.

    `everywhere` is for a change that decides about the pages itself: a wrong balance is wrong on both.
    """
    return Mutation(
        name=name,
        pages=pages,
        layer=layer,
        broken=broken,
        fires=tuple(fires.split()),
        change=change if everywhere else on_page(pages, change),
        exact=exact,
        apart=apart,
    )


def variation(name: str, why: str, change: Change, *, pages: tuple[Page, ...] = BOTH) -> Variation:
    """Return one variation; the change is limited to `pages`."""
    return Variation(name=name, pages=pages, why=why, change=on_page(pages, change))


def code_of(reply: Fields) -> int:
    """Return the code of the good mock's reply, under whichever key it is."""
    return int(reply["status"] if "status" in reply else reply["status_code"])


def on_page(pages: Collection[Page], change: Change) -> Change:
    """Return a change that is limited to the endpoints of some pages."""

    def limited(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        return change(request, response, memory) if request.page in pages else response

    return limited


def on_success(edit: Edit) -> Change:
    """Return the change that edits successes."""
    return in_success(lambda _request, reply, _memory: edit(reply))


def in_success(edit: Callable[[ReceivedRequest, Fields, Memory], None]) -> Change:
    """Return the change that edits successes, with the request and the memory at hand."""

    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        reply = response.fields
        if not reply["state"]:
            return response
        edit(request, reply, memory)
        return response.with_fields(reply)

    return change


def on_error(edit: Edit, *, codes: Collection[int] = ()) -> Change:
    """Return the change that edits errors: those with one of `codes`, or all."""

    def change(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        reply = response.fields
        if reply["state"] or (codes and code_of(reply) not in codes):
            return response
        edit(reply)
        return response.with_fields(reply)

    return change


def on_bytes(change: Callable[[bytes], bytes], *, successes: bool = True, errors: bool = True) -> Change:
    """Return the change that edits the bytes of the body: of successes, of errors, or of both."""

    def changed(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        wanted = successes if response.fields["state"] else errors
        return replace(response, body=change(response.body)) if wanted else response

    return changed


def on_response(change: Callable[[Response], Response], *, successes: bool = True, errors: bool = True) -> Change:
    """Return the change that edits the whole response: of successes, of errors, or of both."""

    def changed(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        wanted = successes if response.fields["state"] else errors
        return change(response) if wanted else response

    return changed


def setting(name: str, value: Any) -> Edit:
    """Return the edit that gives a field a value."""

    def edit(reply: Fields) -> None:
        reply[name] = value

    return edit


def dropping(name: str) -> Edit:
    """Return the edit that leaves a field out."""

    def edit(reply: Fields) -> None:
        del reply[name]

    return edit


def renaming(name: str, to: str) -> Edit:
    """Return the edit that renames a field."""

    def edit(reply: Fields) -> None:
        reply[to] = reply.pop(name)

    return edit


def turning(name: str, change: Callable[[Any], Any]) -> Edit:
    """Return the edit that changes a field's value."""

    def edit(reply: Fields) -> None:
        reply[name] = change(reply[name])

    return edit


def all_of(*edits: Edit) -> Edit:
    """Return the edit that makes several edits."""

    def edit(reply: Fields) -> None:
        for one in edits:
            one(reply)

    return edit
