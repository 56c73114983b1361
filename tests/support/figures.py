"""Put the figure of the fixture photos before other backgrounds, and say where its joints are then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from remo_mock.photos.joints import JOINTS
from tests.support.checkout import ROOT

PHOTOS = ROOT / "fixtures" / "photos"
VIEWS = ("front", "side", "back")

Colour = tuple[int, int, int]
Points = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Scene:
    """A photo whose joints are known."""

    image: Image.Image
    view: str
    joints: Points

    @property
    def height(self) -> float:
        """Return the body's height in pixels: from crown to ankle it is 95 % of it."""
        rows = [y for _, y in self.joints]
        return (max(rows) - min(rows)) / 0.95

    def worst_error(self, joints: Points) -> float:
        """Return the largest distance between a joint and the true one, in body heights."""
        return (
            max(float(np.hypot(x - a, y - b)) for (x, y), (a, b) in zip(joints, self.joints, strict=True)) / self.height
        )


@cache
def fixture(view: str) -> Scene:
    """Return the fixture photo as it is."""
    joints = json.loads((PHOTOS / "joints.json").read_text())[view]
    return Scene(Image.open(PHOTOS / f"{view}.jpg").convert("RGB"), view, [(x, y) for x, y in joints])


@cache
def cut_out(view: str) -> Image.Image:
    """Return the mask of the figure in a fixture photo, without its shadow."""
    return silhouette(fixture(view).image)


def silhouette(image: Image.Image) -> Image.Image:
    """Return the mask of a figure before a backdrop of one colour."""
    backdrop = Image.new("RGB", image.size, image.getpixel((2, 2)))
    red, green, blue = ImageChops.difference(image, backdrop).split()
    strange = ImageChops.lighter(ImageChops.lighter(red, green), blue).point([0] * 40 + [255] * 216)
    # Filled at a quarter of the size, which is sixteen times as fast: the outline is that of the full size.
    outside = strange.reduce(4).point([0] * 64 + [255] * 192)
    ImageDraw.floodfill(outside, (0, 0), 128)
    inside = outside.point([255] * 128 + [0] + [255] * 127).filter(ImageFilter.MinFilter(3))
    filled = ImageChops.lighter(strange, inside.resize(image.size, Image.Resampling.NEAREST))
    return filled.filter(ImageFilter.GaussianBlur(0.7))


def scene(
    view: str,
    *,
    background: Image.Image,
    scale: float = 1.0,
    middle: float = 0.5,
    centre: float = 0.5,
    mirrored: bool = False,
) -> Scene:
    """Put the figure before a background, `scale` times its size, its photo's centre at these shares of the canvas."""
    source = fixture(view)
    size = (round(source.image.width * scale), round(source.image.height * scale))
    figure, mask = (image.resize(size, Image.Resampling.LANCZOS) for image in (source.image, cut_out(view)))
    joints = [(x * scale, y * scale) for x, y in source.joints]
    if mirrored:
        figure, mask = (image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) for image in (figure, mask))
        joints = [(size[0] - 1 - x, y) for x, y in joints]
        # A mirrored person still has the right shoulder at the smaller x of a front photo: left and right change.
        joints = [joints[JOINTS.index(_other_side(name))] for name in JOINTS]
    corner = (round(background.width * middle - size[0] / 2), round(background.height * centre - size[1] / 2))
    canvas = background.copy()
    canvas.paste(figure, corner, mask)
    return Scene(canvas, view, [(x + corner[0], y + corner[1]) for x, y in joints])


def _other_side(name: str) -> str:
    swapped = name.replace("Left", "*").replace("Right", "Left")
    return swapped.replace("*", "Right")


def plain(colour: Colour, size: tuple[int, int] = (853, 1280)) -> Image.Image:
    """Return a background of one colour."""
    return Image.new("RGB", size, colour)


def vignette(colour: Colour, size: tuple[int, int] = (853, 1280), strength: float = 0.35) -> Image.Image:
    """Return a background that darkens towards the corners and from top to bottom."""
    x, y = np.meshgrid(np.linspace(-1, 1, 256), np.linspace(-1, 1, 256))
    light = 1 - strength * (x**2 + y**2) / 2 - 0.08 * y
    pixels = np.clip(np.array(colour) * light[..., None], 0, 255).astype(np.uint8)
    return Image.fromarray(pixels, "RGB").resize(size, Image.Resampling.BILINEAR)


def with_floor(wall: Colour, floor: Colour, size: tuple[int, int] = (853, 1280), edge: float = 0.8) -> Image.Image:
    """Return a wall that meets a floor at a share of the height."""
    image = plain(wall, size)
    image.paste(floor, (0, round(size[1] * edge), *size))
    return image


def noisy(image: Image.Image, spread: float, seed: int = 0) -> Image.Image:
    """Return a picture with the noise of a dark room."""
    noise = np.random.default_rng(seed).normal(0, spread, (image.height, image.width, 1))
    return Image.fromarray(np.clip(np.asarray(image) + noise, 0, 255).astype(np.uint8), "RGB")


def as_jpeg(image: Image.Image, quality: int) -> Image.Image:
    """Return a picture after a round through JPEG."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


def with_shadow(image: Image.Image, *, middle: float, floor: float, reach: float, strength: float) -> Image.Image:
    """Return a background with a soft shadow on its floor, around (middle, floor) in shares of the picture."""
    mask = Image.new("L", image.size)
    x, y = image.width * middle, image.height * floor
    wide = reach * image.width
    ImageDraw.Draw(mask).ellipse((x - wide, y - wide / 6, x + wide, y + wide / 6), fill=round(255 * strength))
    shaded = image.copy()
    shaded.paste((0, 0, 0), (0, 0), mask.filter(ImageFilter.GaussianBlur(wide / 12)))
    return shaded


def texture(size: tuple[int, int], seed: int = 0) -> Image.Image:
    """Return a picture of random pixels."""
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    return Image.fromarray(pixels, "RGB")
