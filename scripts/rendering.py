"""Owns how distances become a picture: rays, shadows, shading; knows the person only as distances and colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from person import BACKDROP, Person, colours
from shapes import Array, Distance, Vector

TILE = 64
BLOCK = 4
MARGIN = 7.0


@dataclass(frozen=True, slots=True)
class Camera:
    """Hold a point of view; `scale` is pixels per centimetre at the figure, no `distance` means parallel rays."""

    position: Array
    right: Array
    up: Array
    forward: Array
    width: int
    height: int
    scale: float
    distance: float | None

    def project(self, point: Vector) -> tuple[float, float, float]:
        """Return x and y in pixels and the depth along the view of a point of the body."""
        offset = np.array(point, np.float32) - self.position
        depth = float(offset @ self.forward)
        scale = self.scale if self.distance is None else self.scale * self.distance / depth
        return (
            self.width / 2 + float(offset @ self.right) * scale,
            self.height / 2 - float(offset @ self.up) * scale,
            depth,
        )

    def rays(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return origins and unit directions, each (n, 3), of the rays through pixels."""
        across = ((x - self.width / 2) / self.scale)[:, None] * self.right
        across = across + ((self.height / 2 - y) / self.scale)[:, None] * self.up
        if self.distance is None:
            return (self.position + across).astype(np.float32), np.broadcast_to(self.forward, (len(x), 3))
        direction = across + self.forward * np.float32(self.distance)
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        return np.broadcast_to(self.position, (len(x), 3)), direction.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Scene:
    """Hold a person, the directions towards the key and rim lights, and a camera that looks along the key light."""

    person: Person
    key: Array
    rim: Array
    lamp: Camera


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
            x, y, z = ((origin + heading * (middle + steps[:, None]))[:, axis] for axis in range(3))
            # The radial measure of a flat limb can exceed the true distance by half.
            gaps = [[(shape, shape.distance(x, y, z) / 1.5) for shape in shapes] for shapes in groups]
            nearby = [[(shape, gap) for shape, gap in group if gap.min() < half_tile + MARGIN] for group in gaps]
            close = [steps[gap < half_tile + 3] for group in nearby for _, gap in group]
            if sum(len(depths) for depths in close):
                depths = np.concatenate(close) + middle
                trunk, limbs, hair = (tuple(shape for shape, _ in group) for group in nearby)
                rows, columns = slice(top, min(top + TILE, camera.height)), slice(left, min(left + TILE, camera.width))
                yield rows, columns, Person(trunk, limbs, hair), float(depths.min()) - 4, float(depths.max()) + 4


def march(part: Person, origins: Array, directions: Array, start: Array, end: Array, tolerance: float) -> Array:
    """Return per ray the way to within `tolerance` of the surface (infinite for a miss)."""
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
    """Return origins, directions and ways to the surface for the pixels of a tile, searched in blocks first."""
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


def lit(points: Array, normals: Array, camera: Camera, depths: Array) -> Array:
    """Return how much of the key light reaches points, softened over a disc of the light's depth map."""
    offset = points + normals * np.float32(0.6) - camera.position
    depth = offset @ camera.forward - np.float32(0.7)
    x = camera.width / 2 + (offset @ camera.right) * camera.scale
    y = camera.height / 2 - (offset @ camera.up) * camera.scale
    total = np.zeros(len(points), np.float32)
    taps = 28
    for tap in range(taps):
        spread, angle = 1.5 * camera.scale * np.sqrt((tap + 0.5) / taps), tap * 2.399963
        column = np.clip(x + spread * np.cos(angle), 0, camera.width - 1).astype(np.int32)
        row = np.clip(y + spread * np.sin(angle), 0, camera.height - 1).astype(np.int32)
        total += np.clip((depths[row, column] - depth) * 1.2 + 1, 0, 1)
    return np.asarray(total / taps, np.float32)


def normals_at(field: Distance, points: Array) -> Array:
    """Return the outward directions of the surface, from four samples around each point."""
    total = np.zeros_like(points)
    for corner in ((1, -1, -1), (-1, -1, 1), (-1, 1, -1), (1, 1, 1)):
        step = np.array(corner, np.float32)
        near = points + step * np.float32(0.14)
        total += step * field(near[:, 0], near[:, 1], near[:, 2])[:, None]
    return np.asarray(total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-9), np.float32)


