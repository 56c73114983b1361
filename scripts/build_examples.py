"""Makes the pictures in the example replies anew from the fixture photos; all other values stay as they are."""

from __future__ import annotations

import argparse
import base64
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from remo_mock.contract import DATA_URI_PREFIX
from remo_mock.contract.building.json_text import JsonObject, dump
from remo_mock.contract.building.parts import metric_fields
from remo_mock.photos.overlay import draw

ROOT = Path(__file__).resolve().parent.parent
# Low on purpose: the examples are read by people and are part of the wheel, and plain studio pictures look well.
QUALITY = 30

Points = Sequence[tuple[int, int]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Rewrite each `<endpoint>.success.json` with pictures that fit its coordinates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--root", type=Path, default=ROOT, help="the folder that holds schemas and fixtures")
    root: Path = parser.parse_args(arguments).root
    joints: dict[str, Points] = json.loads((root / "fixtures/photos/joints.json").read_bytes())
    for path in sorted(root.glob("schemas/*/endpoint.json")):
        endpoint: JsonObject = json.loads(path.read_bytes())
        target = root / f"fixtures/examples/{endpoint['name']}.success.json"
        if target.exists():
            target.write_bytes(dump(with_pictures(json.loads(target.read_bytes()), endpoint, root, joints)).encode())
            print(f"wrote: {target.relative_to(root).as_posix()}, {target.stat().st_size} bytes")
    return 0


def with_pictures(reply: JsonObject, endpoint: JsonObject, root: Path, joints: dict[str, Points]) -> JsonObject:
    """Return `reply` with the image of each view made anew from the photo of that view."""
    images = {}
    for view in endpoint["views"]:
        name, points = view["view"], [(x, y) for x, y in json.loads(reply[view["coords"]])]
        with Image.open(root / f"fixtures/photos/{name}.jpg") as photo:
            picture = fitted(photo.convert("RGB"), joints[name], points)
        own = [metric for metric in endpoint["metrics"] if metric["view"] == name]
        grades = {metric["measure"]: reply[metric_fields(endpoint, metric)[1]] for metric in own}
        draw(picture, tuple(points), view=name, grades=grades)
        images[view["image"]] = data_uri(picture)
    return reply | images


def fitted(photo: Image.Image, joints: Points, points: Points) -> Image.Image:
    """Return `photo` moved and scaled so that its joints come close to `points`, on a canvas that holds these.

    The pages' coordinates belong to their own pictures, which are not ours to show (L24: coordinates fit the picture).
    """
    scale = _height(joints) / _height(points)
    left = _middle(joints, axis=0) - scale * _middle(points, axis=0)
    top = _middle(joints, axis=1) - scale * _middle(points, axis=1)
    times = 1 + max(max(x for x, _ in points) // photo.width, max(y for _, y in points) // photo.height)
    return photo.transform(
        (photo.width * times, photo.height * times),
        Image.Transform.AFFINE,
        (scale, 0, left, 0, scale, top),
        Image.Resampling.BICUBIC,
        fillcolor=photo.getpixel((1, 1)),
    )


def data_uri(picture: Image.Image) -> str:
    """Return a JPEG of `picture` as the replies carry it."""
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=QUALITY, optimize=True)
    return DATA_URI_PREFIX + base64.b64encode(file.getvalue()).decode()


def _height(points: Points) -> float:
    return max(y for _, y in points) - min(y for _, y in points)


def _middle(points: Points, *, axis: int) -> float:
    values = [point[axis] for point in points]
    return (max(values) + min(values)) / 2


if __name__ == "__main__":
    sys.exit(main())
