"""Writes into a picture's corner that its values are invented, for demos whose pictures travel on."""

from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

TEXT = "MOCK: not a measurement"
COMMENT = b"remo-mock: invented values, not a measurement"
"""What every drawn picture says in its comment, where no eye sees it."""

_SHARE = 0.022
_SMALLEST = 9
_PAPER, _INK = (0, 0, 0, 150), (255, 255, 255, 255)


def mark(image: Image.Image) -> None:
    """Write the mark into the lower left corner of an RGB image, in place, sized to it."""
    label = _label(max(_SMALLEST, round(_SHARE * max(image.size))), image.width)
    image.paste(label, (0, image.height - label.height), label)


@lru_cache(maxsize=32)
def _label(height: int, width: int) -> Image.Image:
    """Draw the mark with letters of a height in pixels, or smaller ones, if it would be wider than the picture."""
    font = ImageFont.load_default(height)
    left, top, right, bottom = font.getbbox(TEXT)
    margin = height // 2
    label = Image.new("RGBA", (round(right - left) + 2 * margin, round(bottom - top) + 2 * margin), _PAPER)
    ImageDraw.Draw(label).text((margin - left, margin - top), TEXT, font=font, fill=_INK)
    if label.width > width:
        label = label.resize((width, max(1, label.height * width // label.width)))
    return label
