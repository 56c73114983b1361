"""Makes the files of `remo-mock photos` out of the contract and the good photos; knows no directory and no terminal."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import combinations

from PIL import Image

from remo_mock.contract import OK, Contract, Endpoint, compose
from remo_mock.contract.packaged import fixture, good_photo
from remo_mock.photos.card_badge import write_card
from remo_mock.photos.card_mark import VERDICTS, VIEWS
from remo_mock.photos.card_scenes import Point, scene

SUCCESS, NOTHING = "success", "-"
BROKEN = {"not_image": "not-an-image.jpg", "undecodable": "broken-base64.txt"}
"""The files that are no photos, by the verdict that they are given; of the second, the text is what is sent."""

_WORDS = {"not_a_pose": "not A-pose"}
_JPEG_QUALITY = 82


@dataclass(frozen=True, slots=True)
class PhotoFile:
    """One file of the set: what it is for, and what each endpoint, by name, answers to it."""

    name: str
    does: str
    answers: Mapping[str, str]
    data: bytes = field(repr=False)


def card_set(
    contract: Contract, *, photos: Mapping[str, bytes], front_joints: tuple[Point, ...]
) -> tuple[PhotoFile, ...]:
    """Return the good photos, a card for every view and verdict that has a code of its own, and the broken files.

    `photos` maps view to the JPEG bytes of its good photo, `front_joints` are the joints of the front one in pixels.
    """
    pictures = {view: Image.open(BytesIO(data)).convert("RGB") for view, data in photos.items()}
    good = (
        PhotoFile(f"{view}.jpg", f"good {view} photo", _answers(contract, view, OK), data)
        for view, data in photos.items()
    )
    cards = (
        _card(contract, view, verdict, scene(verdict, view=view, photos=pictures, front_joints=front_joints))
        for verdict in VERDICTS
        for view in pictures
        if view in VIEWS and _codes(contract, view, verdict)
    )
    return (*good, *cards, *_broken(contract, next(iter(photos.values()))))


def file_of(contract: Contract, *, view: str, verdict: str) -> str | None:
    """Name the file that gives a view's photo the verdict, or None if there is no such file."""
    codes = _codes(contract, view, verdict)
    if verdict in BROKEN or not codes:
        return BROKEN.get(verdict)
    return f"{view}-{verdict.replace('_', '-')}-{next(iter(codes.values()))}.jpg"


def together(contract: Contract) -> Iterator[str]:
    """Yield lines that tell what cards of one verdict come to when one request carries several of them."""
    for endpoint in contract.endpoints:
        for verdict in VERDICTS:
            views = [view.name for view in endpoint.views if _code(contract, endpoint, {view.name: verdict})]
            sets = [some for size in range(2, len(views) + 1) for some in combinations(views, size)]
            codes = [(some, _code(contract, endpoint, dict.fromkeys(some, verdict))) for some in sets]
            told = ", ".join(f"{' + '.join(some)} {code}" for some, code in codes if code is not None)
            if told:
                yield f"{_words(verdict)}: {told} ({endpoint.name})"


def _card(contract: Contract, view: str, verdict: str, picture: Image.Image) -> PhotoFile:
    code = next(iter(_codes(contract, view, verdict).values()))
    caption = f"REMO test card: {view}, {_words(verdict)}, {code}"
    buffer = BytesIO()
    write_card(picture, verdict=verdict, view=view, caption=caption).save(
        buffer, "JPEG", quality=_JPEG_QUALITY, optimize=True
    )
    name = file_of(contract, view=view, verdict=verdict) or ""
    return PhotoFile(name, f"card: {view}, {_words(verdict)}", _answers(contract, view, verdict), buffer.getvalue())


def _broken(contract: Contract, photo: bytes) -> tuple[PhotoFile, ...]:
    """Return what no camera makes; a file cannot fail to decode as base64, so that one holds the field's text."""
    text = b64encode(photo[:600])[:-1]
    unusable = {endpoint.name: _view_by_view(contract, endpoint, "not_image") for endpoint in contract.endpoints}
    undecodable = {endpoint.name: _view_by_view(contract, endpoint, "undecodable") for endpoint in contract.endpoints}
    return (
        PhotoFile("truncated.jpg", "photo whose second half is missing", unusable, photo[: len(photo) // 2]),
        PhotoFile(
            BROKEN["not_image"], "text under the name of a photo", unusable, b"This is a text, not a photo.\n" * 20
        ),
        PhotoFile(BROKEN["undecodable"], "text of a field, its end cut off", undecodable, text),
    )


def _words(verdict: str) -> str:
    return _WORDS.get(verdict, verdict.replace("_", " "))


def _answers(contract: Contract, view: str, verdict: str) -> dict[str, str]:
    """Return what each endpoint answers to one photo while its other photos are good."""
    codes = _codes(contract, view, verdict)
    return {
        endpoint.name: str(codes.get(endpoint.name, SUCCESS if verdict == OK else NOTHING))
        if view in {own.name for own in endpoint.views}
        else NOTHING
        for endpoint in contract.endpoints
    }


def _view_by_view(contract: Contract, endpoint: Endpoint, verdict: str) -> str:
    codes = {view.name: _code(contract, endpoint, {view.name: verdict}) for view in endpoint.views}
    if len(set(codes.values())) == 1:
        return str(next(iter(codes.values())))
    return ", ".join(f"{view} {code}" for view, code in codes.items())


def _codes(contract: Contract, view: str, verdict: str) -> dict[str, int]:
    """Return endpoint to code, for the endpoints that have a code for this verdict of this view alone."""
    codes = {endpoint.name: _code(contract, endpoint, {view: verdict}) for endpoint in contract.endpoints}
    return {name: code for name, code in codes.items() if code is not None}


def _code(contract: Contract, endpoint: Endpoint, verdicts: Mapping[str, str]) -> int | None:
    if not set(verdicts) <= {view.name for view in endpoint.views}:
        return None
    try:
        code = compose(contract, endpoint, verdicts)
    except ValueError:
        return None  # no documented code tells this, so there is no such card
    return code.code if code else None


def packaged_cards(contract: Contract) -> tuple[PhotoFile, ...]:
    """Draw the files of the set, good photos first."""
    joints = fixture("photos/joints.json")
    photos = {view: good_photo(view) for view in joints}
    return card_set(contract, photos=photos, front_joints=tuple((x, y) for x, y in joints["front"]))
