"""Broken servers of the error replies: their fields, their types, and how they send the code."""

from functools import partial

from remo_mock.contract import DATA_URI_PREFIX

from ..changes import all_of, dropping, on_error, renaming, setting, turning
from ..mutation import OTHERS, SOME, Change, Fields, mutation
from .pages import Names, with_names

_row = partial(mutation, layer="schema")


def _only(reply: Fields, kept: Fields) -> None:
    reply.clear()
    reply.update(kept)


def _with_results(names: Names) -> Change:
    results = {f"{names.tilt}_m_": 0.0, f"{names.tilt}_grade": 0, names.coords: "[]", names.image: DATA_URI_PREFIX}
    return on_error(lambda reply: reply.update(results))


def _both_keys(reply: Fields) -> None:
    reply["status_code"] = 400 if reply["status"] != 400 else 200


_CODE = "REMO-ERROR-FIELD-status"

MUTANTS = (
    _row("error-state-true", "An error has true for its state.", "REMO-ERROR-STATE", on_error(setting("state", True))),
    _row(
        "one-error-state-true",
        "One error has true for its state.",
        "REMO-ERROR-STATE",
        on_error(setting("state", True), codes=[412]),
    ),
    _row("error-no-state", "An error has no state.", "REMO-ERROR-FIELD-state", on_error(dropping("state"))),
    _row(
        "error-state-text", "An error's state is a text.", "REMO-ERROR-TYPE-state", on_error(setting("state", "False"))
    ),
    _row(
        "error-state-0", "An error's state is 0.", "REMO-ERROR-TYPE-state", on_error(setting("state", 0)), pages=OTHERS
    ),
    _row(
        "error-state-null",
        "An error's state is null.",
        "REMO-ERROR-TYPE-state",
        on_error(setting("state", None)),
        pages=SOME,
    ),
    _row("error-no-message", "An error has no message.", "REMO-ERROR-FIELD-message", on_error(dropping("message"))),
    _row(
        "one-error-no-message",
        "The error of a wrong key has no message.",
        "REMO-ERROR-FIELD-message",
        on_error(dropping("message"), codes=[421]),
        pages=OTHERS,
    ),
    _row("error-msg", "message is called msg.", "REMO-ERROR-FIELD-message", on_error(renaming("message", "msg"))),
    _row("error-empty-message", "The message is empty.", "REMO-ERROR-MESSAGE-EMPTY", on_error(setting("message", ""))),
    _row(
        "error-blank-message", "The message is a space.", "REMO-ERROR-MESSAGE-EMPTY", on_error(setting("message", " "))
    ),
    _row(
        "error-message-says-null",
        "The message is the word null.",
        "REMO-ERROR-MESSAGE-EMPTY",
        on_error(setting("message", "null")),
        pages=SOME,
    ),
    _row("error-null-message", "The message is null.", "REMO-ERROR-TYPE-message", on_error(setting("message", None))),
    _row(
        "error-list-message",
        "The message is a list.",
        "REMO-ERROR-TYPE-message",
        on_error(turning("message", lambda text: [text])),
        pages=SOME,
    ),
    _row(
        "error-message-by-language",
        "The message is an object by language.",
        "REMO-ERROR-TYPE-message",
        on_error(turning("message", lambda text: {"en": text})),
        pages=OTHERS,
    ),
    _row("error-no-credit", "An error has no credit.", "REMO-ERROR-FIELD-credit", on_error(dropping("credit"))),
    _row(
        "error-no-credit-after-photos",
        "An error of the photos has no credit.",
        "REMO-ERROR-FIELD-credit",
        on_error(dropping("credit"), codes=[412, 413, 414, 511, 512, 518]),
    ),
    _row(
        "error-credit-text", "An error's credit is a text.", "REMO-ERROR-TYPE-credit", on_error(turning("credit", str))
    ),
    _row(
        "error-credit-null", "An error's credit is null.", "REMO-ERROR-TYPE-credit", on_error(setting("credit", None))
    ),
    _row(
        "error-credit-float",
        "An error's credit is a float.",
        "REMO-ERROR-TYPE-credit",
        on_error(turning("credit", float)),
        pages=OTHERS,
    ),
    _row("error-no-code", "An error has no code in its body.", _CODE, on_error(dropping("status"))),
    _row("error-code-renamed", "The code is called code.", _CODE, on_error(renaming("status", "code"))),
    _row("error-code-in-camel", "The code is called statusCode.", _CODE, on_error(renaming("status", "statusCode"))),
    _row("error-code-text", "The code is a text.", "REMO-ERROR-TYPE-status", on_error(turning("status", str))),
    _row("error-code-float", "The code is a float.", "REMO-ERROR-TYPE-status", on_error(turning("status", float))),
    _row("error-code-word", "The code is a word.", "REMO-ERROR-TYPE-status", on_error(setting("status", "error"))),
    _row(
        "error-code-null", "The code is null.", "REMO-ERROR-TYPE-status", on_error(setting("status", None)), pages=SOME
    ),
    _row(
        "error-status-code-text",
        "The code stands under status_code, as a text.",
        "REMO-ERROR-TYPE-status",
        on_error(all_of(renaming("status", "status_code"), turning("status_code", str))),
        pages=OTHERS,
    ),
    _row("error-keys-differ", "status and status_code differ.", "REMO-ERROR-BOTH-KEYS", on_error(_both_keys)),
    _row(
        "error-status-code-200",
        "status has the code and status_code is 200.",
        "REMO-ERROR-BOTH-KEYS",
        on_error(setting("status_code", 200)),
    ),
    _row(
        "error-code-200",
        "Every error has the code 200.",
        "REMO-ERROR-DOCUMENTED REMO-STATE-SUCCESS REMO-ERROR-411",
        on_error(setting("status", 200)),
    ),
    _row(
        "error-code-500",
        "Every error has the code 500.",
        "REMO-ERROR-DOCUMENTED REMO-ERROR-411",
        on_error(setting("status", 500)),
    ),
    _row(
        "error-code-negated",
        "Codes are negative.",
        "REMO-ERROR-DOCUMENTED",
        on_error(turning("status", lambda code: -code)),
        pages=OTHERS,
    ),
    _row(
        "error-code-always-400",
        "Every error is a protocol error.",
        "REMO-ERROR-411 REMO-ERROR-420 REMO-ERROR-421",
        on_error(setting("status", 400)),
    ),
    _row("error-with-results", "An error carries empty results.", "REMO-ERROR-RESULTS", with_names(_with_results)),
    _row(
        "error-nested",
        "An error stands inside error.",
        "REMO-BODY-WRAPPED REMO-ERROR-FIELD-state",
        on_error(lambda reply: _only(reply, {"error": dict(reply)})),
        pages=SOME,
    ),
    _row(
        "error-detail",
        "A framework answers in its own shape.",
        "REMO-ERROR-FIELD-state",
        on_error(lambda reply: _only(reply, {"detail": reply["message"]}), codes=[400, 411]),
    ),
    _row(
        "error-problem",
        "An error is a problem document.",
        "REMO-ERROR-FIELD-state REMO-ERROR-FIELD-credit",
        on_error(lambda r: _only(r, {"type": "about:blank", "title": r["message"], "status": r["status"]})),
        pages=OTHERS,
    ),
    _row(
        "error-empty-object",
        "An error is an empty object.",
        "REMO-ERROR-FIELD-state REMO-ERROR-FIELD-status",
        on_error(lambda reply: _only(reply, {}), codes=[420, 421]),
    ),
)
