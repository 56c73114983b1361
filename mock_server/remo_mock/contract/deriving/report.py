"""Writes what a derivation came to as Markdown: facts, findings with both readings, what is open, what was answered."""

from collections.abc import Iterator, Sequence

from remo_mock.contract.deriving.derivation import Outcome
from remo_mock.contract.deriving.facts import ErrorCode
from remo_mock.contract.deriving.findings.finding import Finding
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.deriving.text.limits import written


def report(outcome: Outcome, between: tuple[Finding, ...] = ()) -> str:
    """Return the report of one endpoint."""
    return "\n".join(_lines(outcome, between)) + "\n"


def _lines(outcome: Outcome, between: tuple[Finding, ...]) -> Iterator[str]:
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
    yield from _facts(outcome)


def _open(problems: tuple[Problem, ...]) -> Iterator[str]:
    yield f"## Open: {len(problems)}"
    yield ""
    if problems:
        yield "Nothing is guessed: answer these in a file of overrides, and derive again with `--overrides FILE`."
        yield ""
        yield from (f"- {problem}" for problem in problems)
        yield ""


def _facts(outcome: Outcome) -> Iterator[str]:
    data = outcome.endpoint.data
    yield "## What the pages state"
    yield ""
    yield f"`{data.get('method', '')} {data.get('path', '')}`"
    for page in outcome.facts:
        yield ""
        yield f"### {page.file}"
        yield ""
        yield from _table(
            ("line", "request field", "type", "required"),
            [(one.source.line, one.name, one.type, _yes_or_no(one.required)) for one in page.request],
        )
        yield from _table(
            ("line", "response field", "type", "unit", "bands"),
            [
                (
                    one.source.line,
                    one.name,
                    one.type,
                    one.unit,
                    "; ".join(f"{row.grade}: {written(row)}" for row in one.grades),
                )
                for one in page.response
            ],
        )
        yield from _table(
            ("line", "code", "category", "what it means"),
            [(one.source.line, one.code, one.category, _cause(one)) for one in page.codes],
        )
        yield from _table(
            ("line", "photos", "credits"),
            [(one.source.line, ", ".join(one.views) or "a request", one.credits) for one in page.prices],
        )


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    if rows:
        yield f"| {' | '.join(head)} |"
        yield "| ---: |" + " --- |" * (len(head) - 1)
        yield from (f"| {' | '.join(str(cell).replace('|', '&#124;') for cell in row)} |" for row in rows)
        yield ""


def _yes_or_no(required: bool | None) -> str:
    return {True: "yes", False: "no", None: "not said"}[required]


def _cause(one: ErrorCode) -> str:
    return " of ".join(filter(None, (one.cause.replace("_", " ") or one.words, ", ".join(one.views))))
