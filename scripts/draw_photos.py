"""Draws the fixture photos and writes their joints."""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from drawing.body import JOINTS
from drawing.camera import Camera, Scene
from drawing.person import person
from drawing.rendering import rendered
from drawing.shapes import Array, Vector

WIDTH, HEIGHT = 853, 1280
TURNS = {"front": 0.0, "side": 90.0, "back": 180.0}
KEY_LIGHT: Vector = (-0.50, 0.62, 0.66)
RIM_LIGHT: Vector = (0.78, 0.30, -0.52)
SHADOW_SCALE = 2.0


def turned(turn: float) -> tuple[Array, Array]:
    """Return the picture's right and the direction to the viewer, who stands `turn` degrees to the subject's right."""
    angle = np.radians(turn)
    right = np.array((np.cos(angle), 0, np.sin(angle)), np.float32)
    return right, np.array((-np.sin(angle), 0, np.cos(angle)), np.float32)


def photo_camera(turn: float, scale: float) -> Camera:
    """Return the photographer's camera: level, at hip height, four and a half metres away."""
    right, towards = turned(turn)
    up = np.array((0, 1, 0), np.float32)
    centre = np.array((0, 84.0, 0), np.float32)
    return Camera(
        centre + towards * 450, right, up, -towards, round(WIDTH * scale), round(HEIGHT * scale), 5.75 * scale, 450.0
    )


def light_camera(light: Array) -> Camera:
    """Return a camera that looks along the key light; its depth map shows what the light reaches."""
    right = np.cross(np.array((0, 1, 0), np.float32), light)
    right /= np.linalg.norm(right)
    up = np.cross(light, right)
    size = round(190 * SHADOW_SCALE)
    return Camera(np.array((0, 86, 0), np.float32) + light * 200, right, up, -light, size, size, SHADOW_SCALE, None)


def direction(light: Vector, turn: float) -> Array:
    """Return a light that is fixed to the camera as a direction in the body's space."""
    right, towards = turned(turn)
    vector = right * np.float32(light[0]) + np.array((0, light[1], 0), np.float32) + towards * np.float32(light[2])
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


def draw(view: str, *, samples: int, zoom: float) -> Image.Image:
    """Return the picture of one view, `zoom` times the full size, with samples x samples rays in a pixel."""
    turn = TURNS[view]
    key = direction(KEY_LIGHT, turn)
    scene = Scene(person(), key, direction(RIM_LIGHT, turn), light_camera(key))
    return Image.fromarray(rendered(scene, photo_camera(turn, samples * zoom), samples=samples))


def joints() -> dict[str, list[list[int]]]:
    """Return the pixels of the joints in each view of the full-size pictures."""
    cameras = {view: photo_camera(turn, 1) for view, turn in TURNS.items()}
    return {
        view: [[round(value) for value in camera.project(joint)[:2]] for joint in JOINTS]
        for view, camera in cameras.items()
    }


def main() -> None:
    """Write the pictures and joints.json to a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent.parent / "fixtures" / "photos")
    parser.add_argument("--views", nargs="+", choices=TURNS, default=list(TURNS))
    parser.add_argument("--samples", type=int, default=2)
    parser.add_argument("--zoom", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(max_workers=options.processes) as pool:
        pictures = pool.map(partial(draw, samples=options.samples, zoom=options.zoom), options.views)
        for view, picture in zip(options.views, pictures, strict=True):
            # Small enough that the pages' curl sample, which puts all three photos into one argument of the command
            # line, stays below the 128 KiB that Linux allows for one (L30).
            picture.save(options.folder / f"{view}.jpg", quality=77, subsampling="4:2:0", optimize=True)
    lines = ",\n".join(f'  "{view}": {json.dumps(places)}' for view, places in joints().items())
    (options.folder / "joints.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
