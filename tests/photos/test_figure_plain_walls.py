"""Before a plain wall the joints lie as closely as they did before the mock saw people in rooms."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from remo_mock.photos.joints import JOINTS
from remo_mock.photos.person.figure import find_figure
from tests.support.figures import VIEWS, Scene, fixture
from tests.support.people_in_rooms import postures

# Body heights that joints were off then, on average and the worst of them, rounded up in the last place.
FIXTURE = {"front": (0.00433, 0.0099), "side": (0.00879, 0.0219), "back": (0.00502, 0.0163)}
POSTURES = {"front": (0.0065, 0.032), "side": (0.0109, 0.0367), "back": (0.00843, 0.0309)}

views = pytest.mark.parametrize("view", VIEWS)


def errors(scene: Scene) -> NDArray[np.float64]:
    """Return how far each joint is off, in body heights."""
    figure = find_figure(scene.image, view=scene.view)
    assert figure is not None
    found = np.array([figure.landmarks[name] for name in JOINTS])
    distances: NDArray[np.float64] = np.hypot(*(found - np.array(scene.joints)).T) / scene.height
    return distances


@views
def test_the_sample_photo_is_no_worse(view: str) -> None:
    off = errors(fixture(view))
    assert off.mean() <= FIXTURE[view][0]
    assert off.max() <= FIXTURE[view][1]


@views
def test_the_sample_postures_are_no_worse(view: str) -> None:
    off = np.array([errors(scene) for scene in postures(view)])
    assert off.mean() <= POSTURES[view][0]
    assert off.max() <= POSTURES[view][1]
