"""Cached results are those of the schema, and a schema that constrains more than shapes is never cached."""

from typing import Any

import pytest

from remo_mock.hints.texts import english
from remo_mock.service.validation import Breach, RequestValidator

PLAIN = {
    "allOf": [
        {
            "x-remo-condition": "protocol",
            "type": "object",
            "properties": {"a": {"type": ["string", "null"]}, "n": {"type": ["string", "null"], "maxLength": 3}},
        },
        {
            "x-remo-condition": "missing_input",
            "required": ["a"],
            "properties": {"a": {"type": "string", "minLength": 1}},
        },
    ]
}
DEMANDING = {"allOf": [{"x-remo-condition": "protocol", "properties": {"a": {"type": "string", "pattern": "^x"}}}]}

CASES: dict[str, tuple[Any, tuple[str, str] | None]] = {
    "fine": ({"a": "x"}, None),
    "fine, longer": ({"a": "xyz"}, None),
    "fine, with a field nobody named": ({"a": "x", "other": [1]}, None),
    "missing": ({}, ("missing_input", "a is missing")),
    "null": ({"a": None}, ("missing_input", "a is null")),
    "empty": ({"a": ""}, ("missing_input", "a is empty")),
    "a number": ({"a": 1}, ("protocol", "a should be string or null")),
    "a truth": ({"a": True}, ("protocol", "a should be string or null")),
    "at the limit": ({"a": "x", "n": "123"}, None),
    "over the limit": ({"a": "x", "n": "1234"}, ("protocol", "n is longer than 3 characters")),
}


def said(breach: Breach | None) -> tuple[str, str] | None:
    """Return a breach with its hint in English."""
    return None if breach is None else (breach.condition, english(breach.hint))


@pytest.fixture(scope="module")
def validator() -> RequestValidator:
    """One validator for all cases, so that each finds the cached results of the others."""
    return RequestValidator(PLAIN)


@pytest.mark.parametrize("case", [*CASES, *reversed(CASES)])
def test_a_cached_result_is_the_schemas(validator: RequestValidator, case: str) -> None:
    body, breach = CASES[case]
    assert said(validator.first_breach(body)) == breach


@pytest.mark.parametrize(
    ("value", "breach"), [("xa", None), ("ya", ("protocol", "a breaks 'pattern' of the request schema"))]
)
def test_a_schema_that_constrains_more_than_shapes_is_not_cached(value: str, breach: tuple[str, str] | None) -> None:
    validator = RequestValidator(DEMANDING)
    validator.first_breach({"a": "xx"})
    assert said(validator.first_breach({"a": value})) == breach


def test_the_cache_of_shapes_is_bounded() -> None:
    names = [f"f{number}" for number in range(10)]
    schema = {"allOf": [{"x-remo-condition": "protocol", "properties": {name: {"type": "string"} for name in names}}]}
    validator = RequestValidator(schema)
    for number in range(2**10):
        validator.first_breach({name: "x" for bit, name in enumerate(names) if number >> bit & 1})
    assert len(validator._results) == 1000
