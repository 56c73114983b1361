"""Adds the family's codes for what a mock comes to by itself and a page has no code for, and tells each."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from remo_mock.contract.consistency import CONDITIONS, IMAGE_VERDICTS
from remo_mock.contract.deriving.endpoint.code_judgement import causes_in
from remo_mock.contract.deriving.endpoint.sources import assumed
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.file_layouts import SOURCE_KEY
from remo_mock.contract.model import Json

_Cause = tuple[str, frozenset[str]]


def add_missing_codes(page: str, line: int, errors: Sequence[Json], data: Json, problems: list[Problem]) -> None:
    """Add a row to the codes in `data` for each cause that none of them has, if `errors` has one; add it to `problems`.

    `errors` are the rows of `errors.json`. What they do not have either is left to the check of the whole contract.
    """
    views = [row["view"] for row in data["views"]]
    rows = {row["code"]: row for row in errors}
    natural = [row["code"] for row in data["codes"] if not row.get("only_when_asked")]
    covered = {cause for code in natural if code in rows for cause in causes_in(rows[code], views)}
    shown = {row["code"]: row for row in data["codes"] if row[SOURCE_KEY]["evidence"] == "example"}
    own = {row["code"] for row in data["codes"]} - shown.keys()
    for cause in _needed(views, covered):
        found = next((code for code, row in rows.items() if code not in own and cause in causes_in(row, views)), None)
        if cause in covered or found is None:
            continue
        covered |= set(causes_in(rows[found], views))
        own.add(found)
        if found in shown:
            shown[found].pop("only_when_asked", None)
        else:
            data["codes"].append({"code": found, **assumed("no code of the page says it; the family's code")})
        said = cause[0].replace("_", " ") + (f" of {', '.join(sorted(cause[1]))}" if cause[1] else "")
        origin = "an example" if found in shown else "the family"
        text = f"the page's table has no code for {said}: {found} of {origin} is taken"
        problems.append(Problem(page, line, text, "Answer it in the overrides", str(found)))
    data["codes"].sort(key=lambda row: row["code"])


def _needed(views: Sequence[str], covered: set[_Cause]) -> Iterator[_Cause]:
    """Yield what a mock comes to by itself; several wrong angles only where each alone has a code."""
    yield from ((condition, frozenset()) for condition in CONDITIONS)
    yield from ((verdict, frozenset({view})) for verdict in IMAGE_VERDICTS for view in views)
    subsets = [frozenset(one) for size in range(1, len(views) + 1) for one in combinations(views, size)]
    yield from (("no_person", one) for one in subsets)
    verdicts = {verdict for verdict, one in covered if len(one) == 1} - {*IMAGE_VERDICTS, "no_person"}
    for verdict in sorted(verdicts):
        yield from ((verdict, one) for one in subsets if all((verdict, frozenset({view})) in covered for view in one))
