"""Say which places of a fixture photo are on the person, or close to the person."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from tests.support.figures import cut_out, fixture

# The photo is looked at in squares of this many pixels: 0.4 % of the figure's height.
CELL = 4
NEAR = 0.02


@cache
def near_body(view: str) -> NDArray[np.bool_]:
    """Return the cells, by row and column, that the person covers, or that are within 2 % of the body's height."""
    body = np.asarray(cut_out(view).reduce(CELL)) > 128
    reach = NEAR * fixture(view).height / CELL
    near = np.zeros_like(body)
    whole = int(reach)
    padded = np.pad(body, whole)
    for down in range(-whole, whole + 1):
        for right in range(-whole, whole + 1):
            if np.hypot(down, right) <= reach:
                rows = slice(whole + down, whole + down + body.shape[0])
                near |= padded[rows, whole + right : whole + right + body.shape[1]]
    return near


def off_body(view: str, joints: dict[str, tuple[int, int]]) -> list[str]:
    """Return the names of the joints that lie more than 2 % of the body's height beside the person."""
    near = near_body(view)
    return [name for name, (x, y) in joints.items() if not near[y // CELL, x // CELL]]
