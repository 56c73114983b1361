"""Makes the rows of codes, and those of `errors.json` for codes that the family does not have yet."""

from collections.abc import Mapping, Sequence

from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.sources import sourced
from remo_mock.contract.deriving.facts import ErrorCode, Source
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.deriving.text.vocabulary import VERDICTS
from remo_mock.contract.model import Json

_IMAGE = "image"


def codes(pages: PageSet, conventions: Conventions) -> list[Json]:
    """Return a row for each code of the tables, and for each that only an example shows."""
    shown = _shown(pages, conventions)
    rows: dict[int, Json] = {}
    for key, one in pages.codes():
        example = shown.get(one.code)
        message = {"message": example[2]} if example and example[2] else {}
        sources: list[Source] = [one.source, *([example[1]] if message and example else [])]
        rows[one.code] = {"code": one.code, **message, **sourced(key, "table", *sources)}
    for code, (key, source, message_text) in shown.items():
        if code not in rows:
            message = {"message": message_text} if message_text else {}
            rows[code] = {"code": code, "only_when_asked": True, **message, **sourced(key, "example", source)}
    return [rows[code] for code in sorted(rows)]


def code_in(fields: Mapping[str, Json], conventions: Conventions) -> int | None:
    """Return the code that an error example carries, under whichever key."""
    for name in conventions.code_keys:
        value = fields.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None


def _shown(pages: PageSet, conventions: Conventions) -> dict[int, tuple[str, Source, str]]:
    """Return the codes of the error examples: page, source, message."""
    found: dict[int, tuple[str, Source, str]] = {}
    for key, example in pages.examples("error"):
        code = code_in(example.fields, conventions)
        message = example.fields.get("message", "")
        if code is not None:
            found.setdefault(code, (key, example.source, message if isinstance(message, str) else ""))
    return found


def causes(one: ErrorCode) -> Json:
    """Return the cause of a code as `errors.json` has it; empty if its words are not understood or name no photo."""
    if not one.cause:
        return {}
    if one.cause == _IMAGE:
        return {"verdict": {"undecodable": [list(one.views)]}} if one.views else {}
    if one.cause in VERDICTS:
        return {"verdict": {one.cause: [list(one.views)]}} if one.views else {}
    return {"condition": one.cause}


def known_problem(key: str, one: ErrorCode, row: Json) -> Problem | None:
    """Return that a page means something else by a code than `errors.json`, None if it does not."""
    if not one.cause:
        text = f"code {one.code}: what it means is not understood ({one.words[:60] or 'no words'})"
        return Problem(key, one.source.line, text, "Answer it in the overrides", str(one.code))
    verdicts: Mapping[str, Sequence[Sequence[str]]] = row.get("verdict", {})
    if one.cause == _IMAGE:
        fits = {"undecodable", "not_image"} & verdicts.keys() and (
            not one.views or any(set(one.views) <= {*views} for sets in verdicts.values() for views in sets)
        )
    elif one.views:
        fits = any({*views} == {*one.views} for views in verdicts.get(one.cause, ()))
    else:
        fits = row.get("condition") == one.cause or one.cause in verdicts
    if fits:
        return None
    said = one.cause + (f" of {', '.join(one.views)}" if one.views else "")
    usual = row.get("condition") or ", ".join(verdicts)
    text = f"code {one.code} is {said} here, and {usual} in errors.json"
    return Problem(key, one.source.line, text, "Decide it in errors.json or in the overrides", str(one.code))


def new_row(key: str, one: ErrorCode) -> Json:
    """Return the row of `errors.json` for a code that it does not have."""
    cause = causes(one)
    words = one.words or " ".join(filter(None, (one.cause.replace("_", " "), ", ".join(one.views))))
    if not cause:
        cause = {"condition": f"code_{one.code}"}
    return {
        "code": one.code,
        **cause,
        "meaning": {"en": words or str(one.code), "ko": words or str(one.code)},
        "message": words or f"error {one.code}",
        **sourced(key, "table", one.source),
    }
