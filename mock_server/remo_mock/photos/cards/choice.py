"""Decides what the photo cards in a picture ask for, for one view of an endpoint."""

from collections.abc import Collection
from dataclasses import dataclass

from PIL import Image

from remo_mock.photos.cards.payload import Card, from_text, quoted
from remo_mock.photos.cards.reader import read_texts


@dataclass(frozen=True, slots=True)
class CardChoice:
    """The verdict that a picture's card asks for, or None, and what there is to tell about its cards, if anything."""

    verdict: str | None = None
    reason: str | None = None


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
        return CardChoice(ours[0], f"is a photo card for {ours[0]}")
    if ours:
        return CardChoice(reason=f"shows photo cards for {', '.join(ours)}, so none of them does anything; show one")
    if cards:
        return CardChoice(reason=f"is a photo card for {_listed(cards)}, which does nothing here")
    return CardChoice(
        reason=f"is a photo card for {quoted(texts[0])}, which this version of remo-mock does not know; "
        "remo-mock photos writes those it knows"
    )


def _listed(cards: Collection[Card]) -> str:
    return " and for ".join(f"{card.view or 'any view'}, {card.verdict}" for card in cards)
