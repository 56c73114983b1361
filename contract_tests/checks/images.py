"""Checks of the drawn images: what they are, and that they show this photo with something drawn on it."""

from collections.abc import Iterator

from remo_mock.contract import DATA_URI_PREFIX, Documents, Endpoint, View

from ..model.check import (
    SUCCESS,
    SUCCESS_WITH_PHOTO,
    SUCCESS_WITH_PICTURE,
    Check,
    Context,
    Evidence,
    Finding,
    JudgeOne,
    Problem,
    Selector,
    each,
)
from ..model.exchange import Exchange
from ..model.photos import Photo
from ..model.promises import show, success_promises
from .check_factory import CheckFactory
from .drawn_images import DrawnImage, distance, marks, open_drawn, share, turned

# Mean difference of thumbnails, 0 to 255: about 1 for the same photo drawn upon, 10 and more for another person's.
_ANOTHER_PICTURE = 8.0
# Another photo is the better match only if its difference is less than this part.
_CLEARLY = 0.75
# Pillow's names of a JPEG; the second is one with several pictures, as telephones make them.
_JPEG = ("JPEG", "MPO")
# Sizes are rounded to whole pixels or to blocks of a JPEG; a stretched picture differs by more.
_STRETCHED = 0.02
_ROUNDED = 2
# Share of a photo: a drawing covers 0.01 to 0.02; compression alone, at quality 30, changes less than 0.001.
LEAST_DRAWN = 0.0015


