"""Reads the outcomes that a header, a plus-address or the queue asks for."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from remo_mock.contract import Contract, Endpoint, Json
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.outcomes.faults import FAULTS
from remo_mock.service.outcomes.outcome import (
    EXAMPLE,
    EXPECTED_DEGREES,
    EXPECTED_DELAY,
    NOTHING,
    PROFILES,
    TERM_NAMES,
    Outcome,
    Term,
    documented_codes,
    metric_named,
    parse,
)

PHOTO_CHANGES = "photo changes"
"""Until when an outcome lasts that is for every request with the photos of the first one that takes it."""

# Preferences of RFC 7240 and its kin that clients send to any server.
_FOREIGN_PREFERENCES = frozenset({"respond-async", "return", "wait", "handling", "depth-noroot", "safe"})
_LONGEST_HEADER = 4000
_PIECES = re.compile(r'"(?:\\.|[^"\\])*"?|[,;]|[^",;]+')


def from_prefer(header: str | None, endpoint: Endpoint) -> Outcome:
    """Read a `Prefer` header (RFC 7240); None is no header. Preferences of other standards are skipped.

    Raises `OutcomeError` for an empty header or preference, for one of more than 4000 characters, and for a code, view,
    verdict, metric, profile, delay or fault that the endpoint does not know.
    """
    if header is None:
        return NOTHING
    if len(header) > _LONGEST_HEADER:
        raise OutcomeError(header, Hint("expected_header", {"most": _LONGEST_HEADER}))
    ours: list[Term] = []
    for preference in _split(header, ","):
        first, *parameters = map(_prefer_term, _split(preference, ";"))
        foreign = first[0] in _FOREIGN_PREFERENCES
        ours += [] if foreign else [first]
        # A foreign preference is followed by its own parameters, which may have any name but those of our terms.
        ours += [term for term in parameters if term[0] and (not foreign or _is_term(term[0], endpoint))]
    return parse(ours, endpoint, origin="header")


# Each split costs a look-up of an account, and an Email may be megabytes of pluses.
_MAX_PARTS = 12


def split_addresses(email: str) -> Iterator[tuple[str, list[str]]]:
    """Split a plus-address into an account's address and the words after it: `demo+518@x` gives `demo@x`, ["518"].

    An account's own address may have a plus, so there are as many ways to split as there are pluses; the longest
    address comes first. Of an Email with more pluses than anybody means, only the first plus counts.
    """
    name, at, host = email.partition("@")
    parts = name.split("+")
    for end in range(len(parts) - 1, 0, -1) if len(parts) <= _MAX_PARTS else (1,):
        yield "+".join(parts[:end]) + at + host, parts[end:]


def from_words(words: Iterable[str], endpoint: Endpoint) -> Outcome:
    """Read the words of a plus-address, such as `518`, `delay800`, `back=no_person`. Raises `OutcomeError`."""
    return parse([_word(word) for word in words], endpoint, origin="plus-address")


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


def _split(text: str, separator: str) -> list[str]:
    """Split at each separator outside quoted strings."""
    parts: list[list[str]] = [[]]
    for piece in _PIECES.findall(text):
        if piece == separator:
            parts.append([])
        else:
            parts[-1].append(piece)
    return ["".join(pieces) for pieces in parts]


def _prefer_term(part: str) -> Term:
    name, equals, value = (text.strip() for text in part.partition("="))
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return name.lower(), (value[1:-1] if quoted else value) if equals else None


def _is_term(name: str, endpoint: Endpoint) -> bool:
    return name in TERM_NAMES or any(name == view.name for view in endpoint.views) or bool(metric_named(name, endpoint))


def _word(word: str) -> Term:
    """Read one word of a plus-address, where `=` may be missing since some apps refuse it in an address."""
    name, equals, value = word.partition("=")
    if equals:
        return name, value
    if word.isascii() and word.isdigit():
        return "code", word
    if word.startswith("delay"):
        return "delay", word.removeprefix("delay")
    if word in PROFILES:
        return "profile", word
    return ("fault", word) if word in FAULTS else (word, None)


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


MAX_TIMES = 10_000
"""The largest number of requests that one outcome can be for."""


def fitting_endpoint(contract: Contract, name: str | None, terms: Mapping[str, Json]) -> str | None:
    """Return the endpoint that the terms are for: the one named, the only one that they fit, or None if several.

    Raises `OutcomeError` for terms that fit none, with what the endpoint expects that knows most of them.
    """
    if not terms:
        raise OutcomeError("nothing", Hint("expected_something"))
    endpoints = named_endpoints(contract, name)
    fitting = [endpoint.name for endpoint in endpoints if fits(terms, endpoint)]
    if not fitting:
        from_queue(terms, max(endpoints, key=lambda endpoint: _closeness(terms, endpoint)))
    return fitting[0] if len(fitting) == 1 else name


def fits(terms: Mapping[str, Json], endpoint: Endpoint) -> bool:
    """Tell whether an endpoint knows each of the terms of a queued outcome."""
    try:
        from_queue(terms, endpoint)
    except OutcomeError:
        return False
    return True


def _closeness(terms: Mapping[str, Json], endpoint: Endpoint) -> tuple[int, int]:
    """Return how many of the terms fit an endpoint, each for itself, and of how many it knows the name."""
    known = [*TERM_NAMES, *(view.name for view in endpoint.views)]
    fitting = sum(fits({name: value}, endpoint) for name, value in terms.items())
    return fitting, sum(name in known or bool(metric_named(name, endpoint)) for name in terms)


def named_endpoints(contract: Contract, name: str | None) -> list[Endpoint]:
    """Return the endpoint of this name, or all for None. Raises `OutcomeError` if there is none."""
    named = [endpoint for endpoint in contract.endpoints if name in (None, endpoint.name)]
    if not named:
        raise OutcomeError(
            f"endpoint={name}", Hint("one_of", {"values": tuple(one.name for one in contract.endpoints)})
        )
    return named


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


def _spelled(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, default=repr)


def _times(times: Json) -> int:
    """Return `times` as a number; 2.0 is 2, as in JSON Schema."""
    whole = isinstance(times, int | float) and not isinstance(times, bool) and times == times // 1
    if not whole or not 1 <= times <= MAX_TIMES:
        raise OutcomeError(f"times={_spelled(times)}", Hint("expected_times", {"most": MAX_TIMES}))
    return int(times)
