"""Reads the photos that the kit brings, and the variants of them in which a mock finds angles that test the bands."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from remo_mock.contract.packaged import directory

from .photos import Photo, moved, with_comment

COMMENTS, MOVED = "comments.json", "moved"
"""The file of the comments and the folder of the moved photos, which scripts/choose_comments.py writes."""


@dataclass(frozen=True, slots=True)
class _Variants:
    again: Photo
    moved: Photo


def fixture_photos() -> Mapping[str, Photo]:
    """Return the kit's own photos by view, each with a comment for which a mock finds angles that test the bands."""
    return {view: photo for view, (photo, _) in _own_photos().items()}


def with_other_angles(photo: Photo) -> Photo:
    """Return one of the kit's own photos with another comment: other angles on a mock, and no other pixel.

    Any other photo comes back as it is.
    """
    variants = _variants_of(photo)
    return photo if variants is None else variants.again


def person_moved(photo: Photo) -> Photo:
    """Return the photo with the person elsewhere in a larger frame, so that an earlier reply does not fit it."""
    variants = _variants_of(photo)
    return moved(photo) if variants is None else variants.moved


def _variants_of(photo: Photo) -> _Variants | None:
    return next((variants for own, variants in _own_photos().values() if variants and own.data == photo.data), None)


@cache
def _own_photos() -> Mapping[str, tuple[Photo, _Variants | None]]:
    suite = directory("contract_tests")
    chosen = json.loads((suite / COMMENTS).read_text(encoding="utf-8"))
    photos: dict[str, tuple[Photo, _Variants | None]] = {}
    for path in sorted((directory("fixtures") / "photos").glob("*.jpg")):
        data, row = path.read_bytes(), chosen.get(path.stem)
        # Comments and moved photos were made for these very bytes; for others they mean nothing.
        if row is None or row["photo"] != sha256(data).hexdigest():
            photos[path.stem] = Photo(path.name, data), None
            continue
        again = Photo(f"{path.name} (again)", with_comment(data, row["second"]))
        elsewhere = Photo(f"{path.name} (moved)", (suite / MOVED / path.name).read_bytes())
        photos[path.stem] = Photo(path.name, with_comment(data, row["first"])), _Variants(again, elsewhere)
    return photos
