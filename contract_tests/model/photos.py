"""Reads and makes the photos that a run sends: real ones, changed ones, and texts that are no photo."""

import base64
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from errno import EINVAL
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from remo_mock.contract import MAX_PIXELS
from remo_mock.files.given import read_given

# Pixels: large enough for a service to find a person, small enough to be sent fifty times.
_SMALL = 480
# Width and height at which pictures are compared.
_THUMBNAIL = (36, 54)
# About the pixels to which pictures are reduced before marks are searched: those stay several pixels wide.
_REDUCED = 640
_QUALITY = 92
BROKEN_PICTURE = (
    OSError,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    struct.error,
    zlib.error,
)
"""What Pillow raises for files that are no picture, or a broken or dangerous one."""
_JFIF, _COMMENT = b"\xff\xe0", b"\xff\xfe"


@dataclass(frozen=True)
class Photo:
    """A photo as the bytes of a file, or a text in its place (`spoilt`); `name` is for reports.

    `known_size` is the width and height of a photo that was sent, but not kept: there is no picture to look at.
    `file` is the user's own file that the photo is, or was made from; the kit's photos have none.
    """

    name: str
    data: bytes = field(default=b"", repr=False)
    spoilt: str | None = field(default=None, repr=False)
    text_in_lines: str | None = field(default=None, repr=False)
    known_size: tuple[int, int] | None = None
    file: Path | None = field(default=None, repr=False)

    @cached_property
    def text(self) -> str:
        """The text that the request holds: base64, or what stands in its place."""
        given = self.spoilt if self.spoilt is not None else self.text_in_lines
        return given if given is not None else base64.b64encode(self.data).decode()

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, upright."""
        if self.known_size is not None:
            return self.known_size
        with Image.open(BytesIO(self.data)) as image:
            return ImageOps.exif_transpose(image).size if image.getexif() else image.size

    @cached_property
    def picture(self) -> Image.Image:
        """The photo, upright, in RGB and reduced."""
        with Image.open(BytesIO(self.data)) as image:
            return reduced(image)

    @cached_property
    def thumbnail(self) -> Image.Image:
        """The photo at the size at which pictures are compared."""
        return thumbnail(self.picture)


def reduced(image: Image.Image, *, most_whole: int = MAX_PIXELS) -> Image.Image:
    """Decode an opened image at a reduced size, upright, in RGB. Raises one of `BROKEN_PICTURE` for a broken image.

    `most_whole` is how many pixels an image may have that cannot be decoded at a reduced size, which none but JPEG can.
    """
    most = MAX_PIXELS if image.format == "JPEG" else most_whole
    if image.width * image.height > most:
        raise ValueError(f"{image.width} x {image.height} pixels, and at most {most} are opened")
    factor = max(1, min(image.size) // (_REDUCED // 2))
    image.draft("RGB", (image.width // factor, image.height // factor))
    image.load()
    upright = ImageOps.exif_transpose(image) if image.getexif() else image
    return upright.convert("RGB")


def thumbnail(picture: Image.Image) -> Image.Image:
    """Shrink a picture to the size at which pictures are compared."""
    return picture.resize(_THUMBNAIL, Image.Resampling.BOX)


def with_comment(jpeg: bytes, text: str) -> bytes:
    """Return the JPEG with a comment segment behind its JFIF header, or behind its first marker if it has none."""
    data = text.encode("ascii")
    segment = _COMMENT + (len(data) + 2).to_bytes(2, "big") + data
    start = 2
    if jpeg[2:4] == _JFIF:
        start += 2 + int.from_bytes(jpeg[4:6], "big")
    return jpeg[:start] + segment + jpeg[start:]


def read_photos(files: Mapping[str, Path]) -> dict[str, Photo]:
    """Read the user's photos by view. Raises `OSError` for a file that cannot be read or is no picture."""
    photos = {}
    for view, path in files.items():
        photo = Photo(path.name, read_given(path), file=path)
        try:
            photo.picture.getbbox()
        except BROKEN_PICTURE as error:
            # Of what is no picture at all Pillow says the address of an object.
            why = "" if isinstance(error, UnidentifiedImageError) else f": {error}"
            raise OSError(EINVAL, f"no photo that can be opened{why}", str(path)) from error
        photos[view] = photo
    return photos


@cache
def small(photo: Photo) -> Photo:
    """Return the photo at a size that is cheap to send."""
    with Image.open(BytesIO(photo.data)) as image:
        if max(image.size) <= _SMALL:
            return photo
        picture = ImageOps.exif_transpose(image).convert("RGB")
    picture.thumbnail((_SMALL, _SMALL))
    return Photo(f"{photo.name} (small)", _jpeg(picture), file=photo.file)


@cache
def moved(photo: Photo) -> Photo:
    """Return the photo with the person elsewhere in a larger frame, so that an earlier reply does not fit it."""
    with Image.open(BytesIO(photo.data)) as image:
        picture = ImageOps.exif_transpose(image).convert("RGB")
    right, below = picture.width // 8, picture.height // 12
    frame = Image.new("RGB", (picture.width + right, picture.height + below), picture.getpixel((0, 0)))
    # The edges are stretched, so that the frame shows no seam.
    frame.paste(picture.crop((0, 0, 1, picture.height)).resize((right, picture.height)), (0, below))
    frame.paste(picture.crop((0, 0, picture.width, 1)).resize((picture.width, below)), (right, 0))
    frame.paste(picture, (right, below))
    return Photo(f"{photo.name} (moved)", _jpeg(frame), file=photo.file)


@cache
def blank() -> Photo:
    """Return a photo of an empty wall."""
    wall = Image.linear_gradient("L").resize((360, 480)).point(lambda value: 188 + value // 16)
    return Photo("an empty wall", _jpeg(Image.merge("RGB", (wall, wall, wall))))


NOT_BASE64 = Photo("no base64", spoilt="%% this is not base64 %%")
NOT_IMAGE = Photo("base64 of no picture", spoilt=base64.b64encode(b"This text is no picture. " * 4).decode())


def spoilt_photo(verdict: str) -> Photo:
    """Return a photo that gets a verdict: `undecodable` or `not_image`."""
    return {"undecodable": NOT_BASE64, "not_image": NOT_IMAGE}[verdict]


def _jpeg(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
