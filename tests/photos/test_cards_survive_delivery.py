"""A photo card is read after whatever an app does to a photo on its way, and off a photo of a screen or a print.

Ways, sizes and cards are tried in turn, so that each meets each of the others; `make exhaustive` tries every card in
every way at every size.
"""

from collections.abc import Mapping
from io import BytesIO
from itertools import product
from typing import Any

import pytest
from PIL import Image

from remo_mock.photos.cards.payload import Card
from remo_mock.photos.decoding import open_photo
from tests.support.card_pictures import (
    CANVASES,
    CARDS,
    CROPS,
    ENCODINGS,
    card_picture,
    cropped,
    delivered,
    encoded,
    misread,
    on_a_screen,
    read_cards,
    scaled,
)

# The cards stand innermost, then the encodings: what goes before is done once for all of them.
WAYS = tuple(product(CANVASES, CROPS, ENCODINGS))
SIZES = (480, 853, 1280, 4000)
"""Long sides, in pixels; one picture of the largest takes as long as thirty of the others."""

BACK = Card("no_person", "back")


def sampled(number: int) -> tuple[Card, int]:
    """Choose a card and a size for a way, so that over all ways each meets each canvas, crop and encoding."""
    return CARDS[number % len(CARDS)], (480, 480, 853, 1280)[number % 4]


SAMPLES = {way: sampled(number) for number, way in enumerate(WAYS)}

# One after the other, as a photo goes from phone to messenger to app to server.
JOURNEYS = {
    "messenger": ("landscape", (1280, 480), "JPEG 50 4:4:4", "all round"),
    "enlarged": ("portrait", (480, 1500), "WebP 50", "all round"),
    "to and fro": ("portrait", (853, 480, 1600), "JPEG 30 4:2:0", "bottom"),
    "converted": ("landscape", (1000, 480, 700), "PNG", "left"),
}


def journey(card: Card, name: str) -> Image.Image:
    canvas, sizes, encoding, crop = JOURNEYS[name]
    image = encoded(card_picture(card, canvas), "JPEG 50 4:4:4")
    for size in sizes:
        image = encoded(scaled(image, size), "JPEG 50 4:4:4")
    return encoded(cropped(image, crop), encoding)


def turned(card: Card, degrees: float) -> Image.Image:
    """Deliver a card at 480 pixels, cropped and turned, the corners filled, at JPEG 30."""
    grey = (120, 125, 130)
    image = delivered(card, "portrait", "all round", 480)
    return encoded(image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=grey), "JPEG 30 4:2:0")


@pytest.mark.parametrize(("canvas", "crop", "encoding"), SAMPLES)
def test_a_card_is_read_in_every_way(canvas: str, crop: str, encoding: str) -> None:
    card, size = SAMPLES[canvas, crop, encoding]
    assert read_cards(encoded(delivered(card, canvas, crop, size), encoding)) == [card]


@pytest.mark.exhaustive
@pytest.mark.parametrize(("canvas", "crop", "encoding"), WAYS)
@pytest.mark.parametrize("size", SIZES)
def test_every_card_is_read_in_every_way_at_every_size(canvas: str, crop: str, encoding: str, size: int) -> None:
    assert misread(CARDS, lambda card: encoded(delivered(card, canvas, crop, size), encoding)) == []


def test_every_card_is_read_at_480_pixels_cropped_at_jpeg_30() -> None:
    assert misread(CARDS, lambda card: turned(card, 0)) == []


def test_a_card_of_twelve_megapixels_is_read() -> None:
    assert read_cards(delivered(BACK, "portrait", "left", 4000)) == [BACK]


