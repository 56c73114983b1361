"""Makes pictures for the tests of photo cards: every card as it is delivered, and pictures that are no card."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from io import BytesIO

import numpy as np
import segno
from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

from remo_mock.photos.cards.badge import write_card
from remo_mock.photos.cards.payload import VERDICTS, VIEWS, Card, from_text
from remo_mock.photos.cards.reader import read_texts
from tests.support.calls import PHOTOS

CARDS = tuple(Card(verdict, view) for verdict in VERDICTS for view in VIEWS)
CANVASES = {"portrait": (720, 1280), "landscape": (1280, 720)}
# Shares cut off on the left, at the top, on the right, at the bottom.
CROPS = {
    "whole": (0.0, 0.0, 0.0, 0.0),
    "left": (0.05, 0.0, 0.0, 0.0),
    "top": (0.0, 0.05, 0.0, 0.0),
    "right": (0.0, 0.0, 0.05, 0.0),
    "bottom": (0.0, 0.0, 0.0, 0.05),
    "all round": (0.05, 0.05, 0.05, 0.05),
}
ENCODINGS: dict[str, tuple[str, dict[str, int]]] = {
    "JPEG 30 4:2:0": ("JPEG", {"quality": 30, "subsampling": 2}),
    "JPEG 50 4:4:4": ("JPEG", {"quality": 50, "subsampling": 0}),
    "JPEG 85 4:2:0": ("JPEG", {"quality": 85, "subsampling": 2}),
    "PNG": ("PNG", {"compress_level": 0}),
    "WebP 50": ("WEBP", {"quality": 50, "method": 0}),
    "WebP 85": ("WEBP", {"quality": 85, "method": 0}),
}


@cache
def photo(view: str) -> Image.Image:
    """Open a fixture photo as RGB."""
    with Image.open(PHOTOS / f"{view}.jpg") as image:
        return image.convert("RGB")


@cache
def card_picture(card: Card, canvas: str) -> Image.Image:
    """Write a card on a photo of one of the `CANVASES`."""
    picture = ImageOps.pad(photo(card.view or "front"), CANVASES[canvas], color=(233, 236, 240))
    return write_card(picture, verdict=card.verdict, view=card.view, caption=f"REMO test card: {card.verdict}, 123")


def cropped(image: Image.Image, crop: str) -> Image.Image:
    """Cut the border off."""
    left, top, right, bottom = CROPS[crop]
    width, height = image.size
    return image.crop(
        (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    )


@lru_cache(maxsize=len(CARDS))
def delivered(card: Card, canvas: str, crop: str, long_side: int) -> Image.Image:
    """Write a card, cut its border off and scale it, as all encodings of one way have in common."""
    return scaled(cropped(card_picture(card, canvas), crop), long_side)


def scaled(image: Image.Image, long_side: int) -> Image.Image:
    """Scale as a phone does: smoothly, whole."""
    scale = long_side / max(image.size)
    return image.resize((round(scale * image.width), round(scale * image.height)), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, encoding: str) -> Image.Image:
    """Encode, without metadata, and decode again."""
    kind, options = ENCODINGS[encoding]
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    with Image.open(buffer) as again:
        return again.convert("RGB")


def read_cards(image: Image.Image) -> list[Card | None]:
    """Return the cards in a picture; None stands for a text that is meant for remo-mock and is no card of today."""
    return [from_text(text) for text in read_texts(image)]


def misread(cards: Iterable[Card], deliver: Callable[[Card], Image.Image]) -> list[tuple[Card, list[Card | None]]]:
    """List the cards that are read as something else after delivery, and as what."""
    read = ((card, read_cards(deliver(card))) for card in cards)
    return [(card, found) for card, found in read if found != [card]]


def on_a_screen(
    card: Card,
    *,
    frame: tuple[int, int] = (1080, 1440),
    share: float = 0.25,
    turn: float = 0.0,
    lean: float = 0.0,
    blur: float = 0.0,
    grain: float = 0.0,
) -> Image.Image:
    """Photograph a card off a screen or a print that lies on a desk in uneven light, as a JPEG.

    `share` is the card's part of the frame's area, `turn` its angle in degrees, `lean` by how much its farther side is
    shorter, `blur` the radius in pixels of the frame, `grain` the strength of the noise in levels.
    """
    picture = card_picture(card, "portrait")
    scale = math.sqrt(share * frame[0] * frame[1] / (picture.width * picture.height))
    along = complex(math.cos(math.radians(turn)), math.sin(math.radians(turn))) * scale
    half = complex(picture.width, picture.height) / 2
    corners = []
    for right, down, near in ((-1, -1, 1 - lean), (1, -1, 1), (1, 1, 1), (-1, 1, 1 - lean)):
        place = complex(right * half.real, down * half.imag * near) * along
        corners.append((frame[0] * 0.47 + place.real, frame[1] * 0.53 + place.imag))
    table = _perspective(picture.size, corners)
    random = np.random.default_rng(VERDICTS.index(card.verdict) * len(VIEWS) + VIEWS.index(card.view))
    desk = Image.fromarray(random.integers(60, 200, (4, 4, 3), np.uint8)).resize(frame, Image.Resampling.BICUBIC)
    bent, mask = (
        part.transform(frame, Image.Transform.PERSPECTIVE, table, Image.Resampling.BICUBIC)
        for part in (picture, Image.new("L", picture.size, 255))
    )
    desk.paste(bent, (0, 0), mask)
    light = Image.linear_gradient("L").rotate(90).resize(frame).point(lambda level: 120 + level * 0.4).convert("RGB")
    lit = ImageChops.multiply(desk, light).filter(ImageFilter.GaussianBlur(blur))
    levels = np.asarray(lit, np.float32) + random.normal(0, grain, (frame[1], frame[0], 1)).astype(np.float32)
    return encoded(Image.fromarray(levels.clip(0, 255).astype(np.uint8)), "JPEG 85 4:2:0")


def _perspective(size: tuple[int, int], corners: list[tuple[float, float]]) -> list[float]:
    """Return what brings a picture of `size` to four corners, in the form that Pillow's transform takes."""
    width, height = size
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (width, 0), (width, height), (0, height)], strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return [float(one) for one in np.linalg.solve(np.array(rows), np.array(values))]


