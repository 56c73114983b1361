"""Makes the distance functions that the figure is built from: ellipsoids, cones, lofts, and their unions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Vector = tuple[float, float, float]
Station = tuple[float, float, float, float, float]
Distance = Callable[[Array, Array, Array], Array]

TABLE_SAMPLES = 768


@dataclass(frozen=True, slots=True)
class Shape:
    """A signed distance, the height that the shape stays above, and how softly it melts into its neighbours."""

    distance: Distance
    lowest: float
    blend: float


def ellipsoid(centre: Vector, radii: Vector, *, blend: float, turn: float = 0.0, tip: float = 0.0) -> Shape:
    """Return an ellipsoid, turned by `turn` degrees about z after `tip` degrees about x."""
    cx, cy, cz = centre
    rx, ry, rz = (np.float32(radius) for radius in radii)
    cos_turn, sin_turn = np.float32(np.cos(np.radians(turn))), np.float32(np.sin(np.radians(turn)))
    cos_tip, sin_tip = np.float32(np.cos(np.radians(tip))), np.float32(np.sin(np.radians(tip)))

    def distance(x: Array, y: Array, z: Array) -> Array:
        dx, dy, dz = x - np.float32(cx), y - np.float32(cy), z - np.float32(cz)
        dx, dy = cos_turn * dx + sin_turn * dy, cos_turn * dy - sin_turn * dx
        dy, dz = cos_tip * dy + sin_tip * dz, cos_tip * dz - sin_tip * dy
        dx, dy, dz = dx / rx, dy / ry, dz / rz
        inner = np.sqrt(dx * dx + dy * dy + dz * dz)
        dx, dy, dz = dx / rx, dy / ry, dz / rz
        slope = np.sqrt(dx * dx + dy * dy + dz * dz) + np.float32(1e-6)
        return np.asarray(inner * (inner - np.float32(1)) / slope, np.float32)

    return Shape(distance, cy - max(radii), blend)


def cone(start: Vector, end: Vector, start_radius: float, end_radius: float, *, blend: float) -> Shape:
    """Return a rod with round ends whose radius runs evenly from start to end."""
    a, b = np.array(start, np.float32), np.array(end, np.float32)
    along = b - a
    inverse = np.float32(1 / max(float(along @ along), 1e-6))
    growth, first = np.float32(end_radius - start_radius), np.float32(start_radius)

    def distance(x: Array, y: Array, z: Array) -> Array:
        dx, dy, dz = x - a[0], y - a[1], z - a[2]
        share = np.clip((dx * along[0] + dy * along[1] + dz * along[2]) * inverse, 0, 1)
        dx, dy, dz = dx - share * along[0], dy - share * along[1], dz - share * along[2]
        return np.asarray(np.sqrt(dx * dx + dy * dy + dz * dz) - (first + growth * share), np.float32)

    return Shape(distance, min(start[1] - start_radius, end[1] - end_radius), blend)


def loft(
    start: Vector,
    end: Vector,
    *,
    front: Vector = (0.0, 0.0, 1.0),
    stations: Sequence[Station],
    roundness: float = 2.0,
    blend: float,
) -> Shape:
    """Return a limb: cross-sections along the line from start to end.

    A station is (position along the line in centimetres, then the extents from the line towards the left of `front`,
    the right of it, the front and the back). `roundness` is the exponent of the superellipse, 2 being an ellipse.
    """
    origin, axis, side, forward = _frame(start, end, front)
    table = _smooth_table(stations)
    first, last = stations[0][0], stations[-1][0]
    scale = np.float32((TABLE_SAMPLES - 1) / (last - first))
    power, root = np.float32(roundness), np.float32(1 / roundness)

    def distance(x: Array, y: Array, z: Array) -> Array:
        dx, dy, dz = x - origin[0], y - origin[1], z - origin[2]
        along = dx * axis[0] + dy * axis[1] + dz * axis[2]
        across = dx * side[0] + dy * side[1] + dz * side[2]
        depth = dx * forward[0] + dy * forward[1] + dz * forward[2]
        place = np.clip((along - np.float32(first)) * scale, 0, TABLE_SAMPLES - 1.001)
        row = place.astype(np.int32)
        share = place - row
        width_column = np.where(across >= 0, 0, 1)
        depth_column = np.where(depth >= 0, 2, 3)
        width = table[row, width_column] * (1 - share) + table[row + 1, width_column] * share
        thickness = table[row, depth_column] * (1 - share) + table[row + 1, depth_column] * share
        reach = np.sqrt(across * across + depth * depth) + np.float32(1e-4)
        if roundness == 2.0:
            level = np.sqrt((across / width) ** 2 + (depth / thickness) ** 2)
        else:
            level = (np.abs(across / width) ** power + np.abs(depth / thickness) ** power) ** root
        # Far inside, the radial measure loses meaning near the axis; it is bounded there by the thinner extent.
        radial = np.maximum(reach * (1 - 1 / (level + np.float32(1e-4))) * table[row, 4], -np.minimum(width, thickness))
        beyond = np.maximum(np.float32(first) - along, along - np.float32(last))
        outside = np.sqrt(np.maximum(radial, 0) ** 2 + np.maximum(beyond, 0) ** 2)
        return np.asarray(np.minimum(np.maximum(radial, beyond), 0) + outside, np.float32)

    widest = max(max(station[1:]) for station in stations)
    return Shape(distance, min(start[1], end[1]) - widest, blend)


def mirrored(shape: Shape) -> Shape:
    """Return the shape of the other side of the body (x negated)."""
    return Shape(lambda x, y, z: shape.distance(-x, y, z), shape.lowest, shape.blend)


def melt(first: Array, second: Array, softness: float) -> Array:
    """Return the union of two distances, rounded over `softness` centimetres where they meet."""
    if softness <= 0:
        return np.minimum(first, second)
    width = np.float32(softness)
    overlap = np.maximum(width - np.abs(first - second), 0)
    return np.asarray(np.minimum(first, second) - overlap * overlap / (4 * width), np.float32)


def carve(first: Array, second: Array, softness: float) -> Array:
    """Return the intersection of two distances with a rounded edge."""
    return -melt(-first, -second, softness)


def _frame(start: Vector, end: Vector, front: Vector) -> tuple[Array, Array, Array, Array]:
    origin = np.array(start, np.float32)
    axis = np.array(end, np.float32) - origin
    axis /= np.linalg.norm(axis)
    forward = np.array(front, np.float32)
    forward -= axis * (forward @ axis)
    forward /= np.linalg.norm(forward)
    return origin, axis, np.cross(forward, axis).astype(np.float32), forward.astype(np.float32)


def _smooth_table(stations: Sequence[Station]) -> Array:
    """Return the stations resampled evenly along the limb and smoothed, so that no station shows as a crease."""
    rows = np.array(stations, np.float64)
    places = np.linspace(rows[0, 0], rows[-1, 0], TABLE_SAMPLES)
    spread = 0.35 * float(np.median(np.diff(rows[:, 0])))
    reach = int(3 * spread / (places[1] - places[0])) + 1
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * (places[1] - places[0]) / spread) ** 2)
    kernel /= kernel.sum()
    columns = []
    for column in range(1, 5):
        slopes = np.gradient(rows[:, column], rows[:, 0])
        curve = _hermite(places, rows[:, 0], rows[:, column], slopes)
        columns.append(np.convolve(np.pad(curve, reach, mode="edge"), kernel, mode="valid"))
    # Where the limb widens fast the radial measure overstates the distance, by the slope's secant.
    slope = np.max(np.abs(np.gradient(np.stack(columns), places[1] - places[0], axis=1)), axis=0)
    columns.append(1 / np.sqrt(1 + slope**2))
    return np.stack(columns, axis=1).astype(np.float32)


def _hermite(
    places: NDArray[np.float64], knots: NDArray[np.float64], values: NDArray[np.float64], slopes: NDArray[np.float64]
) -> NDArray[np.float64]:
    index = np.clip(np.searchsorted(knots, places, side="right") - 1, 0, len(knots) - 2)
    span = knots[index + 1] - knots[index]
    t = (places - knots[index]) / span
    rise = (1 - t) ** 2 * (values[index] * (1 + 2 * t) + slopes[index] * span * t)
    fall = t**2 * (values[index + 1] * (3 - 2 * t) + slopes[index + 1] * span * (t - 1))
    return np.asarray(rise + fall, np.float64)
