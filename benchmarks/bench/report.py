"""Writes what was measured as Markdown: the machine, the goals, the tables."""

from collections.abc import Iterable, Iterator, Mapping

from bench.goals import Goal
from bench.tables import Table, shown

_ABOUT = {
    "throughput W1": "W1: one photo of 20 kB to v2-back",
    "throughput W2": "W2: three photos of 250 kB to v2",
    "throughput W3": "W3: three photos of 3.5 MB to v2",
    "memory": "Memory under large requests, all processes together",
    "photos": "Photos that were never seen, one request at a time",
    "machines": "Several servers with one PostgreSQL",
}
_CURVES = "history: "
_INTRODUCTION = (
    "Written by `make bench`; [README.md](README.md) says how it measures. Every request is validated, charged and",
    "written into the journal, and its photos were seen before. Figures are medians of the rounds, with the lowest and",
    "the highest. Ratios travel, absolute figures do not; overlapping ranges are ties.",
)


def report(
    tables: Mapping[str, Table], goals: Iterable[Goal], machine: Mapping[str, str], *, plots: Mapping[str, str]
) -> str:
    """Return the report; `plots` are file names of pictures by what they show."""
    lines = [
        "# Results",
        "",
        *_INTRODUCTION,
        "",
        *(f"- {name}: {value}" for name, value in machine.items()),
        "",
        *_goals(goals),
    ]
    for about, file in plots.items():
        lines += [f"![{about}]({file})", ""]
    for table in tables.values():
        if table.rows:
            lines += [f"## {_heading(table.name)}", "", f"Rounds: {table.rounds}.", "", *_rows(table), ""]
    return "\n".join(lines).rstrip() + "\n"


def _heading(name: str) -> str:
    if name.startswith(_CURVES):
        return f"By {name.removeprefix(_CURVES)}, W1, 1 worker" if "workers" not in name else "By workers, W1"
    return _ABOUT.get(name, name)


def _goals(goals: Iterable[Goal]) -> Iterator[str]:
    rows = list(goals)
    if rows:
        yield from ("## Goals", "", "| | measured | goal | |", "| --- | ---: | ---: | --- |")
    for goal in rows:
        figure = "" if goal.figure is None else shown([goal.figure])
        met = "not measured" if goal.figure is None else "met" if goal.is_met else "**missed**"
        yield f"| {goal.what} | {figure} | {'at least' if goal.at_least else 'at most'} {goal.limit:g} | {met} |"
    yield ""


def _rows(table: Table) -> Iterator[str]:
    columns = table.columns
    yield f"| {table.label} | {' | '.join(columns)} |"
    yield f"| --- |{' ---: |' * len(columns)}"
    for row, cells in table.rows.items():
        yield f"| {row} | {' | '.join(shown(cells[column]) if column in cells else '' for column in columns)} |"
