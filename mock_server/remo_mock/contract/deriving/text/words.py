"""Reads the words of the vendor's pages: levels, directions, causes, views, units, headings."""

import re
from collections.abc import Iterator

from remo_mock.contract.deriving.text.vocabulary import (
    CATEGORIES,
    CAUSES,
    COLUMNS,
    DIRECTIONS,
    FALSE,
    KINDS,
    LEVELS,
    NO_VIEWS,
    TRUE,
    UNITS,
    VIEWS,
)


def level_of(words: str) -> str:
    """Return the level that the words of a grade name: `normal`, `caution`, `danger`, or nothing."""
    lowered = re.sub(r"abnormal|비정상", " ", words.lower())
    return next((level for level, names in LEVELS.items() if any(name in lowered for name in names)), "")


def direction_of(words: str) -> str:
    """Return the direction that the words of a grade name, such as `left_up`, or nothing."""
    lowered = words.lower()
    for direction, choices in DIRECTIONS.items():
        if any(all(part in lowered for part in parts) for parts in choices):
            return direction
    return ""


def cause_of(words: str) -> str:
    """Return the condition or verdict that the words of an error code name, or nothing; `image` is a broken photo."""
    lowered = words.lower()
    for cause, choices in CAUSES:
        if any(all(part in lowered for part in parts) for parts in choices):
            return cause
    return ""


def category_of(words: str) -> str:
    """Return the name of a category of codes, such as `input`; words that are none of the known stay as they are."""
    lowered = words.lower()
    return next((name for name, parts in CATEGORIES.items() if any(part in lowered for part in parts)), words)


def views_of(words: str) -> tuple[str, ...]:
    """Return the views that words name, in the order front, side, back."""
    lowered = words.lower()
    for phrase in NO_VIEWS:
        lowered = re.sub(phrase, " ", lowered)
    return tuple(view for view, names in VIEWS.items() if any(_holds(lowered, name) for name in names))


def count_views(words: str) -> tuple[str, ...]:
    """Return the photos that a note names, two sides as two: `front`, `side1`, `side2`, `back`."""
    found: list[str] = []
    for view in views_of(words):
        numbered = sorted({number for name in VIEWS[view] for number in re.findall(rf"{name}\s*(\d)", words.lower())})
        found += [f"{view}{number}" for number in numbered] or [view]
    return tuple(found)


def _holds(text: str, name: str) -> bool:
    return (
        re.search(rf"(?<![a-z]){re.escape(name)}(?:s|\d)?(?![a-z])", text) is not None
        if name.isascii()
        else name in text
    )


def unit_of(words: str) -> str:
    """Return the unit that a description names, or nothing."""
    lowered = words.lower()
    return next((unit for unit, names in UNITS.items() if any(_holds_unit(lowered, name) for name in names)), "")


def _holds_unit(text: str, name: str) -> bool:
    return (
        re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", text) is not None
        if name.isalpha() and name.isascii()
        else name in text
    )


def is_parameter(words: str) -> bool:
    """Tell whether a description says that the field is one of the request's."""
    lowered = words.lower()
    return any(
        all(part in lowered for part in parts)
        for parts in (("parameter",), ("파라미터",), ("요청", "전달"), ("request", "received"))
    )


def truth_of(text: str) -> bool | None:
    """Read a cell of the column `required`; None if it says neither."""
    plain = text.strip().strip("<>").lower()
    return True if plain in TRUE else False if plain in FALSE else None


def column_of(heading: str) -> str:
    """Return the role of a column by its heading, or nothing."""
    plain = " ".join(re.sub(r"[*_`:]", " ", heading.lower()).split())
    return next((role for role, names in COLUMNS.items() if plain in names), "")


def kinds_of(title: str) -> Iterator[str]:
    """Yield what a section's title says that it holds: `codes`, `request`, `response`."""
    lowered = title.lower()
    for kind, names in KINDS:
        if any(name in lowered for name in names):
            yield kind


def language_of(text: str) -> str:
    """Return `ko` for a text with more than a few Korean letters, else `en`."""
    korean = sum("가" <= letter <= "힣" for letter in text)
    return "ko" if korean * 12 > sum(letter.isalpha() for letter in text) else "en"
