"""A picture that is no photo card is never read as one, and a damaged card never as another card."""

from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image

from remo_mock.hints.hint import Hint
from remo_mock.hints.texts import english
from remo_mock.photos.cards.choice import NO_CARD, CardChoice, choose
from remo_mock.photos.cards.payload import Card
from remo_mock.photos.cards.reader import read_texts
from tests.support import card_pictures
from tests.support.card_pictures import card_picture, code_of, false_readings, photo, read_cards

KINDS: dict[str, tuple[Callable[[np.random.Generator], Image.Image], int]] = {
    "noise": (card_pictures.noise, 20),
    "gradient": (card_pictures.gradient, 10),
    "stripes": (card_pictures.stripes, 30),
    "checkers": (card_pictures.checkers, 30),
    "texture": (card_pictures.texture, 10),
    "drawing": (card_pictures.drawing, 15),
    "person": (card_pictures.person, 15),
    "finders": (card_pictures.finders, 8),
    "code_like": (card_pictures.code_like, 25),
}


def chosen(*texts: str, view: str = "back") -> CardChoice:
    """Return what codes side by side in one picture do on one view."""
    codes = [code_of(text) for text in texts]
    picture = Image.new("RGB", (sum(code.width for code in codes), max(code.height for code in codes)), (170, 170, 170))
    for number, code in enumerate(codes):
        picture.paste(code, (sum(other.width for other in codes[:number]), 0))
    return choose(picture, view=view, verdicts=("ok", "no_person", "wrong_angle"))


@pytest.mark.parametrize("kind", KINDS)
def test_no_other_picture_is_read(kind: str) -> None:
    make, count = KINDS[kind]
    assert false_readings(make, count=count, seed=20) == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", KINDS)
def test_none_of_many_other_pictures_is_read(kind: str) -> None:
    make, count = KINDS[kind]
    assert false_readings(make, count=10 * count, seed=21) == []


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_no_good_photo_is_read(view: str) -> None:
    assert read_texts(photo(view)) == ()


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 1), (1, 2), (3, 3), (10000, 1), (1, 10000), (65500, 40), (64, 64), (63, 5000), (4000, 65)]
)
@pytest.mark.parametrize("mode", ["RGB", "L", "1"])
def test_a_picture_of_any_shape_is_no_card(mode: str, size: tuple[int, int]) -> None:
    assert read_texts(Image.new(mode, size, "white")) == ()


@pytest.mark.parametrize("level", [0, 128, 255])
@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_a_damaged_card_is_itself_or_nothing(share: float, level: int) -> None:
    image = card_picture(Card("no_person", "back"), "portrait").copy()
    side = round(353 * share**0.5)  # the code of this canvas is some 350 pixels wide
    image.paste((level, level, level), (50 + (353 - side) // 2, 850, 50 + (353 + side) // 2, 850 + side))
    assert read_cards(image) in ([], [Card("no_person", "back")])


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/remo-mock:back=no_person",
        "WIFI:T:WPA;S:clinic;P:remo-mock:back=no_person;;",
        "back=no_person",
        "no_person",
        "\x00\x01\x02",
        "x" * 400,
    ],
)
def test_a_code_of_somebody_else_does_nothing(text: str) -> None:
    assert chosen(text) == NO_CARD


def told(choice: CardChoice) -> str:
    """Return in English what there is to tell about cards that do nothing."""
    return english(choice.reason) if choice.reason and choice.verdict is None else ""


def test_a_card_for_this_view_or_any_asks_for_its_verdict() -> None:
    expected = CardChoice("no_person", Hint("card_for", {"verdict": "no_person"}))
    assert (chosen("remo-mock:back=no_person"), chosen("remo-mock:any=no_person")) == (expected, expected)


def test_a_code_of_somebody_else_beside_a_card_changes_nothing() -> None:
    assert chosen("https://example.com", "remo-mock:back=no_person").verdict == "no_person"


def test_of_cards_for_several_views_the_one_for_this_view_counts() -> None:
    texts = ("remo-mock:front=wrong_angle", "remo-mock:back=no_person")
    assert (chosen(*texts).verdict, chosen(*texts, view="front").verdict) == ("no_person", "wrong_angle")


def test_cards_that_ask_for_different_verdicts_do_nothing_and_say_so() -> None:
    assert told(chosen("remo-mock:back=wrong_angle", "remo-mock:back=no_person")) == (
        "shows photo cards for no_person, wrong_angle, so none of them does anything; show one"
    )


def test_cards_for_other_views_do_nothing_and_say_so() -> None:
    assert told(chosen("remo-mock:side=no_person", "remo-mock:any=tilted")) == (
        "is a photo card for any view, tilted and for side, no_person, which does nothing here"
    )


def test_a_card_of_another_version_does_nothing_and_says_so() -> None:
    assert told(chosen("remo-mock/2:back=no_person")) == (
        "is a photo card for remo-mock/2:back=no_person, which this version of remo-mock does not know; "
        "remo-mock photos writes those it knows"
    )
