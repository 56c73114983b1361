"""Finds and reads the QR codes of photo cards in a picture."""

from collections.abc import Iterable, Iterator
from itertools import count, islice

import zxingcpp
from PIL import Image, ImageFilter

from remo_mock.photos.cards.payload import is_ours

# A full HD picture is searched as it is: its modules may be three pixels wide. Of a larger one a smaller copy is
# searched, which takes little time and averages its noise. More pixels would not find more, and a picture of a hundred
# thousand tiny finder patterns would take seconds.
_MOST_PIXELS = 2_100_000

# Codes that were found but not read are looked at again, sharpened: out of focus on a photo of a screen, mostly.
_SECOND_LOOKS = 4
_SMALLEST_CODE = 20
_MARGIN = 0.3
# Makes a module of a code of 29 to 33 modules some six pixels wide; the sharpening belongs to that size.
_LOOK_SIZE = 320
_SHARPEN = ImageFilter.UnsharpMask(radius=3, percent=300, threshold=0)

Box = tuple[int, int, int, int]
"""Left, top, right and bottom, in pixels."""


def read_texts(image: Image.Image) -> tuple[str, ...]:
    """Return the texts of all QR codes in a picture that are meant for remo-mock, each once, sorted.

    Takes any mode and size, and leaves the picture as it is. A code is read at any angle, mirrored, and in perspective.
    """
    shrinkage = next(n for n in count(1) if (image.width // n) * (image.height // n) <= _MOST_PIXELS)
    grey = image.convert("L")
    codes = _codes(grey.reduce(shrinkage) if shrinkage > 1 else grey)
    texts = _ours(codes)
    if not texts:
        texts = _ours(again for box in islice(_unread(codes), _SECOND_LOOKS) for again in _closer(grey, box, shrinkage))
    return tuple(sorted(texts))


def _codes(grey: Image.Image) -> list[zxingcpp.Barcode]:
    """Return the QR codes in a grey picture, those with errors included."""
    if not grey.width or not grey.height:
        return []
    # A QR code is found at any angle without `try_rotate`. `try_downscale` finds large codes in noise.
    return zxingcpp.read_barcodes(
        grey,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCodeModel2),
        try_rotate=False,
        try_downscale=True,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
        return_errors=True,
    )


def _ours(codes: Iterable[zxingcpp.Barcode]) -> set[str]:
    return {code.text for code in codes if code.valid and is_ours(code.text)}


def _unread(codes: Iterable[zxingcpp.Barcode]) -> Iterator[Box]:
    """Yield where the codes are that were found but not read, and are not too small for another look."""
    for code in codes:
        if not code.valid:
            place = code.position
            corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            across, down = [corner.x for corner in corners], [corner.y for corner in corners]
            box = min(across), min(down), max(across), max(down)
            if max(box[2] - box[0], box[3] - box[1]) >= _SMALLEST_CODE:
                yield box


def _closer(grey: Image.Image, box: Box, shrinkage: int) -> list[zxingcpp.Barcode]:
    """Look again at one place of the picture, sharpened; `box` is in pixels of the copy that was searched."""
    left, top, right, bottom = box
    margin = round(_MARGIN * max(right - left, bottom - top))
    left, top = max(left - margin, 0) * shrinkage, max(top - margin, 0) * shrinkage
    right, bottom = min((right + margin) * shrinkage, grey.width), min((bottom + margin) * shrinkage, grey.height)
    if right <= left or bottom <= top:
        return []
    scale = _LOOK_SIZE / max(right - left, bottom - top)
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    part = grey.resize(size, Image.Resampling.BICUBIC, (left, top, right, bottom), reducing_gap=2.0)
    return _codes(part.filter(_SHARPEN))
