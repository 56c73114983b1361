"""Whatever a request's method, content type or JSON may be, the answer keeps the contract, and an error is free."""

import bz2
import gzip
import json
import lzma
import zlib

import pytest

from tests.support.calls import BACK, V2, VIEWING
from tests.support.hostile import Door, good_request

GOOD = json.dumps(good_request()).encode()


def good_and(more: bytes) -> bytes:
    """Put more members before the good request's own."""
    return GOOD.replace(b"{", b"{" + more + b", ", 1)


def nested(opening: bytes, closing: bytes, levels: int) -> bytes:
    return opening * levels + b"1" + closing * levels


# As printed on page B (Request Example), shortened.
PAGE_EXAMPLE = (
    '{\n  "Email": “example@email.com”,\n  "UserKey": “userkey”,\n  "APIKey": “apikey”,\n "borigimg": "/9j/4A"}'
)

NOT_JSON = {
    "nothing": (b"", "the body is empty"),
    "white space": (b" \r\n\t ", "the body is empty"),
    "a word": (b"hello", "not JSON at line 1, column 1"),
    "a form": (b"Email=demo%40example.com&UserKey=demo-user-key", "not JSON at line 1, column 1"),
    "a multipart form": (b'--x\r\nContent-Disposition: form-data; name="Email"\r\n\r\ndemo\r\n--x--', "not JSON"),
    "XML": (b"<Email>demo@example.com</Email>", "not JSON at line 1, column 1"),
    "a Python literal": (b"{'Email': 'demo@example.com', 'state': True}", "not JSON at line 1"),
    "a photo": (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "not UTF-8 from byte 0"),
    "compressed by gzip": (gzip.compress(GOOD), "the body is compressed by gzip, and no Content-Encoding says so"),
    "compressed by zstd": (b"\x28\xb5\x2f\xfd\x04\x00", "the body is compressed by zstd, and no Content-Encoding says"),
    "compressed by zlib": (zlib.compress(GOOD), "the body is compressed by deflate (zlib), and no Content-Encoding"),
    "compressed by zlib, fast": (zlib.compress(GOOD, 1), "the body is compressed by deflate (zlib), and no"),
    "compressed by bzip2": (bz2.compress(GOOD), "the body is compressed by bzip2, and no Content-Encoding"),
    "compressed by xz": (lzma.compress(GOOD), "the body is compressed by xz, and no Content-Encoding says so"),
    "zero bytes": (bytes(1000), "not JSON at line 1, column 1"),
    "cut before the end": (GOOD[:-1], "not JSON at line 1"),
    "cut inside a string": (GOOD[:-40], "not JSON at line 1"),
    "cut inside a key": (GOOD[:4], "not JSON at line 1"),
    "only a brace": (b"{", "not JSON at line 1"),
    "a letter behind": (GOOD + b"x", "not JSON at line 1"),
    "a zero byte behind": (GOOD + b"\x00", "not JSON at line 1"),
    "twice the same": (GOOD + GOOD, "not JSON at line 1"),
    "two lines": (GOOD + b"\n" + GOOD, "not JSON at line 2, column 1"),
    "trailing comma": (GOOD[:-1] + b",}", "not JSON at line 1"),
    "comment": (good_and(b"/* hello */"), "not JSON at line 1"),
    "unquoted key": (good_and(b"Email: 1"), "not JSON at line 1"),
    "leading zero": (good_and(b'"x": 01'), "not JSON at line 1"),
    "hexadecimal": (good_and(b'"x": 0x1'), "not JSON at line 1"),
    "NaN": (good_and(b'"x": NaN'), "not JSON at line 1"),
    "Infinity": (good_and(b'"x": Infinity'), "not JSON at line 1"),
    "minus Infinity": (good_and(b'"x": -Infinity'), "not JSON at line 1"),
    "number beyond all doubles": (good_and(b'"x": 1e999'), "a number at line 1"),
    "number of 5000 digits": (good_and(b'"x": ' + b"9" * 5000), "a number at line 1"),
    "raw line break in a string": (good_and(b'"x": "a\nb"'), "not JSON at line"),
    "raw zero byte in a string": (good_and(b'"x": "a\x00b"'), "not JSON at line 1"),
    "unknown escape": (good_and(b'"x": "\\x41"'), "not JSON at line 1"),
    "lone high surrogate": (good_and(b'"x": "\\ud83d"'), "not JSON at line 1"),
    "lone low surrogate": (good_and(b'"x": "\\ude00"'), "not JSON at line 1"),
    "surrogates the wrong way round": (good_and(b'"x": "\\ude00\\ud83d"'), "not JSON at line 1"),
    "lone surrogate as a key": (good_and(b'"\\ud83d": 1'), "not JSON at line 1"),
    "surrogates as bytes": (good_and(b'"x": "\xed\xa0\xbd\xed\xb8\x80"'), "not UTF-8 from byte 7"),
    "overlong UTF-8": (good_and(b'"x": "\xc0\xaf"'), "not UTF-8 from byte 7"),
    "UTF-8 cut short": (GOOD[:-2] + b'\xe2\x80"}', "not UTF-8 from byte"),
    "beyond Unicode": (good_and(b'"x": "\xf4\x90\x80\x80"'), "not UTF-8 from byte 7"),
    "Latin-1": ('{"Email": "josé@example.com"}'.encode("latin-1"), "not UTF-8 from byte 14"),
    "EUC-KR": ('{"Email": "데모@example.com"}'.encode("euc-kr"), "not UTF-8 from byte 11"),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD, "byte order mark"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "the body is UTF-16 or UTF-32"),
    "UTF-16, big end first, unmarked": (GOOD.decode().encode("utf-16-be"), "the body is UTF-16 or UTF-32"),
    "UTF-16, little end first, unmarked": (GOOD.decode().encode("utf-16-le"), "the body is UTF-16 or UTF-32"),
    "UTF-32": (GOOD.decode().encode("utf-32"), "the body is UTF-16 or UTF-32"),
    "typographic quotes, as on page B": (
        PAGE_EXAMPLE.encode(),
        "typographic quotes, as in the page's own example (L15)",
    ),
}


