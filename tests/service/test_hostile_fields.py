"""A field that is absent, of a wrong type or full of strange text gets the code for it, and a hint that names it."""

from typing import Any

import pytest

from tests.support.calls import BACK, V2
from tests.support.hostile import Door, good_request

FIELDS = [
    (V2, "Email"),
    (V2, "UserKey"),
    (V2, "APIKey"),
    (V2, "forigimg"),
    (V2, "sorigimg"),
    (V2, "borigimg"),
    (BACK, "Email"),
    (BACK, "UserKey"),
    (BACK, "APIKey"),
    (BACK, "borigimg"),
]


@pytest.mark.parametrize("value", [1, 1.5, True, False, 2**70, [], ["a"], {}, {"a": 1}], ids=repr)
@pytest.mark.parametrize(("path", "name"), [*FIELDS, (V2, "uuid"), (BACK, "uuid")])
def test_a_wrong_type_is_a_protocol_error(door: Door, path: str, name: str, value: Any) -> None:
    answer = door.post(good_request(path) | {name: value}, path=path)
    assert answer.code == 400
    assert answer.hint == f"{name} should be string or null"


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_null_is_missing_input(door: Door, path: str, name: str) -> None:
    answer = door.post(good_request(path) | {name: None}, path=path)
    assert (answer.code, answer.hint) == (411, f"{name} is null")


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_an_empty_field_is_missing_input(door: Door, path: str, name: str) -> None:
    answer = door.post(good_request(path) | {name: ""}, path=path)
    assert (answer.code, answer.hint) == (411, f"{name} is empty")


@pytest.mark.parametrize(("path", "name"), FIELDS)
def test_an_absent_field_is_missing_input(door: Door, path: str, name: str) -> None:
    fields = good_request(path)
    del fields[name]
    answer = door.post(fields, path=path)
    assert (answer.code, answer.hint) == (411, f"{name} is missing")


@pytest.mark.parametrize("name", ["email", "EMAIL", "Email ", "\ufeffEmail", "Ｅmail"])
def test_a_field_by_almost_its_name_is_missing(door: Door, name: str) -> None:
    fields = good_request()
    fields[name] = fields.pop("Email")
    assert door.post(fields).code == 411


@pytest.mark.parametrize(
    ("fields", "code", "credit"),
    [
        ({"APIKey": 1}, 400, 100),
        ({"borigimg": []}, 400, 100),
        ({"uuid": {}}, 400, 100),
        ({"borigimg": None}, 411, 100),
        ({"APIKey": ""}, 411, 100),
        ({"Email": 1}, 400, 0),
        ({"UserKey": None}, 411, 0),
        ({"Email": "nobody@example.com", "borigimg": 1}, 400, 0),
        ({"Email": "nobody@example.com", "borigimg": ""}, 411, 0),
        ({"APIKey": "wrong", "borigimg": "!"}, 421, 100),
        ({"borigimg": "!"}, 412, 100),
    ],
)
def test_an_error_states_the_balance_of_an_account_that_is_known(
    door: Door, fields: dict[str, Any], code: int, credit: int
) -> None:
    answer = door.post(good_request() | fields)
    assert (answer.code, answer.credit) == (code, credit)


HUGE = "A" * 5_000_000
STRANGE_CREDENTIALS = {
    "huge Email": ({"Email": HUGE}, 420, 0),
    "huge UserKey": ({"UserKey": HUGE}, 420, 0),
    "huge APIKey": ({"APIKey": HUGE}, 421, 100),
    "zero character in Email": ({"Email": "demo@example.com\0"}, 420, 0),
    "only a zero character": ({"Email": "\0"}, 420, 0),
    "zero character in UserKey": ({"UserKey": "demo-user-key\0"}, 420, 0),
    "zero character in APIKey": ({"APIKey": "\0demo-api-key"}, 421, 100),
    "white space around Email": ({"Email": " demo@example.com\n"}, 420, 0),
    "wildcards": ({"Email": "demo@%", "UserKey": "%"}, 420, 0),
    "SQL": ({"Email": "' OR '1'='1' --", "UserKey": "' OR '1'='1"}, 420, 0),
    "SQL, stacked": ({"Email": "demo@example.com'; DROP TABLE accounts; --"}, 420, 0),
    "format strings": ({"Email": "%s%n{0.__class__}${jndi:ldap://localhost}"}, 420, 0),
    "other letters of the same look": ({"Email": "dеmo@example.com"}, 420, 0),
    "emoji": ({"Email": "\U0001f9cd@example.com"}, 420, 0),
    "not a character": ({"Email": "\ufffe\uffff"}, 420, 0),
    "somebody else's UserKey": ({"UserKey": "broke-user-key"}, 420, 0),
    "somebody else's APIKey": ({"APIKey": "broke-api-key"}, 421, 100),
    "APIKey in the other case": ({"APIKey": "DEMO-API-KEY"}, 421, 100),
    "header injection": ({"Email": "a\r\nX-Evil: 1\r\n\r\n"}, 420, 0),
}


@pytest.mark.parametrize(("fields", "code", "credit"), STRANGE_CREDENTIALS.values(), ids=STRANGE_CREDENTIALS)
def test_strange_credentials_are_refused(door: Door, fields: dict[str, Any], code: int, credit: int) -> None:
    answer = door.post(good_request() | fields)
    assert (answer.code, answer.credit) == (code, credit)


def test_no_answer_quotes_what_was_sent(door: Door) -> None:
    answer = door.post(good_request() | {"Email": ["s3cret"], "UserKey": "s3cret", "APIKey": {"s3cret": "s3cret"}})
    assert "s3cret" not in f"{answer.hint} {answer.fields}"


@pytest.mark.parametrize("name", ["x", "uuids", ""])
def test_a_huge_unknown_field_is_ignored(door: Door, name: str) -> None:
    assert door.post(good_request() | {name: HUGE}).code == 200


def test_a_huge_unknown_name_is_ignored(door: Door) -> None:
    assert door.post(good_request() | {HUGE: 1}).code == 200


ECHOED = {
    "no UUID": "task 1",
    "one character": "x",
    "200 characters": "x" * 200,
    "200 characters of four bytes": "\U0001f9cd" * 200,
    "zero character": "a\0b",
    "line breaks": "a\r\nX-Evil: 1\r\n",
    "quotes and backslashes": "\"'\\\\u0022",
    "markup": "<script>alert(1)</script>",
    "Korean": "요청-1",
    "right to left": "\u202eabc",
    "white space": " ",
    "the word null": "null",
}


@pytest.mark.parametrize("uuid", ECHOED.values(), ids=ECHOED)
def test_any_short_text_is_a_uuid_and_comes_back(door: Door, uuid: str) -> None:
    answer = door.post(good_request() | {"uuid": uuid})
    assert (answer.code, answer.fields["uuid"]) == (200, uuid)


@pytest.mark.parametrize("length", [201, 5_000_000])
def test_a_uuid_that_is_too_long_is_a_protocol_error(door: Door, length: int) -> None:
    answer = door.post(good_request() | {"uuid": "x" * length})
    assert (answer.code, answer.credit, answer.hint) == (400, 100, "uuid is longer than 200 characters")


@pytest.mark.parametrize("uuid", [None, ""])
def test_without_a_uuid_one_is_made(door: Door, uuid: str | None) -> None:
    answer = door.post(good_request() | {"uuid": uuid})
    assert answer.code == 200
    assert len(answer.fields["uuid"]) == 36
