"""Decides what the photo cards in a picture ask for, for one view of an endpoint."""

from collections.abc import Collection
from dataclasses import dataclass

from PIL import Image

from remo_mock.hints.hint import Hint, Value, chained
from remo_mock.photos.cards.payload import Card, from_text, quoted
from remo_mock.photos.cards.reader import read_texts


@dataclass(frozen=True, slots=True)
class CardChoice:
    """The verdict that a picture's card asks for, or None, and what there is to tell about its cards, if anything."""

    verdict: str | None = None
    reason: Hint | None = None


NO_CARD = CardChoice()


def choose(image: Image.Image, *, view: str, verdicts: Collection[str]) -> CardChoice:
    """Read the cards in an upright picture, and choose the one for `view`; `verdicts` are those that the view can have.

    A card for another view beside it does nothing. Cards that ask for different verdicts do nothing either: which of
    them is meant, nobody could tell.
    """
    texts = read_texts(image)
    if not texts:
        return NO_CARD
    cards = [card for card in map(from_text, texts) if card is not None]
    ours = sorted({card.verdict for card in cards if card.view in (None, view) and card.verdict in verdicts})
    if len(ours) == 1:
        return CardChoice(ours[0], Hint("card_for", {"verdict": ours[0]}))
    if ours:
        return CardChoice(reason=Hint("cards_conflict", {"verdicts": tuple(ours)}))
    if cards:
        return CardChoice(reason=Hint("card_elsewhere", {"cards": chained("both", map(_named, cards))}))
    return CardChoice(reason=Hint("card_unknown", {"text": quoted(texts[0])}))


def _named(card: Card) -> Value:
    if card.view is None:
        return Hint("card_of_any_view", {"verdict": card.verdict})
    return Hint("card_of_view", {"view": card.view, "verdict": card.verdict})