def image_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the drawn images."""
    promise = success_promises(documents, endpoint)[endpoint.views[0].image_field]

    factory = CheckFactory(documents, endpoint, "content", "REMO-IMAGE-")

    def check(name: str, title: str, evidence: Evidence, select: Selector, judge: JudgeOne, *ledger: str) -> Check:
        return factory.check(name, title, promise.origin, select, each(judge), evidence=evidence, ledger=ledger)

    yield check("PREFIX", f"an image begins with {DATA_URI_PREFIX}", "example", SUCCESS, _prefix, "L13")
    yield check("BASE64", "what follows the prefix is base64", "table", SUCCESS, _base64)
    yield check("JPEG", "an image is a JPEG, as its prefix says", "example", SUCCESS, _jpeg)
    yield check("WHOLE", "an image decodes to its last line", "table", SUCCESS, _whole)
    yield check("SIZE", "an image has its photo's width and height", "assumed", SUCCESS_WITH_PHOTO, _size, "L24")
    yield check("SHAPE", "an image has its photo's proportions", "example", SUCCESS_WITH_PHOTO, _shape, "L24")
    yield check("PHOTO", "an image shows the photo that was sent", "table", SUCCESS_WITH_PICTURE, _photo, "L31")
    yield check("MIRRORED", "an image is neither mirrored nor turned", "prose", SUCCESS_WITH_PICTURE, _mirrored)
    yield check("DRAWN", "the result is drawn on the photo", "table", SUCCESS_WITH_PICTURE, _drawn)
    if len(endpoint.views) > 1:
        yield check("VIEW", "each image shows its own view's photo", "table", SUCCESS_WITH_PICTURE, _view)


def images(exchange: Exchange) -> Iterator[tuple[View, DrawnImage]]:
    """Yield each image field that is a string, opened."""
    for view in exchange.endpoint.views:
        text = exchange.fields.get(view.image_field)
        if isinstance(text, str):
            yield view, open_drawn(text)


def pictures(exchange: Exchange) -> Iterator[tuple[View, DrawnImage, Photo]]:
    """Yield each image that could be decoded, with the photo that was sent."""
    for view, drawn in images(exchange):
        photo = exchange.request.photos.get(view.name)
        if drawn.picture is not None and photo is not None and photo.spoilt is None:
            yield view, drawn, photo


def _prefix(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn in images(exchange):
        if drawn.prefix != DATA_URI_PREFIX:
            yield Problem(
                DATA_URI_PREFIX, f"{view.image_field} begins with {show(drawn.prefix) if drawn.prefix else 'no prefix'}"
            )


def _base64(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn in images(exchange):
        if drawn.not_base64:
            yield Problem("base64", f"{view.image_field}: {drawn.not_base64}")


def _jpeg(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn in images(exchange):
        if not drawn.not_base64 and drawn.format not in _JPEG:
            yield Problem("a JPEG", f"{view.image_field} is {drawn.format or 'no picture'}")


def _whole(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn in images(exchange):
        if drawn.broken and drawn.format is not None:
            yield Problem("a whole image", f"{view.image_field}: {drawn.broken}")


def _size(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn, photo in pictures(exchange):
        if drawn.size != photo.size:
            yield Problem(
                "{} x {} pixels".format(*photo.size), "{}: {} x {}".format(view.image_field, *drawn.size or ())
            )


def _shape(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    """Compare width to height: in the examples the joints fit photo and image alike, so neither is stretched."""
    for view, drawn, photo in pictures(exchange):
        width, height = drawn.picture.size if drawn.picture is not None else photo.size
        proper = photo.size[0] * height / photo.size[1]
        if abs(width - proper) > max(_ROUNDED, proper * _STRETCHED):
            yield Problem(
                "{} to {}, as the photo".format(*photo.size),
                "{}: {} to {}".format(view.image_field, *drawn.size or (width, height)),
            )


def _other_views(exchange: Exchange, own: Photo) -> dict[str, Photo]:
    return {
        name: photo
        for name, photo in exchange.request.photos.items()
        if photo.spoilt is None and photo.data != own.data
    }


def _view(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn, photo in pictures(exchange):
        nearer = _nearer_view(exchange, drawn, photo)
        if nearer:
            yield Problem(f"{view.image_field} shows the {view.name} photo", f"it shows the {nearer} photo")


def _nearer_view(exchange: Exchange, drawn: DrawnImage, photo: Photo) -> str | None:
    own = _difference(drawn, photo)
    for name, other in _other_views(exchange, photo).items():
        if _difference(drawn, other) < own * _CLEARLY:
            return name
    return None


def _difference(drawn: DrawnImage, photo: Photo) -> float:
    return distance(drawn.thumbnail, photo.thumbnail) if drawn.thumbnail is not None else 0.0


def _wrong_way(drawn: DrawnImage, photo: Photo) -> str | None:
    if drawn.thumbnail is None:
        return None
    own = _difference(drawn, photo)
    ways = {name: distance(drawn.thumbnail, way) for name, way in turned(photo.thumbnail).items()}
    best = min(ways, key=lambda name: ways[name])
    return best if ways[best] < own * _CLEARLY and ways[best] < _ANOTHER_PICTURE else None


def _mirrored(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn, photo in pictures(exchange):
        way = _wrong_way(drawn, photo)
        if way and not _nearer_view(exchange, drawn, photo):
            yield Problem("the photo as it was sent", f"{view.image_field} is {way}")


def _photo(exchange: Exchange, context: Context) -> Iterator[Finding]:
    for view, drawn, photo in pictures(exchange):
        if _nearer_view(exchange, drawn, photo) or _wrong_way(drawn, photo):
            continue
        own = _difference(drawn, photo)
        for other in context.photos:
            if other.data != photo.data and _difference(drawn, other) < own * _CLEARLY:
                yield Problem(f"{view.image_field} shows {photo.name}", f"it shows {other.name}, of another request")
                break
        else:
            if own > _ANOTHER_PICTURE:
                yield Problem(
                    f"{view.image_field} shows {photo.name}", f"another picture (difference {own:.0f} of 255)"
                )


def _drawn(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, drawn, photo in pictures(exchange):
        if drawn.picture is not None and share(marks(photo, drawn.picture)) < LEAST_DRAWN:
            yield Problem("a result drawn on the photo", f"{view.image_field} is the photo as it was sent")
