"""Decodes the text of a photo field, base64, to the photo's bytes."""

import re
from binascii import Error as NotBase64
from dataclasses import dataclass

import pybase64

from remo_mock.hints.hint import Hint
from remo_mock.photos.long_text import LongText, Text

_WHITE_SPACE = dict.fromkeys(map(ord, " \t\n\r\v\f"))
_DATA_PREFIX = re.compile(r"[ \t\n\r\v\f]*data:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a photo cannot be decoded: the verdict, and a reason that quotes nothing of the photo."""

    verdict: str
    reason: Hint


def decode_base64(text: Text) -> bytes | Unusable:
    """Decode base64 without a data-URI prefix; ASCII white space is ignored (contract, section 1)."""
    try:
        return pybase64.b64decode(text.spelled if isinstance(text, LongText) else text, validate=True)
    except (NotBase64, ValueError):
        pass
    if isinstance(text, LongText):
        return decode_base64(str(text))
    if _DATA_PREFIX.match(text):
        return Unusable("undecodable", Hint("data_prefix"))
    try:
        if text.isascii():  # else `translate` would take seconds
            return pybase64.b64decode(text.translate(_WHITE_SPACE), validate=True)
    except (NotBase64, ValueError):
        pass
    return Unusable("undecodable", Hint("not_base64"))
