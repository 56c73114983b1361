"""Makes the tables of bands and the rows of metrics out of the fields of the response."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from remo_mock.contract.bands import seams
from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.sources import sourced
from remo_mock.contract.deriving.facts import GradeRow, ResponseField
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Json

_STATE_IT = "State it in the overrides, under `endpoint`"


@dataclass(frozen=True, slots=True)
class _Graded:
    """A metric with its bands and the kind that the family has it in."""

    name: str
    page: str
    kind: str
    alone: str
    grades: tuple[GradeRow, ...]
    field: ResponseField


def metrics_and_bands(
    pages: PageSet, conventions: Conventions, problems: list[Problem]
) -> tuple[list[Json], dict[str, Json]]:
    """Return the rows of metrics and the tables of bands; metrics that are graded alike share one."""
    rows: list[Json] = []
    graded: list[_Graded] = []
    response = {one.name: (key, one) for key, one in pages.response()}
    names = dict.fromkeys(metric[0] for metric in map(conventions.metric_of, response) if metric)
    patterns = conventions.data["metric_fields"]
    for name in names:
        value, grade = (response.get(patterns[kind].format(name)) for kind in ("value", "grade"))
        key, one = grade or value  # type: ignore[misc]  # one of the two is there: the name comes from it
        measure = conventions.measure(name)
        if value is None or grade is None:
            missing = patterns["value" if value is None else "grade"].format(name)
            text = f"{one.name} has no {missing} beside it"
            problems.append(Problem(key, one.source.line, text, f"{_STATE_IT}, or name {name} in `left_out`", name))
            continue
        if not measure:
            text = f"{name} is no angle that the family has"
            problems.append(
                Problem(
                    key,
                    one.source.line,
                    text,
                    f"Add it to `measures` in conventions.json, or name {name} in `left_out`",
                    name,
                )
            )
            continue
        grades = with_sides(one.grades)
        problems += _problems_of(key, one, name, measure["bands"], grades, conventions)
        graded.append(_Graded(name, key, measure["bands"], measure["alone"], grades, one))
    tables = _names(graded)
    bands: dict[str, Json] = {}
    for one in graded:
        table = tables[one.kind, limits_of(one.grades)]
        bands.setdefault(
            table,
            {
                "grades": [_grade(one.kind, row, conventions) for row in sorted(one.grades, key=lambda row: row.grade)],
                **sourced(one.page, "table", one.field.source),
            },
        )
        measure = conventions.measure(one.name)
        rows.append(
            {"name": one.name, "view": measure["view"], "measure": measure["measure"], "bands": table}
            | sourced(one.page, "table", one.field.source)
        )
    return rows, bands


def limits(row: GradeRow) -> Json:
    """Return the limits of a grade as the contract's data has them."""
    found: dict[str, float] = {}
    if row.low is not None:
        found["minimum" if row.has_low else "exclusiveMinimum"] = row.low
    if row.high is not None:
        found["maximum" if row.has_high else "exclusiveMaximum"] = row.high
    return found


def limits_of(grades: Sequence[GradeRow]) -> tuple[tuple[float | bool | None, ...], ...]:
    """Return what tells one table of bands from another."""
    return tuple(
        sorted(((row.grade, row.low, row.has_low, row.high, row.has_high) for row in grades), key=lambda one: one[0])
    )


def with_sides(grades: Sequence[GradeRow]) -> tuple[GradeRow, ...]:
    """Give a bound whose side is not printed the side that the neighbouring grade's print leaves it."""
    lows = {row.low: row.has_low for row in grades if row.low is not None and row.has_low is not None}
    highs = {row.high: row.has_high for row in grades if row.high is not None and row.has_high is not None}

    def side(row: GradeRow) -> GradeRow:
        if row.low is not None and row.has_low is None and row.low in highs:
            row = replace(row, has_low=not highs[row.low])
        if row.high is not None and row.has_high is None and row.high in lows:
            row = replace(row, has_high=not lows[row.high])
        return row

    return tuple(map(side, grades))


def open_sides(grades: Sequence[GradeRow]) -> list[float]:
    """Return the bounds of which no grade says to which side they belong."""
    found = [row.low for row in grades if row.low is not None and row.has_low is None]
    found += [row.high for row in grades if row.high is not None and row.has_high is None]
    return sorted(set(found))


def _problems_of(
    key: str, one: ResponseField, name: str, kind: str, grades: tuple[GradeRow, ...], conventions: Conventions
) -> list[Problem]:
    line = one.source.line
    if not grades:
        return [Problem(key, line, f"{one.name} has no bands", _STATE_IT, name)]
    undecided = open_sides(grades)
    if undecided:
        shown = ", ".join(f"{bound:g}" for bound in undecided)
        return [Problem(key, line, f"{one.name} does not say to which grade belongs {shown}", _STATE_IT, name)]
    found = [
        Problem(key, line, f"{one.name}: {seam}", _STATE_IT, name)
        for seam in seams([{"grade": row.grade, **limits(row)} for row in grades])
    ]
    turned = [str(row.grade) for row in grades if conventions.contradicts(kind, row)]
    if turned:
        text = f"{one.name} words grade {', '.join(turned)} for the other direction than the family"
        found.append(Problem(key, line, text, f"Answer it in the overrides: is the sign of {name} turned", name))
    return found


def _names(graded: Sequence[_Graded]) -> dict[tuple[str, object], str]:
    """Name each table of bands: by the kind, or by its first metric where metrics of a kind are graded differently."""
    tables: dict[str, dict[object, str]] = {}
    for one in graded:
        tables.setdefault(one.kind, {}).setdefault(limits_of(one.grades), one.alone)
    taken: set[str] = set()
    names: dict[tuple[str, object], str] = {}
    for kind, rows in tables.items():
        for limits_key, alone in rows.items():
            name = kind if len(rows) == 1 else alone
            while name in taken:
                name = f"{name}_2"
            taken.add(name)
            names[kind, limits_key] = name
    return names


def _grade(kind: str, row: GradeRow, conventions: Conventions) -> Json:
    return {"grade": row.grade, **limits(row), "meaning": dict(conventions.meaning(kind, row))}
