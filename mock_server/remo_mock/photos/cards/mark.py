"""Encodes what a photo card says as the black and white cells of its mark, and decodes it.

The mark is two rows of cells. Each row begins with a wide bar, a gap and a narrow bar, and ends with their mirror
image. Between them the upper row holds a word of bits and the lower row its complement, so that a bit is read from
which of its two cells is the darker one, however the brightness of the picture was changed.
"""

from binascii import crc_hqx
from collections.abc import Sequence
from dataclasses import dataclass

# Cards that were printed or saved keep their numbers: append, never reorder.
VERDICTS = ("ok", "no_person", "wrong_angle", "tilted", "not_a_pose")
VIEWS = (None, "front", "side", "back")

DARK, LIGHT = 0, 1
START = (DARK, DARK, DARK, LIGHT, DARK, LIGHT)
STOP = START[::-1]
BITS = 24
COLUMNS = len(START) + BITS + len(STOP)

CELL_HEIGHT = 2
"""The height of a cell, in cell widths."""

QUIET = 2
"""The light margin on every side of the mark, in cell widths."""

_CHECK_BITS = 16
_CHECK_START = 0xFFFF


@dataclass(frozen=True, slots=True)
class Card:
    """The verdict that a photo card asks for, and the view that it is meant for (None: any view)."""

    verdict: str
    view: str | None


def to_cells(card: Card) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return both rows of the mark, `COLUMNS` cells each. Raises `ValueError` for an unknown verdict or view."""
    if card.verdict not in VERDICTS or card.view not in VIEWS:
        raise ValueError(
            f"no card can carry {card.verdict} for {card.view}; verdicts: {', '.join(VERDICTS)}; "
            f"views: {', '.join(str(view) for view in VIEWS)}"
        )
    content = VERDICTS.index(card.verdict) << 4 | VIEWS.index(card.view)
    word = content << _CHECK_BITS | _check(content)
    bits = tuple(word >> (BITS - 1 - place) & 1 for place in range(BITS))
    return START + bits + STOP, START + tuple(1 - bit for bit in bits) + STOP


def from_bits(bits: Sequence[int]) -> Card | None:
    """Decode a word of `BITS` bits; return None if its checksum does not match or a number in it is unassigned.

    The frame of the mark is its own mirror image: a mirrored picture gives the bits in reverse, one turned upside down
    gives them in reverse and inverted. All three readings are tried.
    """
    mirrored = bits[::-1]
    cards = map(_from_word, (bits, mirrored, [1 - bit for bit in mirrored]))
    return next((card for card in cards if card is not None), None)


def _from_word(bits: Sequence[int]) -> Card | None:
    word = int("".join(map(str, bits)), 2)
    content = word >> _CHECK_BITS
    verdict, view = content >> 4, content & 0xF
    if word & 0xFFFF != _check(content) or verdict >= len(VERDICTS) or view >= len(VIEWS):
        return None
    return Card(VERDICTS[verdict], VIEWS[view])


def _check(content: int) -> int:
    return crc_hqx(bytes([content]), _CHECK_START)
