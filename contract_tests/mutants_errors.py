"""Broken servers of the error replies: their fields, their types, and the code that each cause has to have."""

from collections.abc import Collection
from dataclasses import replace
from functools import partial

from .mutation import (
    Answer,
    Asked,
    Change,
    Edit,
    Memory,
    Mutation,
    Page,
    Reply,
    all_of,
    code_of,
    dropping,
    mutation,
    on_error,
    renaming,
    setting,
    turning,
)

_row = partial(mutation, layer="schema")
_code_row = partial(mutation, layer="request")

# What a confused server would answer in place of each code. Both pages: Error Code Guide / 에러 코드 안내.
_CONFUSED: dict[Page, tuple[tuple[int, int, str], ...]] = {
    "A": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (400, 559, "A request that is no JSON crashes the process."),
        (411, 400, "A missing field is answered as a protocol error."),
        (411, 420, "A missing field is answered as an unknown user."),
        (411, 412, "A missing field is answered as an image error."),
        (412, 413, "An attached file that is no image is always the front's."),
        (412, 550, "An attached file that is no image crashes the process."),
        (413, 414, "The front photo's error is told as the side's."),
        (413, 412, "The front photo's own error is told in general."),
        (414, 413, "The side photo's error is told as the front's."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (421, 422, "A wrong API key is answered as a lack of credit."),
        (511, 512, "Nobody in front is told as nobody beside."),
        (512, 511, "Nobody beside is told as nobody in front."),
        (513, 511, "Nobody in two photos is told of the first alone."),
        (518, 522, "Nobody in the back photo is told as a wrong angle."),
        (519, 513, "Front and back are told as front and side."),
        (520, 519, "Side and back are told as front and back."),
        (521, 513, "Nobody in all three is told of two."),
        (521, 511, "Nobody in all three is told of the first alone."),
    ),
    "B": (
        (400, 411, "A request that is no JSON is answered as one without data."),
        (411, 400, "A missing field is answered as a protocol error."),
        (411, 421, "A missing field is answered as a wrong API key."),
        (412, 411, "An undecodable photo is answered as a missing one."),
        (412, 550, "An undecodable photo crashes the process."),
        (412, 518, "An undecodable photo is answered as one without a person."),
        (420, 421, "An unknown user is answered as a wrong API key."),
        (420, 422, "An unknown user is answered as a lack of credit."),
        (421, 420, "A wrong API key is answered as an unknown user."),
        (518, 522, "Nobody in the photo is told as a wrong angle."),
        (518, 550, "Nobody in the photo crashes the process."),
    ),
}
# Codes that the endpoint's own page does not have (B: of page A's table).
_FOREIGN: tuple[tuple[Page, int, int], ...] = (
    ("A", 411, 410),
    ("A", 421, 401),
    ("A", 420, 404),
    ("A", 511, 510),
    ("B", 412, 414),
    ("B", 518, 511),
    ("B", 518, 521),
    ("B", 411, 500),
    ("B", 421, 403),
)
# Codes that only our own mock gives when asked, and a neighbour's.
_ASKED: dict[Page, tuple[tuple[int, int], ...]] = {
    "A": (
        (418, 417),
        (422, 421),
        (514, 515),
        (515, 514),
        (516, 513),
        (517, 418),
        (522, 518),
        (523, 524),
        (524, 523),
        (525, 521),
        (550, 559),
        (559, 550),
    ),
    "B": ((422, 412), (522, 518), (550, 559), (559, 550)),
}


def _recoded(given: int, told: int) -> Change:
    """Tell another code for one, in the body and as the HTTP status."""

    def change(_asked: Asked, answer: Answer, _memory: Memory) -> Answer:
        reply = answer.reply
        if reply["state"] or code_of(reply) != given:
            return answer
        reply["status"] = told
        status = told if answer.status == given else answer.status
        return replace(answer.with_reply(reply), status=status)

    return change


