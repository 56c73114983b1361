"""A body costs little time and memory whatever is in it: one with too many values is refused before it is read."""

import json
import time
from collections.abc import Callable, Iterator

import pytest
import requests

from remo_mock import RemoMock
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.texts import english
from remo_mock.service.messages.json_body import Malformed, parse_object
from tests.support.calls import BACK
from tests.support.hostile import Door, good_request, open_door
from tests.support.waiting import TIMEOUT

SIZE = 8_000_000
SECONDS = 1.0
"""CPU time that a body of `SIZE` may cost; what is refused costs a tenth of it, and was 1.5 to 5 seconds before."""
TOO_MANY = "more values than a request has: the mock reads 5,000 keys and strings, and 50,000 bytes beside them (L22)"


@pytest.fixture(scope="module")
def door() -> Iterator[Door]:
    with open_door() as door:
        yield door


def good_with(value: bytes) -> bytes:
    """Return a good body with an unknown field."""
    return json.dumps(good_request()).encode()[:-1] + b',"x":' + value + b"}"


MANY = {
    "lists": good_with(b"[" + b"[]," * 60_000 + b"[]]"),
    "lists in lists": good_with(b"[" * 60_000 + b"]" * 60_000),
    "objects": good_with(b"[" + b"{}," * 60_000 + b"{}]"),
    "numbers": good_with(b"[" + b"1," * 60_000 + b"1]"),
    "strings": good_with(b"[" + b'"",' * 60_000 + b'""]'),
    "keys": b"{" + b",".join(b'"%d":0' % number for number in range(60_000)) + b"}",
    "the same key": b"{" + b'"a":0,' * 60_000 + b'"a":0}',
    "digits": good_with(b"1" * 60_000),
    "digits behind the point": good_with(b"0." + b"1" * 60_000),
    "escaped quotes": good_with(b'"' + b'\\"' * 60_000 + b'"'),
}


@pytest.mark.parametrize("body", MANY.values(), ids=MANY)
def test_a_body_of_too_many_values_is_a_protocol_error(door: Door, body: bytes) -> None:
    answer = door.send(body)
    assert (answer.code, answer.hint) == (400, TOO_MANY)


FINE = {
    "white space": good_with(b" " * 200_000 + b"1"),
    "lines": json.dumps(good_request(), indent=4000).encode(),
    "commas and brackets in a text": good_with(json.dumps("[{,}]" * 50_000).encode()),
    "backslashes": good_with(b'"' + b"\\\\" * 50_000 + b'"'),
    "a thousand escaped quotes": good_with(b'"' + b'\\\\\\"' * 1000 + b'"'),
    "a thousand fields": json.dumps(good_request() | {f"field {number}": "x" for number in range(1000)}).encode(),
    "numbers": good_with(json.dumps(list(range(5000))).encode()),
}


@pytest.mark.parametrize("body", FINE.values(), ids=FINE)
def test_what_is_long_and_not_many_is_read(door: Door, body: bytes) -> None:
    assert door.send(body).code == 200


def field(name: str, text: str) -> bytes:
    """Return a good body with one field changed to a text of `SIZE` characters or nearly as many."""
    return json.dumps(good_request() | {name: text * (SIZE // len(text))}).encode()


COSTLY: dict[str, tuple[Callable[[], bytes], int]] = {
    "lists": (lambda: good_with(b"[" + b"[]," * (SIZE // 3) + b"[]]"), 400),
    "escaped quotes": (lambda: good_with(b'"' + b'\\"' * (SIZE // 2) + b'"'), 400),
    "% in the Email": (lambda: field("Email", "%"), 420),
    "%41 in the Email": (lambda: field("Email", "%41"), 420),
    "plus in the Email": (lambda: field("Email", "+a"), 420),
    "the UserKey": (lambda: field("UserKey", "a"), 420),
    "the APIKey": (lambda: field("APIKey", "a"), 421),
    "the uuid": (lambda: field("uuid", "a"), 400),
    "white space in the photo": (lambda: field("borigimg", " "), 412),
    "no JSON": (lambda: b"x" * SIZE, 400),
}


@pytest.mark.parametrize(("body", "code"), COSTLY.values(), ids=COSTLY)
def test_a_large_body_costs_little(door: Door, body: Callable[[], bytes], code: int) -> None:
    sent, began = body(), time.process_time()
    assert door.send(sent).code == code
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("number", [b"1e400", b"-1e400", b"1" * 400])
def test_a_number_beyond_a_double_is_named(number: bytes) -> None:
    found = parse_object(b'{"x": ' + number + b"}")
    assert isinstance(found, Malformed)
    assert english(found.reason) == "a number at line 1, column 7 is larger than a double holds"


def test_a_prefer_header_may_not_be_longer_than_anybody_means(remo: RemoMock) -> None:
    header = 'code=518, x="' + "\\a" * 200_000
    began = time.process_time()
    reply = requests.post(remo.url + BACK, json={}, headers={"Prefer": header}, timeout=TIMEOUT)
    assert time.process_time() - began < SECONDS
    assert reply.status_code == 400
    assert reply.json()["detail"].endswith("expected a Prefer header of up to 4000 characters.")


def test_a_list_of_faults_is_as_long_as_there_are_faults(remo: RemoMock) -> None:
    began = time.process_time()
    with pytest.raises(
        OutcomeError, match="'a list of 1000000 faults' cannot be asked for; expected each of them once"
    ):
        remo.next(fault=["drop"] * 1_000_000)
    assert time.process_time() - began < SECONDS
