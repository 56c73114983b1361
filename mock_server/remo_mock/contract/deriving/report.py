"""Writes what a derivation came to as Markdown: facts, findings with both readings, what is open, what was answered."""

from collections.abc import Iterator

from remo_mock.contract.deriving.derivation import Outcome
from remo_mock.contract.deriving.findings.finding import Finding
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Json


def report(outcome: Outcome, between: tuple[Finding, ...] = ()) -> str:
    """Return the report of one endpoint."""
    return "\n".join(_lines(outcome, between)) + "\n"


def _lines(outcome: Outcome, between: tuple[Finding, ...]) -> Iterator[str]:
    data = outcome.endpoint.data
    yield f"# {outcome.name}"
    yield ""
    yield f"Derived from {', '.join(page.file for page in outcome.facts)} by `remo-mock contract derive`."
    yield ""
    yield from _open(outcome.problems)
    yield f"## Findings: {len(outcome.findings) + len(between)}"
    yield ""
    yield "Each is a candidate for the ledger. The key is what `findings` in the overrides answers with an entry."
    yield ""
    for one in (*outcome.findings, *between):
        entry = outcome.overrides.findings.get(one.key)
        yield f"- `{one.key}`: {one.title}{f' ({entry})' if entry else ''}"
        yield from (f"  - {reading}" for reading in one.readings)
    gone = sorted(set(outcome.overrides.findings) - {one.key for one in (*outcome.findings, *between)})
    if gone:
        yield ""
        yield f"Answered in the overrides, and no longer found: {', '.join(f'`{key}`' for key in gone)}."
    yield ""
    yield from _facts(data)


def _open(problems: tuple[Problem, ...]) -> Iterator[str]:
    yield f"## Open: {len(problems)}"
    yield ""
    if problems:
        yield "Nothing is guessed: answer these in a file of overrides, and derive again with `--overrides FILE`."
        yield ""
        yield from (f"- {problem}" for problem in problems)
        yield ""


def _facts(data: Json) -> Iterator[str]:
    yield "## What the endpoint is"
    yield ""
    yield f"`{data.get('method', '')} {data.get('path', '')}`"
    yield ""
    yield "| metric | view | bands |"
    yield "| --- | --- | --- |"
    for row in data.get("metrics", []):
        grades = data.get("bands", {}).get(row["bands"], {}).get("grades", [])
        yield f"| {row['name']} | {row['view']} | {'; '.join(map(_band, grades))} |"
    yield ""
    yield "| code | message |"
    yield "| ---: | --- |"
    for row in data.get("codes", []):
        yield f"| {row['code']} | {row.get('message', '')} |"


def _band(row: Json) -> str:
    low = (
        f"{row['minimum']:g} <= "
        if "minimum" in row
        else f"{row['exclusiveMinimum']:g} < "
        if "exclusiveMinimum" in row
        else ""
    )
    high = (
        f" <= {row['maximum']:g}"
        if "maximum" in row
        else f" < {row['exclusiveMaximum']:g}"
        if "exclusiveMaximum" in row
        else ""
    )
    return f"{row['grade']}: {low}v{high}"