def _error(edit: Edit, *, codes: Collection[int] = ()) -> Change:
    return on_error(edit, codes=codes)


def _only(reply: Reply, kept: Reply) -> None:
    reply.clear()
    reply.update(kept)


def _with_results(reply: Reply) -> None:
    reply.update(bar_tilt_m_=0.0, bar_tilt_grade=0, bar_coords="[]", borigimg="data:image/jpeg;base64,")


def _both_keys(reply: Reply) -> None:
    reply["status_code"] = 400 if reply["status"] != 400 else 200


def _code_rows() -> tuple[Mutation, ...]:
    confused = tuple(
        _code_row(f"{page}-{given}-told-as-{told}", broken, f"REMO-ERROR-{given}", _recoded(given, told), pages=(page,))
        for page, rows in _CONFUSED.items()
        for given, told, broken in rows
    )
    foreign = tuple(
        _code_row(
            f"{page}-{given}-told-as-unknown-{told}",
            f"{given} is told as {told}, which is not in page {page}'s table.",
            f"REMO-ERROR-DOCUMENTED REMO-ERROR-{given}",
            _recoded(given, told),
            pages=(page,),
        )
        for page, given, told in _FOREIGN
    )
    asked = tuple(
        _code_row(
            f"{page}-{given}-told-as-{told}",
            f"The cause of {given} is told as {told}.",
            f"REMO-ERROR-{given}",
            _recoded(given, told),
            pages=(page,),
            own=True,
        )
        for page, rows in _ASKED.items()
        for given, told in rows
    )
    return confused + foreign + asked


_CODE = "REMO-ERROR-FIELD-status"

