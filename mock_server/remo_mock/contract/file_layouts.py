"""States which keys each hand-written file of the contract has, and which values they take."""

import re

from remo_mock.addresses import is_base_url
from remo_mock.contract.layout import Layout, ListOf, MapOf, Object, OrNull, Value, one_of
from remo_mock.contract.model import Json

EVIDENCE = ("table", "example", "prose", "observed", "assumed")
"""What a statement may rest on; the first three are documented on a page (contract.md)."""

MEASURES = {
    "front": ("head_bal", "shoulder_bal", "pelvic_bal", "left_qang", "right_qang", "knee_bal", "tilt"),
    "side": ("head_tilt", "tilt", "round_shoulder", "turtle_neck"),
    "back": ("head_bal", "shoulder_bal", "pelvic_bal", "left_qang", "right_qang", "knee_bal", "tilt"),
}
"""The angles that can be read off a photo, by view."""


_PATHS = re.compile(r"/(?!__admin(/|$))[^?#<>{}]+")


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


TEXT = Value("a text", lambda value: isinstance(value, str) and value != "")
NUMBER = Value("a number", _is_number)
WHOLE = Value("a whole number", _is_whole)
_COUNT = Value("a whole number of at least 1", lambda value: _is_whole(value) and value >= 1)
_CREDITS = Value("a whole number of at least 0", lambda value: _is_whole(value) and value >= 0)
_TRUE_OR_FALSE = Value("true or false", lambda value: isinstance(value, bool))
_PATH = Value(
    "a path, such as /api/name, without a query or a placeholder; / and all below /__admin are the mock's own",
    lambda value: isinstance(value, str) and _PATHS.fullmatch(value) is not None,
)
_METHOD = one_of(("POST", "PUT", "PATCH"))
_BASE_URL = Value("a base URL, such as https://api.example.com", is_base_url)
_PATTERN = Value(
    "a text with {} for the metric's name",
    lambda value: isinstance(value, str) and value.count("{") == value.count("}") == value.count("{}") == 1,
)
_PAGE = Value("the page's letter, several with commas, or null", lambda value: value is None or isinstance(value, str))
_STEP = Value(
    "a cause, or an array of causes",
    lambda value: (
        isinstance(value, str)
        or (isinstance(value, list) and bool(value) and all(isinstance(one, str) for one in value))
    ),
)

SOURCE_KEY = "x-remo-source"
SOURCE = Object({"page": _PAGE, "section": TEXT, "evidence": one_of(EVIDENCE)}, {"ledger": TEXT})
_SOURCED = {SOURCE_KEY: SOURCE}
_MEANING = Object({"en": TEXT, "ko": TEXT})
_LIMITS = dict.fromkeys(("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"), NUMBER)

ENDPOINT: Layout = Object(
    {
        "name": TEXT,
        "page": TEXT,
        "path": _PATH,
        "method": _METHOD,
        **_SOURCED,
        "sources": Object(dict.fromkeys(("request", "response", "codes", "error"), Object(_SOURCED))),
        "api_name": Object({"sent": TEXT, "accepted": ListOf(TEXT, least=1), **_SOURCED}, {"own": TEXT}),
        "price": Object({"credits": _CREDITS, **_SOURCED}, {"per_views": _COUNT, "set": TEXT}),
        "views": ListOf(Object({"view": TEXT, "photo": TEXT, "image": TEXT, "coords": TEXT, **_SOURCED}), least=1),
        "metric_fields": Object({"value": _PATTERN, "grade": _PATTERN, **_SOURCED}),
        "bands": MapOf(
            Object({"grades": ListOf(Object({"grade": WHOLE, "meaning": _MEANING}, _LIMITS), least=1), **_SOURCED})
        ),
        "metrics": ListOf(
            Object(
                {"name": TEXT, "view": TEXT, "measure": TEXT, "bands": TEXT, **_SOURCED}, {"value": TEXT, "grade": TEXT}
            )
        ),
        "codes": ListOf(
            Object(
                {"code": WHOLE, **_SOURCED}, {"message": TEXT, "meaning": _MEANING, "only_when_asked": _TRUE_OR_FALSE}
            ),
            least=1,
        ),
    },
    {
        "servers": ListOf(Object({"url": _BASE_URL, **_SOURCED})),
        "also_at": ListOf(Object({"path": _PATH, **_SOURCED})),
        "absent": ListOf(Object({"field": TEXT, **_SOURCED})),
        "order": Object({"fields": ListOf(TEXT), **_SOURCED}),
        "variants": MapOf(MapOf(Object({"fields": MapOf(TEXT), **_SOURCED}))),
    },
)

