"""A picture that is no photo card is never read as one, and a damaged card never as another card."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image, ImageDraw

from remo_mock.photos.cards.mark import COLUMNS, Card
from remo_mock.photos.cards.reader import read_card
from tests.support import card_pictures
from tests.support.card_pictures import CARDS, card_picture, false_readings, photo

KINDS: dict[str, tuple[Callable[[np.random.Generator], Image.Image], int]] = {
    "noise": (card_pictures.noise, 200),
    "gradient": (card_pictures.gradient, 100),
    "stripes": (card_pictures.stripes, 150),
    "checkers": (card_pictures.checkers, 150),
    "texture": (card_pictures.texture, 100),
    "drawing": (card_pictures.drawing, 150),
    "person": (card_pictures.person, 150),
    "mark_like": (card_pictures.mark_like, 200),
}


def damaged(card: Card, column: int, row: int, level: int) -> Image.Image:
    """Paint one cell of a card over; the mark of this canvas begins at (108, 1119), its cells measure 14 by 28."""
    image = card_picture(card, "portrait").copy()
    left, top = 108 + 14 * column, 1119 + 28 * row
    ImageDraw.Draw(image).rectangle((left, top, left + 13, top + 27), fill=(level, level, level))
    return image


def others(card: Card, level: int) -> set[Card | None]:
    """Return what a card is read as, other than itself or nothing, with any one of its cells painted over."""
    read = {read_card(damaged(card, column, row, level)) for column in range(COLUMNS) for row in (0, 1)}
    return read - {card, None}


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_picture_is_read(kind: str) -> None:
    make, count = KINDS[kind]
    assert false_readings(make, count=count, seed=20) == []


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_no_good_photo_is_read(view: str) -> None:
    assert read_card(photo(view)) is None


@pytest.mark.parametrize("size", [(1, 1), (10000, 1), (1, 10000), (64, 64), (63, 5000), (4000, 65)])
def test_a_picture_of_any_shape_is_no_card(size: tuple[int, int]) -> None:
    assert read_card(Image.new("RGB", size, "white")) is None


@pytest.mark.parametrize("level", [0, 128, 255])
@pytest.mark.parametrize("card", [CARDS[5], CARDS[11], CARDS[17]], ids=str)
def test_a_card_with_a_painted_cell_is_never_another(card: Card, level: int) -> None:
    assert others(card, level) == set()


def test_a_card_with_a_turned_bit_is_none() -> None:
    image = damaged(Card("no_person", "back"), 12, 0, 0)
    left, top = 108 + 14 * 12, 1119 + 28
    ImageDraw.Draw(image).rectangle((left, top, left + 13, top + 27), fill="white")
    assert read_card(image) is None


@pytest.mark.parametrize("turn", [90, 270])
def test_a_card_that_lies_on_its_side_is_none(turn: int) -> None:
    assert read_card(card_picture(Card("no_person", "back"), "portrait").rotate(turn, expand=True)) is None
