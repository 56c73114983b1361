"""Broken servers of what no page documents: notes on a foreign endpoint, violations of our own mock."""

import gzip
import re
from base64 import b64encode
from collections.abc import Callable
from functools import partial

from ..changes import dropping, in_success, of_the_first, on_error, on_success, setting
from ..mutation import OTHERS, SOME, B, C, Change, Fields, Memory, ReceivedRequest, Response, mutation
from .bytes import packed
from .causes import recoded
from .coords import each_view
from .pages import METRICS, NAMES, grade

_note = partial(mutation, exact=True)
_own = partial(mutation, layer="request", exact=True)
_METRIC_FIELDS = {page: [f"{name}{end}" for name in METRICS[page] for end in ("_m_", "_grade")] for page in METRICS}


def _when(chosen: Callable[[Fields], bool], change: Change) -> Change:
    return lambda request, response, memory: change(request, response, memory) if chosen(request.fields) else response


def _no_base64(fields: Fields) -> bool:
    texts = [fields.get(name) for name in ("forigimg", "sorigimg", "borigimg")]
    return any(isinstance(text, str) and not re.fullmatch(r"[A-Za-z0-9+/\s]*={0,2}", text) for text in texts)


def _unknown(fields: Fields) -> bool:
    return isinstance(fields.get("Email"), str) and fields["Email"] != "demo@example.com"


def _drifting(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    name = NAMES[request.page].line
    reply[f"{name}_m_"] = value = round(reply[f"{name}_m_"] + memory.count("drift") / 100, 3)
    reply[f"{name}_grade"] = grade(name, value, request.page)


def _higher_on_one_page(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    name = NAMES[request.page].line
    reply[f"{name}_m_"] = value = round(reply[f"{name}_m_"] + 0.5, 3)
    reply[f"{name}_grade"] = grade(name, value, request.page)


def _name_every_second_time(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    if memory.count(request.page) % 2 == 0:
        dropping("APIName")(reply)


def _echoing(write: Callable[[str], str]) -> Change:
    """Write the API key of a request into the message of an error, in some form."""

    def change(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        key = request.fields.get("APIKey")
        if response.fields["state"] or not isinstance(key, str) or not key:
            return response
        return response.with_fields(response.fields | {"message": f"refused: {write(key)}"})

    return change


MUTANTS = (
    _own("key-echoed", "An error repeats the API key.", "REMO-KEYS-ECHOED", _echoing(str)),
    _own(
        "key-echoed-in-base64",
        "An error repeats the API key in base64.",
        "REMO-KEYS-ECHOED",
        _echoing(lambda key: b64encode(key.encode()).decode()),
        pages=SOME,
    ),
    _note(
        "unknown-field",
        "A success has a field that no page knows.",
        "REMO-FIELD-EXTRA",
        on_success(setting("bar_elbow_bal_m_", 0.5)),
        layer="schema",
    ),
    _note(
        "gzip-unasked",
        "The body is compressed though identity was asked for.",
        "REMO-BYTES-ENCODING",
        packed("gzip", gzip.compress),
        layer="bytes",
    ),
    _note(
        "joints-between-pixels",
        "Joints are no whole pixels.",
        "REMO-COORDS-INTEGER",
        each_view(lambda pairs: [[x + 0.5, y + 0.25] for x, y in pairs]),
        layer="content",
    ),
    _note(
        "values-of-the-first",
        "Values and grades are those of the first photo ever.",
        "REMO-METRICS-STALE",
        of_the_first(_METRIC_FIELDS),
        layer="request",
    ),
    mutation(
        "half-without-name",
        "Every second reply has no APIName.",
        "REMO-STABLE-SHAPE",
        in_success(_name_every_second_time),
        layer="request",
    ),
    _own("values-drift", "The same photo is measured otherwise.", "REMO-SAME-PHOTO", in_success(_drifting)),
    _own(
        "values-by-page",
        "The same back photo is measured otherwise by one endpoint.",
        "REMO-SAME-BACK",
        in_success(_higher_on_one_page),
        pages=B,
        across=True,
    ),
    _own(
        "front-values-by-page",
        "The same front photo is measured otherwise by one endpoint.",
        "REMO-SAME-BACK",
        in_success(_higher_on_one_page),
        pages=C,
        across=True,
    ),
    _own(
        "photos-before-keys",
        "Photos are looked at before the keys.",
        "REMO-ORDER-wrong_api_key-undecodable",
        _when(_no_base64, recoded(421, 412)),
    ),
    _own(
        "photos-before-users",
        "Photos are looked at before the user.",
        "REMO-ORDER-unknown_user-undecodable",
        _when(_no_base64, recoded(420, 412)),
        pages=OTHERS,
    ),
    _own(
        "users-before-fields",
        "The user is looked up before the fields.",
        "REMO-ORDER-missing_input-unknown_user",
        _when(_unknown, recoded(411, 420)),
    ),
    _own(
        "photos-before-fields",
        "Photos are looked at before missing fields.",
        "REMO-ORDER-missing_input-undecodable",
        _when(_no_base64, recoded(411, 412)),
        pages=SOME,
    ),
    _own(
        "photos-before-credit",
        "Photos are looked at before the balance.",
        "REMO-ORDER-insufficient_credit-undecodable",
        _when(_no_base64, recoded(422, 412)),
        pages=OTHERS,
    ),
    _own(
        "own-words-413",
        "413 has words of its own.",
        "REMO-ERROR-MESSAGE-413",
        on_error(setting("message", "front image error"), codes=[413]),
    ),
    _own(
        "own-words-515",
        "515 loses the space at its end.",
        "REMO-ERROR-MESSAGE-515",
        on_error(lambda r: r.update(message=r["message"].strip()), codes=[515]),
    ),
)
