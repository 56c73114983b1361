"""Broken servers of the schema layer, on successes: fields that are missing, renamed, wrapped or of another type."""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from ..changes import Edit, all_of, dropping, on_bytes, on_error, on_success, renaming, setting, turning
from ..mutation import BACK, FRONT, OTHERS, SIDE, SOME, WITH_CODE, A, C, Change, D, E, Fields, mutation
from .pages import Names, with_names

_row = partial(mutation, layer="schema")


def _body(change: Callable[[Fields], Any], *, successes: bool = True, errors: bool = True) -> Change:
    """Return the change of the whole reply to another JSON value."""
    return on_bytes(lambda body: json.dumps(change(json.loads(body))).encode(), successes=successes, errors=errors)


def _missing(name: str) -> Change:
    return on_success(dropping(name))


def _renamed(name: str, to: str) -> Change:
    return on_success(renaming(name, to))


def _is(name: str, value: Any) -> Change:
    return on_success(setting(name, value))


def _as(name: str, change: Callable[[Any], Any]) -> Change:
    return on_success(turning(name, change))


def _camel(name: str) -> str:
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), name)


def _replacing_names(change: Callable[[str], str]) -> Change:
    return on_success(lambda reply: _rename_all(reply, change))


def _rename_all(reply: Fields, change: Callable[[str], str]) -> None:
    renamed = {change(name): value for name, value in reply.items()}
    reply.clear()
    reply.update(renamed)


def _nested(reply: Fields) -> None:
    names = [name for name in reply if name.endswith(("_m_", "_grade"))]
    reply["metrics"] = {name: reply.pop(name) for name in names}


def _omit_empty(full: Fields, reply: Fields) -> None:
    kept = {name: value for name, value in full.items() if value}
    reply.clear()
    reply.update(kept)


def _without_empty(names: Names) -> Change:
    normal = {f"{names.line}_m_": 0.2, f"{names.line}_grade": 0}
    return on_success(lambda reply: _omit_empty(reply | normal, reply))


def _float_text(name: str) -> Edit:
    return turning(name, str)


_WRAPPED = "REMO-BODY-WRAPPED REMO-BODY-OBJECT"