def code_of(text: str, *, module: int = 6) -> Image.Image:
    """Write any text as a QR code, as people make them, in the middle of a grey picture."""
    modules = segno.make_qr(text, error="m")
    rows = [[255 * (not module) for module in row] for row in modules.matrix_iter(scale=module, border=4)]
    code = Image.fromarray(np.array(rows, np.uint8))
    picture = Image.new("L", (code.width + 200, code.height + 200), 170)
    picture.paste(code, (100, 100))
    return picture.convert("RGB")


def false_readings(make: Callable[[np.random.Generator], Image.Image], *, count: int, seed: int) -> list[int]:
    """List which of `count` pictures, none of them a card, are read as one."""
    random = np.random.default_rng(seed)
    return [number for number in range(count) if read_texts(make(random))]


def noise(random: np.random.Generator) -> Image.Image:
    """Noise of any grain and strength."""
    grain, width, height = int(random.integers(1, 24)), int(random.integers(300, 900)), int(random.integers(300, 900))
    levels = random.normal(random.uniform(60, 200), random.uniform(5, 120), (height // grain + 1, width // grain + 1))
    return Image.fromarray(levels.clip(0, 255).astype(np.uint8)).resize((width, height), int(random.integers(0, 4)))


def gradient(random: np.random.Generator) -> Image.Image:
    """Smooth light from somewhere, with grain."""
    corners = Image.fromarray(random.integers(0, 256, (3, 3, 3), np.uint8))
    smooth = np.asarray(corners.resize((640, 480), Image.Resampling.BICUBIC)).astype(np.int16)
    return Image.fromarray((smooth + random.integers(-9, 10, smooth.shape)).clip(0, 255).astype(np.uint8))


def stripes(random: np.random.Generator) -> Image.Image:
    """Bars of repeated widths, as on shirts and blinds, at times in the very proportions of a mark."""
    widths = [(3, 1, 1, 1), (3, 1, 1, 3), (1, 1), (1, 3), (2, 1, 1)][int(random.integers(5))]
    unit = int(random.integers(1, 12))
    period = np.concatenate([np.full(width * unit, 255 * (place % 2)) for place, width in enumerate(widths)])
    row = np.tile(period, 2000 // len(period))[:800].astype(np.uint8)
    sheet = Image.fromarray(np.tile(row, (500, 1)))
    return sheet.rotate(float(random.choice([0, 0, 0, 90, 3, 45])), Image.Resampling.BILINEAR)


def checkers(random: np.random.Generator) -> Image.Image:
    """Cells in two tones, regular as tiles or drawn by lot as in a code."""
    rows, columns = int(random.integers(2, 60)), int(random.integers(4, 80))
    cells = (
        np.indices((rows, columns)).sum(axis=0) % 2 if random.random() < 0.4 else random.integers(0, 2, (rows, columns))
    )
    return Image.fromarray((cells * 255).astype(np.uint8)).resize((720, 540), Image.Resampling.NEAREST)


def texture(random: np.random.Generator) -> Image.Image:
    """Clouds of several sizes laid over each other, as in foliage, cloth and stone."""
    layers = [
        np.asarray(
            Image.fromarray(random.random((side, side), np.float32)).resize((640, 640), Image.Resampling.BICUBIC)
        )
        for side in (4, 12, 40, 130)
    ]
    clouds = sum(weight * layer for weight, layer in zip(random.dirichlet(np.ones(4)), layers, strict=True))
    stretched = (clouds - clouds.min()) / np.ptp(clouds) * 255
    return Image.fromarray(stretched.astype(np.uint8))


def drawing(random: np.random.Generator) -> Image.Image:
    """Furniture and lettering: boxes, discs, lines and words on a wall."""
    image = Image.new("RGB", (600, 800), tuple(int(level) for level in random.integers(0, 256, 3)))
    draw = ImageDraw.Draw(image)
    for _ in range(25):
        x, y = sorted(random.integers(0, 600, 2)), sorted(random.integers(0, 800, 2))
        colour = tuple(int(level) for level in random.integers(0, 256, 3))
        shape = (draw.rectangle, draw.ellipse, draw.rounded_rectangle)[int(random.integers(3))]
        shape((int(x[0]), int(y[0]), int(x[1]), int(y[1])), fill=colour)
    words = " ".join(map(str, random.integers(0, 9999, 5)))
    draw.text(
        (20, int(random.integers(0, 700))),
        words,
        font=ImageFont.load_default(int(random.integers(12, 60))),
        fill="black",
    )
    return image


def person(random: np.random.Generator) -> Image.Image:
    """A fixture photo, moved, mirrored, in other light."""
    image = photo(str(random.choice(["front", "side", "back"]))).reduce(2)
    right, down = int(random.integers(-60, 60)), int(random.integers(-60, 60))
    turned = image.rotate(float(random.uniform(-20, 20)), translate=(right, down))
    lit = ImageEnhance.Brightness(turned).enhance(random.uniform(0.3, 1.6))
    return ImageOps.mirror(lit) if random.random() < 0.5 else lit.filter(ImageFilter.GaussianBlur(random.uniform(0, 3)))


def finders(random: np.random.Generator) -> Image.Image:
    """Corners of QR codes all over: each set of three might be a code, and none is."""
    unit, gap = int(random.integers(1, 5)), int(random.integers(1, 5))
    corner = np.full((7 + gap, 7 + gap), 255, np.uint8)
    corner[:7, :7], corner[1:6, 1:6], corner[2:5, 2:5] = 0, 255, 0
    page = np.tile(corner, (500 // len(corner) // unit, 700 // len(corner) // unit))
    return Image.fromarray(np.kron(page, np.ones((unit, unit), np.uint8)))


def code_like(random: np.random.Generator) -> Image.Image:
    """Corners of a QR code with modules drawn by lot: only the error correction tells that it says nothing."""
    modules = 255 * random.integers(0, 2, (37, 37), np.uint8)
    corner = np.full((8, 8), 255, np.uint8)
    corner[:7, :7], corner[1:6, 1:6], corner[2:5, 2:5] = 0, 255, 0
    modules[4:12, 4:12], modules[4:12, 25:33], modules[25:33, 4:12] = corner, corner[:, ::-1], corner[::-1]
    modules[:4], modules[33:], modules[:, :4], modules[:, 33:] = 255, 255, 255, 255
    code = Image.fromarray(modules).resize((296, 296), Image.Resampling.NEAREST)
    image = Image.new("L", (480, 640), 255)
    image.paste(code, (60, int(random.integers(40, 300))))
    return image
