"""Photos without a clear person: nobody, or somebody in the middle."""

from __future__ import annotations

import pytest
from PIL import Image

from remo_mock.photos.person.figure import centred, find_figure
from tests.support.figures import VIEWS, as_jpeg, landscape, noisy, plain, texture, vignette, with_floor

views = pytest.mark.parametrize("view", VIEWS)

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
CLUTTERED = {
    "random pixels": texture((900, 1200)),
    "many random pixels": texture((4000, 3000)),
    "few random pixels": texture((64, 64)),
    "coarse patches": texture((30, 40)).resize((900, 1200)),
    "wide landscape": landscape((1600, 1200)),
    "tall landscape": landscape((900, 1600), seed=5),
}


@views
@pytest.mark.parametrize("image", EMPTY.values(), ids=EMPTY.keys())
def test_nobody_stands_before_an_empty_background(image: Image.Image, view: str) -> None:
    assert find_figure(image, view=view) is None


@views
@pytest.mark.parametrize("image", CLUTTERED.values(), ids=CLUTTERED.keys())
def test_the_person_in_a_cluttered_photo_stands_in_the_middle(image: Image.Image, view: str) -> None:
    assert find_figure(image, view=view) == centred(image.size, view=view)


@views
@pytest.mark.parametrize("size", [(900, 1600), (4000, 3000), (64, 64), (3000, 200), (200, 3000)])
def test_a_centred_person_fits_the_picture(size: tuple[int, int], view: str) -> None:
    places = centred(size, view=view).landmarks.values()
    assert min(x for x, _ in places) > 0
    assert max(x for x, _ in places) < size[0]
    assert min(y for _, y in places) > 0
    assert max(y for _, y in places) < size[1]
    assert abs(sum(x for x, _ in places) / 22 - size[0] / 2) < 0.03 * size[1]
