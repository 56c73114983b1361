"""Broken servers of the uuid: lost, cut, stale, or one for all; knows the rest of a reply not."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ..mutation import Change, Fields, Memory, Page, ReceivedRequest, in_success, mutation, on_success, setting

_row = partial(mutation, layer="request")
_A: tuple[Page, ...] = ("A",)
_B: tuple[Page, ...] = ("B",)


def _echo(change: Callable[[str], Any]) -> Change:
    """Change the uuid that comes back where one was sent."""

    def edit(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
        if request.fields.get("uuid"):
            reply["uuid"] = change(reply["uuid"])

    return in_success(edit)


def _made(change: Callable[[Memory], Any]) -> Change:
    """Change the uuid that is made where none was sent."""

    def edit(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
        if not request.fields.get("uuid"):
            reply["uuid"] = change(memory)

    return in_success(edit)


def _uuid_of_before(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    reply["uuid"] = memory.swap("uuid", reply["uuid"], "00000000-0000-4000-8000-000000000000")


def _first_uuid(_request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    reply["uuid"] = memory.values.setdefault("uuid", reply["uuid"])


MUTANTS = (
    _row(
        "uuid-made-anew",
        "A sent uuid is replaced.",
        "REMO-UUID-ECHO",
        _echo(lambda _: "2b1e7a52-2e0c-4b3a-9f3e-77aa1b0c9d11"),
    ),
    _row("uuid-cut", "A sent uuid is cut to 8 characters.", "REMO-UUID-ECHO", _echo(lambda uuid: uuid[:8])),
    _row(
        "uuid-cut-to-32",
        "A column of 32 characters cuts the uuid.",
        "REMO-UUID-ECHO",
        _echo(lambda uuid: uuid[:32]),
        pages=_A,
    ),
    _row("uuid-lower-case", "A sent uuid comes back in lower case.", "REMO-UUID-ECHO", _echo(str.lower)),
    _row("uuid-upper-case", "A sent uuid comes back in capitals.", "REMO-UUID-ECHO", _echo(str.upper), pages=_B),
    _row(
        "uuid-without-dashes",
        "A sent uuid loses its dashes.",
        "REMO-UUID-ECHO",
        _echo(lambda uuid: uuid.replace("-", "")),
    ),
    _row("uuid-quoted", "A sent uuid gains quotes.", "REMO-UUID-ECHO", _echo(lambda uuid: f'"{uuid}"'), pages=_A),
    _row("uuid-empty", "A sent uuid comes back empty.", "REMO-UUID-ECHO", _echo(lambda _: "")),
    _row("uuid-none", "A sent uuid comes back as the word None.", "REMO-UUID-ECHO", _echo(lambda _: "None"), pages=_B),
    _row("uuid-of-before", "The uuid is of the request before.", "REMO-UUID-ECHO", in_success(_uuid_of_before)),
    _row(
        "uuid-of-the-first",
        "The uuid is of the first request ever.",
        "REMO-UUID-ECHO REMO-UUID-FRESH",
        in_success(_first_uuid),
    ),
    _row(
        "uuid-of-zeros",
        "Every uuid is zeros.",
        "REMO-UUID-ECHO",
        on_success(setting("uuid", "00000000-0000-0000-0000-000000000000")),
    ),
    _row(
        "uuid-is-the-user",
        "The uuid is the user's Email.",
        "REMO-UUID-ECHO",
        on_success(setting("uuid", "demo@example.com")),
        pages=_B,
    ),
    _row("made-uuid-empty", "Without a uuid an empty one comes back.", "REMO-UUID-MADE", _made(lambda _: "")),
    _row("made-uuid-null", "Without a uuid null comes back.", "REMO-UUID-MADE REMO-TYPE-uuid", _made(lambda _: None)),
    _row(
        "made-uuid-always-one",
        "All made uuids are one.",
        "REMO-UUID-FRESH",
        _made(lambda _: "59e9a3a1-a8d2-42a1-b2af-3a87cd01f682"),
    ),
)
