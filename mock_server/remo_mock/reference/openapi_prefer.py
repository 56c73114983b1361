"""What is ours in the OpenAPI document: the Prefer header, the headers of replies, a refused preference."""

from remo_mock.contract import Endpoint, Json
from remo_mock.service.faults import FAULTS
from remo_mock.service.outcomes import EXAMPLE, PROFILES

_TEXT = {"type": "string"}

REPLY_HEADERS: dict[str, Json] = {
    "X-Remo-Mock": {"description": "The version of remo-mock. The real service has no such header.", "schema": _TEXT},
    "X-Remo-Mock-Hint": {"description": "Why the mock answers so, in one line, where that helps.", "schema": _TEXT},
    "X-Remo-Mock-Source": {
        "description": "Under `serve --replay`: whether a recorded exchange (and which) or the mock itself answered.",
        "schema": _TEXT,
    },
    "Preference-Applied": {"description": "The preferences of ours that were followed (RFC 7240).", "schema": _TEXT},
}

PROBLEM_SCHEMA: Json = {
    "description": "A preference that was refused: what was wrong with it, and what it may say (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {"type": _TEXT, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT},
}


def prefer_parameter(endpoint: Endpoint) -> dict[str, Json]:
    """Describe the header by which a request asks the mock for an outcome; the real service ignores it.

    Faults and delays stand in the description only: tools send the examples.
    """
    code = next(code for code in endpoint.codes.values() if code.verdicts)
    metric = endpoint.metrics[0].name
    views = [f"`{view.name}=` {', '.join(endpoint.verdicts_of(view.name))}" for view in endpoint.views]
    lines = [
        "Asks remo-mock for an outcome (RFC 7240); several are separated by commas. The real service ignores it.",
        f"- `code=` {', '.join(map(str, endpoint.codes))}",
        *(f"- {view}" for view in views),
        f"- `profile=` {', '.join((*PROFILES, EXAMPLE))}; or a single metric in degrees, as `{metric}=3.5`",
        "- `delay=` milliseconds, or a range such as `200-800`",
        f"- `fault=` {', '.join(FAULTS)}",
    ]
    last_profile = [*PROFILES][-1]
    return {
        "name": "Prefer",
        "in": "header",
        "required": False,
        "description": "\n".join(lines),
        "schema": _TEXT,
        "examples": {
            "code": {"summary": code.meaning["en"], "value": f"code={code.code}"},
            "profile": {"summary": "every metric of that grade", "value": f"profile={last_profile}"},
            "metric": {"summary": "one metric in degrees", "value": f"{metric}=3.5"},
            "example": {"summary": "the values of the page's example", "value": EXAMPLE},
        },
    }
