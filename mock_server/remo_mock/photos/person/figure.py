"""Finds the person in a photo and where the joints are, from the silhouette and average proportions."""

# There is no pose model: proportions say where to look, the rows of the silhouette say what is there.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from PIL import Image

from remo_mock.photos.person.body import Body, Point, whole
from remo_mock.photos.person.framing import body_of
from remo_mock.photos.person.plausibility import is_bulky, stands_alone
from remo_mock.photos.person.proportions import AHEAD, PAIRED, SINGLE
from remo_mock.photos.person.sideways import side_landmarks
from remo_mock.photos.person.silhouette import NoSilhouette, Silhouette
from remo_mock.photos.person.upright import upright_landmarks

if TYPE_CHECKING:
    from remo_mock.photos.person.leaning import Upright

STANDING = 1.3
"""Who is broader, in heights, does not stand."""
STRIP = 0.05
"""Less than this share of the photo's height is nobody."""
SMALL = 0.22
"""The network may miss people of less than this share of the photo's height."""


class Doubt(Enum):
    """What is doubtful about a figure: where the person stands is a guess, or feet or head are out of the frame."""

    GUESSED = "guessed"
    CUT = "cut"
    HEADLESS = "headless"


@dataclass(frozen=True, slots=True)
class Figure:
    """The joints of a person by name, as (x, y) in pixels, and where a person seen from the side looks.

    `facing` is 1 for the picture's right, -1 for its left. Joints of a person who is cut off lie beyond the picture.
    """

    landmarks: Mapping[str, Point]
    facing: int = 1
    doubt: Doubt | None = None


def find_figure(image: Image.Image, *, view: str) -> Figure | None:
    """Return the person in an RGB photo, or None where nobody is. `view` is front, side or back.

    What stands out from a plain background is taken for the person if it looks like one. Else a network looks for the
    person. Where it sees nobody and the photo is tiny, pale, blurred or grainy, somebody may be there all the same:
    then the place is a guess.
    """
    find_silhouette, search_person, search_minutely, is_clear = _looks()
    plain = find_silhouette(image)
    if isinstance(plain, Silhouette):
        body = body_of(plain, image, view=view)
        if stands_alone(body, view=view):
            return _figure(body, image, view=view)
    seen = search_person(image)
    if seen is not None:
        return _figure(body_of(seen, image, view=view), image, view=view)
    thing = Body(plain, len(plain.rows)) if isinstance(plain, Silhouette) else None
    if is_clear(image) and (thing is None or not _is_small(thing, image)):
        seen = search_minutely(image)
        return None if seen is None else _figure(body_of(seen, image, view=view), image, view=view)
    if plain is NoSilhouette.EMPTY or (thing is not None and _is_strip(thing, image)):
        return None
    if thing is not None and thing.breadth < STANDING * thing.unit:
        # What may be no person has an outline in which arms are not to be looked for.
        (middle, crown), (_, floor) = (thing.pixels(thing.middle(0.0, 1.0, whole), up) for up in (1.0, 0.0))
        return _average(middle, floor, floor - crown, view=view)
    return centred(image.size, view=view)


_Look: TypeAlias = "Callable[[Image.Image], Silhouette | None]"


@cache
def _looks() -> tuple[Callable[[Image.Image], Silhouette | NoSilhouette], _Look, _Look, Callable[[Image.Image], bool]]:
    """Import the functions that need numpy: most commands look at no photo, and to load it takes a tenth of a second.

    They are kept: numpy cannot be imported again, should a test that patches `sys.modules` have it forgotten.
    """
    from remo_mock.photos.person.absence import is_clear
    from remo_mock.photos.person.foreground import find_silhouette
    from remo_mock.photos.person.search import search_minutely, search_person

    return find_silhouette, search_person, search_minutely, is_clear


@cache
def _turn() -> Callable[[Body, Image.Image], Upright | None]:
    """Import the function that turns a body upright, which needs numpy as well."""
    from remo_mock.photos.person.leaning import turned_upright

    return turned_upright


def _is_strip(body: Body, image: Image.Image) -> bool:
    """Tell whether a body is as low as the line between wall and floor, or a stain."""
    return body.height * body.silhouette.scale[1] < STRIP * image.height


def _is_small(body: Body, image: Image.Image) -> bool:
    """Tell whether a body is too small for the network, and upright."""
    return body.height * body.silhouette.scale[1] < SMALL * image.height and body.breadth < body.unit


def _figure(body: Body, image: Image.Image, *, view: str) -> Figure:
    doubt = _doubt(body)
    turned = _turn()(body, image) if doubt is None else None
    if turned is None:
        return Figure(*_landmarks(body, image, view=view), doubt)
    landmarks, facing = _landmarks(turned.body, turned.image, view=view)
    return Figure({name: turned.in_photo(place) for name, place in landmarks.items()}, facing)


def _landmarks(body: Body, image: Image.Image, *, view: str) -> tuple[Mapping[str, Point], int]:
    """Return the joints of an upright body by name, and where it looks."""
    return side_landmarks(body, image) if view == "side" else (upright_landmarks(body, view=view), 1)


def _doubt(body: Body) -> Doubt | None:
    if body.silhouette.is_faint or is_bulky(body):
        return Doubt.GUESSED
    if body.lacks_head:
        return Doubt.HEADLESS
    return Doubt.CUT if body.is_cut else None


def centred(size: tuple[int, int], *, view: str) -> Figure:
    """Return a guess: a person of average proportions in the middle of a picture of `size` (width, height)."""
    width, height = size
    tall = min(0.8 * height, 1.6 * width)
    return _average(width / 2, (height + tall) / 2, tall, view=view)


def _average(middle: float, floor: float, tall: float, *, view: str) -> Figure:
    """Return a guess: a person of average proportions, so many pixels tall, who stands at a place."""
    side = view == "side"
    to_left = -1 if view == "back" else 1
    landmarks = {name: (middle + tall * AHEAD.get(name, 0.0) * side, floor - tall * up) for name, up in SINGLE.items()}
    for joint, (across, up) in PAIRED.items():
        for name, sign in ((f"Left{joint}", to_left), (f"Right{joint}", -to_left)):
            x = tall * AHEAD.get(joint, 0.0) if side else sign * tall * across
            landmarks[name] = (middle + x, floor - tall * up)
    return Figure(landmarks, doubt=Doubt.GUESSED)
