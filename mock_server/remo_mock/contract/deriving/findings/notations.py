"""Finds examples that are no JSON."""

from collections.abc import Iterator

from remo_mock.contract.deriving.facts import Source
from remo_mock.contract.deriving.findings.finding import KIND_WORDS, Derived, Finding, Reading
from remo_mock.contract.deriving.text.literals import CUT, NOT_JSON, PYTHON, TRAILING_COMMA, TWICE, TYPOGRAPHIC

_NOTATIONS = {
    PYTHON: "is a Python literal (True, False, single quotes)",
    TYPOGRAPHIC: "has typographic quotes, so it is no JSON",
    TRAILING_COMMA: "has a comma before a closing bracket, so it is no JSON",
    CUT: "is cut short with `...`",
    TWICE: "has a key more than once, of which JSON keeps one",
    NOT_JSON: "is no JSON",
}


def notation(derived: Derived) -> Iterator[Finding]:
    """Yield each way in which examples are no JSON."""
    for oddity, words in _NOTATIONS.items():
        readings = [
            Reading(key, one.source, f"the example of {KIND_WORDS[one.kind]} {words}")
            for key, page in derived.pages.named()
            for one in page.examples
            if oddity in one.oddities
        ]
        if readings:
            yield Finding(f"notation:{oddity}", "Examples that are not JSON", (*readings, _wire(derived)))


def _wire(derived: Derived) -> Reading:
    key, page = next(derived.pages.named())
    places = [*(one.source for one in page.request), *(one.source for one in page.response), Source()]
    return Reading(key, places[0], "requests and replies are JSON")
