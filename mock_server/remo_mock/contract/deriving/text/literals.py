"""Reads the examples of a page, which are JSON, Python literals or something between."""

import ast
import json
import re
import tokenize
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from remo_mock.contract.model import Json

NOT_JSON = "not-json"
PYTHON, TYPOGRAPHIC, TRAILING_COMMA, COMMENTS, CUT, TWICE = (
    "python",
    "typographic-quotes",
    "trailing-comma",
    "comments",
    "cut",
    "twice",
)

_QUOTES = {"“": '"', "”": '"', "„": '"', "‟": '"', "‘": "'", "’": "'", "＂": '"'}
# Such quotes inside a text are allowed in JSON, around one they are not.
_TYPOGRAPHIC = re.compile(r"[:{\[,]\s*[“”„‟‘’＂]")
_ELLIPSIS = re.compile(r"^\s*(\.{3}|…|⋮|중략|생략)\s*,?\s*$")
_PAIR = re.compile(r"""^\s*["']?([A-Za-z_]\w*)["']?\s*:\s*(\S.*)$""")
_CONSTANTS = {"true": "True", "false": "False", "null": "None", "nan": "None", "NaN": "None"}
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Literal:
    """An example as an object, and how its text departs from JSON; `value` is None if it cannot be read."""

    value: Mapping[str, Json] | None
    oddities: tuple[str, ...]
    line: int = 0
    """The line, counted from 1, at which it stops being readable."""


def read_literal(text: str) -> Literal:
    """Read an object that a page shows."""
    if _nested(text) > _DEEPEST:
        return Literal(None, (NOT_JSON,), 1)
    oddities: list[str] = []
    try:
        value = _loaded(text, oddities)
    except (ValueError, RecursionError):
        return _repaired(text)
    return _as_dict(value, oddities)


def _repaired(text: str) -> Literal:
    oddities: list[str] = []
    plain = "".join(_QUOTES.get(letter, letter) for letter in text)
    if _TYPOGRAPHIC.search(text):
        oddities.append(TYPOGRAPHIC)
    else:
        plain = text
    lines = plain.split("\n")
    kept = ["" if _ELLIPSIS.match(line) else _without_comment(line) for line in lines]
    if kept != lines:
        oddities.append(COMMENTS)
    source = "\n".join(kept).strip()
    try:
        return _as_dict(_loaded(source, oddities), oddities)
    except (ValueError, RecursionError):
        pass
    python, names = _with_constants(source)
    try:
        value = ast.literal_eval(python)
    except SyntaxError as error:
        return Literal(_line_by_line(source), (*oddities, NOT_JSON), (error.lineno or 1) + _first_line(text))
    except (ValueError, MemoryError, RecursionError, TypeError):
        return Literal(None, (NOT_JSON,), 1)
    if _has_twins(python):
        oddities.append(TWICE)
    if re.search(r",\s*[}\]]", python):
        oddities.append(TRAILING_COMMA)
    if "'" in python or any(name in {"True", "False", "None"} for name in names):
        oddities.append(PYTHON)
    return _as_dict(value, oddities)


def _loaded(text: str, oddities: list[str]) -> Json:
    """Parse JSON, and note a key that stands more than once in an object."""

    def checked(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        if len(dict(pairs)) < len(pairs) and TWICE not in oddities:
            oddities.append(TWICE)
        return dict(pairs)

    return json.loads(text, object_pairs_hook=checked)


def _has_twins(python: str) -> bool:
    """Tell whether a Python literal of an object has a key more than once."""
    tree = ast.parse(python, mode="eval").body
    keys = [key.value for key in tree.keys if isinstance(key, ast.Constant)] if isinstance(tree, ast.Dict) else []
    return len(set(keys)) < len(keys)


def _as_dict(value: Json, oddities: list[str]) -> Literal:
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    whole = _without_ellipsis(value)
    if whole != value:
        oddities.append(CUT)
        value = whole
    if not isinstance(value, dict) or not _is_json(value):
        return Literal(None, (NOT_JSON,), 1)
    return Literal({str(key): part for key, part in value.items()}, tuple(oddities))


def _line_by_line(source: str) -> Mapping[str, Json] | None:
    """Read the lines of an object that are readable by themselves: a comma may be missing somewhere."""
    found: dict[str, Json] = {}
    for line in source.split("\n"):
        pair = _PAIR.match(line)
        if pair is None:
            continue
        python, _names = _with_constants(pair[2].strip().rstrip(","))
        try:
            value = ast.literal_eval(python)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            continue
        if _is_json(value):
            found[pair[1]] = value
    return found or None


def _without_ellipsis(value: Json) -> Json:
    """Take `...` out of arrays and objects, where pages cut them short."""
    if isinstance(value, list):
        return [_without_ellipsis(part) for part in value if part is not ...]
    if isinstance(value, dict):
        return {key: _without_ellipsis(part) for key, part in value.items() if part is not ...}
    return value


def _is_json(value: Json) -> bool:
    try:
        json.dumps(value, allow_nan=False, ensure_ascii=False).encode()  # which half a surrogate pair cannot be
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def _nested(text: str) -> int:
    depth = deepest = 0
    for letter in text:
        depth += (letter in "[{(") - (letter in "]})")
        deepest = max(deepest, depth)
    return deepest


def _first_line(text: str) -> int:
    return len(text) - len(text.lstrip()) and text[: len(text) - len(text.lstrip())].count("\n")


def _without_comment(line: str) -> str:
    """Cut off a comment of JavaScript or Python; signs inside a text are no comment."""
    quote = ""
    for at, letter in enumerate(line):
        if quote:
            quote = "" if letter == quote and line[at - 1] != "\\" else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "#" or line.startswith("//", at):
            return line[:at].rstrip()
    return line


def _with_constants(source: str) -> tuple[str, set[str]]:
    """Write `true`, `false` and `null` as Python has them; return the text and the names that it holds."""
    names: set[str] = set()
    pieces: list[tuple[int, int, str]] = []
    starts = [0]
    for line in source.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    try:
        for token in tokenize.generate_tokens(StringIO(source).readline):
            if token.type == tokenize.NAME:
                names.add(token.string)
                if token.string in _CONSTANTS:
                    begin = starts[token.start[0] - 1] + token.start[1]
                    pieces.append((begin, begin + len(token.string), _CONSTANTS[token.string]))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return source, names
    for begin, end, name in reversed(pieces):
        source = source[:begin] + name + source[end:]
    return source, names