ERRORS: Layout = Object(
    {
        "order": ListOf(_STEP, least=1),
        **_SOURCED,
        "codes": ListOf(
            Object(
                {"code": WHOLE, "meaning": _MEANING, "message": TEXT, **_SOURCED},
                {"condition": TEXT, "verdict": MapOf(ListOf(ListOf(TEXT, least=1), least=1))},
            ),
            least=1,
        ),
    },
    {"x-remo-message-source": SOURCE},
)

NAMES: Layout = Object(
    {
        **_SOURCED,
        "views": MapOf(_MEANING),
        "measures": MapOf(Object({}, {"any": _MEANING, **dict.fromkeys(MEASURES, _MEANING)})),
    },
    {"fields": MapOf(_MEANING)},
)

LEDGER: Layout = Object(
    {
        "entries": ListOf(
            Object(
                {
                    "id": TEXT,
                    "title": TEXT,
                    "pages": ListOf(TEXT),
                    "says": TEXT,
                    "reading": TEXT,
                    "switch": OrNull(
                        Object({"option": TEXT, "values": ListOf(TEXT, least=2), "default": TEXT}, {"observed": TEXT})
                    ),
                    "accepts": ListOf(Object({"key": TEXT, "reading": TEXT}), least=1),
                    "touches": ListOf(TEXT),
                    **_SOURCED,
                }
            )
        )
    }
)

_RANGE: dict[str, Layout] = {"centre": NUMBER, "spread": NUMBER, "limits": ListOf(NUMBER, least=2), "reason": TEXT}

PLAUSIBLE: Layout = Object(
    {},
    {
        "about": TEXT,
        **_SOURCED,
        "default": Object(_RANGE),
        "measures": MapOf(Object(_RANGE, {"views": MapOf(Object(_RANGE)), "same_side_as": TEXT})),
    },
)

_WORDS = MapOf(Object({"en": TEXT, "ko": TEXT}))

CONVENTIONS: Layout = Object(
    {
        **_SOURCED,
        "credentials": ListOf(TEXT),
        "options": ListOf(TEXT),
        "common": ListOf(TEXT),
        "code_keys": ListOf(TEXT, least=1),
        "metric_fields": Object({"value": _PATTERN, "grade": _PATTERN}),
        "joints": WHOLE,
        "set": TEXT,
        "views": ListOf(Object({"view": TEXT, "photo": TEXT, "coords": TEXT}), least=1),
        "measures": ListOf(
            Object({"name": TEXT, "view": TEXT, "measure": TEXT, "bands": TEXT, "alone": TEXT}), least=1
        ),
        "levels": _WORDS,
        "directions": _WORDS,
        "signs": MapOf(Object({"-": TEXT, "+": TEXT})),
        "meanings": MapOf(_WORDS),
    }
)

OVERRIDES: Layout = Object(
    {},
    {
        "about": TEXT,
        "pages": MapOf(TEXT),
        "endpoint": MapOf(Value("a value", lambda _value: True)),
        "ledger": MapOf(TEXT),
        "left_out": MapOf(TEXT),
        "answers": MapOf(TEXT),
        "findings": MapOf(TEXT),
    },
)