def openness(field: Distance, points: Array, normals: Array) -> Array:
    """Return how open the surroundings of points are, from 0 (a crevice) to 1."""
    blocked = np.zeros(len(points), np.float32)
    for way, weight in ((0.5, 0.30), (1.3, 0.26), (3.0, 0.24), (6.5, 0.20)):
        there = points + normals * np.float32(way)
        blocked += np.float32(weight) * np.clip(
            1 - field(there[:, 0], there[:, 1], there[:, 2]) / np.float32(way), 0, 1
        )
    return np.asarray(np.clip(1 - 1.15 * blocked, 0, 1), np.float32)


def shade(scene: Scene, part: Person, points: Array, directions: Array, depths: Array) -> Array:
    """Return the linear colours, (n, 3), of surface points."""
    key, rim = scene.key, scene.rim
    normals = normals_at(part.distance, points)
    albedo, gloss, bump = colours(part, points)
    open_share = openness(part.distance, points, normals)
    normals = normals + bump
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    reach = lit(points, normals, scene.lamp, depths)
    facing = normals @ key
    # Light bleeds through skin past the edge of the shadow, red farthest: each channel wraps by its own share.
    wrap = np.array((0.26, 0.16, 0.13), np.float32)
    diffuse = np.clip((facing[:, None] + wrap) / (1 + wrap), 0, 1) * reach[:, None]
    sky = (0.5 + 0.5 * normals[:, 1])[:, None] * np.array((0.44, 0.45, 0.47), np.float32)
    ground = (0.5 - 0.5 * normals[:, 1])[:, None] * np.array((0.31, 0.29, 0.275), np.float32)
    fill = np.clip(normals @ -directions.mean(axis=0), 0, 1)[:, None] * np.float32(0.16)
    halfway = key - directions
    halfway /= np.linalg.norm(halfway, axis=1, keepdims=True)
    shine = np.clip((normals * halfway).sum(axis=1), 0, 1)
    glint = gloss * (0.55 * shine**14 + 0.45 * shine**48) * reach * np.clip(facing * 3, 0, 1)
    edge = (1 - np.clip(-(normals * directions).sum(axis=1), 0, 1)) ** 3
    back_light = edge * np.clip(normals @ rim + 0.25, 0, 1) * open_share * np.float32(0.42)
    # Crevices of a light thing are lit by itself: occlusion is gentler, and warmer, where the albedo is high.
    occlusion = open_share[:, None] / (1 - albedo * 0.55 * (1 - open_share[:, None]))
    light = diffuse * np.array((0.80, 0.775, 0.74), np.float32) + (sky + ground + fill) * occlusion
    return np.asarray(albedo * light + (glint + back_light * (0.35 + gloss))[:, None] * np.float32(0.55), np.float32)


def floor(camera: Camera, whole: Person, x: Array, y: Array) -> Array:
    """Return how much light the floor keeps under the figure, 1 away from it."""
    origins, directions = camera.rays(x, y)
    drop = np.minimum(directions[:, 1], np.float32(-1e-4))
    points = np.asarray(origins + directions * (-origins[:, 1] / drop)[:, None], np.float32)
    feet = Person((), tuple(shape for shape in whole.limbs if shape.lowest < 12), ())
    shade_sum = np.zeros(len(points), np.float32)
    for height, weight in ((0.8, 0.30), (3.0, 0.20), (7.0, 0.13), (14.0, 0.08)):
        gap = feet.distance(points[:, 0], np.full(len(points), height, np.float32), points[:, 2])
        shade_sum += np.float32(weight) * np.clip(1 - gap / np.float32(height * 2.0), 0, 1) ** 2
    return np.asarray(1 - np.clip(shade_sum, 0, 0.62), np.float32)


def rendered(scene: Scene, camera: Camera, *, samples: int) -> NDArray[np.uint8]:
    """Return the picture, (height, width, 3), of a camera with samples x samples pixels for each of the picture's."""
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
            tile = picture[rows, columns].reshape(-1, 3)
            tile[hit] = shade(scene, part, points, directions[hit], depths)
            picture[rows, columns] = tile.reshape(rows.stop - rows.start, -1, 3)
    return developed(picture, samples)


def developed(picture: Array, samples: int) -> NDArray[np.uint8]:
    """Return linear light as an 8-bit picture, averaged over the rays of each pixel."""
    encoded = np.clip(picture, 0, 1) ** np.float32(1 / 2.2)
    height, width = encoded.shape[0] // samples, encoded.shape[1] // samples
    encoded = (
        encoded[: height * samples, : width * samples].reshape(height, samples, width, samples, 3).mean(axis=(1, 3))
    )
    return np.asarray(encoded * 255 + 0.5, np.uint8)
