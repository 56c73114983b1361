"""The mark of a photo card says one verdict and one view, today as in cards that were saved long ago."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PIL import Image

from remo_mock.photos.cards.badge import write_card
from remo_mock.photos.cards.mark import BITS, Card, from_bits, to_cells
from tests.support.card_pictures import CARDS


def word(card: Card) -> tuple[int, ...]:
    return to_cells(card)[0][6:30]


def turned(card: Card, count: int) -> Iterator[Card | None]:
    """Yield what a word says with any `count` of its bits turned."""
    bits = word(card)
    for places in combinations(range(BITS), count):
        yield from_bits([bit ^ (place in places) for place, bit in enumerate(bits)])


@pytest.mark.parametrize("card", CARDS, ids=str)
def test_a_word_says_its_card(card: Card) -> None:
    assert from_bits(word(card)) == card


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("card", CARDS, ids=str)
def test_a_word_with_turned_bits_says_nothing(card: Card, count: int) -> None:
    assert set(turned(card, count)) == {None}


@pytest.mark.parametrize(
    ("card", "upper", "lower"),
    [
        (Card("ok", None), "000101000000001110000111110000101000", "000101111111110001111000001111101000"),
        (Card("no_person", "back"), "000101000100111100001110100010101000", "000101111011000011110001011101101000"),
        (Card("not_a_pose", "front"), "000101010000011011100100010101101000", "000101101111100100011011101010101000"),
    ],
    ids=str,
)
def test_saved_cards_keep_their_meaning(card: Card, upper: str, lower: str) -> None:
    assert tuple("".join(map(str, row)) for row in to_cells(card)) == (upper, lower)


@pytest.mark.parametrize("content", ["01010000", "00000100"])
def test_a_number_without_a_meaning_says_nothing(content: str) -> None:
    said = {from_bits([int(bit) for bit in f"{content}{check:016b}"]) for check in range(1 << 16)}
    assert said == {None}


@pytest.mark.parametrize("card", [Card("unknown_user", "front"), Card("no_person", "top")], ids=str)
def test_a_card_that_no_mark_can_carry_is_refused(card: Card) -> None:
    with pytest.raises(ValueError, match="no card can carry"):
        to_cells(card)


@pytest.mark.parametrize("size", [(100, 100), (200, 4000), (1280, 500)])
def test_a_picture_without_room_for_a_card_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="has no room for a card"):
        write_card(Image.new("RGB", size), verdict="ok", view=None, caption="REMO test card: ok")
