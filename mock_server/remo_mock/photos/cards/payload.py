"""Writes what a photo card says as a short text, and reads it.

The text is `remo-mock:back=no_person`: whoever reads the QR code with a phone understands it, and any generator of QR
codes makes a card. The first version has no number; later ones are written `remo-mock/2:...`.
"""

import re
from dataclasses import dataclass

VERDICTS = ("ok", "no_person", "wrong_angle", "tilted", "not_a_pose")
VIEWS = (None, "front", "side", "back")

_ANY = "any"
_VERSION = 1
_OURS = re.compile(r"\s*remo-mock(?:/\d{1,9})?:", re.IGNORECASE)
_TEXT = re.compile(r"remo-mock(?:/(?P<version>\d{1,9}))?:(?P<view>[a-z]+)=(?P<verdict>[a-z_]+)")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Card:
    """The verdict that a photo card asks for, and the view that it is meant for (None: any view)."""

    verdict: str
    view: str | None


def to_text(card: Card) -> str:
    """Return the text of a card. Raises `ValueError` for an unknown verdict or view."""
    if card.verdict not in VERDICTS or card.view not in VIEWS:
        raise ValueError(
            f"no card can carry {card.verdict} for {card.view}; verdicts: {', '.join(VERDICTS)}; "
            f"views: {', '.join(str(view) for view in VIEWS)}"
        )
    return f"remo-mock:{card.view or _ANY}={card.verdict}"


def is_ours(text: str) -> bool:
    """Return whether a text is meant for remo-mock, in this version or another."""
    return _OURS.match(text) is not None


def from_text(text: str) -> Card | None:
    """Return the card that a text writes, or None if it is none of this version. Case and outer spaces do not count."""
    found = _TEXT.fullmatch(text.strip().lower())
    if found is None or int(found["version"] or _VERSION) != _VERSION:
        return None
    view = None if found["view"] == _ANY else found["view"]
    known = found["verdict"] in VERDICTS and view in VIEWS
    return Card(found["verdict"], view) if known else None


def quoted(text: str) -> str:
    """Return a text from a stranger's picture in one line of ASCII, cut short."""
    plain = re.sub(r"[^!-~]+", " ", text).strip()
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}..."
