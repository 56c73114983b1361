"""Draw rooms with doors, windows, curtains, tiles, bricks, pictures, shelves and chairs, lit from a side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.support.figures import Colour

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Room:
    """A drawn room without anybody in it; `floor` is the row where the wall ends."""

    image: Image.Image
    floor: int


def room(seed: int, size: tuple[int, int], kind: str | None = None) -> Room:
    """Draw a room of a kind of `KINDS`, by default that of the seed."""
    random = np.random.default_rng(seed)
    wall = _colour(random, 90, 235, 25)
    image = Image.new("RGB", size, wall)
    floor = round(size[1] * random.uniform(0.62, 0.85))
    KINDS[kind or list(KINDS)[seed % len(KINDS)]](image, floor, wall, random)
    _draw_floor(image, floor, random)
    if random.random() < 0.4:
        _chair(image, floor, random)
    return Room(_lit(image, random), floor)


def _colour(random: Random, low: int, high: int, saturation: int) -> Colour:
    level = random.integers(low, high)
    red, green, blue = (int(np.clip(level + random.integers(-saturation, saturation + 1), 0, 255)) for _ in range(3))
    return red, green, blue


def _shade(colour: Colour, factor: float) -> Colour:
    red, green, blue = (int(np.clip(value * factor, 0, 255)) for value in colour)
    return red, green, blue


def _lit(image: Image.Image, random: Random) -> Image.Image:
    """Return the room with light from a side, and a camera's grain."""
    ramp = np.linspace(random.uniform(0.55, 1.0), random.uniform(0.75, 1.15), image.width)
    if random.random() < 0.5:
        ramp = ramp[::-1]
    pixels = np.asarray(image, dtype=np.float32) * ramp[None, :, None]
    pixels += random.normal(0, random.uniform(0.5, 4), (image.height, image.width, 1))
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8), "RGB")


