"""Reads what the prose says about prices and about the photos that an endpoint takes."""

import re

from remo_mock.contract.deriving.facts import NamedViews, PriceNote, Source
from remo_mock.contract.deriving.page.blocks import Place
from remo_mock.contract.deriving.text.words import count_views, views_of

_CREDIT = r"(?:credits?|크레딧|크리딧|크래딧)"
_PRICE = re.compile(
    rf"(\d+)\s*(?:개의?\s*)?{_CREDIT}|{_CREDIT}\s*(?:은|이|가|을|를|:)?\s*(\d+)(?!\d*\s*%)", re.IGNORECASE
)
_CODES = range(400, 600)
"""A number of these before the word is an error code rather than a price."""
_WORDS = {"one": "1", "two": "2", "three": "3", "four": "4"}
_TAKES = re.compile(r"receiv|tak|upload|input|analy|입력|받아|전송|분석", re.IGNORECASE)
_PHOTO = re.compile(r"photo|image|picture|사진|이미지", re.IGNORECASE)
_SPLIT = re.compile(r"split|separate|분리|나누", re.IGNORECASE)


def price_note(line: int, words: str, place: Place) -> PriceNote | None:
    """Return what a line says that something costs, None if it names no price."""
    spelled = re.sub(
        r"\b(one|two|three|four)\b(?=\s+credits?)", lambda found: _WORDS[found[0].lower()], words, flags=re.IGNORECASE
    )
    found = _PRICE.search(spelled)
    if found is None:
        return None
    number = int((found[1] or found[2])[:9])
    return None if number in _CODES else PriceNote(number, count_views(spelled), Source(line, place.section))


def named_views(line: int, words: str, place: Place) -> NamedViews | None:
    """Return the views whose photos a sentence says that the endpoint takes, None if it says nothing of the kind."""
    views = views_of(words)
    if not views or _SPLIT.search(words) or not _TAKES.search(words) or not _PHOTO.search(words):
        return None
    return NamedViews(views, Source(line, place.section))