MUTANTS = (
    _row("in-data", "The reply stands inside data.", _WRAPPED, _body(lambda reply: {"data": reply})),
    _row(
        "success-in-result", "A success stands inside result.", _WRAPPED, _body(lambda r: {"result": r}, errors=False)
    ),
    _row("error-in-error", "An error stands inside error.", _WRAPPED, _body(lambda r: {"error": r}, successes=False)),
    _row(
        "gateway",
        "A gateway hands its own envelope out.",
        _WRAPPED,
        _body(lambda reply: {"statusCode": 200, "headers": {}, "body": json.dumps(reply)}),
    ),
    _row(
        "envelope-with-state",
        "An envelope repeats state and code, and keeps the rest in data.",
        _WRAPPED,
        _body(lambda reply: {"state": True, "status_code": 200, "data": reply}, errors=False),
        pages=OTHERS,
    ),
    _row("in-a-list", "The reply is the one item of a list.", "REMO-BODY-OBJECT", _body(lambda reply: [reply])),
    _row("in-a-string", "The JSON is a string of JSON.", "REMO-BODY-OBJECT REMO-BODY-WRAPPED", _body(json.dumps)),
    _row(
        "pairs",
        "The reply is a list of pairs.",
        "REMO-BODY-OBJECT",
        _body(lambda reply: [*reply.items()]),
        pages=SOME,
    ),
    _row("null", "The reply is null.", "REMO-BODY-OBJECT", _body(lambda _: None, successes=False)),
    _row("true", "The reply is true.", "REMO-BODY-OBJECT", _body(lambda _: True, errors=False), pages=OTHERS),
    _row(
        "omit-empty",
        "A serialiser leaves out what is 0 or empty.",
        "REMO-FIELD-{line}_grade",
        with_names(_without_empty),
    ),
    _row(
        "omit-false",
        "A serialiser leaves out what is false.",
        "REMO-ERROR-FIELD-state",
        on_error(lambda reply: _omit_empty(reply, reply)),
    ),
    _row("space-in-name", "A name ends in a space.", "REMO-FIELD-credit", _renamed("credit", "credit "), pages=OTHERS),
    _row("no-state", "A success has no state.", "REMO-FIELD-state", _missing("state")),
    _row(
        "no-status-code",
        "A success has no status_code.",
        "REMO-FIELD-status_code",
        _missing("status_code"),
        pages=WITH_CODE,
    ),
    _row("no-uuid", "A success has no uuid.", "REMO-FIELD-uuid", _missing("uuid")),
    _row("no-change", "A success has no credit_change.", "REMO-FIELD-credit_change", _missing("credit_change")),
    _row("no-credit", "A success has no credit.", "REMO-FIELD-credit", _missing("credit")),
    _row("no-front-image", "The front image is missing.", "REMO-FIELD-forigimg", _missing("forigimg"), pages=FRONT),
    _row("no-side-image", "The side image is missing.", "REMO-FIELD-sorigimg", _missing("sorigimg"), pages=SIDE),
    _row("no-back-image", "The back image is missing.", "REMO-FIELD-borigimg", _missing("borigimg"), pages=BACK),
    _row("no-front-coords", "far_coords is missing.", "REMO-FIELD-far_coords", _missing("far_coords"), pages=FRONT),
    _row("no-side-coords", "sar_coords is missing.", "REMO-FIELD-sar_coords", _missing("sar_coords"), pages=SIDE),
    _row("no-back-coords", "bar_coords is missing.", "REMO-FIELD-bar_coords", _missing("bar_coords"), pages=BACK),
    _row(
        "code-renamed",
        "status_code is called code.",
        "REMO-FIELD-status_code",
        _renamed("status_code", "code"),
        pages=WITH_CODE,
    ),
    _row(
        "code-as-status",
        "A success has its code under status.",
        "REMO-FIELD-status_code",
        _renamed("status_code", "status"),
        pages=WITH_CODE,
    ),
    _row("state-renamed", "state is called success.", "REMO-FIELD-state", _renamed("state", "success"), pages=OTHERS),
    _row("uuid-renamed", "uuid is called UUID.", "REMO-FIELD-uuid", _renamed("uuid", "UUID")),
    _row(
        "change-renamed",
        "credit_change gains an s.",
        "REMO-FIELD-credit_change",
        _renamed("credit_change", "credits_change"),
    ),
    _row("credit-renamed", "credit is called credits.", "REMO-FIELD-credit", _renamed("credit", "credits"), pages=SOME),
    _row(
        "image-renamed",
        "borigimg is called borig_img.",
        "REMO-FIELD-{image}",
        with_names(lambda names: _renamed(names.image, names.image.replace("img", "_img"))),
    ),
    _row(
        "image-as-in-caption",
        "The front image is called as in the page's caption (L18).",
        "REMO-FIELD-forigimg",
        _renamed("forigimg", "fronigimg"),
        pages=FRONT,
    ),
    _row(
        "coords-renamed",
        "bar_coords loses its s.",
        "REMO-FIELD-{coords}",
        with_names(lambda names: _renamed(names.coords, names.coords.removesuffix("s"))),
    ),
    _row(
        "value-renamed",
        "far_tilt_m_ loses its last line.",
        "REMO-FIELD-far_tilt_m_",
        _renamed("far_tilt_m_", "far_tilt_m"),
        pages=FRONT,
    ),
    _row("camel-case", "A gateway writes names in camel case.", "REMO-FIELD-credit_change", _replacing_names(_camel)),
    _row(
        "upper-case",
        "Names come in capitals.",
        "REMO-FIELD-state REMO-FIELD-uuid",
        _replacing_names(str.upper),
        pages=OTHERS,
    ),
    _row("nested-metrics", "The metrics stand in an object of their own.", "REMO-FIELD-{tilt}_m_", on_success(_nested)),
    _row("state-as-text", "state is the text true.", "REMO-TYPE-state", _is("state", "true")),
    _row("state-as-number", "state is 1.", "REMO-TYPE-state", _is("state", 1), pages=OTHERS),
    _row(
        "state-null",
        "A success has null for its state.",
        "REMO-TYPE-state REMO-STATE-SUCCESS",
        _is("state", None),
        pages=SOME,
    ),
    _row("state-false", "A success has false for its state.", "REMO-STATE-SUCCESS", _is("state", False)),
    _row("code-as-text", "status_code is a text.", "REMO-TYPE-status_code", _is("status_code", "200")),
    _row("code-as-float", "status_code is 200.0.", "REMO-TYPE-status_code", _is("status_code", 200.0)),
    _row("code-true", "status_code is true.", "REMO-TYPE-status_code", _is("status_code", True), pages=SOME),
    _row("code-201", "status_code is 201.", "REMO-CODE-SUCCESS", _is("status_code", 201)),
    _row("code-0", "status_code is 0, for no error.", "REMO-CODE-SUCCESS", _is("status_code", 0), pages=OTHERS),
    _row(
        "code-of-an-error-too",
        "A success has the code of an error under status.",
        "REMO-CODE-SUCCESS",
        _is("status", 518),
    ),
    _row("uuid-number", "uuid is a number.", "REMO-TYPE-uuid", _is("uuid", 4711)),
    _row("uuid-null", "uuid is null.", "REMO-TYPE-uuid", _is("uuid", None), pages=OTHERS),
    _row("change-as-text", "credit_change is a text.", "REMO-TYPE-credit_change", _as("credit_change", str)),
    _row("change-as-float", "credit_change is -1.0.", "REMO-TYPE-credit_change", _as("credit_change", float)),
    _row("change-null", "credit_change is null.", "REMO-TYPE-credit_change", _is("credit_change", None), pages=SOME),
    _row("credit-as-text", "credit is a text.", "REMO-TYPE-credit", _as("credit", str)),
    _row("credit-as-float", "credit is a float.", "REMO-TYPE-credit", _as("credit", float), pages=OTHERS),
    _row(
        "credit-grouped",
        "credit is grouped: 99,984,228.",
        "REMO-TYPE-credit",
        _as("credit", "{:,}".format),
        pages=SOME,
    ),
    _row("image-null", "An image is null.", "REMO-TYPE-{image}", with_names(lambda names: _is(names.image, None))),
    _row(
        "image-in-list",
        "An image stands in a list.",
        "REMO-TYPE-sorigimg",
        _as("sorigimg", lambda image: [image]),
        pages=SIDE,
    ),
    _row("coords-null", "Coordinates are null.", "REMO-TYPE-far_coords", _is("far_coords", None), pages=FRONT),
    _row(
        "coords-as-array",
        "Coordinates are an array, not a string.",
        "REMO-TYPE-{coords}",
        with_names(lambda names: _as(names.coords, json.loads)),
    ),
    _row(
        "coords-as-object",
        "Coordinates are an object by joint.",
        "REMO-TYPE-sar_coords",
        _as("sar_coords", lambda text: {str(at): pair for at, pair in enumerate(json.loads(text))}),
        pages=SIDE,
    ),
    _row(
        "all-numbers-as-text",
        "Every number is a text.",
        "REMO-TYPE-{tilt}_m_ REMO-TYPE-credit",
        on_success(lambda reply: reply.update({k: str(v) for k, v in reply.items() if type(v) in (int, float)})),
    ),
    _row(
        "two-as-text",
        "One metric and its grade are texts.",
        "REMO-TYPE-{line}_m_",
        with_names(
            lambda names: on_success(all_of(_float_text(f"{names.line}_m_"), _float_text(f"{names.line}_grade")))
        ),
        pages=OTHERS,
    ),
    _row("name-of-a-third", "APIName is of another service.", "REMO-APINAME", _is("APIName", "Analysis-motion-v1")),
    _row(
        "name-of-the-other",
        "APIName is of the back endpoint.",
        "REMO-APINAME",
        _is("APIName", "Analysis-skeleton-v2-back"),
        pages=A + C + D + E,
    ),
    _row(
        "name-older",
        "APIName is of the version before.",
        "REMO-APINAME",
        _is("APIName", "Analysis-skeleton"),
        pages=WITH_CODE,
    ),
    _row(
        "name-of-v1",
        "APIName is v1's.",
        "REMO-APINAME",
        _is("APIName", "Analysis_skeleton"),
        pages=WITH_CODE,
    ),
    _row(
        "name-of-three-photos",
        "APIName is that of the endpoint for three photos.",
        "REMO-APINAME",
        _is("APIName", "Analysis-skeleton-v2"),
        pages=C + E,
    ),
    _row("name-number", "APIName is a number.", "REMO-APINAME", _is("APIName", 2), pages=OTHERS),
)
