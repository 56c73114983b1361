"""Makes changes of responses: of whole ones, of their bytes, or of single fields of successes and errors."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeAlias

from .mutation import Change, Fields, Memory, Page, ReceivedRequest, Response

# Edits the fields of a reply in place; the second form has the request and the memory at hand.
Edit: TypeAlias = Callable[[Fields], None]
EditInTurn: TypeAlias = Callable[[ReceivedRequest, Fields, Memory], None]


def code_of(reply: Fields) -> int:
    """Return the code of the good mock's reply, under whichever key it is."""
    return int(reply["status"] if "status" in reply else reply["status_code"])


def has_known_account(reply: Fields) -> bool:
    """Tell whether a reply of the good mock is about a known account: errors of all others have credit 0."""
    return bool(reply["state"] or reply["credit"])


def on_success(edit: Edit) -> Change:
    """Return the change that edits successes."""
    return in_success(lambda _request, reply, _memory: edit(reply))


def in_success(edit: EditInTurn) -> Change:
    """Return the change that edits successes, with the request and the memory at hand."""
    return _on_replies(lambda reply: bool(reply["state"]), edit)


def on_error(edit: Edit, *, codes: Collection[int] = ()) -> Change:
    """Return the change that edits errors: those with one of `codes`, or all."""
    return _on_replies(
        lambda reply: not reply["state"] and (not codes or code_of(reply) in codes),
        lambda _request, reply, _memory: edit(reply),
    )


def in_known_account(edit: EditInTurn) -> Change:
    """Return the change that edits all replies about a known account."""
    return _on_replies(has_known_account, edit)


def _on_replies(chosen: Callable[[Fields], bool], edit: EditInTurn) -> Change:
    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        reply = response.fields
        if not chosen(reply):
            return response
        edit(request, reply, memory)
        return response.with_fields(reply)

    return change


def on_response(change: Callable[[Response], Response], *, successes: bool = True, errors: bool = True) -> Change:
    """Return the change of the whole response: of successes, of errors, or of both."""

    def changed(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        chosen = successes if response.fields["state"] else errors
        return change(response) if chosen else response

    return changed


def on_bytes(change: Callable[[bytes], bytes], *, successes: bool = True, errors: bool = True) -> Change:
    """Return the change of the body's bytes: of successes, of errors, or of both."""
    return on_response(lambda response: response.with_body(change(response.body)), successes=successes, errors=errors)


def of_before(names: Mapping[Page, Collection[str]]) -> Change:
    """Return the change that gives fields the values of the endpoint's success before."""

    def edit(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
        for name in names[request.page]:
            reply[name] = memory.swap(request.page + name, reply[name], reply[name])

    return in_success(edit)


def of_the_first(names: Mapping[Page, Collection[str]]) -> Change:
    """Return the change that gives fields the values of the endpoint's first success."""

    def edit(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
        for name in names[request.page]:
            reply[name] = memory.values.setdefault(request.page + name, reply[name])

    return in_success(edit)


def setting(name: str, value: Any) -> Edit:
    """Return the edit that gives a field a value."""
    return lambda reply: reply.update({name: value})


def turning(name: str, change: Callable[[Any], Any]) -> Edit:
    """Return the edit that changes a field's value."""
    return lambda reply: reply.update({name: change(reply[name])})


def copying(source: str, *targets: str) -> Edit:
    """Return the edit that gives other fields the value of a field."""
    return lambda reply: reply.update(dict.fromkeys(targets, reply[source]))


def exchanging(one: str, other: str) -> Edit:
    """Return the edit that exchanges the values of two fields."""
    return lambda reply: reply.update({one: reply[other], other: reply[one]})


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


def all_of(*edits: Edit) -> Edit:
    """Return the edit that makes several edits."""

    def edit(reply: Fields) -> None:
        for one in edits:
            one(reply)

    return edit
