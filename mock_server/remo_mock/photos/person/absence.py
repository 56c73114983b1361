"""Tells whether a photo is clear enough to believe that nobody is in it."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from remo_mock.photos.person.foreground import thumbnail

# The network misses people in photos that are tiny, long, pale, blurred or grainy: those are no proof.
FEWEST_PIXELS = 256
"""Pixels of the longer side."""
LONGEST = 2.5
"""How many times as long as wide, or the other way round: longer pictures are not searched in parts."""
PALEST = 40
"""Levels from one side of the clearest edges to the other, which is `EDGE` cells away."""
EDGE = 4
SOFTEST = 0.4
"""The part of such an edge that is between neighbouring cells: in a blurred photo about 1 / `EDGE`."""
CLEAREST = 99.9
"""Per cent of the neighbours that differ less than those at the clearest edges."""
GRAINIEST = 20
"""Mean levels between neighbouring cells: above, grain may hide somebody."""
ONE_TONE = 2.0
"""Levels by which the colours of a soft shadow, or of clouds, leave the line between two colours."""
COLOURED = 10
"""Levels between the channels of coloured parts; a grey photo has one tone, whatever it shows."""

Cells: TypeAlias = NDArray[np.float64]


def is_clear(image: Image.Image) -> bool:
    """Tell whether anybody in an RGB photo would have been seen: it is large, sharp, and neither pale nor grainy.

    A blurred photo counts as clear if it has shades of a single colour alone, as a soft shadow and a sky have.
    """
    if max(image.size) < FEWEST_PIXELS or max(image.size) > LONGEST * min(image.size):
        return False
    cells = np.asarray(thumbnail(image)[0], np.float64)
    near, far = _steps(cells, 1), _steps(cells, EDGE)
    edge = float(np.percentile(far, CLEAREST))
    if near.mean() > GRAINIEST:
        return False
    if edge >= PALEST and float(np.percentile(near, CLEAREST)) >= SOFTEST * edge:
        return True
    return _has_one_tone(cells)


def _steps(cells: Cells, distance: int) -> Cells:
    """Return the levels between cells that are so far apart, across and down."""
    across, down = cells[:, distance:] - cells[:, :-distance], cells[distance:] - cells[:-distance]
    return np.concatenate([np.abs(step).max(axis=2).ravel() for step in (across, down)])


def _has_one_tone(cells: Cells) -> bool:
    colours = cells.reshape(-1, 3)
    spread = float(np.percentile(colours.max(axis=1) - colours.min(axis=1), 90))
    second = float(np.linalg.eigvalsh(np.cov(colours.T))[1])
    return spread >= COLOURED and second < ONE_TONE**2
