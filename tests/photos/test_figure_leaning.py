"""The joints lie on somebody whom a tilted camera took."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.person.figure import find_figure
from tests.support.figures import VIEWS, Scene, plain, scene
from tests.support.people_in_rooms import scene_in_room

tilted = pytest.mark.parametrize("degrees", [-20, -10, 10, 20])


def turned(shown: Scene, degrees: float) -> Scene:
    """Return a scene as a tilted camera sees it: turned about its middle."""
    middle = (shown.image.width / 2, shown.image.height / 2)
    cosine, sine = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    away = [(x - middle[0], y - middle[1]) for x, y in shown.joints]
    places = [(middle[0] + x * cosine + y * sine, middle[1] + y * cosine - x * sine) for x, y in away]
    fill = shown.image.getpixel((2, 2))
    return Scene(shown.image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=fill), shown.view, places)


def errors(shown: Scene, height: float) -> list[float]:
    """Return how far each joint is off, in body heights."""
    figure = find_figure(shown.image, view=shown.view)
    assert figure is not None
    found = [figure.landmarks[name] for name in JOINTS]
    return [float(np.hypot(x - a, y - b)) / height for (x, y), (a, b) in zip(found, shown.joints, strict=True)]


@tilted
@pytest.mark.parametrize("view", VIEWS)
def test_joints_before_a_plain_wall(view: str, degrees: float) -> None:
    shown = scene(view, background=plain((215, 220, 225), (427, 640)), scale=0.35)
    assert max(errors(turned(shown, degrees), shown.height)) < 0.026


@pytest.mark.parametrize(("degrees", "facing"), [(-15, -1), (15, -1), (15, 1)])
def test_where_somebody_looks_who_is_seen_from_the_side(degrees: float, facing: int) -> None:
    shown = scene("side", background=plain((215, 220, 225), (427, 640)), scale=0.35, mirrored=facing < 0)
    figure = find_figure(turned(shown, degrees).image, view="side")
    assert figure is not None
    assert figure.facing == facing


@pytest.mark.parametrize("degrees", [-10, 10, 20])
def test_joints_in_a_room(degrees: float) -> None:
    shown = scene_in_room(5100, "front", "door")
    assert np.mean(errors(turned(shown, degrees), shown.height)) < 0.012
