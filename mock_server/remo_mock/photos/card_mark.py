"""Owns what the mark of a photo card says, as black and white cells; knows no picture and no vendor code.

The mark is two rows of cells. Each row begins with a wide bar, a gap and a narrow bar, and ends with their mirror
image. Between them the upper row holds a word of bits and the lower row its opposite, so that a bit is read from
which of its two cells is the darker one, whatever became of the picture's brightness.
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
"""Height of a cell in widths of a cell."""

QUIET = 2
"""Widths of a cell that stay light on every side of the mark."""

_CHECK_BITS = 16
_CHECK_START = 0xFFFF


@dataclass(frozen=True, slots=True)
class Card:
    """What a photo card asks for: a per-view verdict, and the view that it is meant for (None: any)."""

    verdict: str
    view: str | None


def to_cells(card: Card) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return both rows of the mark, `COLUMNS` cells each. Raises `ValueError` for names that no card can carry."""
    if card.verdict not in VERDICTS or card.view not in VIEWS:
        raise ValueError(
            f"no card can say {card.verdict} for {card.view}; verdicts: {', '.join(VERDICTS)}; "
            f"views: {', '.join(str(view) for view in VIEWS)}"
        )
    content = VERDICTS.index(card.verdict) << 4 | VIEWS.index(card.view)
    word = content << _CHECK_BITS | _check(content)
    bits = tuple(word >> (BITS - 1 - place) & 1 for place in range(BITS))
    return START + bits + STOP, START + tuple(1 - bit for bit in bits) + STOP


def from_bits(bits: Sequence[int]) -> Card | None:
    """Return the card that a word of `BITS` bits says, or None where its checksum or its numbers are wrong.

    The frame of a mark is its own mirror image, so the bits of a mirrored picture come backwards, and those of one that
    stands on its head backwards and each as its opposite. All three ways say the same card.
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
