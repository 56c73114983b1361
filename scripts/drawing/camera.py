"""Projects points of the body into a picture, and casts rays through its pixels."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drawing.person import Person
from drawing.shapes import Array, Vector


@dataclass(frozen=True, slots=True)
class Camera:
    """A point of view; `scale` is in pixels per centimetre at the figure, no `distance` means parallel rays."""

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
    """A person, the directions towards the key and rim lights, and a camera that looks along the key light."""

    person: Person
    key: Array
    rim: Array
    lamp: Camera
