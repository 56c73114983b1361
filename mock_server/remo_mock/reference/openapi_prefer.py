"""Describes what the mock adds to the vendor's API: the Prefer header, our reply headers, a refused preference."""

from remo_mock.contract import Endpoint, Json
from remo_mock.reference.descriptions import prefer_lines
from remo_mock.service.messages.headers import ENTRY, HINT, PREFER, PREFERENCE_APPLIED, SIGNATURE, SOURCE
from remo_mock.service.outcomes.outcome import EXAMPLE, PROFILES

_TEXT = {"type": "string"}
_BY_LANGUAGE = {"description": "The detail in other languages.", "type": "object", "additionalProperties": _TEXT}

REPLY_HEADERS: dict[str, Json] = {
    SIGNATURE: {"description": "The version of remo-mock. The real service has no such header.", "schema": _TEXT},
    HINT: {
        "description": "Why the mock answers so, in one line, if there is something to explain.",
        "schema": _TEXT,
    },
    ENTRY: {
        "description": "The number of this exchange in the journal: `GET /__admin/requests/<number>` has the hint in "
        "English and Korean.",
        "schema": _TEXT,
    },
    SOURCE: {
        "description": "Under `serve --replay`: which recorded exchange answered, or that the mock itself did.",
        "schema": _TEXT,
    },
    PREFERENCE_APPLIED: {"description": "The preferences that the mock applied (RFC 7240).", "schema": _TEXT},
}

PROBLEM_SCHEMA: Json = {
    "description": "A preference that was refused: what is wrong with it, and which values are valid (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "details": _BY_LANGUAGE,
    },
}


def prefer_parameter(endpoint: Endpoint) -> dict[str, Json]:
    """Describe the header by which a request asks the mock for an outcome.

    Faults and delays are in the description only, since tools send the examples.
    """
    code = next(code for code in endpoint.codes.values() if code.verdicts)
    metric = endpoint.metrics[0].name
    purpose, *lines = prefer_lines(endpoint)
    last_profile = [*PROFILES][-1]
    return {
        "name": PREFER,
        "in": "header",
        "required": False,
        "description": "\n".join((purpose, *(f"- {line}" for line in lines))),
        "schema": _TEXT,
        "examples": {
            "code": {"summary": code.meaning["en"], "value": f"code={code.code}"},
            "profile": {"summary": "every metric of that grade", "value": f"profile={last_profile}"},
            "metric": {"summary": "one metric in degrees", "value": f"{metric}=3.5"},
            "example": {"summary": "the values of the page's example", "value": EXAMPLE},
        },
    }
