"""A photo card is read after whatever an app does to a photo on its way.

All ways at all sizes are tried, each with some of the cards in turn; `make exhaustive` tries them with every card.
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import product

import pytest
from PIL import Image

from remo_mock.photos.cards.reader import Card, read_card
from remo_mock.photos.decoding import open_photo
from tests.support.card_pictures import (
    CANVASES,
    CARDS,
    CROPS,
    ENCODINGS,
    WRITTEN,
    card_picture,
    cropped,
    delivered,
    encoded,
    misread,
    scaled,
)

# The cards stand innermost, then the encodings: what goes before is done once for all of them.
WAYS = tuple(product(CANVASES, CROPS, ENCODINGS))
SIZES = (480, 853, 1280, 4000)
"""Long sides, in pixels; one picture of the largest takes as long as thirty of the others."""


def in_turn(cards: Sequence[Card], way: tuple[str, str, str], number: int) -> list[Card]:
    """Choose so many cards for a way, so that over all ways each card meets each canvas, crop and encoding."""
    first = number * WAYS.index(way)
    return [cards[(first + step) % len(cards)] for step in range(number)]


SAMPLES = {
    **{(*way, size): in_turn(CARDS, way, 4) for way in WAYS for size in SIZES[:3]},
    **{(*way, SIZES[3]): in_turn(WRITTEN, way, 1) for way in WAYS},
}

# One after the other, as a photo goes from phone to messenger to app to server.
JOURNEYS = {
    "messenger": ("landscape", (1280, 480), "JPEG 50 4:2:0", "all round"),
    "enlarged": ("portrait", (480, 1500), "WebP 50", "all round"),
    "to and fro": ("portrait", (853, 480, 1600), "JPEG 50 4:2:0", "bottom"),
    "converted": ("landscape", (1000, 480, 700), "PNG", "left"),
}


def journey(card: Card, name: str) -> Image.Image:
    canvas, sizes, encoding, crop = JOURNEYS[name]
    image = encoded(card_picture(card, canvas), "JPEG 50 4:2:0")
    for size in sizes:
        image = encoded(scaled(image, size), "JPEG 50 4:2:0")
    return encoded(cropped(image, crop), encoding)


@pytest.mark.parametrize(("canvas", "crop", "encoding", "size"), SAMPLES)
def test_a_card_is_read_in_every_way_at_every_size(canvas: str, crop: str, encoding: str, size: int) -> None:
    cards = SAMPLES[canvas, crop, encoding, size]
    assert misread(cards, lambda card: encoded(delivered(card, canvas, crop, size), encoding)) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize(("canvas", "crop", "encoding"), WAYS)
@pytest.mark.parametrize("size", SIZES)
def test_every_card_is_read_in_every_way_at_every_size(canvas: str, crop: str, encoding: str, size: int) -> None:
    assert misread(CARDS, lambda card: encoded(delivered(card, canvas, crop, size), encoding)) == []


@pytest.mark.parametrize(("size", "cards"), [(480, CARDS), (853, CARDS), (1280, CARDS), (4000, WRITTEN)])
def test_at_every_size_every_card_meets_each_canvas_crop_and_encoding(size: int, cards: Sequence[Card]) -> None:
    met = {(card, step) for (*way, at), chosen in SAMPLES.items() if at == size for card in chosen for step in way}
    assert met == set(product(cards, [*CANVASES, *CROPS, *ENCODINGS]))


@pytest.mark.parametrize("name", JOURNEYS)
def test_every_card_is_read_after_a_journey(name: str) -> None:
    assert misread(CARDS, lambda card: journey(card, name)) == []


@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_a_card_that_metadata_turns_upright_is_read(orientation: int, turn: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    buffer = BytesIO()
    card_picture(Card("no_person", "back"), "portrait").rotate(turn, expand=True).save(buffer, "JPEG", exif=exif)
    photo = open_photo(buffer.getvalue(), max_pixels=50_000_000)
    assert isinstance(photo, Image.Image)
    assert read_card(photo) == Card("no_person", "back")


@pytest.mark.parametrize("turn", [Image.Transpose.FLIP_LEFT_RIGHT, Image.Transpose.ROTATE_180])
@pytest.mark.parametrize("canvas", CANVASES)
def test_every_card_is_read_mirrored_and_upside_down(canvas: str, turn: Image.Transpose) -> None:
    assert misread(CARDS, lambda card: encoded(delivered(card, canvas, "left", 480).transpose(turn), "WebP 50")) == []


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "YCbCr"])
def test_a_card_of_any_mode_is_read(mode: str) -> None:
    assert read_card(card_picture(Card("tilted", "front"), "landscape").convert(mode)) == Card("tilted", "front")


def test_the_picture_that_is_read_stays_as_it_is() -> None:
    image = card_picture(Card("ok", None), "portrait").copy()
    read_card(image)
    assert image.tobytes() == card_picture(Card("ok", None), "portrait").tobytes()
