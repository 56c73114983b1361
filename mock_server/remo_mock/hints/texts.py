"""Puts hints into words: in English, as headers carry them, and in each other language of `texts.json`."""

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from remo_mock.hints.hint import Hint, Hints, Value, from_json

LANGUAGES = ("en", "ko")
"""The languages that each text has."""

Texts: TypeAlias = Mapping[str, str]
"""A text by language."""

_FILE = Path(__file__).with_name("texts.json")
_BETWEEN_WORDS = ", "
# English remarks are parts of one line, Korean ones are sentences.
_BETWEEN_HINTS = {"en": "; ", "ko": " "}
# The journal keeps a thousand exchanges, and a page that shows it reads them again and again.
_REMEMBERED = 1000


def english(*hints: Hint) -> str:
    """Return hints as one line of ASCII, unless a value is not; without a hint the line is empty."""
    return text_of(hints, "en")


def text_of(hints: Hints, language: str) -> str:
    """Return hints as one line in a language."""
    return _BETWEEN_HINTS[language].join(_text(hint, language) for hint in hints)


@lru_cache(_REMEMBERED)
def texts_of_json(kept: str) -> Texts:
    """Return by language the line of hints that were kept as JSON.

    What another version kept in its own way is returned as it is.
    """
    try:
        hints = from_json(kept)
        return {language: text_of(hints, language) for language in LANGUAGES}
    except (KeyError, TypeError, ValueError):
        return dict.fromkeys(LANGUAGES, kept)


@cache
def texts() -> Mapping[str, Texts]:
    """Return every text by key and language, with its places in braces as `str.format` has them."""
    parsed: dict[str, Texts] = orjson.loads(_FILE.read_bytes())
    return parsed


def _text(hint: Hint, language: str) -> str:
    return texts()[hint.key][language].format_map({name: _shown(item, language) for name, item in hint.values.items()})


def _shown(value: Value, language: str) -> Any:
    match value:
        case Hint():
            return _text(value, language)
        case (Hint(), *_):
            return text_of(value, language)  # type: ignore[arg-type]
        case tuple():
            return _BETWEEN_WORDS.join(str(_shown(part, language)) for part in value)
        case _:
            return value
