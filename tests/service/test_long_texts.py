"""Long texts of photos stay where they are in a body, and nothing of its answer depends on that."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping

import orjson
import pytest

from remo_mock import Settings
from remo_mock.assembly import make_mock
from remo_mock.photos.base64_text import decode_base64
from remo_mock.photos.long_text import LongText
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.json_body import Malformed, ReadyJson, dump, dump_parts, parse_object
from remo_mock.service.messages.json_long_texts import LongTexts
from remo_mock.service.messages.json_marks import LONG
from remo_mock.service.validation import RequestValidator
from tests.support.calls import BACK, credentials, photo_text

FIELDS = frozenset({"p", "q"})
TEXT = b"A" * (LONG + 1)
LONG_ONE = b'"' + TEXT + b'"'


def as_texts(found: Mapping[str, object] | Malformed) -> object:
    """Return what was read with every long text as a common one."""
    if isinstance(found, Malformed):
        return found
    return [(name, str(value) if isinstance(value, LongText) else value) for name, value in found.items()]


STAY = {
    "slashes as PHP and phones escape them": b'{"p": "\\/9j\\/%s"}' % TEXT,
    "other escapes": b'{"p": "\\u0041\\n\\\\%s"}' % TEXT,
    "not ASCII": '{"p": "é한'.encode() + TEXT + b'"}',
    "one": b'{"p":%s}' % LONG_ONE,
    "two, and others around them": b'{"a": "1", "p": %s, "b": "\\u00e9", "q" : %s , "c": "[1]"}' % ((LONG_ONE,) * 2),
    "with all that ASCII prints": b'{"p": "%s"}' % (bytes(range(35, 92)) + b" !]^_`~\x7f" + TEXT),
}


@pytest.mark.parametrize("body", STAY.values(), ids=STAY)
def test_a_long_text_of_a_photo_is_not_copied(body: bytes) -> None:
    found = parse_object(body, long_texts=LongTexts(FIELDS))
    assert isinstance(found, dict)
    assert isinstance(found["p"], LongText)
    assert found["p"].spelled.obj is body
    assert as_texts(found) == list(json.loads(body).items())
    assert [len(value) for value in found.values()] == [len(value) for value in json.loads(body).values()]


OTHERS = {
    "beside an object": b'{"p": %s, "a": {"b": ""}}' % LONG_ONE,
    "a little shorter": b'{"p": "%s"}' % TEXT[:-1],
    "in another field": b'{"Email": %s, "p": %s}' % ((LONG_ONE,) * 2),
    "as a key": b'{%s: 1, "p": %s}' % ((LONG_ONE,) * 2),
    "in a list": b'{"p": [%s]}' % LONG_ONE,
    "in an object": b'{"p": {"p": %s}}' % LONG_ONE,
    "alone": LONG_ONE,
    "a list of them": b"[%s]" % LONG_ONE,
    "an escaped quote at the end": b'{"p": "%s\\""}' % TEXT,
    "an escaped quote before it": b'{"p": "\\"%s"}' % TEXT,
    "an unknown escape": b'{"p": "\\x%s"}' % TEXT,
    "half a letter": b'{"p": "%s\\ud83d"}' % TEXT,
    "not UTF-8": b'{"p": "%s\xff"}' % TEXT,
    "a line break": b'{"p": "%s\n"}' % TEXT,
    "a zero byte": b'{"p": "\0%s"}' % TEXT,
    "not UTF-8 beside it": b'{"p": %s, "a": "\xff"}' % LONG_ONE,
    "the same key twice": b'{"p": %s, "p": %s}' % ((LONG_ONE,) * 2),
    "another key twice": b'{"a": 1, "p": %s, "a": 2}' % LONG_ONE,
    "twice, one of them short": b'{"p": %s, "p": ""}' % LONG_ONE,
    "the same key spelled otherwise": b'{"p": %s, "\\u0070": 1}' % LONG_ONE,
    "a key twice, deep": b'{"p": %s, "a": {"b": 1, "b": 1}}' % LONG_ONE,
    "too deep": b'{"p": %s, "a": %s}' % (LONG_ONE, b"[" * 101 + b"]" * 101),
    "too many values": b'{"p": %s, "a": [%s""]}' % (LONG_ONE, b'"",' * 6000),
    "cut within it": b'{"p": "' + TEXT,
    "cut behind it": b'{"p": ' + LONG_ONE,
    "a byte behind": b'{"p": %s}x' % LONG_ONE,
    "a byte before": b'x{"p": %s}' % LONG_ONE,
    "no comma": b'{"p": %s "q": %s}' % ((LONG_ONE,) * 2),
    "a backslash outside": b'{"p": \\%s}' % LONG_ONE,
    "a quote outside": b'{"p"": %s}' % LONG_ONE,
    "a byte order mark": b'\xef\xbb\xbf{"p": %s}' % LONG_ONE,
    "a number too large": b'{"p": %s, "a": 1e999}' % LONG_ONE,
}


@pytest.mark.parametrize("body", OTHERS.values(), ids=OTHERS)
def test_everything_else_is_read_as_without_it(body: bytes) -> None:
    found = parse_object(body, long_texts=LongTexts(FIELDS))
    assert as_texts(found) == as_texts(parse_object(body))


def long(text: str) -> LongText:
    return LongText(memoryview(json.dumps(text)[1:-1].encode()), b"", len(text))


def padded(view: str) -> str:
    """Return a fixture photo with zeros behind the picture, so that its text is long."""
    return b64encode(b64decode(photo_text(view)).ljust(LONG, b"\0")).decode()


def test_the_answer_is_that_to_a_text_which_is_copied() -> None:
    mock = make_mock(Settings())
    replies = []
    spelled = json.dumps(credentials() | {"borigimg": padded("back")})
    as_a_copy = spelled.replace("}", ', "x": {"y": 1}}')  # what looks like a key that comes twice is read whole
    for body in (spelled, as_a_copy, spelled.replace("/", "\\/")):
        fields = dict(mock.responder.respond(Call(BACK, "POST", "application/json", body.encode())).body)
        replies.append(orjson.loads(dump(fields | {"uuid": "", "credit": 0})))
    mock.close()
    assert replies[0] == replies[1] == replies[2]
    assert replies[0]["state"] is True


@pytest.mark.parametrize("spoilt", ["\t", "=", "*", "data:image/jpeg;base64,"])
def test_base64_that_is_none_has_the_same_verdict(spoilt: str) -> None:
    text = spoilt + padded("back")
    assert decode_base64(long(text)) == decode_base64(text)


def test_a_schema_sees_a_text() -> None:
    schema = {"allOf": [{"x-remo-condition": "protocol", "properties": {"p": {"type": "string", "pattern": "^B"}}}]}
    breach = RequestValidator(schema).first_breach({"p": long("A")})
    assert breach is not None
    assert breach.condition == "protocol"
    assert RequestValidator(schema).first_breach({"p": long("B")}) is None


def test_a_long_text_is_not_shown() -> None:
    assert "secret" not in repr(long("secret"))


def test_what_is_written_already_is_neither_copied_nor_changed() -> None:
    one, two = ReadyJson(b'"one"'), ReadyJson(b'"two"')
    body = {"a": one, "b": "\0", "c": [two, 1], "d": one}
    parts = dump_parts(body)
    assert b"".join(parts) == dump(body) == b'{"a":"one","b":"\\u0000","c":["two",1],"d":"one"}'
    assert [part for part in parts if part is one.octets] == [one.octets, one.octets]
    assert dump_parts({}) == (b"{}",)


def test_what_is_no_json_is_not_written() -> None:
    with pytest.raises(TypeError):
        dump({"a": object()})
