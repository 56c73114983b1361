"""Reads the outcomes that are queued, and how long each of them lasts."""

import json
from collections.abc import Mapping

from remo_mock.contract import Endpoint, Json
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.outcomes.faults import FAULTS
from remo_mock.service.outcomes.outcome import (
    EXAMPLE,
    EXPECTED_DEGREES,
    EXPECTED_DELAY,
    Outcome,
    documented_codes,
    metric_named,
    parse,
)

PHOTO_CHANGES = "photo changes"
"""Until when an outcome lasts that is for every request with the photos of the first one that takes it."""
MAX_TIMES = 10_000
"""The largest number of requests that one outcome can be for."""


def from_queue(terms: Mapping[str, Json], endpoint: Endpoint) -> Outcome:
    """Read the terms of a queued outcome, names to JSON values as in `{"code": 518}`. Raises `OutcomeError`.

    `code`, `delay` and metrics are numbers, where 518.0 is 518 as in JSON Schema; a range of delays, a profile, a
    verdict and a fault are texts, several faults a list of them; `example` is true.
    """
    faults = terms.get("fault")
    if isinstance(faults, list | tuple) and len(faults) > len(FAULTS):
        raise OutcomeError(f"a list of {len(faults)} faults", Hint("expected_once"))
    pairs = [
        (name, _text(name, value, endpoint))
        for name, given in terms.items()
        for value in (given if name == "fault" and isinstance(given, list | tuple) and given else [given])
    ]
    return parse(pairs, endpoint, origin="queue")


def parse_duration(given: Mapping[str, Json]) -> tuple[int, str | None]:
    """Return how many requests a queued outcome is for by `times`, and what ends it instead by `until`, or None.

    Raises `OutcomeError` if both are given, or one is not valid.
    """
    if "until" not in given:
        return _times(given.get("times", 1)), None
    spelled = [f"{name}={_spelled(given[name])}" for name in ("times", "until") if name in given]
    if len(spelled) > 1:
        raise OutcomeError(", ".join(spelled), Hint("expected_one_of_two"))
    if given["until"] != PHOTO_CHANGES:
        raise OutcomeError(spelled[0], Hint("expected_until", {"until": PHOTO_CHANGES}))
    return 1, PHOTO_CHANGES


def _text(name: str, value: Json, endpoint: Endpoint) -> str | None:
    """Return a value as the vocabulary spells it; one of an impossible type stays JSON, which `parse` refuses."""
    if name == EXAMPLE and value is True:  # by identity: 1 equals True
        return None
    spelled = _spelled(value)
    if name == EXAMPLE:
        raise OutcomeError(f"{name}={spelled}", Hint("expected_true"))
    if isinstance(value, str):
        metric = bool(metric_named(name, endpoint))
        if name == "code" or metric or (name == "delay" and "-" not in value):
            expected = EXPECTED_DEGREES if metric else EXPECTED_DELAY if name == "delay" else documented_codes(endpoint)
            raise OutcomeError(f"{name}={spelled}", Hint("expected_number", {"expected": expected}))
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return spelled


def _spelled(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, default=repr)


def _times(times: Json) -> int:
    """Return `times` as a number; 2.0 is 2, as in JSON Schema."""
    whole = isinstance(times, int | float) and not isinstance(times, bool) and times == times // 1
    if not whole or not 1 <= times <= MAX_TIMES:
        raise OutcomeError(f"times={_spelled(times)}", Hint("expected_times", {"most": MAX_TIMES}))
    return int(times)
