"""Put drawn people into drawn rooms: aside, of any size, in other clothes, leaning."""

from __future__ import annotations

import json
from functools import cache

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

from tests.support.figures import PHOTOS, Points, Scene, cut_out, fixture, silhouette
from tests.support.rooms import Random, room

SIZES = ((450, 600), (405, 720), (480, 480), (640, 480), (800, 450))


def scene_in_room(seed: int, view: str, kind: str | None = None) -> Scene:
    """Put the figure into a drawn room: from 25 to 90 % of its height, never in the middle, its shadow on the wall."""
    random = np.random.default_rng(seed + 10_000)
    size = SIZES[int(random.integers(len(SIZES)))]
    drawn = room(seed, size, kind)
    source, shape = people(view)[int(random.integers(len(people(view))))]
    _, top, _, bottom = shape.getbbox() or (0, 0, *shape.size)
    scale = random.uniform(0.25, 0.9) * size[1] / (bottom - top)
    across = scale * random.uniform(0.93, 1.07)
    figure, mask = (_scaled(image, across, scale) for image in (source.image, shape))
    joints = [(x * across, y * scale) for x, y in source.joints]
    figure, mask, joints = _turned(_dressed(figure, random), mask, joints, random.uniform(-2.5, 2.5))
    left, top, right, bottom = mask.getbbox() or (0, 0, *mask.size)
    share = random.uniform(0.16, 0.36) if random.random() < 0.5 else random.uniform(0.64, 0.84)
    # Wholly in the frame, feet on the floor where the person is tall enough.
    x = round(min(max(share * size[0] - (right - left) / 2, 3), size[0] - (right - left) - 3)) - left
    feet = random.uniform(drawn.floor + 0.02 * size[1], 0.985 * size[1])
    y = round(min(max(feet - (bottom - top), 4), size[1] - (bottom - top) - 3)) - top
    canvas = drawn.image.copy()
    _cast_shadow(canvas, mask, (x, y), scale, random)
    canvas.paste(ImageEnhance.Brightness(figure).enhance(random.uniform(0.7, 1.05)), (x, y), mask)
    return Scene(canvas, view, [(a + x, b + y) for a, b in joints])


@cache
def people(view: str) -> list[tuple[Scene, Image.Image]]:
    """Return the drawn people seen from a view, in all their postures, each with its mask."""
    return [(fixture(view), cut_out(view)), *((scene, silhouette(scene.image)) for scene in postures(view))]


@cache
def postures(view: str) -> list[Scene]:
    """Return the photos of the drawn man and woman in all their postures, before a plain wall."""
    table = json.loads((PHOTOS / "postures.json").read_text())
    return [
        Scene(Image.open(PHOTOS / "postures" / f"{name}.jpg").convert("RGB"), view, [(x, y) for x, y in row["joints"]])
        for name, row in table.items()
        if row["view"] == view
    ]


def _dressed(figure: Image.Image, random: Random) -> Image.Image:
    """Return the figure in clothes of another colour, and with another skin."""
    hue, saturation, value = figure.convert("HSV").split()
    shift, darkness = int(random.integers(256)), random.uniform(0.35, 1.0)
    is_cloth = hue.point([255 if 110 < level < 190 else 0 for level in range(256)])
    other_hue = hue.point([(level + shift) % 256 for level in range(256)])
    light = random.uniform(0.6, 1.9)
    cloth = Image.merge("HSV", (other_hue, saturation, value)).convert("RGB")
    cloth = cloth.point([min(255, round(level * light)) for level in range(256)] * 3)
    skin = figure.point([round(level * darkness) for level in range(256)] * 3)
    return Image.composite(cloth, skin, is_cloth)


def _turned(
    figure: Image.Image, mask: Image.Image, joints: Points, degrees: float
) -> tuple[Image.Image, Image.Image, Points]:
    """Return the figure leaning to a side."""
    centre = (figure.width / 2, figure.height / 2)
    radians = np.radians(degrees)
    cosine, sine = float(np.cos(radians)), float(np.sin(radians))
    places = [
        (
            centre[0] + (x - centre[0]) * cosine + (y - centre[1]) * sine,
            centre[1] - (x - centre[0]) * sine + (y - centre[1]) * cosine,
        )
        for x, y in joints
    ]
    fill = figure.getpixel((2, 2))
    turned = figure.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=fill)
    return turned, mask.rotate(degrees, Image.Resampling.BICUBIC), places


def _scaled(image: Image.Image, across: float, down: float) -> Image.Image:
    size = (round(image.width * across), round(image.height * down))
    return image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)


def _cast_shadow(canvas: Image.Image, mask: Image.Image, corner: tuple[int, int], scale: float, random: Random) -> None:
    """Darken the wall beside the figure: its soft shadow, by light from a side."""
    strength = random.uniform(0.0, 0.45)
    blurred = mask.filter(ImageFilter.GaussianBlur(random.uniform(2, 14) * scale + 1))
    shade = blurred.point([round(level * strength) for level in range(256)])
    aside = round(random.uniform(-90, 90) * scale)
    canvas.paste((20, 18, 16), (corner[0] + aside, corner[1] + round(20 * scale)), shade)
