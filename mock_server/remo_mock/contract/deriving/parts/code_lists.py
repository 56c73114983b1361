"""Reads error codes out of lines of text, where a page lists them without a table."""

import re

from remo_mock.contract.deriving.facts import ErrorCode, Source
from remo_mock.contract.deriving.page.blocks import Place
from remo_mock.contract.deriving.parts.code_tables import error_code
from remo_mock.contract.deriving.text.words import kinds_of

_FIRST = re.compile(r"^\W*([45]\d\d)\s*[:：=)\-–—|]\s*(\S.*)$")
_LAST = re.compile(r"^[\s*•·-]*(\S.*?)\s*[:：=(\-–—|]\s*([45]\d\d)\W*$")
_LONGEST = 200


def code_line(line: int, words: str, place: Place) -> ErrorCode | None:
    """Return the code that a line in a section on codes states, None for any other line."""
    if len(words) > _LONGEST or "codes" not in kinds_of(place.section):
        return None
    first, last = _FIRST.match(words), _LAST.match(words)
    if first is not None:
        return error_code(int(first[1]), "", first[2].strip(), Source(line, place.section, first[1]))
    if last is not None:
        return error_code(int(last[2]), "", last[1].strip(), Source(line, place.section, last[2]))
    return None
