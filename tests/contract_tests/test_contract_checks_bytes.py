"""A reply's bytes are parsed strictly, and one defect hides no other."""

import pytest

from contract_tests.model.body import read_body

GOOD = b'{"state": true, "credit": 1, "uuid": "u", "status_code": 200}'


def kinds(data: bytes) -> list[str]:
    return [defect.kind for defect in read_body(data).defects]


@pytest.mark.parametrize("data", [GOOD, b"\n " + GOOD + b"\r\n", GOOD.replace(b"/", b"\\/"), b"{}"])
def test_strict_json_has_no_defect(data: bytes) -> None:
    assert kinds(data) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["EMPTY"]),
        (b" \n", ["EMPTY"]),
        (b"\xef\xbb\xbf" + GOOD, ["BOM"]),
        (GOOD + b"<!-- proxy -->", ["TRAILING"]),
        (GOOD + GOOD, ["TRAILING"]),
        (GOOD[:-5], ["JSON"]),
        (b"<html></html>", ["JSON"]),
        (b"{'state': True}", ["JSON"]),
        (b'{"state": true, "a": NaN}', ["NAN"]),
        (b'{"state": true, "a": -Infinity}', ["NAN"]),
        (b'{"state": true, "a": 1e999}', ["NAN"]),
        (b'{"state": true, "state": false}', ["DUPLICATE"]),
        ('{"state": false, "message": "사람"}'.encode("cp949"), ["UTF8"]),
        ('{"state": false}'.encode("utf-16"), ["UTF8"]),
        (b"\xef\xbb\xbf" + GOOD + b"x", ["BOM", "TRAILING"]),
    ],
)
def test_each_defect_is_named(data: bytes, expected: list[str]) -> None:
    assert kinds(data) == expected


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + GOOD, GOOD + b"x", b"[" + GOOD + b"]", b'{"data": ' + GOOD + b"}"])
def test_fields_are_found_in_spite_of_a_defect(data: bytes) -> None:
    assert read_body(data).fields["credit"] == 1


def test_an_envelope_is_named() -> None:
    assert read_body(b'{"result": ' + GOOD + b"}").wrapped == "result"


def test_deep_nesting_is_a_defect_and_no_crash() -> None:
    assert kinds(b"[" * 100_000) == ["JSON"]
