"""Milliseconds of each step of a request with photos seen before, and of one with new photos, beside Pillow's share."""

import base64
import json
import time
from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO

from PIL import Image

from remo_mock import Settings
from remo_mock.assembly import Mock, make_mock
from remo_mock.photos.cards.reader import read_texts
from remo_mock.photos.decoding import open_photo
from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import find_figure
from remo_mock.photos.person.search import search_person
from remo_mock.photos.skeleton import pose
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.json_body import dump, parse_object
from remo_mock.store.account import Account
from workloads import ACCOUNT, CREDIT, FIELDS, PATHS, body, photo


def best_of(times: int, step: Callable[[], object]) -> float:
    """Return the shortest of several runs in milliseconds: the one that other programs disturbed least."""
    shortest = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        step()
        shortest = min(shortest, time.perf_counter() - began)
    return shortest * 1000


def photos_seen_before() -> None:
    """Print the time of a request with photos seen before."""
    mock = make_mock(Settings())
    mock.accounts.add(Account(ACCOUNT["Email"], ACCOUNT["UserKey"], ACCOUNT["APIKey"], CREDIT))
    print("photos seen before, ms  W1       W2       W3")
    rows: dict[str, list[float]] = {"parse": [], "write the reply": [], "respond, all in all": []}
    for workload, path in PATHS.items():
        data = body(workload)
        call = Call(path, "POST", "application/json", data)
        reply = mock.responder.respond(call)
        times = 2000 if len(data) < 100_000 else 30
        rows["parse"].append(best_of(times, partial(parse_object, data)))
        rows["write the reply"].append(best_of(times, partial(dump, reply.body)))
        rows["respond, all in all"].append(best_of(times, partial(answer, mock, call)))
    for name, values in rows.items():
        print(f"{name:<20}" + "".join(f"{value:>9.2f}" for value in values))
    mock.close()


def new_photos() -> None:
    """Print the time of each step on a new photo, beside the time that Pillow alone needs to decode and encode it."""
    print("\na new photo, ms                   1080x1920  4000x3000  4000x3000 turned by EXIF")
    upright = photo("back", (1080, 1920), 250), photo("back", (4000, 3000), 3500)
    photos = [*upright, turned(upright[1])]
    opened = [open_photo(data, max_pixels=50_000_000) for data in photos]
    pictures = [picture for picture in opened if isinstance(picture, Image.Image)]
    figures = [find_figure(picture, view="back") for picture in pictures]
    poses = [
        pose(figure, view="back", measures={}, size=picture.size)
        for figure, picture in zip(figures, pictures, strict=True)
        if figure is not None
    ]
    rows = {
        "Pillow: decode, encode once": [best_of(5, partial(decode_and_encode, data)) for data in photos],
        "open upright": [best_of(5, partial(open_photo, data, max_pixels=50_000_000)) for data in photos],
        "look for a card": [best_of(5, partial(read_texts, picture)) for picture in pictures],
        "find the figure": [best_of(5, partial(find_figure, picture, view="back")) for picture in pictures],
        "the same by the network": [best_of(5, partial(search_person, picture)) for picture in pictures],
        "draw": [
            best_of(5, partial(draw, picture, skeleton, view="back", grades={}))
            for picture, skeleton in zip(pictures, poses, strict=True)
        ],
        "encode": [best_of(5, partial(encode, picture)) for picture in pictures],
        "the whole request": [whole({"back": data}) for data in photos],
    }
    for name, values in rows.items():
        print(f"{name:<30}" + "".join(f"{value:>11.1f}" for value in values))


def answer(mock: Mock, call: Call) -> bytes:
    """Return the bytes of the reply to a call."""
    return dump(mock.responder.respond(call).body)


def encode(picture: Image.Image) -> None:
    """Encode a picture as the mock does."""
    picture.save(BytesIO(), "JPEG", quality=85)


def turned(data: bytes) -> bytes:
    """Return a photo as an upright phone stores it: lying on its side, with the EXIF orientation that turns it."""
    with Image.open(BytesIO(data)) as picture:
        lying = picture.transpose(Image.Transpose.ROTATE_90)
        exif = Image.Exif()
        exif[0x0112] = 6
        buffer = BytesIO()
        lying.save(buffer, "JPEG", quality=85, exif=exif)
    return buffer.getvalue()


def decode_and_encode(data: bytes) -> None:
    """Do what every service that draws on photos must do."""
    with Image.open(BytesIO(data)) as picture:
        picture.save(BytesIO(), "JPEG", quality=85)


def whole(photos: Mapping[str, bytes]) -> float:
    """Return the time of the shortest of several requests with the photo of the back, or with those of three views.

    A byte behind each picture makes it a new photo every time.
    """
    path = PATHS["W1"] if len(photos) == 1 else PATHS["W2"]
    mock = make_mock(Settings())
    shortest = float("inf")
    for number in range(5):
        fields = {"Email": "demo@example.com", "UserKey": "demo-user-key", "APIKey": "demo-api-key"}
        fields |= {FIELDS[view]: base64.b64encode(data + bytes([number])).decode() for view, data in photos.items()}
        call = Call(path, "POST", "application/json", json.dumps(fields).encode())
        began = time.perf_counter()
        answer(mock, call)
        shortest = min(shortest, time.perf_counter() - began)
    mock.close()
    return shortest * 1000


if __name__ == "__main__":
    photos_seen_before()
    new_photos()
