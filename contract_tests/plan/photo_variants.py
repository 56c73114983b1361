"""Makes other forms of a photo: PNG, turned by EXIF, base64 in lines, with a data-URI prefix."""

import base64
from functools import cache
from io import BytesIO

from PIL import Image

from remo_mock.contract import DATA_URI_PREFIX

from ..model.photos import Photo, small

_ORIENTATION = 0x0112
# EXIF value: upright after a quarter turn clockwise.
_QUARTER_TURN = 6


def with_prefix(photo: Photo) -> Photo:
    """Return the photo's text behind a data-URI prefix, which no page asks for."""
    return Photo(f"data: {photo.name}", spoilt=f"{DATA_URI_PREFIX}{photo.text}", file=photo.file)


@cache
def as_png(photo: Photo) -> Photo:
    """Return a small version of the photo as PNG."""
    buffer = BytesIO()
    _opened(photo).save(buffer, "PNG")
    return Photo(f"{photo.name} (PNG)", buffer.getvalue(), file=photo.file)


@cache
def turned_by_exif(photo: Photo) -> Photo:
    """Return a small version whose pixels lie on their side, with the EXIF orientation that turns them upright."""
    exif = Image.Exif()
    exif[_ORIENTATION] = _QUARTER_TURN
    buffer = BytesIO()
    _opened(photo).transpose(Image.Transpose.ROTATE_90).save(buffer, "JPEG", quality=92, exif=exif)
    return Photo(f"{photo.name} (turned by EXIF)", buffer.getvalue(), file=photo.file)


@cache
def in_lines(photo: Photo) -> Photo:
    """Return a small version whose base64 is broken into lines, as `base64` without -w 0 prints it."""
    data = small(photo).data
    return Photo(f"{photo.name} (in lines)", data, text_in_lines=base64.encodebytes(data).decode(), file=photo.file)


def _opened(photo: Photo) -> Image.Image:
    with Image.open(BytesIO(small(photo).data)) as image:
        return image.convert("RGB")