@pytest.mark.parametrize(("body", "hint"), NOT_JSON.values(), ids=NOT_JSON)
def test_what_is_not_json_is_a_protocol_error(door: Door, body: bytes, hint: str) -> None:
    answer = door.send(body)
    assert (answer.code, answer.credit) == (400, 0)
    assert hint in answer.hint


@pytest.mark.parametrize("path", [V2, BACK, VIEWING])
@pytest.mark.parametrize("body", [b"[]", b"[{}]", b"null", b"true", b"0", b"-1.5", b'"text"', b'["Email"]'])
def test_json_that_is_no_object_is_a_protocol_error(door: Door, path: str, body: bytes) -> None:
    answer = door.send(body, path=path)
    assert (answer.code, answer.credit) == (400, 0)
    assert "the body is JSON, but not an object" in answer.hint


def test_empty_object_lacks_every_field(door: Door) -> None:
    answer = door.send(b"{}")
    assert (answer.code, answer.credit) == (411, 0)
    assert answer.hint == "Email, UserKey, APIKey, borigimg are missing"


TOO_DEEP = {
    "lists 1000 deep": good_and(b'"x": ' + nested(b"[", b"]", 1000)),
    "objects 1000 deep": good_and(b'"x": ' + nested(b'{"x":', b"}", 1000)),
    "lists 20000 deep": good_and(b'"x": ' + nested(b"[", b"]", 20_000)),
    "objects 4000 deep": good_and(b'"x": ' + nested(b'{"x":', b"}", 4_000)),
    "lists 20000 deep, never closed": b'{"Email": ' + b"[" * 20_000,
    "objects 4000 deep, never closed": b'{"Email": ' * 4_000,
    "just too deep": good_and(b'"x": ' + nested(b"[", b"]", 100)),
    "as the Email": b'{"Email": ' + nested(b"[", b"]", 1000) + b"}",
    "as the Email, objects": b'{"Email": ' + nested(b'{"x":', b"}", 1000) + b"}",
    "as the photo": b'{"borigimg": ' + nested(b"[", b"]", 1000) + b"}",
    "as the uuid": b'{"uuid": ' + nested(b"[", b"]", 1000) + b"}",
}


@pytest.mark.parametrize("body", TOO_DEEP.values(), ids=TOO_DEEP)
def test_deep_nesting_is_a_protocol_error(door: Door, body: bytes) -> None:
    answer = door.send(body)
    assert (answer.code, answer.credit) == (400, 0)
    assert "nested too deeply" in answer.hint


TOO_MANY = {
    "lists 100000 deep": good_and(b'"x": ' + nested(b"[", b"]", 100_000)),
    "objects 100000 deep": good_and(b'"x": ' + nested(b'{"x":', b"}", 100_000)),
    "lists 100000 deep, never closed": b'{"Email": ' + b"[" * 100_000,
    "objects 100000 deep, never closed": b'{"Email": ' * 100_000,
    "wide": good_and(b'"x": [' + b"[[]], " * 100_000 + b"{}]"),
    "100000 keys": good_and(b", ".join(b'"k%d": %d' % (number, number) for number in range(100_000))),
}


@pytest.mark.parametrize("body", TOO_MANY.values(), ids=TOO_MANY)
def test_more_values_than_a_request_has_are_a_protocol_error(door: Door, body: bytes) -> None:
    answer = door.send(body)
    assert (answer.code, answer.credit) == (400, 0)
    assert "more values than a request has" in answer.hint


NOT_TOO_DEEP = {
    "lists 10 deep": nested(b"[", b"]", 10),
    "objects 10 deep": nested(b'{"x":', b"}", 10),
    "both by turns": nested(b'[{"a": [], "x":', b"}]", 49),
    "as deep as may be": nested(b"[", b"]", 99),
    "wide": b"[" + b"[[]], " * 5_000 + b"{}]",
}