def _draw_floor(image: Image.Image, floor: int, random: Random) -> None:
    width, height = image.size
    colour = _colour(random, 60, 200, 30)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, floor, width, height), fill=colour)
    draw.rectangle((0, floor - max(2, height // 70), width, floor), fill=_shade(colour, random.uniform(0.6, 1.4)))
    if random.random() < 0.6:
        seam = _shade(colour, 0.75)
        for place in range(-width, 2 * width, width // 7):
            draw.line((place, height, width / 2 + (place - width / 2) * 0.5, floor), fill=seam, width=2)


def _chair(image: Image.Image, floor: int, random: Random) -> None:
    width, height = image.size
    unit = height * random.uniform(0.18, 0.3)
    x = width * (random.uniform(0.0, 0.2) if random.random() < 0.5 else random.uniform(0.75, 0.95))
    ground = floor + height * 0.08
    colour = _colour(random, 30, 160, 40)
    draw = ImageDraw.Draw(image)
    thick = max(2, round(unit * 0.06))
    draw.rectangle((x, ground - unit * 0.5, x + unit * 0.55, ground - unit * 0.42), fill=colour)
    for across in (0.0, 0.5):
        draw.rectangle((x + unit * across, ground - unit * 0.45, x + unit * across + thick, ground), fill=colour)
    for across in (0.0, 0.24, 0.5):
        draw.rectangle((x + unit * across, ground - unit, x + unit * across + thick, ground - unit * 0.45), fill=colour)
    draw.rectangle((x, ground - unit, x + unit * 0.56, ground - unit * 0.88), fill=colour)


def _door(image: Image.Image, floor: int, wall: Colour, random: Random) -> None:
    width, height = image.size
    tall, wide = height * random.uniform(0.45, 0.62), width * random.uniform(0.2, 0.34)
    x = width * random.uniform(0.05, 0.6)
    colour = _colour(random, 50, 220, 40)
    frame = max(3, height // 60)
    draw = ImageDraw.Draw(image)
    draw.rectangle((x - frame, floor - tall - frame, x + wide + frame, floor), fill=_shade(colour, 1.25))
    draw.rectangle((x, floor - tall, x + wide, floor), fill=colour)
    for top, bottom in ((0.08, 0.45), (0.55, 0.92)):
        box = (x + wide * 0.18, floor - tall * (1 - top), x + wide * 0.82, floor - tall * (1 - bottom))
        draw.rectangle(box, outline=_shade(colour, 0.7), width=max(2, frame // 2))
    knob = (x + wide * 0.9, floor - tall * 0.5)
    draw.ellipse((knob[0] - frame, knob[1] - frame, knob[0], knob[1]), fill=_shade(wall, 0.5))


def _window(image: Image.Image, floor: int, wall: Colour, random: Random) -> None:
    width, height = image.size
    left, top = width * random.uniform(0.05, 0.55), height * random.uniform(0.06, 0.2)
    right, bottom = left + width * random.uniform(0.25, 0.42), top + height * random.uniform(0.25, 0.4)
    draw = ImageDraw.Draw(image)
    frame = max(3, height // 70)
    draw.rectangle((left - frame, top - frame, right + frame, bottom + frame), fill=_shade(wall, 1.3))
    draw.rectangle((left, top, right, bottom), fill=_colour(random, 190, 255, 20))
    draw.rectangle((left, (top + bottom) / 2, right, bottom), fill=_colour(random, 90, 190, 40))
    middle = (left + right) / 2
    draw.rectangle((middle - frame / 2, top, middle + frame / 2, bottom), fill=_shade(wall, 1.3))
    draw.rectangle((left - 2 * frame, bottom + frame, right + 2 * frame, bottom + 3 * frame), fill=_shade(wall, 0.8))
    if random.random() < 0.5:
        _radiator(draw, (left, bottom + height * 0.08, right, floor - height * 0.02), wall)


def _radiator(draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float], wall: Colour) -> None:
    left, top, right, bottom = box
    if bottom - top < 10:
        return
    draw.rectangle(box, fill=_shade(wall, 1.2))
    for place in np.arange(left, right, max(4.0, (right - left) / 12)):
        draw.line((place, top, place, bottom), fill=_shade(wall, 0.75), width=2)


def _stripes(image: Image.Image, values: NDArray[np.float64], colour: Colour, box: tuple[int, int, int, int]) -> None:
    left, top, _, bottom = box
    shade = np.clip(values[None, :, None] * np.array(colour), 0, 255).astype(np.uint8)
    image.paste(Image.fromarray(np.repeat(shade, bottom - top, axis=0), "RGB"), (left, top))


def _curtain(image: Image.Image, floor: int, _wall: Colour, random: Random) -> None:
    width, height = image.size
    left = round(width * random.uniform(0.0, 0.5))
    right = min(width, left + round(width * random.uniform(0.35, 0.7)))
    phase = np.arange(right - left) / width * random.uniform(60, 160)
    values = 0.85 + 0.18 * np.sin(phase) + 0.07 * np.sin(2.7 * phase)
    _stripes(image, values, _colour(random, 60, 220, 60), (left, round(0.03 * height), right, floor))


def _grid(image: Image.Image, floor: int, wall: Colour, random: Random) -> None:
    width, _ = image.size
    step = round(width * random.uniform(0.06, 0.16))
    line = _shade(wall, random.choice([0.45, 0.7, 1.3]))
    draw = ImageDraw.Draw(image)
    for place in range(int(random.integers(step)), max(width, floor), step):
        draw.line((place, 0, place, floor), fill=line, width=2)
        draw.line((0, place, width, place), fill=line, width=2)


def _brick(image: Image.Image, floor: int, _wall: Colour, random: Random) -> None:
    width, height = image.size
    brick = (random.integers(140, 190), random.integers(70, 110), random.integers(55, 90))
    tall = max(7, round(height * random.uniform(0.018, 0.04)))
    wide = round(2.6 * tall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width, floor), fill=(190, 182, 170))
    for number, top in enumerate(range(0, floor, tall)):
        for left in range(-(number % 2) * wide // 2, width, wide):
            tint = random.uniform(0.75, 1.15)
            colour = tuple(int(min(255, value * tint)) for value in brick)
            draw.rectangle((left, top, left + wide - 3, min(top + tall - 3, floor)), fill=colour)


def _frames(image: Image.Image, _floor: int, wall: Colour, random: Random) -> None:
    width, height = image.size
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(1, 4))):
        left, top = width * random.uniform(0.02, 0.75), height * random.uniform(0.05, 0.3)
        right, bottom = left + width * random.uniform(0.12, 0.25), top + height * random.uniform(0.12, 0.25)
        draw.rectangle((left, top, right, bottom), fill=_colour(random, 20, 120, 30))
        edge = max(3, height // 90)
        draw.rectangle((left + edge, top + edge, right - edge, bottom - edge), fill=_shade(wall, 1.2))
        inside = (left + 4 * edge, top + 4 * edge, right - 4 * edge, bottom - 4 * edge)
        if inside[2] > inside[0] and inside[3] > inside[1]:
            draw.rectangle(inside, fill=_colour(random, 40, 220, 60))


def _shelf(image: Image.Image, floor: int, wall: Colour, random: Random) -> None:
    width, height = image.size
    left, right = width * random.uniform(0.02, 0.5), 0.0
    right = left + width * random.uniform(0.3, 0.48)
    draw = ImageDraw.Draw(image)
    draw.rectangle((left, height * 0.12, right, floor), fill=_shade(wall, 0.55))
    for board in np.linspace(height * 0.14, floor - height * 0.12, 5):
        at = left + 3
        while at < right - 8:
            thick = random.uniform(0.012, 0.03) * width
            tall = height * random.uniform(0.07, 0.11)
            box = (at, board + height * 0.12 - tall, min(at + thick, right - 3), board + height * 0.12)
            draw.rectangle(box, fill=_colour(random, 30, 230, 60))
            at += thick + 1


def _plain(_image: Image.Image, _floor: int, _wall: Colour, _random: Random) -> None:
    pass


def _studio(image: Image.Image, _floor: int, wall: Colour, random: Random) -> None:
    """Draw a wall whose light falls off to all sides."""
    width, height = image.size
    light = Image.radial_gradient("L").resize((width, height)).point([255 - level // 2 for level in range(256)])
    image.paste(ImageChops.multiply(Image.new("RGB", image.size, wall), light.convert("RGB")))
    if random.random() < 0.5:
        image.paste(image.filter(ImageFilter.GaussianBlur(3)))


KINDS: dict[str, Callable[[Image.Image, int, Colour, Random], None]] = {
    "plain": _plain,
    "door": _door,
    "window": _window,
    "curtain": _curtain,
    "grid": _grid,
    "brick": _brick,
    "frames": _frames,
    "shelf": _shelf,
    "studio": _studio,
}
