"""Reads the examples of requests, successes and errors out of blocks of code."""

import re
from typing import Literal

from remo_mock.contract.deriving.facts import Example, Source, Unplaced
from remo_mock.contract.deriving.page.blocks import Code
from remo_mock.contract.deriving.text.literals import NOT_JSON, read_literal
from remo_mock.contract.deriving.text.words import kinds_of
from remo_mock.contract.model import Json

_PROGRAMS = {
    "python",
    "py",
    "bash",
    "sh",
    "shell",
    "curl",
    "java",
    "kotlin",
    "swift",
    "php",
    "ruby",
    "go",
    "csharp",
    "c#",
    "typescript",
    "ts",
    "node",
    "dart",
    "c",
    "cpp",
}

_LEAD = re.compile(r"\s*(?://|#|/\*.*\*/\s*$|HTTP/\d)")
_BASE64 = re.compile(r"/9j/|iVBOR|[A-Za-z0-9+/]{40}")


def read_example(code: Code) -> tuple[Example | None, list[Unplaced]]:
    """Return the example in a block of code, None for a sample of a program; and what of it cannot be read."""
    before, text = _split(code.text)
    if not text.startswith("{"):
        return None, []
    literal = read_literal(text)
    if code.language in _PROGRAMS and (literal.value is None or NOT_JSON in literal.oddities):
        return None, []
    row = code.place.tab or code.title
    source = Source(code.place.line, code.place.section, row)
    unplaced: list[Unplaced] = []
    if literal.value is None or NOT_JSON in literal.oddities:
        line = code.place.line + before + max(1, literal.line)
        what = "cannot be read" if literal.value is None else "can be read line by line alone"
        unplaced.append(Unplaced(line, f"an example {what} from here on", "Correct the page"))
    if literal.value is None:
        return None, unplaced
    fields = {name: _shortened(value) for name, value in literal.value.items()}
    return Example(_kind(fields, code, row), fields, source, literal.oddities), unplaced


def _split(text: str) -> tuple[int, str]:
    """Return an example without the lines of comment or status before it, and how many these are."""
    lines = text.split("\n")
    before = 0
    while before < len(lines) and (not lines[before].strip() or _LEAD.match(lines[before])):
        before += 1
    return before, "\n".join(lines[before:]).strip()


def _shortened(value: Json) -> Json:
    """Cut the text of a picture short, which a page does in its own words."""
    if not isinstance(value, str):
        return value
    if value.startswith("data:"):
        return value.partition(",")[0] + ",..."
    return f"{value[:4]}..." if _BASE64.match(value) else value


def _kind(value: Json, code: Code, row: str) -> Literal["request", "success", "error"]:
    state = value.get("state")
    if state is False or re.match(r"\s*[45]\d\d", row):
        return "error"
    if state is True or re.match(r"\s*2\d\d", row):
        return "success"
    named = [kind for title in (code.place.section, row) for kind in kinds_of(title)]
    return "success" if "response" in named and "request" not in named else "request"
