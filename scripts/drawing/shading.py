"""Computes the light that surface points and the floor send to the camera."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from drawing.camera import Camera, Scene
from drawing.colouring import colours
from drawing.person import Person
from drawing.shapes import Array, Distance


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
    feet = replace(whole, trunk=(), limbs=tuple(shape for shape in whole.limbs if shape.lowest < 12), hair=())
    shade_sum = np.zeros(len(points), np.float32)
    for height, weight in ((0.8, 0.30), (3.0, 0.20), (7.0, 0.13), (14.0, 0.08)):
        gap = feet.distance(points[:, 0], np.full(len(points), height, np.float32), points[:, 2])
        shade_sum += np.float32(weight) * np.clip(1 - gap / np.float32(height * 2.0), 0, 1) ** 2
    return np.asarray(1 - np.clip(shade_sum, 0, 0.62), np.float32)
