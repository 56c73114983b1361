"""Owns the photos that a run sends: real ones, variants of them, and those that are none; knows no reply."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from remo_mock.contract.packaged import directory

from .comments import with_comment

# Large enough for a service to find a person, small enough to be sent fifty times.
_SMALL = 480
# The shape that pictures are compared in.
_THUMBNAIL = (36, 54)
# A picture is looked at no larger than this: marks are still several pixels wide.
LOOKED_AT = 640
_QUALITY = 92


@dataclass(frozen=True)
class Photo:
    """A photo as bytes of a file, or any text in its place (`spoilt`); `name` is how reports call it."""

    name: str
    data: bytes = field(default=b"", repr=False)
    spoilt: str | None = field(default=None, repr=False)
    text_in_lines: str | None = field(default=None, repr=False)

    @cached_property
    def text(self) -> str:
        """What the request carries."""
        given = self.spoilt if self.spoilt is not None else self.text_in_lines
        return given if given is not None else base64.b64encode(self.data).decode()

    @cached_property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, upright."""
        with Image.open(BytesIO(self.data)) as image:
            return ImageOps.exif_transpose(image).size if image.getexif() else image.size

    @cached_property
    def picture(self) -> Image.Image:
        """The photo, upright, in RGB, reduced for looking at."""
        with Image.open(BytesIO(self.data)) as image:
            return reduced(image)

    @cached_property
    def thumbnail(self) -> Image.Image:
        """The photo in the shape that pictures are compared in."""
        return thumbnail(self.picture)


def reduced(image: Image.Image) -> Image.Image:
    """Decode an opened image at about `LOOKED_AT` pixels; raises what Pillow raises for broken ones."""
    factor = max(1, min(image.size) // (LOOKED_AT // 2))
    image.draft("RGB", (image.width // factor, image.height // factor))
    image.load()
    upright = ImageOps.exif_transpose(image) if image.getexif() else image
    return upright.convert("RGB")


def thumbnail(picture: Image.Image) -> Image.Image:
    """Shrink a picture to the shape that pictures are compared in."""
    return picture.resize(_THUMBNAIL, Image.Resampling.BOX)


@cache
def fixture_photos() -> Mapping[str, Photo]:
    """Return the kit's own photos by view, each with a comment that has a mock come to telling angles."""
    folder = directory("fixtures") / "photos"
    chosen = json.loads((directory("contract_tests") / "comments.json").read_text(encoding="utf-8"))
    photos = {}
    for path in sorted(folder.glob("*.jpg")):
        data = path.read_bytes()
        comment = chosen.get(path.stem)
        # scripts/choose_comments.py looked for it in these very bytes; in others it is as good as none.
        if comment is not None and comment["photo"] == sha256(data).hexdigest():
            data = with_comment(data, comment["comment"])
        photos[path.stem] = Photo(f"{path.stem}.jpg", data)
    return photos


def read_photos(files: Mapping[str, Path]) -> dict[str, Photo]:
    """Read the user's photos by view. Raises `OSError` for a file that cannot be read or is no picture."""
    photos = {}
    for view, path in files.items():
        photo = Photo(path.name, path.read_bytes())
        photo.picture.getbbox()
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
    return Photo(f"{photo.name} (small)", _jpeg(picture))


@cache
def moved(photo: Photo) -> Photo:
    """Return the photo with the person elsewhere in a larger frame, so that no earlier reply fits it."""
    with Image.open(BytesIO(photo.data)) as image:
        picture = ImageOps.exif_transpose(image).convert("RGB")
    right, below = picture.width // 8, picture.height // 12
    frame = Image.new("RGB", (picture.width + right, picture.height + below), picture.getpixel((0, 0)))
    # The edges are drawn out, so that the frame shows no seam to stumble over.
    frame.paste(picture.crop((0, 0, 1, picture.height)).resize((right, picture.height)), (0, below))
    frame.paste(picture.crop((0, 0, picture.width, 1)).resize((picture.width, below)), (right, 0))
    frame.paste(picture, (right, below))
    return Photo(f"{photo.name} (moved)", _jpeg(frame))


@cache
def blank() -> Photo:
    """Return a photo of an empty wall."""
    wall = Image.linear_gradient("L").resize((360, 480)).point(lambda value: 188 + value // 16)
    return Photo("an empty wall", _jpeg(Image.merge("RGB", (wall, wall, wall))))


NOT_BASE64 = Photo("no base64", spoilt="%% this is not base64 %%")
NOT_IMAGE = Photo("base64 of no picture", spoilt=base64.b64encode(b"This text is no picture. " * 4).decode())


def spoilt_photo(verdict: str) -> Photo:
    """Return what draws a verdict: `undecodable` or `not_image`."""
    return {"undecodable": NOT_BASE64, "not_image": NOT_IMAGE}[verdict]


def _jpeg(picture: Image.Image) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, "JPEG", quality=_QUALITY)
    return buffer.getvalue()
