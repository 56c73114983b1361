"""Broken servers of the uuid: lost, cut, stale, or the same for all."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ..changes import in_success, on_success, setting
from ..mutation import OTHERS, SOME, Change, Fields, Memory, ReceivedRequest, mutation

_row = partial(mutation, layer="request")


def echoed(change: Callable[[str], Any]) -> Change:
    """Return the change of the uuid in replies to requests with one."""

    def edit(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
        if request.fields.get("uuid"):
            reply["uuid"] = change(reply["uuid"])

    return in_success(edit)


def made(change: Callable[[Memory], Any]) -> Change:
    """Return the change of the uuid in replies to requests without one."""

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
        echoed(lambda _: "2b1e7a52-2e0c-4b3a-9f3e-77aa1b0c9d11"),
    ),
    _row("uuid-cut", "A sent uuid is cut to 8 characters.", "REMO-UUID-ECHO", echoed(lambda uuid: uuid[:8])),
    _row(
        "uuid-cut-to-32",
        "A column of 32 characters cuts the uuid.",
        "REMO-UUID-ECHO",
        echoed(lambda uuid: uuid[:32]),
        pages=SOME,
    ),
    _row("uuid-lower-case", "A sent uuid comes back in lower case.", "REMO-UUID-ECHO", echoed(str.lower)),
    _row("uuid-upper-case", "A sent uuid comes back in capitals.", "REMO-UUID-ECHO", echoed(str.upper), pages=OTHERS),
    _row(
        "uuid-without-dashes",
        "A sent uuid loses its dashes.",
        "REMO-UUID-ECHO",
        echoed(lambda uuid: uuid.replace("-", "")),
    ),
    _row("uuid-quoted", "A sent uuid gains quotes.", "REMO-UUID-ECHO", echoed(lambda uuid: f'"{uuid}"'), pages=SOME),
    _row("uuid-empty", "A sent uuid comes back empty.", "REMO-UUID-ECHO", echoed(lambda _: "")),
    _row(
        "uuid-none",
        "A sent uuid comes back as the word None.",
        "REMO-UUID-ECHO",
        echoed(lambda _: "None"),
        pages=OTHERS,
    ),
    _row("uuid-of-before", "The uuid is of the request before.", "REMO-UUID-ECHO", in_success(_uuid_of_before)),
    _row(
        "uuid-of-the-first",
        "The uuid is of the first request of all.",
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
        pages=OTHERS,
    ),
    _row("made-uuid-empty", "Without a uuid an empty one comes back.", "REMO-UUID-MADE", made(lambda _: "")),
    _row(
        "made-uuid-none",
        "Without a uuid the word None comes back.",
        "REMO-UUID-MADE",
        made(lambda _: "None"),
        pages=SOME,
    ),
    _row(
        "made-uuid-of-zeros",
        "Without a uuid one of zeros comes back.",
        "REMO-UUID-MADE",
        made(lambda _: "00000000-0000-0000-0000-000000000000"),
        pages=OTHERS,
    ),
    _row("made-uuid-null", "Without a uuid null comes back.", "REMO-UUID-MADE REMO-TYPE-uuid", made(lambda _: None)),
    _row(
        "made-uuid-always-one",
        "All made uuids are the same.",
        "REMO-UUID-FRESH",
        made(lambda _: "59e9a3a1-a8d2-42a1-b2af-3a87cd01f682"),
        across=True,
    ),
)
