"""Tells how far somebody would go on below the lower edge of a photo, if the photo went on as it ends."""

from __future__ import annotations

from math import nan

import numpy as np
from PIL import Image

from remo_mock.photos.person.looking import CELLS, ROOM
from remo_mock.photos.person.network.selfie import person_scores
from remo_mock.photos.person.regions import box_of, connected_regions, main_regions
from remo_mock.photos.person.silhouette import Silhouette

DRAWN_OUT = 0.2
"""How far the last row is drawn out below the photo, in heights of what is seen."""
WIDE = 0.9
"""The part that is looked at is at least so wide, in the same."""


def goes_on(silhouette: Silhouette, image: Image.Image) -> float:
    """Return how far the network sees the person of a silhouette below an RGB photo, in heights of what is seen.

    The last row is drawn out: legs and feet that are cut off go on with it, and below soles there is only floor. It is
    at most `DRAWN_OUT`, below 0 where the person ends above the edge, and not a number where nobody is seen.
    """
    (across, down), (left, top) = silhouette.scale, silhouette.corner
    runs = [run for row in silhouette.rows for run in row]
    start, end = left + across * min(run[0] for run in runs), left + across * max(run[1] for run in runs)
    tall = down * len(silhouette.rows)
    beside = max(ROOM * tall, (WIDE * tall - (end - start)) / 2)
    upper = max(0.0, top + silhouette.top * down - ROOM * tall)
    part = max(0.0, start - beside), upper, min(image.width, end + beside), image.height
    cell = (image.height + DRAWN_OUT * tall - upper) / CELLS
    rows = min(max(1, round((image.height - upper) / cell)), CELLS)
    seen = np.asarray(image.resize((CELLS, rows), Image.Resampling.BILINEAR, box=part, reducing_gap=2.0))
    scores = person_scores(np.concatenate([seen, np.repeat(seen[-1:], CELLS - rows, axis=0)]))
    regions = main_regions(connected_regions(scores > 0), size=(CELLS, CELLS))
    return (max(box_of(region)[3] for region in regions) - rows) * cell / tall if regions else nan
