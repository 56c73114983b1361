"""Photos without a clear person: nobody, or somebody whose place is a guess."""

from __future__ import annotations

from itertools import cycle

import pytest
from PIL import Image, ImageEnhance, ImageFilter

from remo_mock.photos.person.body import Body
from remo_mock.photos.person.figure import Doubt, Figure, centred, find_figure
from remo_mock.photos.person.foreground import find_silhouette
from remo_mock.photos.person.plausibility import is_bulky
from remo_mock.photos.person.silhouette import Silhouette
from tests.support.figures import (
    VIEWS,
    as_jpeg,
    fixture,
    noisy,
    plain,
    scene,
    texture,
    vignette,
    with_floor,
    with_shadow,
)
from tests.support.people_in_rooms import scene_in_room
from tests.support.rooms import room

views = pytest.mark.parametrize("view", VIEWS)
NUMBERS = [5]

EMPTY = {
    "black": Image.new("RGB", (853, 1280)),
    "red": plain((200, 30, 30)),
    "vignette": vignette((200, 195, 185)),
    "gradient": Image.linear_gradient("L").convert("RGB"),
    "room": with_floor((230, 225, 215), (120, 90, 60)),
    "noise": as_jpeg(noisy(plain((120, 120, 120)), 8), 60),
    "speck": noisy(plain((240, 240, 240)), 2),
    "one pixel": Image.new("RGB", (1, 1)),
    "a line": Image.new("RGB", (10000, 1)),
    "a busy line": texture((10000, 1)),
    "a column": texture((1, 10000)),
}
FURNISHED = ["plain", "door", "window", "curtain", "grid", "brick", "frames", "shelf"]
UNFURNISHED = {
    "soft shadow on a wall": with_shadow(plain((220, 214, 200)), middle=0.5, floor=0.6, reach=0.25, strength=0.5),
}
UNCLEAR = {
    "random pixels": texture((900, 1200)),
    "many random pixels": texture((4000, 3000)),
    "few random pixels": texture((64, 64)),
}


def sky() -> Image.Image:
    """Return white clouds before blue."""
    clouds = texture((6, 8), 3).convert("L").resize((600, 800), Image.Resampling.BICUBIC)
    return Image.composite(plain((250, 250, 250), (600, 800)), plain((110, 160, 230), (600, 800)), clouds)


def unclear(kind: str, image: Image.Image) -> Image.Image:
    """Make a photo so bad that the network may miss who is in it."""
    if kind == "blurred":
        return image.filter(ImageFilter.GaussianBlur(image.height / 50))
    if kind == "pale":
        return ImageEnhance.Contrast(image).enhance(0.2)
    return image.resize((round(32 * image.width / image.height), 32))


@pytest.mark.parametrize(("name", "view"), list(zip(EMPTY, cycle(VIEWS))))
def test_nobody_stands_before_an_empty_background(name: str, view: str) -> None:
    # Each view in turn: it is asked for only where something looks like somebody who stands.
    assert find_figure(EMPTY[name], view=view) is None


@pytest.mark.parametrize("kind", FURNISHED)
@pytest.mark.parametrize("number", NUMBERS)
def test_nobody_is_in_an_empty_room(kind: str, number: int) -> None:
    assert find_figure(room(number, (480, 640), kind).image, view="front") is None


@pytest.mark.parametrize("image", [*UNFURNISHED.values(), sky()], ids=[*UNFURNISHED, "sky"])
def test_nobody_is_in_a_photo_of_something_else(image: Image.Image) -> None:
    assert find_figure(image, view="back") is None


@pytest.mark.parametrize("kind", ["blurred", "pale", "32 pixels"])
@pytest.mark.parametrize("number", range(0, 45, 5))
def test_nobody_is_refused_for_a_bad_photo(kind: str, number: int) -> None:
    shown = scene_in_room(number, VIEWS[number % 3])
    assert isinstance(find_figure(unclear(kind, shown.image), view=shown.view), Figure)


@pytest.mark.parametrize("kind", ["plain", "brick", "shelf", "curtain"])
def test_somebody_far_away_is_not_refused(kind: str) -> None:
    background = room(21, (700, 900), kind).image
    shown = scene("front", background=background, scale=0.12 * 900 / 1000, middle=0.3, centre=0.7)
    assert isinstance(find_figure(shown.image, view="front"), Figure)


@pytest.mark.parametrize(("name", "view"), list(zip(UNCLEAR, VIEWS, strict=True)))
def test_a_person_in_an_unclear_photo_is_guessed_in_the_middle(name: str, view: str) -> None:
    assert find_figure(UNCLEAR[name], view=view) == centred(UNCLEAR[name].size, view=view)


def test_a_guess_follows_no_outline_of_a_thing() -> None:
    person = scene_in_room(12, "front")
    blurred = person.image.filter(ImageFilter.GaussianBlur(person.image.height / 40))
    guess = find_figure(blurred, view="front")
    assert guess is not None
    assert guess.doubt is Doubt.GUESSED  # at a curtain, whose corners are no wrists
    joints = guess.landmarks
    tall = joints["LeftAnkle"][1] - joints["HeadTop"][1]
    for limb in ("Wrist", "Ankle"):
        left, right = joints[f"Left{limb}"], joints[f"Right{limb}"]
        assert left[1] == pytest.approx(right[1])
        assert abs(left[0] - right[0]) < 0.5 * tall


def test_a_thing_as_bulky_as_a_dog_is_no_person_for_certain() -> None:
    dog = Silhouette(10, (((60, 90),), *[((40, 120),)] * 150), (1.0, 1.0))
    assert is_bulky(Body(dog, len(dog.rows)))


def test_somebody_cut_off_is_not_bulky() -> None:
    trunk = Silhouette(10, (((60, 90),), *[((40, 120),)] * 150), (1.0, 1.0))
    assert not is_bulky(Body(trunk, 2.5 * len(trunk.rows)))


@views
def test_a_person_is_not_bulky(view: str) -> None:
    figure = find_silhouette(fixture(view).image)
    assert isinstance(figure, Silhouette)
    assert not is_bulky(Body(figure, len(figure.rows)))


def test_a_person_in_the_middle_is_a_guess() -> None:
    assert centred((300, 400), view="front").doubt is Doubt.GUESSED


@views
def test_a_person_who_is_seen_is_no_guess(view: str) -> None:
    figure = find_figure(fixture(view).image, view=view)
    assert figure is not None
    assert figure.doubt is None


@views
@pytest.mark.parametrize("size", [(900, 1600), (4000, 3000), (64, 64), (3000, 200), (200, 3000)])
def test_a_centred_person_fits_the_picture(size: tuple[int, int], view: str) -> None:
    places = centred(size, view=view).landmarks.values()
    assert min(x for x, _ in places) > 0
    assert max(x for x, _ in places) < size[0]
    assert min(y for _, y in places) > 0
    assert max(y for _, y in places) < size[1]
    assert abs(sum(x for x, _ in places) / 22 - size[0] / 2) < 0.03 * size[1]
