"""A picture that a result is drawn on, ours or the vendor's, is a photo like another: the person is found under it."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import find_figure
from remo_mock.photos.skeleton import pose
from tests.support.figures import VIEWS, Points, Scene, as_jpeg, fixture, scene, with_floor

BACKGROUNDS = {
    "studio": None,
    "floor": with_floor((226, 222, 214), (140, 110, 80), (960, 1600), edge=0.78),
}
MEASURES = {"front": ("head_bal", "shoulder_bal", "tilt"), "side": ("turtle_neck", "round_shoulder", "tilt")}
DANGER = {"turtle_neck": 42.0, "round_shoulder": 16.0}

views = pytest.mark.parametrize("view", VIEWS)


def shown(view: str, name: str) -> Scene:
    background = BACKGROUNDS[name]
    return fixture(view) if background is None else scene(view, background=background, scale=1.2)


def posed(image: Image.Image, view: str, measures: dict[str, float]) -> Points:
    figure = find_figure(image, view=view)
    assert figure is not None
    skeleton = pose(figure, view=view, measures=measures, size=image.size)
    drawn = dict.fromkeys(measures, 2)
    draw(image, skeleton, view=view, grades=drawn)
    return [(float(x), float(y)) for x, y in skeleton]


@views
@pytest.mark.parametrize("background", BACKGROUNDS)
@pytest.mark.parametrize("degrees", [0.0, 5.5], ids=["normal", "danger"])
def test_our_own_result_is_a_photo_again_and_again(view: str, background: str, degrees: float) -> None:
    photo = shown(view, background)
    image = photo.image.copy()
    names = MEASURES.get(view, MEASURES["front"])
    measures = {name: DANGER.get(name, degrees) for name in names} if degrees else {}
    errors = []
    for _ in range(3):
        errors.append(photo.worst_error(posed(image, view, measures)))
        image = as_jpeg(image, 85)
    assert max(errors) < 0.07


def vendor_like(photo: Scene) -> Image.Image:
    """Draw a result as the vendor's pictures have it: dotted lines past the body, an axis past head and feet, dots."""
    image = photo.image.copy()
    pen = ImageDraw.Draw(image, "RGBA")
    points, tall = photo.joints, photo.height
    middle = (points[10][0] + points[13][0]) / 2
    crown, floor = points[0][1] - 0.06 * tall, max(points[10][1], points[13][1]) + 0.08 * tall
    pen.line((middle, crown, middle, floor), fill=(60, 140, 255, 130), width=round(0.012 * tall))
    if photo.view == "side":
        pen.line([points[0], points[17], points[1], points[14], points[9], points[10]], fill=(250, 250, 250), width=6)
    else:
        for right, left in ((20, 17), (2, 5), (8, 11), (9, 12)):
            y = (points[right][1] + points[left][1]) / 2
            for step in range(-20, 21):
                x = middle + step * 0.014 * tall
                pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=(255, 70, 70))
    for x, y in points[:16]:
        pen.ellipse((x - 9, y - 9, x + 9, y + 9), fill=(255, 255, 255))
        pen.ellipse((x - 6, y - 6, x + 6, y + 6), fill=(40, 200, 120))
    return as_jpeg(image, 80)


@views
@pytest.mark.parametrize("background", BACKGROUNDS)
def test_a_result_with_longer_lines_is_a_photo_as_well(view: str, background: str) -> None:
    photo = shown(view, background)
    assert photo.worst_error(posed(vendor_like(photo), view, {})) < 0.07
