"""Say which places of a photo are on the person, or close to the person."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.support.figures import PHOTOS, cut_out, fixture, silhouette

# Photos are looked at in squares of this many pixels: 0.4 to 0.6 % of the figure's height.
CELL = 4
NEAR = 0.02


@cache
def near_body(view: str) -> NDArray[np.bool_]:
    """Return the cells, by row and column, of a fixture photo on the person or within 2 % of the body's height."""
    return _widened(cut_out(view), fixture(view).height)


@cache
def near_posture(name: str) -> NDArray[np.bool_]:
    """Return the same of a person in a posture, such as `man-danger-front`."""
    mask = silhouette(Image.open(PHOTOS / "postures" / f"{name}.jpg").convert("RGB"))
    box = mask.point([0] * 128 + [255] * 128).getbbox()
    assert box is not None
    return _widened(mask, box[3] - box[1])


def astray(near: NDArray[np.bool_], joints: Mapping[str, tuple[int, int]]) -> list[str]:
    """Return the names of the joints that lie in no such cell."""
    return [name for name, (x, y) in joints.items() if not near[y // CELL, x // CELL]]


def _widened(mask: Image.Image, height: float) -> NDArray[np.bool_]:
    body = np.asarray(mask.reduce(CELL)) > 128
    reach = NEAR * height / CELL
    near = np.zeros_like(body)
    whole = int(reach)
    padded = np.pad(body, whole)
    for down in range(-whole, whole + 1):
        for right in range(-whole, whole + 1):
            if np.hypot(down, right) <= reach:
                rows = slice(whole + down, whole + down + body.shape[0])
                near |= padded[rows, whole + right : whole + right + body.shape[1]]
    return near
