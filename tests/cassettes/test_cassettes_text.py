"""A cassette's files keep order and numbers, know a request again, and name it for whoever reviews a diff."""

from typing import Any

import pytest

from remo_mock.cassettes.exact_json import Number, parse, pretty, verbatim
from remo_mock.cassettes.files import file_stem
from remo_mock.cassettes.request_shape import Labels, key_of_call, key_of_shape, shape_of
from remo_mock.contract import Endpoint, read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.hints.hint import Hint
from remo_mock.service.messages.json_body import Malformed, dump
from tests.support.calls import photo_text

SENT = {"Email": "me@example.com", "UserKey": "k", "APIKey": "a", "borigimg": photo_text("back")}


@pytest.fixture(scope="module")
def back() -> Endpoint:
    return next(one for one in read_contract(contract_documents()).endpoints if one.name.endswith("back"))


@pytest.mark.parametrize("number", ["0", "-0", "1.50", "1e3", "-0.0", "1E-2", "12345678901234567890", "1e999"])
def test_a_number_is_written_as_it_was_read(number: str) -> None:
    assert pretty(parse(f'{{"b": {number}, "a": [{number}]}}')).decode().split() == [
        *("{", '"b":', f"{number},", '"a":', "[", number, "]", "}")
    ]
    assert dump(verbatim(parse(f"[{number}]"))).decode() == f"[{number}]"


@pytest.mark.parametrize(("number", "decimals"), [("1.50", 2), ("1e3", 0), ("-0.125", 3), ("1.0E-2", 1)])
def test_decimals_are_counted_as_written(number: str, decimals: int) -> None:
    assert Number.read(number).decimals == decimals


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"a": -Infinity}', '{"a": 1, "a": 2}', "{} {}"])
def test_what_is_no_strict_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json's own words
        parse(text)


def test_labels_stay_with_their_secrets() -> None:
    labels = Labels()
    told = [labels.of("account", "a"), labels.of("account", "b"), labels.of("api-key", "a"), labels.of("account", "a")]
    assert told == ["account-1", "account-2", "api-key-1", "account-1"]


@pytest.mark.parametrize(
    ("change", "stem"),
    [
        ({}, "analysis-skeleton-v2-back-photo-b27b5703"),
        ({"uuid": "any", "Email": "other@example.com", "unknown": "field"}, "analysis-skeleton-v2-back-photo-b27b5703"),
        ({"Email": None}, "analysis-skeleton-v2-back-null-Email-d4800313"),
        ({"borigimg": ""}, "analysis-skeleton-v2-back-empty-borigimg-813746eb"),
        ({"borigimg": "bm8="}, "analysis-skeleton-v2-back-not-image-borigimg-b20d66c9"),
        ({"uuid": 5}, "analysis-skeleton-v2-back-integer-uuid-e3c73603"),
        ({"APIKey": [1], "UserKey": {}}, "analysis-skeleton-v2-back-object-UserKey-array-APIKey-a4b1081b"),
    ],
)
def test_a_request_is_known_again_by_its_shape(back: Endpoint, change: dict[str, Any], stem: str) -> None:
    body = SENT | change
    shape = shape_of(back, body, Labels())
    key = key_of_call(back, "POST", "application/json; charset=utf-8", body, 1)
    assert key == key_of_shape(back, "POST", "application/json", shape)
    assert file_stem(back, {"method": "POST", "content_type": "application/json", "body": shape}) == stem


@pytest.mark.parametrize(
    ("method", "content_type", "shape", "stem"),
    [
        ("GET", "", "empty", "analysis-skeleton-v2-back-get-"),
        ("POST", "application/json", "unreadable", "analysis-skeleton-v2-back-unreadable-body-"),
        ("POST", "application/json", "empty", "analysis-skeleton-v2-back-empty-body-"),
        ("POST", "text/plain", {}, "analysis-skeleton-v2-back-not-as-json-without-Email-without-UserKey-"),
    ],
)
def test_a_request_that_is_none_is_named_for_why(
    back: Endpoint, method: str, content_type: str, shape: Any, stem: str
) -> None:
    assert file_stem(back, {"method": method, "content_type": content_type, "body": shape})[:-8] == stem


def test_bodies_that_cannot_be_read_are_alike(back: Endpoint) -> None:
    unreadable = key_of_call(back, "POST", "application/json", Malformed(Hint("body_empty")), 7)
    assert unreadable == key_of_shape(back, "POST", "application/json", "unreadable")
    assert unreadable != key_of_call(back, "POST", "application/json", Malformed(Hint("body_empty")), 0)
