"""Finds where rays meet the surface of the person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from drawing.camera import Camera
from drawing.person import Person
from drawing.shapes import Array

TILE = 64
BLOCK = 4
MARGIN = 7.0


def tiles(camera: Camera, whole: Person) -> Iterator[tuple[slice, slice, Person, float, float]]:
    """Yield the parts of the picture that the person can cover, with the shapes near each and the depths to search."""
    groups = (whole.trunk, whole.limbs, whole.hair)
    steps = np.linspace(-60, 60, 41, dtype=np.float32)
    middle = -float(camera.position @ camera.forward)
    half_tile = TILE * 0.75 / camera.scale
    for top in range(0, camera.height, TILE):
        for left in range(0, camera.width, TILE):
            origin, heading = camera.rays(
                np.array([left + TILE / 2], np.float32), np.array([top + TILE / 2], np.float32)
            )
            line = origin + heading * (middle + steps[:, None])
            x, y, z = whole.posture.upright(line[:, 0], line[:, 1], line[:, 2])
            # The radial measure of a flat limb can exceed the true distance by half.
            gaps = [[(shape, shape.distance(x, y, z) / 1.5) for shape in shapes] for shapes in groups]
            nearby = [[(shape, gap) for shape, gap in group if gap.min() < half_tile + MARGIN] for group in gaps]
            close = [steps[gap < half_tile + 3] for group in nearby for _, gap in group]
            if sum(len(depths) for depths in close):
                depths = np.concatenate(close) + middle
                trunk, limbs, hair = (tuple(shape for shape, _ in group) for group in nearby)
                rows, columns = slice(top, min(top + TILE, camera.height)), slice(left, min(left + TILE, camera.width))
                yield (
                    rows,
                    columns,
                    replace(whole, trunk=trunk, limbs=limbs, hair=hair),
                    float(depths.min()) - 4,
                    float(depths.max()) + 4,
                )


def march(part: Person, origins: Array, directions: Array, start: Array, end: Array, tolerance: float) -> Array:
    """Return for each ray the distance at which it comes within `tolerance` of the surface; infinite for a miss."""
    travelled = start.copy()
    found = np.full(len(travelled), np.inf, np.float32)
    active = np.flatnonzero(travelled < end)
    for _ in range(120):
        if not len(active):
            break
        points = origins[active] + directions[active] * travelled[active, None]
        gap = part.distance(points[:, 0], points[:, 1], points[:, 2])
        hit = gap < tolerance
        found[active[hit]] = travelled[active[hit]]
        travelled[active] += np.maximum(gap * np.float32(0.75), np.float32(0.012))
        active = active[~hit & (travelled[active] < end[active])]
    # A ray that still creeps grazes the surface: it counts as touching.
    found[active] = travelled[active]
    return found


def surface(
    camera: Camera, rows: slice, columns: slice, part: Person, nearest: float, farthest: float
) -> tuple[Array, Array, Array]:
    """Return origins, directions and distances to the surface for the pixels of a tile, searched in blocks first."""
    height, width = rows.stop - rows.start, columns.stop - columns.start
    y, x = np.mgrid[0 : -(-height // BLOCK), 0 : -(-width // BLOCK)].astype(np.float32) * BLOCK + np.float32(BLOCK / 2)
    origins, directions = camera.rays(x.ravel() + columns.start, y.ravel() + rows.start)
    slant = directions @ camera.forward
    # Wide enough that no ray of a block is already inside the body where its middle ray stops.
    tolerance = 3 * BLOCK / camera.scale
    coarse = march(part, origins, directions, np.float32(nearest) / slant, np.float32(farthest) / slant, tolerance)
    start = coarse.reshape(y.shape).repeat(BLOCK, axis=0).repeat(BLOCK, axis=1)[:height, :width].ravel()
    y, x = np.mgrid[rows, columns].astype(np.float32) + np.float32(0.5)
    origins, directions = camera.rays(x.ravel(), y.ravel())
    end = np.float32(farthest) / (directions @ camera.forward)
    return origins, directions, march(part, origins, directions, start, end, 0.015)


def depth_map(camera: Camera, whole: Person) -> Array:
    """Return the depth of the person in every pixel of a camera, infinite beside it."""
    depths = np.full((camera.height, camera.width), np.inf, np.float32)
    for rows, columns, part, nearest, farthest in tiles(camera, whole):
        _, directions, found = surface(camera, rows, columns, part, nearest, farthest)
        depths[rows, columns] = (found * (directions @ camera.forward)).reshape(rows.stop - rows.start, -1)
    return depths
