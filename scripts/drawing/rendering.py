"""Renders a scene as a picture."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from drawing.camera import Camera, Scene
from drawing.colouring import BACKDROP
from drawing.person import Person
from drawing.shading import floor, shade
from drawing.shapes import Array
from drawing.smoothing import smooth
from drawing.surface import depth_map, march, surface, tiles


def rendered(scene: Scene, camera: Camera, *, samples: int, smooth_edges: bool = False) -> NDArray[np.uint8]:
    """Return the picture, (height, width, 3), of a camera with samples x samples pixels for each of the picture's.

    `smooth_edges` casts four rays in each pixel of an edge.
    """
    whole = scene.person
    depths = depth_map(scene.lamp, whole)
    picture = np.empty((camera.height, camera.width, 3), np.float32)
    picture[:] = np.array(BACKDROP, np.float32)
    sole = min(round(camera.project((0, 6, 0))[1]), camera.height)
    ground = slice(sole, min(sole + round(camera.scale * 26), camera.height))
    y, x = np.mgrid[ground, 0 : camera.width].astype(np.float32) + np.float32(0.5)
    picture[ground] *= floor(camera, whole, x.ravel(), y.ravel()).reshape(*x.shape, 1)
    for rows, columns, part, nearest, farthest in tiles(camera, whole):
        origins, directions, found = surface(camera, rows, columns, part, nearest, farthest)
        hit = np.flatnonzero(np.isfinite(found))
        if len(hit):
            points = origins[hit] + directions[hit] * found[hit, None]
            behind = picture[rows, columns]
            lit = behind.reshape(-1, 3).copy()
            lit[hit] = shade(scene, part, points, directions[hit], depths)
            tile: Array = lit.reshape(behind.shape)
            if smooth_edges:
                cast = partial(_cast, scene, camera, part, farthest, depths)
                corner = (columns.start, rows.start)
                tile = smooth(tile, behind, found.reshape(behind.shape[:2]), corner, cast)
            picture[rows, columns] = tile
    return developed(picture, samples)


def _cast(
    scene: Scene, camera: Camera, part: Person, farthest: float, depths: Array, x: Array, y: Array, start: Array
) -> Array:
    """Return the linear colour that each ray meets, not a number where it meets nothing."""
    origins, directions = camera.rays(x, y)
    end = np.float32(farthest) / (directions @ camera.forward)
    # A pixel whose neighbours all miss is an edge of the floor's shadow.
    found = march(part, origins, directions, np.where(np.isfinite(start), start, end), end, 0.015)
    colours = np.full((len(x), 3), np.nan, np.float32)
    hit = np.flatnonzero(np.isfinite(found))
    if len(hit):
        points = origins[hit] + directions[hit] * found[hit, None]
        colours[hit] = shade(scene, part, points, directions[hit], depths)
    return colours


def developed(picture: Array, samples: int) -> NDArray[np.uint8]:
    """Return linear light as an 8-bit picture, averaged over the rays of each pixel."""
    encoded = np.clip(picture, 0, 1) ** np.float32(1 / 2.2)
    height, width = encoded.shape[0] // samples, encoded.shape[1] // samples
    encoded = (
        encoded[: height * samples, : width * samples].reshape(height, samples, width, samples, 3).mean(axis=(1, 3))
    )
    return np.asarray(encoded * 255 + 0.5, np.uint8)