@pytest.mark.parametrize("value", NOT_TOO_DEEP.values(), ids=NOT_TOO_DEEP)
def test_some_nesting_in_an_unknown_field_does_no_harm(door: Door, value: bytes) -> None:
    assert door.send(good_and(b'"x": ' + value)).code == 200


DUPLICATES = {
    "top level": good_and(b'"Email": "other@example.com"'),
    "same value": good_and(b'"uuid": "a", "uuid": "a"'),
    "numbers": good_and(b'"x": 1, "x": 2'),
    "unknown field": good_and(b'"x": "a", "x": null'),
    "escaped spelling": good_and(b'"\\u0045mail": "demo@example.com"'),
    "escaped solidus": good_and(b'"a/b": 1, "a\\/b": 2'),
    "empty key": good_and(b'"": 1, "": 2'),
    "nested in an unknown field": good_and(b'"x": {"a": 1, "a": 2}'),
    "nested in a list": good_and(b'"x": [0, [{"a": 1, "b": 2, "a": 3}]]'),
    "nested, escaped spelling": good_and(b'"x": {"a": 1, "\\u0061": 2}'),
    "beside an escaped quote": good_and(b'"x": "\\"", "y": 1, "y": 2'),
    "a quote in the key": good_and(b'"\\"": 1, "\\u0022": 2'),
}


@pytest.mark.parametrize("body", DUPLICATES.values(), ids=DUPLICATES)
def test_a_key_that_comes_twice_is_a_protocol_error(door: Door, body: bytes) -> None:
    answer = door.send(body)
    assert (answer.code, answer.credit) == (400, 0)
    assert answer.hint == "a key comes twice in one object, so that readers would disagree"


NO_DUPLICATES = {
    "escaped quotes": good_and(b'"x": "\\"Email\\": \\"a\\", \\"Email\\": \\"b\\""'),
    "escaped quotes in a key": good_and(b'"\\"Email\\"": 1, "\\"\\"": 2'),
    "quotes by number": good_and(b'"x": "\\u0022a\\u0022:1,\\u0022a\\u0022:2"'),
    "backslashes before a quote": good_and(b'"x": "\\\\", "y": "\\\\\\""'),
    "outer keys inside": good_and(b'"x": {"Email": "a", "UserKey": 1, "borigimg": null, "x": {"x": {}}}'),
    "same keys side by side": good_and(b'"x": [{"a": 1}, {"a": 2}, {"a": {"a": 3}}]'),
    "another case": good_and(b'"email": 1, "EMAIL": 2'),
    "a space more": good_and(b'"Email ": 1, " Email": 2'),
    "composed and decomposed": good_and('"é": 1, "e\u0301": 2'.encode()),
    "keys of Python and JavaScript": good_and(b'"__proto__": {"state": true}, "__class__": 1, "constructor": 2'),
    "3000 keys": good_and(b", ".join(b'"k%d": %d' % (number, number) for number in range(3_000))),
}


@pytest.mark.parametrize("body", NO_DUPLICATES.values(), ids=NO_DUPLICATES)
def test_what_only_looks_like_a_key_that_comes_twice_is_fine(door: Door, body: bytes) -> None:
    assert door.send(body).code == 200


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        ";",
        "json",
        "application",
        "application/",
        "text/plain",
        "text/json",
        "text/x+json",
        "application/jsonp",
        "application/json-patch",
        "application/xml",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "image/jpeg",
        "application/json, application/json",
        "application/json,",
        '"application/json"',
        "x; application/json",
        "application/json\x00",
    ],
)
@pytest.mark.parametrize("path", [V2, BACK])
def test_another_content_type_is_a_protocol_error(door: Door, path: str, content_type: str | None) -> None:
    answer = door.send(json.dumps(good_request(path)).encode(), path=path, content_type=content_type)
    assert (answer.code, answer.credit, answer.hint) == (400, 0, "the Content-Type is not application/json")


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "APPLICATION/JSON",
        " application/json ",
        "application/json;",
        "application/json; charset=utf-8",
        "application/json;charset=EUC-KR",
        'application/json; charset="utf-16',
        "application/json; charset=\xff",
        "application/vnd.remo+json",
        "application/problem+JSON; version=1",
    ],
)
def test_json_by_any_charset_is_read_as_utf_8(door: Door, content_type: str) -> None:
    assert door.send(GOOD, content_type=content_type).code == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X"])
@pytest.mark.parametrize("path", [V2, BACK, VIEWING])
def test_another_method_is_a_protocol_error(door: Door, path: str, method: str) -> None:
    answer = door.send(json.dumps(good_request(path)).encode(), path=path, method=method)
    assert (answer.code, answer.credit) == (400, 0)
    assert "the method is not POST" in answer.hint


@pytest.mark.parametrize("path", [V2, BACK, VIEWING])
def test_head_is_answered_without_a_body(door: Door, path: str) -> None:
    assert door.head(path) == (400, b"")