@pytest.mark.parametrize("name", JOURNEYS)
def test_a_card_is_read_after_a_journey(name: str) -> None:
    assert misread(CARDS[::4], lambda card: journey(card, name)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", JOURNEYS)
def test_every_card_is_read_after_a_journey(name: str) -> None:
    assert misread(CARDS, lambda card: journey(card, name)) == []


@pytest.mark.parametrize("degrees", [2, -2, 11, 30, 45, 90, 135, 180, 270])
def test_a_card_is_read_at_any_angle(degrees: float) -> None:
    assert read_cards(turned(BACK, degrees)) == [BACK]


@pytest.mark.exhaustive
@pytest.mark.parametrize("degrees", range(0, 360, 3))
def test_every_card_is_read_at_every_angle(degrees: int) -> None:
    assert misread(CARDS, lambda card: turned(card, degrees)) == []


@pytest.mark.parametrize("turn", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.TRANSPOSE])
@pytest.mark.parametrize("degrees", [0, 30])
def test_a_mirrored_card_is_read(degrees: float, turn: Image.Transpose) -> None:
    assert read_cards(turned(BACK, degrees).transpose(turn)) == [BACK]


PHOTOGRAPHED: Mapping[str, Mapping[str, Any]] = {
    "straight": {},
    "turned": {"turn": 30, "blur": 1, "grain": 8},
    "from the side": {"turn": -10, "lean": 0.3, "blur": 1, "grain": 8},
    "turned and from the side": {"turn": -30, "lean": 0.2, "blur": 1.5, "grain": 8},
    "full HD": {"turn": 20, "lean": 0.15, "blur": 1.5, "grain": 10, "frame": (1080, 1920)},
    "small": {"turn": 12, "lean": 0.1, "blur": 0.8, "grain": 6, "frame": (768, 1024)},
    "a quarter of width and height": {"turn": 8, "lean": 0.05, "blur": 0.5, "grain": 4, "share": 1 / 16},
    "out of focus": {"turn": 25, "blur": 2, "grain": 3},
}


@pytest.mark.parametrize("shot", PHOTOGRAPHED.values(), ids=PHOTOGRAPHED)
def test_a_card_is_read_off_a_photo_of_a_screen(shot: Mapping[str, Any]) -> None:
    assert read_cards(on_a_screen(BACK, **shot)) == [BACK]


def test_a_card_far_out_of_focus_is_read_when_it_is_looked_at_again() -> None:
    assert read_cards(on_a_screen(BACK, turn=25, blur=2.8, grain=3)) == [BACK]


@pytest.mark.exhaustive
@pytest.mark.parametrize("shot", PHOTOGRAPHED.values(), ids=PHOTOGRAPHED)
def test_every_card_is_read_off_a_photo_of_a_screen(shot: Mapping[str, Any]) -> None:
    assert misread(CARDS, lambda card: on_a_screen(card, **shot)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("turn", [-30, 2, 17, 30])
@pytest.mark.parametrize("frame", [(3000, 4000), (4000, 3000)], ids=["upright", "lying"])
def test_cards_are_read_off_a_photo_of_twelve_megapixels(frame: tuple[int, int], turn: int) -> None:
    assert misread(CARDS[::4], lambda card: on_a_screen(card, frame=frame, turn=turn, lean=0.2, blur=4, grain=12)) == []


@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_a_card_that_metadata_turns_upright_is_read(orientation: int, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = BytesIO()
    card_picture(BACK, "portrait").rotate(turn, expand=True).save(buffer, "JPEG", exif=exif)
    photo = open_photo(buffer.getvalue(), max_pixels=50_000_000)
    assert isinstance(photo, Image.Image)
    assert read_cards(photo) == [BACK]


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "YCbCr"])
def test_a_card_of_any_mode_is_read(mode: str) -> None:
    assert read_cards(card_picture(Card("tilted", "front"), "landscape").convert(mode)) == [Card("tilted", "front")]


def test_the_picture_that_is_read_stays_as_it_is() -> None:
    image = card_picture(Card("ok", None), "portrait").copy()
    read_cards(image)
    assert image.tobytes() == card_picture(Card("ok", None), "portrait").tobytes()