MUTANTS = (
    _row("error-state-true", "An error says true.", "REMO-ERROR-STATE", _error(setting("state", True))),
    _row(
        "one-error-state-true", "One error says true.", "REMO-ERROR-STATE", _error(setting("state", True), codes=[412])
    ),
    _row("error-no-state", "An error has no state.", "REMO-ERROR-FIELD-state", _error(dropping("state"))),
    _row("error-state-text", "An error's state is a text.", "REMO-ERROR-TYPE-state", _error(setting("state", "False"))),
    _row("error-state-0", "An error's state is 0.", "REMO-ERROR-TYPE-state", _error(setting("state", 0)), pages=("B",)),
    _row(
        "error-state-null",
        "An error's state is null.",
        "REMO-ERROR-TYPE-state",
        _error(setting("state", None)),
        pages=("A",),
    ),
    _row("error-no-message", "An error has no message.", "REMO-ERROR-FIELD-message", _error(dropping("message"))),
    _row(
        "one-error-no-message",
        "The error of a wrong key has no message.",
        "REMO-ERROR-FIELD-message",
        _error(dropping("message"), codes=[421]),
        pages=("B",),
    ),
    _row("error-msg", "message is called msg.", "REMO-ERROR-FIELD-message", _error(renaming("message", "msg"))),
    _row("error-empty-message", "The message is empty.", "REMO-ERROR-MESSAGE-EMPTY", _error(setting("message", ""))),
    _row("error-blank-message", "The message is a space.", "REMO-ERROR-MESSAGE-EMPTY", _error(setting("message", " "))),
    _row("error-null-message", "The message is null.", "REMO-ERROR-TYPE-message", _error(setting("message", None))),
    _row(
        "error-list-message",
        "The message is a list.",
        "REMO-ERROR-TYPE-message",
        _error(turning("message", lambda text: [text])),
        pages=("A",),
    ),
    _row(
        "error-message-by-language",
        "The message is an object by language.",
        "REMO-ERROR-TYPE-message",
        _error(turning("message", lambda text: {"en": text})),
        pages=("B",),
    ),
    _row("error-no-credit", "An error has no credit.", "REMO-ERROR-FIELD-credit", _error(dropping("credit"))),
    _row(
        "error-no-credit-after-photos",
        "An error of the photos has no credit.",
        "REMO-ERROR-FIELD-credit",
        _error(dropping("credit"), codes=[412, 413, 414, 511, 512, 518]),
    ),
    _row("error-credit-text", "An error's credit is a text.", "REMO-ERROR-TYPE-credit", _error(turning("credit", str))),
    _row("error-credit-null", "An error's credit is null.", "REMO-ERROR-TYPE-credit", _error(setting("credit", None))),
    _row(
        "error-credit-float",
        "An error's credit is a float.",
        "REMO-ERROR-TYPE-credit",
        _error(turning("credit", float)),
        pages=("B",),
    ),
    _row("error-no-code", "An error has no code in its body.", _CODE, _error(dropping("status"))),
    _row("error-code-renamed", "The code is called code.", _CODE, _error(renaming("status", "code"))),
    _row("error-code-in-camel", "The code is called statusCode.", _CODE, _error(renaming("status", "statusCode"))),
    _row("error-code-text", "The code is a text.", "REMO-ERROR-TYPE-status", _error(turning("status", str))),
    _row("error-code-float", "The code is a float.", "REMO-ERROR-TYPE-status", _error(turning("status", float))),
    _row("error-code-word", "The code is a word.", "REMO-ERROR-TYPE-status", _error(setting("status", "error"))),
    _row(
        "error-code-null", "The code is null.", "REMO-ERROR-TYPE-status", _error(setting("status", None)), pages=("A",)
    ),
    _row(
        "error-status-code-text",
        "The code stands under status_code, as a text.",
        "REMO-ERROR-TYPE-status",
        _error(all_of(renaming("status", "status_code"), turning("status_code", str))),
        pages=("B",),
    ),
    _row("error-keys-differ", "status and status_code differ.", "REMO-ERROR-BOTH-KEYS", _error(_both_keys)),
    _row(
        "error-status-code-200",
        "status tells the error and status_code says 200.",
        "REMO-ERROR-BOTH-KEYS",
        _error(setting("status_code", 200)),
    ),
    _row(
        "error-code-200",
        "Every error tells 200.",
        "REMO-ERROR-DOCUMENTED REMO-STATE-SUCCESS REMO-ERROR-411",
        _error(setting("status", 200)),
    ),
    _row(
        "error-code-500",
        "Every error tells 500.",
        "REMO-ERROR-DOCUMENTED REMO-ERROR-411",
        _error(setting("status", 500)),
    ),
    _row(
        "error-code-negated",
        "Codes are negative.",
        "REMO-ERROR-DOCUMENTED",
        _error(turning("status", lambda code: -code)),
        pages=("B",),
    ),
    _row(
        "error-code-always-400",
        "Every error is a protocol error.",
        "REMO-ERROR-411 REMO-ERROR-420 REMO-ERROR-421",
        _error(setting("status", 400)),
    ),
    _row("error-with-results", "An error carries empty results.", "REMO-ERROR-RESULTS", _error(_with_results)),
    _row(
        "error-nested",
        "An error stands inside error.",
        "REMO-BODY-WRAPPED REMO-ERROR-FIELD-state",
        _error(lambda reply: _only(reply, {"error": dict(reply)})),
        pages=("A",),
    ),
    _row(
        "error-detail",
        "A framework answers in its own shape.",
        "REMO-ERROR-FIELD-state",
        _error(lambda reply: _only(reply, {"detail": reply["message"]}), codes=[400, 411]),
    ),
    _row(
        "error-problem",
        "An error is a problem document.",
        "REMO-ERROR-FIELD-state REMO-ERROR-FIELD-credit",
        _error(lambda r: _only(r, {"type": "about:blank", "title": r["message"], "status": r["status"]})),
        pages=("B",),
    ),
    _row(
        "error-empty-object",
        "An error is an empty object.",
        "REMO-ERROR-FIELD-state REMO-ERROR-FIELD-status",
        _error(lambda reply: _only(reply, {}), codes=[420, 421]),
    ),
    *_code_rows(),
)
