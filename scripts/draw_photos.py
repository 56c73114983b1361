"""Draws the fixture photos and the sample postures, and writes their joints and degrees."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from PIL import Image

from drawing.body import JOINTS
from drawing.camera import Camera, Scene
from drawing.look import MODEL, Look
from drawing.person import person
from drawing.posture import Posture
from drawing.rendering import rendered
from drawing.samples import SAMPLES, bends, posture_of, shown
from drawing.shapes import Array, Vector
from remo_mock.photos.samples import glance

WIDTH, HEIGHT = 853, 1280
TURNS = {"front": 0.0, "side": 90.0, "back": 180.0}
KEY_LIGHT: Vector = (-0.50, 0.62, 0.66)
RIM_LIGHT: Vector = (0.78, 0.30, -0.52)
SHADOW_SCALE = 2.0
# The samples of postures are as large as an app's preview: 640 x 960.
SAMPLE_ZOOM = 0.75


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


def draw(
    view: str, posture: Posture, look: Look, *, samples: int, zoom: float, smooth_edges: bool = False
) -> Image.Image:
    """Return the picture of one view, `zoom` times the full size, with samples x samples rays in a pixel."""
    turn = TURNS[view]
    key = direction(KEY_LIGHT, turn)
    scene = Scene(person(posture, look), key, direction(RIM_LIGHT, turn), light_camera(key))
    return Image.fromarray(
        rendered(scene, photo_camera(turn, samples * zoom), samples=samples, smooth_edges=smooth_edges)
    )


def places(posture: Posture, view: str, *, zoom: float = 1.0) -> list[tuple[float, float]]:
    """Return the joints in a view, in pixels of a picture `zoom` times the full size."""
    camera = photo_camera(TURNS[view], zoom)
    return [camera.project(posture.bent(joint))[:2] for joint in JOINTS]


def write_picture(name: str, folder: Path, *, samples: int, zoom: float) -> None:
    """Draw one file: a view of the model, or `person-posture-view` of a sample."""
    sample_name, _, view = name.rpartition("-")
    if not sample_name:
        # Small enough that the pages' curl sample, which puts all three photos into one argument of the command
        # line, stays below the 128 KiB that Linux allows for one (L30).
        picture = draw(view, Posture(), MODEL, samples=samples, zoom=zoom)
        picture.save(folder / f"{view}.jpg", quality=77, subsampling="4:2:0", optimize=True)
        return
    sample = SAMPLES[sample_name]
    # One ray in a pixel but at edges: there are many samples, and an hour is long.
    picture = draw(view, posture_of(sample, places), sample.look, samples=1, zoom=zoom * SAMPLE_ZOOM, smooth_edges=True)
    picture.save(folder / "postures" / f"{name}.jpg", quality=80, subsampling="4:2:0", optimize=True)


def joints() -> dict[str, list[list[int]]]:
    """Return the pixels of the joints in each view of the full-size pictures."""
    return {view: rounded(places(Posture(), view)) for view in TURNS}


def rounded(points: Iterable[tuple[float, float]]) -> list[list[int]]:
    """Return points in whole pixels."""
    return [[round(value) for value in point] for point in points]


def write_postures(folder: Path) -> None:
    """Write postures.json: what each sample shows, where its joints are, and how it looks from afar."""
    table: dict[str, dict[str, object]] = {}
    for name, sample in SAMPLES.items():
        posture = posture_of(sample, places)
        print(name, bends(posture))
        for view in TURNS:
            seen = places(posture, view, zoom=SAMPLE_ZOOM)
            with Image.open(folder / "postures" / f"{name}-{view}.jpg") as picture:
                table[f"{name}-{view}"] = {
                    "person": name.partition("-")[0],
                    "posture": name.partition("-")[2],
                    "view": view,
                    "degrees": {measure: round(value, 3) for measure, value in shown(seen, view).items()},
                    "width": picture.width,
                    "joints": rounded(seen),
                    "glance": glance(picture.convert("RGB")).hex(),
                }
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(row)}" for name, row in table.items())
    (folder / "postures.json").write_text("{\n" + rows + "\n}\n", encoding="utf-8")


def main() -> None:
    """Write the pictures, joints.json and postures.json to a folder."""
    every = [*TURNS, *(f"{name}-{view}" for name in SAMPLES for view in TURNS)]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent.parent / "fixtures" / "photos")
    parser.add_argument("--pictures", nargs="*", choices=every, default=every, metavar="NAME")
    parser.add_argument("--samples", type=int, default=2)
    parser.add_argument("--zoom", type=float, default=1.0)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    (options.folder / "postures").mkdir(parents=True, exist_ok=True)
    write = partial(write_picture, folder=options.folder, samples=options.samples, zoom=options.zoom)
    with ProcessPoolExecutor(max_workers=options.processes) as pool:
        for _ in pool.map(write, options.pictures):
            pass
    lines = ",\n".join(f'  "{view}": {json.dumps(points)}' for view, points in joints().items())
    (options.folder / "joints.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    write_postures(options.folder)


if __name__ == "__main__":
    main()
