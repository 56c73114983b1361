"""Draws the files of `remo-mock photos`: the good photos, the cards, files that are no photos, people in postures."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from remo_mock.contract import OK, Contract, Json
from remo_mock.contract.packaged import fixture, good_photo, posture_photo
from remo_mock.photos.cards.badge import write_card
from remo_mock.photos.cards.catalogue import (
    BROKEN,
    answers_to_any_view,
    answers_to_view,
    codes_by_endpoint,
    file_name,
    verdict_words,
)
from remo_mock.photos.cards.payload import VERDICTS, VIEWS
from remo_mock.photos.cards.scenes import Point, scene_for

_JPEG_QUALITY = 74


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One file of the set: a description, and what each endpoint, by name, answers to it."""

    name: str
    description: str
    answers: Mapping[str, str]
    data: bytes = field(repr=False)


def packaged_cards(contract: Contract) -> tuple[PhotoFile, ...]:
    """Draw the set from the packaged photos, good photos first."""
    joints = fixture("photos/joints.json")
    photos = {view: good_photo(view) for view in joints}
    cards = card_set(contract, photos=photos, front_joints=tuple((x, y) for x, y in joints["front"]))
    return (*cards, *posture_files(contract, fixture("photos/postures.json")))


def posture_files(contract: Contract, postures: Json) -> tuple[PhotoFile, ...]:
    """Return the photos of drawn people in postures, which give the degrees that they show; rows by name."""
    return tuple(
        PhotoFile(
            f"{name}.jpg",
            f"{row['person']}, {row['posture']} posture",
            answers_to_view(contract, view=row["view"], verdict=OK),
            posture_photo(name),
        )
        for name, row in postures.items()
    )


def card_set(
    contract: Contract, *, photos: Mapping[str, bytes], front_joints: tuple[Point, ...]
) -> tuple[PhotoFile, ...]:
    """Return the good photos, a card for every view and verdict that has a code of its own, and the broken files.

    `photos` maps views to the JPEG bytes of their good photos; `front_joints` are the joints of the front photo, in
    pixels.
    """
    pictures = {view: Image.open(BytesIO(data)).convert("RGB") for view, data in photos.items()}
    good = (
        PhotoFile(f"{view}.jpg", f"good {view} photo", answers_to_view(contract, view=view, verdict=OK), data)
        for view, data in photos.items()
    )
    cards = (
        _card(contract, view, verdict, scene_for(verdict, view=view, photos=pictures, front_joints=front_joints))
        for verdict in VERDICTS
        for view in pictures
        if view in VIEWS and codes_by_endpoint(contract, view=view, verdict=verdict)
    )
    return (*good, *cards, *_broken(contract, next(iter(photos.values()))))


def _card(contract: Contract, view: str, verdict: str, picture: Image.Image) -> PhotoFile:
    words = verdict_words(verdict)
    code = next(iter(codes_by_endpoint(contract, view=view, verdict=verdict).values()))
    buffer = BytesIO()
    card = write_card(picture, verdict=verdict, view=view, caption=f"REMO test card: {view}, {words}, {code}")
    card.save(buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True)
    return PhotoFile(
        file_name(contract, view=view, verdict=verdict) or "",
        f"{view} card, {words}",
        answers_to_view(contract, view=view, verdict=verdict),
        buffer.getvalue(),
    )


def _broken(contract: Contract, photo: bytes) -> tuple[PhotoFile, ...]:
    """Return the files that are no photos; base64 fails only as a field's text, so one file holds such a text."""
    not_image = answers_to_any_view(contract, "not_image")
    undecodable = answers_to_any_view(contract, "undecodable")
    text = b64encode(photo[:600])[:-1]
    no_photo = b"This is a text, not a photo.\n" * 20
    return (
        PhotoFile("truncated.jpg", "photo cut in half", not_image, photo[: len(photo) // 2]),
        PhotoFile(BROKEN["not_image"], "text, no photo", not_image, no_photo),
        PhotoFile(BROKEN["undecodable"], "base64 without its end", undecodable, text),
    )
