"""Tells whether a silhouette looks like a standing person."""

from __future__ import annotations

from remo_mock.photos.person.body import Body, around, whole, widest

# Breadths in fractions of the height, from the lowest to the highest that people of the views have, in any clothes.
HEAD = (0.055, 0.17)
SHOULDERS = {"front": (0.16, 0.5), "side": (0.09, 0.36), "back": (0.16, 0.5)}
LEGS = {"front": (0.05, 0.42), "side": (0.04, 0.24), "back": (0.05, 0.42)}
BROADER = {"front": 1.35, "side": 0.8, "back": 1.35}
"""How much broader than the head the shoulders are at least."""
FEWEST_ROWS = 12
ASIDE = 0.12
"""How far the head may be from above trunk and legs, in heights."""
AREA = (0.07, 0.25)
"""Areas of bodies without a shadow, in squares of the height."""
BULKY = 0.32
"""The area, in squares of the height, above which what does not look like somebody who stands may be a thing."""
CROOKED = 0.06
"""How far the trunk may be from below the head, in heights, before a wall that shows nothing else."""


def stands_alone(body: Body, *, view: str) -> bool:
    """Tell whether what stands out from a plain background is a standing person, without a shadow, and nothing else."""
    if not (body.silhouette.is_alone and _looks_standing(body, view=view)):
        return False
    head = body.middle(0.91, 0.97, widest)
    rows = body.silhouette.rows[body.row(0.97) : body.row(0.3)]
    aside = sorted(abs(sum(around(row, head)) / 2 - head) for row in rows if row)
    return AREA[0] <= _area(body) <= AREA[1] and aside[9 * len(aside) // 10] <= CROOKED * body.unit


def looks_standing(body: Body) -> bool:
    """Tell whether a silhouette looks like a standing person from any view."""
    return any(_looks_standing(body, view=view) for view in SHOULDERS)


def is_bulky(body: Body) -> bool:
    """Tell whether a silhouette with crown and feet has the area of a dog or a chair, and not the shape of a person."""
    return not body.is_cut and _area(body) > BULKY and not looks_standing(body)


def _area(body: Body) -> float:
    """Return the area of a silhouette in squares of the body's height."""
    return sum(end - start for row in body.silhouette.rows for start, end in row) / (body.height * body.unit)


def _looks_standing(body: Body, *, view: str) -> bool:
    """Tell whether a silhouette is as broad as a person at head, shoulders and legs, and these lie above each other."""
    if body.is_cut or body.height < FEWEST_ROWS:
        return False
    head, shoulders, legs = _span(body, 0.91, 0.97), _span(body, 0.7, 0.8), _span(body, 0.08, 0.26, gaps=True)
    if head is None or shoulders is None or legs is None:
        return False
    across = [(end - start) / body.unit for start, end in (head, shoulders, legs)]
    ranges = (HEAD, SHOULDERS[view], LEGS[view])
    middles = [sum(span) / 2 / body.unit for span in (head, shoulders, legs)]
    return (
        all(low <= breadth <= high for breadth, (low, high) in zip(across, ranges, strict=True))
        and across[1] >= BROADER[view] * across[0]
        and max(middles) - min(middles) <= ASIDE
    )


def _span(body: Body, low: float, high: float, *, gaps: bool = False) -> tuple[float, float] | None:
    """Return the median start and end of the rows between two heights, or None if most of them are empty."""
    rows = body.silhouette.rows[body.row(high) : body.row(low) + 1]
    runs = [whole(row) if gaps else widest(row) for row in rows if row]
    if 2 * len(runs) < len(rows) or not runs:
        return None
    starts, ends = (sorted(run[side] for run in runs) for side in (0, 1))
    return starts[len(starts) // 2], ends[len(ends) // 2]
