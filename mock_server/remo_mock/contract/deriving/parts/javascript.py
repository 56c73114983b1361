"""Reads a JavaScript sample by its tokens: what it declares, uses, sends, and where it posts."""

import re
from collections.abc import Sequence

from pygments.lexers.javascript import JavascriptLexer
from pygments.token import Comment, Name, Punctuation, String, _TokenType

from remo_mock.contract.deriving.parts.program import Program

_URL = re.compile(r"https?://[\w.:-]+(?:/[\w./{}-]*)?")
_DECLARING = {"const", "let", "var", "function", "import", "class", "catch"}
_GLOBALS = frozenset(
    """
    console JSON fetch Promise Buffer process require module exports window document Object Array String Number Boolean
    Date Math Error Map Set URL URLSearchParams FormData Blob FileReader File Image XMLHttpRequest setTimeout atob btoa
    setInterval alert axios $ jQuery Uint8Array ArrayBuffer TextEncoder TextDecoder undefined NaN Infinity this
    __dirname __filename globalThis from as of async await static get set then localStorage sessionStorage crypto
    Symbol RegExp parseInt parseFloat isNaN
    """.split()  # noqa: SIM905 - seventy quotes would hide the names
)
_Token = tuple[int, _TokenType, str]


def read_javascript(text: str) -> Program:
    """Read a sample; a line whose names are all unknown to it, and that ends without a semicolon, is foreign."""
    tokens = [
        (text.count("\n", 0, at) + 1, kind, value)
        for at, kind, value in JavascriptLexer(stripnl=False, ensurenl=False).get_tokens_unprocessed(text)
        if not _is(kind, Comment) and value.strip()
    ]
    declared = _declared(tokens)
    used = [(line, name) for line, name in _used(tokens) if name not in _GLOBALS]
    undefined = dict.fromkeys(name for _line, name in used if name not in declared)
    names_by_line: dict[int, set[str]] = {}
    for line, name in used:
        names_by_line.setdefault(line, set()).add(name)
    lines = text.split("\n")
    foreign = [
        line
        for line, names in names_by_line.items()
        if names <= undefined.keys() and lines[line - 1].strip().endswith(")") and lines[line - 1][:1].strip()
    ]
    strings = [value.strip("\"'`") for _line, kind, value in tokens if _is(kind, String)]
    urls = [url for value in strings for url in _URL.findall(value)]
    unused = [
        name for name, origin in declared.items() if "uuid" in origin.lower() and name not in {one for _, one in used}
    ]
    return Program(tuple(dict.fromkeys(urls)), _sends(tokens), tuple(unused), tuple(undefined), tuple(foreign))


def _declared(tokens: Sequence[_Token]) -> dict[str, str]:
    """Return each name that is declared, with the text of its line's rest."""
    found: dict[str, str] = {}
    for at, (line, _kind, value) in enumerate(tokens):
        if value in _DECLARING:
            rest = [token for token in tokens[at + 1 : at + 40] if token[0] == line]
            origin = " ".join(token[2] for token in rest) if value in {"const", "let", "var"} else ""
            for number, (_line, kind, name) in enumerate(rest):
                if name in {"=", "from", "of", "in"} and value != "import":
                    break
                if _is(kind, Name) or _is_word(name):
                    before = rest[number - 1][2] if number else ""
                    if before != "from":
                        found.setdefault(name, origin)
        elif value == "=>":
            for _line, _kind2, name in reversed(tokens[max(0, at - 12) : at]):
                if _is_word(name):
                    found.setdefault(name, "")
                elif name not in {")", "(", ","}:
                    break
                if name == "(":
                    break
    return found


def _is(kind: _TokenType, family: _TokenType) -> bool:
    """Tell whether a kind of token belongs to a family, as `Name.Other` does to `Name`."""
    return kind[: len(family)] == family


def _is_word(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z_$][\w$]*", text) is not None


def _used(tokens: Sequence[_Token]) -> list[tuple[int, str]]:
    """Return the names that are looked up, with their lines: no keys of objects, no members, no declarations."""
    found = []
    for at, (line, kind, value) in enumerate(tokens):
        if not _is(kind, Name) or not _is_word(value):
            continue
        before = tokens[at - 1][2] if at else ""
        after = tokens[at + 1][2] if at + 1 < len(tokens) else ""
        if before in {".", "?."} or (after == ":" and before in {"{", ",", "\n"}):
            continue
        if before in _DECLARING:
            continue
        found.append((line, value))
    return found


def _sends(tokens: Sequence[_Token]) -> tuple[str, ...]:
    """Return the keys of the objects in a sample, but for those of headers and options of `fetch`."""
    keys: list[str] = []
    for at, (_line, kind, value) in enumerate(tokens[:-1]):
        if tokens[at + 1][2] == ":" and at and tokens[at - 1][2] in {"{", ","} and not _is(kind, Punctuation):
            keys.append(value.strip("\"'`"))
    options = {
        "method",
        "headers",
        "body",
        "Content-Type",
        "encoding",
        "mode",
        "credentials",
        "timeout",
        "data",
        "url",
        "Accept",
    }
    return tuple(dict.fromkeys(key for key in keys if key not in options and _is_word(key)))
