"""Owns how a photo card looks: a badge with the mark and a caption; knows no contract and reads no mark."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from remo_mock.photos.card_mark import CELL_HEIGHT, COLUMNS, DARK, QUIET, Card, to_cells

INK = (17, 28, 44)
PAPER = (255, 255, 255)

# All lengths below are in widths of a cell of the mark.
_SIDE = QUIET + 1
_WIDTH = COLUMNS + 2 * _SIDE
_TITLE, _TEXT = 3, 6
_HEIGHT = _TITLE + _TEXT + 2 * CELL_HEIGHT + QUIET
_RADIUS = 1.2
# Of the picture's shorter side, and of its height: what lets an app cut off a twentieth all round.
_SHARE, _FOOT = 0.86, 0.06
_SMALLEST_CELL = 4
_LONGEST = 2.5


def write_card(image: Image.Image, *, verdict: str, view: str | None, caption: str) -> Image.Image:
    """Return an RGB copy of a picture with a badge at its foot: the mark that `read_card` reads, and a caption.

    `caption` is shown in two lines where it has a colon: `REMO test card: back, no person, 518`. Raises `ValueError`
    for a verdict or view that no card can carry, and for pictures too small or too long for a mark that survives.
    """
    cells = to_cells(Card(verdict, view))
    cell = int(min(image.size) * _SHARE / _WIDTH)
    if cell < _SMALLEST_CELL or max(image.size) > _LONGEST * min(image.size):
        least = round(_SMALLEST_CELL * _WIDTH / _SHARE) + 1
        raise ValueError(
            f"a picture of {image.width}x{image.height} has no room for a card; give one of {least} pixels or more "
            f"on its shorter side, and not more than {_LONGEST} times as much on the other"
        )
    card = image.convert("RGB")
    badge = _badge(cells, caption, cell)
    left = (card.width - badge.width) // 2
    top = card.height - round(_FOOT * card.height) - badge.height
    _lay(card, badge, left, top, cell)
    return card


def _badge(cells: Sequence[Sequence[int]], caption: str, cell: int) -> Image.Image:
    badge = Image.new("RGB", (_WIDTH * cell, _HEIGHT * cell), PAPER)
    draw = ImageDraw.Draw(badge)
    title, colon, text = caption.partition(": ")
    draw.rectangle((0, 0, badge.width, _TITLE * cell - 1), fill=INK)
    across = (_WIDTH - 2 * _SIDE) * cell
    if colon:
        _line(draw, title, (_SIDE * cell, 1.5 * cell), across=across, tall=1.8 * cell, fill=PAPER)
    middle = (_TITLE + _TEXT / 2) * cell
    _line(draw, text or title, (_SIDE * cell, middle), across=across, tall=3.6 * cell, fill=INK)
    mark = Image.new("1", (COLUMNS, len(cells)))
    mark.putdata([kind for row in cells for kind in row])
    size = (COLUMNS * cell, len(cells) * CELL_HEIGHT * cell)
    dark = mark.point(lambda kind: kind == DARK and 255, "L").resize(size, Image.Resampling.NEAREST)
    badge.paste(INK, (_SIDE * cell, (_TITLE + _TEXT) * cell), dark)
    return badge


def _line(
    draw: ImageDraw.ImageDraw,
    text: str,
    place: tuple[float, float],
    *,
    across: float,
    tall: float,
    fill: tuple[int, int, int],
) -> None:
    """Write one line, its left middle at `place`, as large as `tall` allows and the width `across` has room for."""
    width = draw.textlength(text, ImageFont.load_default(tall))
    font = ImageFont.load_default(tall * min(1.0, across / width) if width else tall)
    draw.text(place, text, font=font, fill=fill, anchor="lm")


def _lay(card: Image.Image, badge: Image.Image, left: int, top: int, cell: int) -> None:
    """Lay the badge on the picture, its corners round, with a soft shadow."""
    fine = 4
    mask = Image.new("L", (badge.width * fine, badge.height * fine))
    ImageDraw.Draw(mask).rounded_rectangle(
        (0, 0, mask.width - 1, mask.height - 1), radius=_RADIUS * cell * fine, fill=255
    )
    mask = mask.reduce(fine)
    margin = 2 * cell
    shadow = Image.new("L", (badge.width + 2 * margin, badge.height + 2 * margin))
    shadow.paste(70, (margin, margin + cell // 3), mask)
    card.paste(INK, (left - margin, top - margin), shadow.filter(ImageFilter.GaussianBlur(0.6 * cell)))
    card.paste(badge, (left, top), mask)
