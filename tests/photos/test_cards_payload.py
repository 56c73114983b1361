"""The text of a photo card says one verdict and one view in plain words, today as on cards that were saved long ago."""

import pytest
import zxingcpp
from PIL import Image

from remo_mock.photos.cards.badge import write_card
from remo_mock.photos.cards.payload import Card, from_text, is_ours, quoted, to_text
from tests.support.card_pictures import CARDS, card_picture

TEXTS = {
    "remo-mock:any=ok": Card("ok", None),
    "remo-mock:front=ok": Card("ok", "front"),
    "remo-mock:side=ok": Card("ok", "side"),
    "remo-mock:back=ok": Card("ok", "back"),
    "remo-mock:any=no_person": Card("no_person", None),
    "remo-mock:front=no_person": Card("no_person", "front"),
    "remo-mock:side=no_person": Card("no_person", "side"),
    "remo-mock:back=no_person": Card("no_person", "back"),
    "remo-mock:any=wrong_angle": Card("wrong_angle", None),
    "remo-mock:front=wrong_angle": Card("wrong_angle", "front"),
    "remo-mock:side=wrong_angle": Card("wrong_angle", "side"),
    "remo-mock:back=wrong_angle": Card("wrong_angle", "back"),
    "remo-mock:any=tilted": Card("tilted", None),
    "remo-mock:front=tilted": Card("tilted", "front"),
    "remo-mock:side=tilted": Card("tilted", "side"),
    "remo-mock:back=tilted": Card("tilted", "back"),
    "remo-mock:any=not_a_pose": Card("not_a_pose", None),
    "remo-mock:front=not_a_pose": Card("not_a_pose", "front"),
    "remo-mock:side=not_a_pose": Card("not_a_pose", "side"),
    "remo-mock:back=not_a_pose": Card("not_a_pose", "back"),
}


@pytest.mark.parametrize(("text", "card"), TEXTS.items(), ids=TEXTS)
def test_saved_cards_keep_their_meaning(text: str, card: Card) -> None:
    assert (to_text(card), from_text(text)) == (text, card)


def test_every_card_has_its_text() -> None:
    assert set(TEXTS.values()) == set(CARDS)


@pytest.mark.parametrize(
    "text", [" remo-mock:back=no_person\n", "Remo-Mock:Back=No_Person", "remo-mock/1:back=no_person"]
)
def test_other_spellings_of_a_card_say_the_same(text: str) -> None:
    assert from_text(text) == Card("no_person", "back")


@pytest.mark.parametrize(
    "text",
    [
        "remo-mock/2:back=no_person",
        "remo-mock:back=unknown_user",
        "remo-mock:top=no_person",
        "remo-mock:back=no_person;more",
        "remo-mock:back",
        "remo-mock:",
    ],
)
def test_a_text_for_another_version_is_ours_and_no_card(text: str) -> None:
    assert (is_ours(text), from_text(text)) == (True, None)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.com/remo-mock:back=no_person",
        "remo-mockery:back=no_person",
        "WIFI:T:WPA;S:remo-mock:back=no_person;;",
        "back=no_person",
    ],
)
def test_a_text_of_somebody_else_is_not_ours(text: str) -> None:
    assert is_ours(text) is False


@pytest.mark.parametrize(
    ("text", "shown"),
    [("remo-mock:\r\nX-Evil: 1\x00", "remo-mock: X-Evil: 1"), ("remo-mock:" + "x" * 3000, f"remo-mock:{'x' * 50}...")],
)
def test_a_strange_text_is_quoted_in_one_short_line(text: str, shown: str) -> None:
    assert quoted(text) == shown


@pytest.mark.parametrize("card", [Card("unknown_user", "front"), Card("no_person", "top")], ids=str)
def test_a_card_that_no_text_can_say_is_refused(card: Card) -> None:
    with pytest.raises(ValueError, match="no card can carry"):
        to_text(card)


def test_any_reader_of_qr_codes_reads_a_card_and_its_level() -> None:
    codes = zxingcpp.read_barcodes(card_picture(Card("no_person", "back"), "portrait"))
    assert [(code.text, code.ec_level) for code in codes] == [("remo-mock:back=no_person", "H")]


@pytest.mark.parametrize("size", [(100, 100), (200, 4000), (1280, 500)])
def test_a_picture_without_room_for_a_card_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="has no room for a card"):
        write_card(Image.new("RGB", size), verdict="ok", view=None, caption="REMO test card: ok")
