"""Owns what a broken server is made of: a request, a reply, and a change of it; knows no check and no server."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

Page: TypeAlias = Literal["A", "B"]
Layer: TypeAlias = Literal["bytes", "schema", "content", "rules", "request", "credits", "http"]
Reply: TypeAlias = dict[str, Any]

BOTH: tuple[Page, ...] = ("A", "B")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request at one of the vendor's two paths: `sent` is its JSON object, empty if it is none.

    `succeed` makes the good mock analyse proper photos for the demo account, at the same path and with the same uuid:
    for servers that overlook what is wrong with a request.
    """

    page: Page
    method: str
    sent: Reply = field(repr=False)
    succeed: "Callable[[], Answer]" = field(repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply as it goes over the wire; status 0 stands for a connection that is closed without one."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    @property
    def reply(self) -> Reply:
        """Parse the body; an answer of the good mock is always a JSON object."""
        parsed: Reply = json.loads(self.body)
        return parsed

    def with_reply(self, reply: Reply) -> "Answer":
        """Return the same answer with another body."""
        return replace(self, body=json.dumps(reply, separators=(",", ":")).encode())

    def with_header(self, name: str, value: str | None) -> "Answer":
        """Return the same answer with one header set, or for None without it."""
        kept = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=kept if value is None else (*kept, (name, value)))


@dataclass(slots=True)
class Memory:
    """What a broken server remembers from one request to the next, such as the last uuid."""

    values: Reply = field(default_factory=dict)

    def count(self, what: str) -> int:
        """Count one more of something; the first is 1."""
        self.values[what] = self.values.get(what, 0) + 1
        return int(self.values[what])

    def swap(self, what: str, value: Any, otherwise: Any) -> Any:
        """Keep `value`, and return what was kept before, or `otherwise` the first time."""
        before = self.values.get(what, otherwise)
        self.values[what] = value
        return before


Change: TypeAlias = Callable[[Asked, Answer, Memory], Answer]
Edit: TypeAlias = Callable[[Reply], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutation:
    """One broken promise: what is broken, where, and the checks of which one has to notice (the first is meant).

    `exact` marks what only our own mock promises: on a foreign endpoint it is a note, or not asked for. `apart` marks
    that the change touches one field, or one code, and so may be judged along with others of its kind.
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
    """A server that differs and breaks nothing: why no check may call it a violation."""

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
    """Make one row; `fires` holds check ids with spaces between, and the change is limited to `pages`.

    `everywhere` is for a change that minds the pages itself: a balance is wrong wherever it is told.
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
    """Make one row; the change is limited to `pages`."""
    return Variation(name=name, pages=pages, why=why, change=on_page(pages, change))


def code_of(reply: Reply) -> int:
    """Return the code of the good mock's reply, whichever key carries it."""
    return int(reply["status"] if "status" in reply else reply["status_code"])


def on_page(pages: Collection[Page], change: Change) -> Change:
    """Limit a change to the endpoints of some pages."""

    def limited(asked: Asked, answer: Answer, memory: Memory) -> Answer:
        return change(asked, answer, memory) if asked.page in pages else answer

    return limited


def on_success(edit: Edit) -> Change:
    """Make a change of an edit of the replies that report a success."""
    return in_success(lambda _asked, reply, _memory: edit(reply))


def in_success(edit: Callable[[Asked, Reply, Memory], None]) -> Change:
    """Make a change of an edit that looks at the request, or remembers, from a success to the next."""

    def change(asked: Asked, answer: Answer, memory: Memory) -> Answer:
        reply = answer.reply
        if not reply["state"]:
            return answer
        edit(asked, reply, memory)
        return answer.with_reply(reply)

    return change


def on_error(edit: Edit, *, codes: Collection[int] = ()) -> Change:
    """Make a change of an edit of error replies: those with one of `codes`, or all."""

    def change(_asked: Asked, answer: Answer, _memory: Memory) -> Answer:
        reply = answer.reply
        if reply["state"] or (codes and code_of(reply) not in codes):
            return answer
        edit(reply)
        return answer.with_reply(reply)

    return change


def on_bytes(change: Callable[[bytes], bytes], *, successes: bool = True, errors: bool = True) -> Change:
    """Make a change of the body's bytes, of successes, of errors, or of both."""

    def changed(_asked: Asked, answer: Answer, _memory: Memory) -> Answer:
        wanted = successes if answer.reply["state"] else errors
        return replace(answer, body=change(answer.body)) if wanted else answer

    return changed


def on_answer(change: Callable[[Answer], Answer], *, successes: bool = True, errors: bool = True) -> Change:
    """Make a change of status and headers, of successes, of errors, or of both."""

    def changed(_asked: Asked, answer: Answer, _memory: Memory) -> Answer:
        wanted = successes if answer.reply["state"] else errors
        return change(answer) if wanted else answer

    return changed


def setting(name: str, value: Any) -> Edit:
    """Make the edit that gives a field a value."""

    def edit(reply: Reply) -> None:
        reply[name] = value

    return edit


def dropping(name: str) -> Edit:
    """Make the edit that leaves a field out."""

    def edit(reply: Reply) -> None:
        del reply[name]

    return edit


def renaming(name: str, to: str) -> Edit:
    """Make the edit that sends a field under another name."""

    def edit(reply: Reply) -> None:
        reply[to] = reply.pop(name)

    return edit


def turning(name: str, change: Callable[[Any], Any]) -> Edit:
    """Make the edit that makes another value of a field's value."""

    def edit(reply: Reply) -> None:
        reply[name] = change(reply[name])

    return edit


def all_of(*edits: Edit) -> Edit:
    """Make one edit of several."""

    def edit(reply: Reply) -> None:
        for one in edits:
            one(reply)

    return edit
