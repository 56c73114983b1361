"""Makes docs/found.jpg and docs/guessed.jpg: drawn people in drawn rooms, as the mock finds them."""

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageFilter

from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import find_figure
from remo_mock.photos.skeleton import pose
from tests.support.figures import Scene
from tests.support.people_in_rooms import scene_in_room

DOCS = Path(__file__).resolve().parent.parent / "docs"
HEIGHT = 360
FOUND = ((20, "back"), (47, "back"), (43, "side"), (66, "front"))
"""Rooms by number, and the view of who is in them."""
UNCLEAR = (12, "front")


def main() -> int:
    """Write both pictures."""
    people = [scene_in_room(number, view) for number, view in FOUND]
    beside([drawn(person) for person in people]).save(DOCS / "found.jpg", quality=85)
    person = scene_in_room(*UNCLEAR)
    legless = person.image.crop((0, 0, person.image.width, round(person.joints[8][1] + 0.06 * person.height)))
    blurred = person.image.filter(ImageFilter.GaussianBlur(person.image.height / 40))
    unclear = [drawn(Scene(image, person.view, person.joints)) for image in (legless, blurred)]
    beside(unclear).save(DOCS / "guessed.jpg", quality=85)
    return 0


def drawn(person: Scene) -> Image.Image:
    """Return the photo with the skeleton on it."""
    image = person.image.copy()
    figure = find_figure(image, view=person.view)
    if figure is not None:
        draw(image, pose(figure, view=person.view, measures={}, size=image.size), view=person.view, grades={})
    return image


def beside(images: list[Image.Image]) -> Image.Image:
    """Return pictures of one height side by side."""
    scaled = [image.resize((round(image.width * HEIGHT / image.height), HEIGHT)) for image in images]
    row = Image.new("RGB", (sum(image.width for image in scaled) + 8 * (len(scaled) - 1), HEIGHT), "white")
    left = 0
    for image in scaled:
        row.paste(image, (left, 0))
        left += image.width + 8
    return row


if __name__ == "__main__":
    sys.exit(main())
