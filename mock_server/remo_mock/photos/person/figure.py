"""Finds the person in a photo and where the joints are, from the silhouette and average proportions."""

# There is no pose model: proportions say where to look, the rows of the silhouette say what is there.

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from remo_mock.photos.person.body import Body, Point
from remo_mock.photos.person.proportions import AHEAD, PAIRED, SINGLE
from remo_mock.photos.person.sideways import side_landmarks
from remo_mock.photos.person.silhouette import NoSilhouette, Silhouette, find_silhouette
from remo_mock.photos.person.upright import upright_landmarks


@dataclass(frozen=True, slots=True)
class Figure:
    """The joints of a person by name, as (x, y) in pixels, and where a person seen from the side looks.

    `facing` is 1 for the picture's right, -1 for its left.
    """

    landmarks: Mapping[str, Point]
    facing: int = 1


def find_figure(image: Image.Image, *, view: str) -> Figure | None:
    """Return the person in an RGB photo, or None for a plain background with nobody before it.

    Before a cluttered background the person is assumed to stand in the middle. `view` is front, side or back.
    """
    found = find_silhouette(image)
    if found is NoSilhouette.EMPTY:
        return None
    if isinstance(found, Silhouette):
        body = Body(found)
        left, right = body.sides()
        if (right - left) * found.scale[0] < 1.3 * body.height * found.scale[1]:
            if view == "side":
                return Figure(*side_landmarks(body))
            return Figure(upright_landmarks(body, to_left=1 if view == "front" else -1))
    return centred(image.size, view=view)


def centred(size: tuple[int, int], *, view: str) -> Figure:
    """Return a person of average proportions who stands in the middle of a picture of `size` (width, height)."""
    width, height = size
    tall = min(0.8 * height, 1.6 * width)
    middle, floor = width / 2, (height + tall) / 2
    side = view == "side"
    to_left = -1 if view == "back" else 1
    landmarks = {name: (middle + tall * AHEAD.get(name, 0.0) * side, floor - tall * up) for name, up in SINGLE.items()}
    for joint, (across, up) in PAIRED.items():
        for name, sign in ((f"Left{joint}", to_left), (f"Right{joint}", -to_left)):
            x = tall * AHEAD.get(joint, 0.0) if side else sign * tall * across
            landmarks[name] = (middle + x, floor - tall * up)
    return Figure(landmarks)
