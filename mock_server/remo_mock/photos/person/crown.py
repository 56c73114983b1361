"""Tells whether a photo shows the wall above somebody's crown."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from PIL import Image, ImageStat

from remo_mock.photos.person.body import widest
from remo_mock.photos.person.silhouette import Silhouette

STRIP = 40
"""Levels by which the wall above a crown differs from the wall beside it, at most."""


def is_wall_above(silhouette: Silhouette, image: Image.Image) -> bool:
    """Tell whether the first rows of a photo have the same colour above a head as beside it, and not that of the head.

    The network's outline is above the crown. Seen from the side, a head that is cut off is as broad as a whole one.
    """
    rows = [widest(row) for row in silhouette.rows if row]
    upper = rows[max(1, len(rows) // 40) : max(3, len(rows) // 12)]
    middle, half = median(sum(run) / 2 for run in upper), median((run[1] - run[0]) / 2 for run in upper)
    below = silhouette.corner[1] + (silhouette.top + 0.05 * len(rows)) * silhouette.scale[1]
    for side in (-half, half):
        above, beside, head = (
            _colour(image, silhouette.corner[0] + x * silhouette.scale[0], y)
            for x, y in ((middle + side / 2, 0), (middle + 1.5 * side, 0), (middle + side / 2, below))
        )
        unlike = _difference(above, beside)
        if unlike > STRIP or unlike > _difference(above, head) / 2:
            return False
    return True


def _colour(image: Image.Image, x: float, y: float) -> Sequence[float]:
    """Return the mean colour of some pixels around x, from the row y on."""
    left, top = min(max(round(x) - 1, 0), image.width - 1), min(max(round(y), 0), image.height - 1)
    return ImageStat.Stat(image.crop((left, top, min(left + 3, image.width), min(top + 2, image.height)))).mean


def _difference(first: Sequence[float], second: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(first, second, strict=True))
