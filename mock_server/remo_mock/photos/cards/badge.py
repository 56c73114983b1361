"""Draws the badge of a photo card, with its mark and caption, on a picture."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from remo_mock.photos.cards.mark import CELL_HEIGHT, COLUMNS, DARK, QUIET, Card, to_cells

INK = (17, 28, 44)
PAPER = (255, 255, 255)

# Lengths in cell widths of the mark.
_SIDE = QUIET + 1
_WIDTH = COLUMNS + 2 * _SIDE
_TITLE, _TEXT = 3, 6
_HEIGHT = _TITLE + _TEXT + 2 * CELL_HEIGHT + QUIET
_RADIUS = 1.2
# The width of the badge as a share of the picture's shorter side, and the margin below it as a share of the height:
# an app may crop a twentieth on every side.
_SHARE, _FOOT = 0.86, 0.06
_SMALLEST_CELL = 4
_LARGEST_RATIO = 2.5


def write_card(image: Image.Image, *, verdict: str, view: str | None, caption: str) -> Image.Image:
    """Return an RGB copy of a picture with a badge at its foot: the mark that `read_card` reads, and a caption.

    A `caption` with a colon is set in two lines: `REMO test card: back, no person, 518`. Raises `ValueError` for an
    unknown verdict or view, and for a picture too small or too long for a mark that survives compression.
    """
    cells = to_cells(Card(verdict, view))
    cell = int(min(image.size) * _SHARE / _WIDTH)
    if cell < _SMALLEST_CELL or max(image.size) > _LARGEST_RATIO * min(image.size):
        least = round(_SMALLEST_CELL * _WIDTH / _SHARE) + 1
        raise ValueError(
            f"a picture of {image.width}x{image.height} has no room for a card; give one of {least} pixels or more "
            f"on its shorter side, and not more than {_LARGEST_RATIO} times as many on the other"
        )
    card = image.convert("RGB")
    badge = _draw_badge(cells, caption, cell)
    left = (card.width - badge.width) // 2
    top = card.height - round(_FOOT * card.height) - badge.height
    _paste_badge(card, badge, left, top, cell)
    return card


def _draw_badge(cells: Sequence[Sequence[int]], caption: str, cell: int) -> Image.Image:
    badge = Image.new("RGB", (_WIDTH * cell, _HEIGHT * cell), PAPER)
    draw = ImageDraw.Draw(badge)
    title, colon, text = caption.partition(": ")
    draw.rectangle((0, 0, badge.width, _TITLE * cell - 1), fill=INK)
    room = (_WIDTH - 2 * _SIDE) * cell
    if colon:
        _write_line(draw, title, (_SIDE * cell, 1.5 * cell), width=room, height=1.8 * cell, fill=PAPER)
    middle = (_TITLE + _TEXT / 2) * cell
    _write_line(draw, text or title, (_SIDE * cell, middle), width=room, height=3.6 * cell, fill=INK)
    mark = Image.new("1", (COLUMNS, len(cells)))
    mark.putdata([tone for row in cells for tone in row])
    size = (COLUMNS * cell, len(cells) * CELL_HEIGHT * cell)
    dark = mark.point(lambda tone: tone == DARK and 255, "L").resize(size, Image.Resampling.NEAREST)
    badge.paste(INK, (_SIDE * cell, (_TITLE + _TEXT) * cell), dark)
    return badge


def _write_line(
    draw: ImageDraw.ImageDraw,
    text: str,
    place: tuple[float, float],
    *,
    width: float,
    height: float,
    fill: tuple[int, int, int],
) -> None:
    """Write one line from its left middle at `place`, at most `height` tall and `width` wide."""
    natural = draw.textlength(text, ImageFont.load_default(height))
    font = ImageFont.load_default(height * min(1.0, width / natural) if natural else height)
    draw.text(place, text, font=font, fill=fill, anchor="lm")


def _paste_badge(card: Image.Image, badge: Image.Image, left: int, top: int, cell: int) -> None:
    """Paste the badge on the picture, with round corners and a soft shadow."""
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
