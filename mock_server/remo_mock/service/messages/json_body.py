"""Reads request bodies as strict JSON objects, and writes replies as compact JSON."""

import json
from dataclasses import dataclass

import orjson

from remo_mock.contract import Json
from remo_mock.hints.hint import Hint
from remo_mock.photos.long_text import LongText
from remo_mock.service.messages.json_long_texts import LongTexts
from remo_mock.service.messages.json_marks import MOST_MARKS, MOST_QUOTES, look

# Levels of objects and lists in a body. Requests are flat; the limit keeps recursive code that reads or prints a body
# later within its stack. orjson's own limit is ten times as high.
_DEEPEST = 100
_TOO_DEEP = Hint("too_deep", {"levels": _DEEPEST})
_TOO_MANY = Hint("too_many_values", {"strings": MOST_QUOTES // 2, "bytes": MOST_MARKS})
# How files begin that programs make which compress without saying so.
_COMPRESSED = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"PK\3\4": "zip"}
_COMPRESSED |= dict.fromkeys((b"x\x01", b"x\x5e", b"x\x9c", b"x\xda"), "deflate (zlib)")
# How texts begin whose letters have two or four bytes: by a mark, or by the zero bytes of their first letters.
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_WIDE_ZEROS = ([1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 1])
# Characters of a header that a hint quotes.
_LONGEST = 40
# JSON itself holds no such byte.
_GAP_MARK = b"\0"
_GAP = orjson.Fragment(_GAP_MARK)


class ReadyJson:
    """A JSON value that is written already; `octets` are its bytes."""

    # No dataclass: orjson would write one as an object.
    __slots__ = ("octets",)

    def __init__(self, octets: bytes) -> None:
        self.octets = octets


@dataclass(frozen=True, slots=True)
class Malformed:
    """Why a body is no JSON object; `reason` quotes nothing of the body."""

    reason: Hint


def parse_object(body: bytes, *, long_texts: LongTexts | None = None) -> dict[str, Json] | Malformed:
    """Read a request body as one JSON object in UTF-8, without NaN, duplicate keys or trailing text.

    `long_texts` may leave long texts where they are.
    """
    marks = look(body)
    if marks.too_many and body.lstrip()[:1] in (b"{", b"["):
        return Malformed(_unreadable(body) or _TOO_MANY)
    value = long_texts.read_without(body, marks.long) if long_texts and marks.long else None
    try:
        value = orjson.loads(body) if value is None else value
    except orjson.JSONDecodeError as error:
        return Malformed(_unreadable(body) or _reason(body, error))
    if not isinstance(value, dict):
        return Malformed(Hint("not_an_object"))
    if _is_too_deep(value):
        return Malformed(_TOO_DEEP)
    # orjson keeps the last of two equal keys and does not say so. A flat object without duplicates has two quotes for
    # each key and each string; more of them mean a duplicate key, an escaped quote or a nested value, and only such
    # bodies are read again by the slower standard library, which reports all pairs (benchmarks/README.md).
    if marks.quotes > 2 * (len(value) + sum(isinstance(item, str | LongText) for item in value.values())):
        return _without_duplicates(body)
    return value


def refused_encoding(content_encoding: str) -> Malformed | None:
    """Refuse a body that the Content-Encoding header calls compressed (assumed, L22).

    Few frameworks unpack requests, so that a client which compresses its own would meet an error from most servers.
    """
    if content_encoding.strip().lower() in ("", "identity"):
        return None
    return Malformed(Hint("compressed", {"encoding": content_encoding[:_LONGEST]}))


def cut_short(announced: int) -> Malformed:
    """Refuse a body that ended before the number of bytes that its Content-Length announced."""
    return Malformed(Hint("body_cut_short", {"announced": announced}))


def dump(value: Json) -> bytes:
    """Write compact JSON with the keys in their order; what is written already is copied as it is."""
    return b"".join(dump_parts(value))


def dump_parts(value: Json) -> tuple[bytes, ...]:
    """Write the same in parts, without a copy of any `ReadyJson`."""
    ready: list[bytes] = []

    def leave_out(one: object) -> orjson.Fragment:
        if not isinstance(one, ReadyJson):
            raise TypeError(f"{type(one).__name__} is no JSON")
        ready.append(one.octets)
        return _GAP

    written = orjson.dumps(value, default=leave_out).split(_GAP_MARK)
    return tuple(part for pair in zip(written, (*ready, b""), strict=True) for part in pair if part)


def _is_too_deep(value: Json) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        items = (item for outer in level for item in (outer.values() if isinstance(outer, dict) else outer))
        level = [item for item in items if isinstance(item, dict | list)]
        if not level:
            return False
    return True


def _unreadable(body: bytes) -> Hint | None:
    """Say why a body is no text of JSON at all, if it is none."""
    if not body.strip():
        return Hint("body_empty")
    if body.startswith(b"\xef\xbb\xbf"):
        return Hint("byte_order_mark")
    for mark, encoding in _COMPRESSED.items():
        if body.startswith(mark):
            return Hint("compressed_unsaid", {"encoding": encoding})
    if body.startswith(_WIDE_MARKS) or [int(octet > 0) for octet in body[:4]] in _WIDE_ZEROS:
        return Hint("wide_letters")
    try:
        body.decode()
    except UnicodeDecodeError as cause:
        return Hint("not_utf8", {"byte": cause.start})
    return None


def _reason(body: bytes, error: orjson.JSONDecodeError) -> Hint:
    if any(word in error.msg.lower() for word in ("depth", "recursion")):  # the text differs between orjson's versions
        return _TOO_DEEP
    if b"\xe2\x80\x9c" in body[:65536] or b"\xe2\x80\x9d" in body[:65536]:
        return Hint("typographic_quotes", {"line": error.lineno})
    if "infinity" in error.msg:
        return Hint("number_too_large", {"line": error.lineno, "column": error.colno})
    return Hint("not_json", {"line": error.lineno, "column": error.colno})


def _without_duplicates(body: bytes) -> dict[str, Json] | Malformed:
    """Read an object, which orjson has read already, and refuse duplicate keys at any level."""

    def unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise _DuplicateKeyError
        return found

    try:
        value: dict[str, Json] = json.loads(body, object_pairs_hook=unique)
    except _DuplicateKeyError:
        return Malformed(Hint("duplicate_key"))
    return value


class _DuplicateKeyError(Exception):
    pass
