"""Judges the codes of an endpoint by `errors.json`: new ones get a row, doubtful ones are told and sent when asked."""

from collections.abc import Iterator, Sequence

from remo_mock.contract.deriving.endpoint.codes import known_problem, new_row
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.sources import sourced
from remo_mock.contract.deriving.facts import ErrorCode
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Json

_ANSWER = "Answer it in the overrides"


def judge_codes(pages: PageSet, errors: Json, data: Json, problems: list[Problem]) -> list[Json]:
    """Return the rows that `errors.json` lacks for the codes in `data`; add what is doubtful to `problems`.

    A code of which nobody knows when it arises, or that arises when an earlier one does, is marked in `data` as one
    that a mock sends only when asked.
    """
    known = {row["code"]: row for row in errors["codes"]}
    new = {one.code: new_row(key, one) for key, one in pages.codes() if one.code not in known}
    new |= {row["code"]: row for row in _of_examples(pages, data, {*known, *new})}
    rows = {**known, **new}
    taken: dict[tuple[str, frozenset[str]], int] = {}
    views = [row["view"] for row in data["views"]]
    own = {row["code"]: row for row in data["codes"]}
    for key, one in pages.codes():
        if one.code in known:
            problem = known_problem(key, one, known[one.code])
            problems += [problem] if problem else []
        elif new[one.code].get("condition", "").startswith("code_"):
            text = f"code {one.code} is new, and when it arises is not understood: the mock sends it when asked"
            problems.append(Problem(key, one.source.line, text, _ANSWER, str(one.code)))
            own[one.code]["only_when_asked"] = True
        rival = next((taken[cause] for cause in causes_in(rows[one.code], views) if cause in taken), None)
        if rival is not None:
            problems.append(_rivals(key, one, rival))
            own[one.code]["only_when_asked"] = True
        elif not own[one.code].get("only_when_asked"):
            taken |= dict.fromkeys(causes_in(rows[one.code], views), one.code)
    return list(new.values())


def causes_in(row: Json, views: Sequence[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what a code of `errors.json` arises from on an endpoint with these views."""
    if "condition" in row:
        yield row["condition"], frozenset()
    for verdict, sets in row.get("verdict", {}).items():
        for one in sets:
            if {*one} <= {*views}:
                yield verdict, frozenset(one)


def _rivals(key: str, one: ErrorCode, rival: int) -> Problem:
    text = f"codes {rival} and {one.code} arise from the same: the mock sends {one.code} only when asked"
    return Problem(key, one.source.line, text, _ANSWER, str(one.code))


def _of_examples(pages: PageSet, data: Json, known: set[int]) -> Iterator[Json]:
    """Yield rows for the codes that only examples show, and that `errors.json` does not have."""
    example = next(pages.examples("error"), None)
    for row in data["codes"]:
        if row["code"] in known or example is None:
            continue
        message = row.get("message", "").strip() or f"error {row['code']}"
        yield {
            "code": row["code"],
            "condition": f"code_{row['code']}",
            "meaning": {"en": message, "ko": message},
            "message": row.get("message") or message,
            **sourced(example[0], "example", example[1].source),
        }
