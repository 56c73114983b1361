"""Reads the outcomes that a header or a plus-address asks for."""

import re
from collections.abc import Iterable, Iterator

from remo_mock.contract import Endpoint
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.outcomes.faults import FAULTS
from remo_mock.service.outcomes.outcome import (
    NOTHING,
    PROFILES,
    TERM_NAMES,
    Outcome,
    Term,
    metric_named,
    parse,
)

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
