"""Milliseconds of each step: the hot path (photos seen before), and a photo never seen beside Pillow's own share."""

import base64
import json
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO

from PIL import Image, ImageOps
from workloads import ACCOUNT, photo, workloads

from remo_mock import Settings
from remo_mock.assembly import Mock, make_mock
from remo_mock.photos.cards.reader import read_card
from remo_mock.photos.decoding import open_photo
from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import find_figure
from remo_mock.photos.skeleton import pose
from remo_mock.service.json_body import dump, parse_object
from remo_mock.service.messages import Call
from remo_mock.store.account import Account


def best_of(times: int, step: Callable[[], object]) -> float:
    """Return the shortest of several runs, in milliseconds: the one that other programs disturbed least."""
    shortest = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        step()
        shortest = min(shortest, time.perf_counter() - began)
    return shortest * 1000


def hot_path() -> None:
    """Print what a request costs whose photos were seen before."""
    mock = make_mock(Settings())
    email, user_key, api_key = ACCOUNT.values()
    mock.accounts.add(Account(email, user_key, api_key, 10**9))
    print("hot path, ms            W1       W2       W3")
    rows: dict[str, list[float]] = {"parse": [], "write the reply": [], "respond, all in all": []}
    for path, body in workloads().values():
        call = Call(path, "POST", "application/json", body)
        reply = mock.responder.respond(call)
        times = 2000 if len(body) < 100_000 else 30
        rows["parse"].append(best_of(times, partial(parse_object, body)))
        rows["write the reply"].append(best_of(times, partial(dump, reply.body)))
        rows["respond, all in all"].append(best_of(times, partial(answer, mock, call)))
    for name, values in rows.items():
        print(f"{name:<20}" + "".join(f"{value:>9.2f}" for value in values))
    mock.close()


def cold_path() -> None:
    """Print what a photo costs that was never seen, beside what Pillow alone needs to decode and encode it once."""
    print("\na photo never seen, ms            1080x1920  4000x3000  4000x3000 turned by EXIF")
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
        "look for a card": [best_of(5, partial(read_card, picture)) for picture in pictures],
        "find the figure": [best_of(5, partial(find_figure, picture, view="back")) for picture in pictures],
        "draw": [
            best_of(5, partial(draw, picture, skeleton, view="back", grades={}))
            for picture, skeleton in zip(pictures, poses, strict=True)
        ],
        "encode": [best_of(5, partial(encode, picture)) for picture in pictures],
        "the whole request": [whole(data) for data in photos],
    }
    for name, values in rows.items():
        print(f"{name:<30}" + "".join(f"{value:>11.1f}" for value in values))


def answer(mock: Mock, call: Call) -> bytes:
    """Answer a call, to the bytes."""
    return dump(mock.responder.respond(call).body)


def encode(picture: Image.Image) -> None:
    """Write a picture as the mock does."""
    picture.save(BytesIO(), "JPEG", quality=85)


def turned(data: bytes) -> bytes:
    """Store a photo as a phone held upright does: lying, with the EXIF orientation that turns it."""
    with Image.open(BytesIO(data)) as picture:
        lying = ImageOps.exif_transpose(picture)
        exif = Image.Exif()
        exif[0x0112] = 6
        buffer = BytesIO()
        lying.save(buffer, "JPEG", quality=85, exif=exif)
    return buffer.getvalue()


def decode_and_encode(data: bytes) -> None:
    """Do what no service can do without."""
    with Image.open(BytesIO(data)) as picture:
        picture.save(BytesIO(), "JPEG", quality=85)


def whole(data: bytes) -> float:
    """Return the shortest of several requests with a photo never seen; an ignored tail makes each photo a new one."""
    mock = make_mock(Settings())
    shortest = float("inf")
    for number in range(5):
        body = {
            "Email": "demo@example.com",
            "UserKey": "demo-user-key",
            "APIKey": "demo-api-key",
            "borigimg": base64.b64encode(data + bytes([number])).decode(),
        }
        call = Call("/api/analysis-skeleton-v2-back", "POST", "application/json", json.dumps(body).encode())
        began = time.perf_counter()
        answer(mock, call)
        shortest = min(shortest, time.perf_counter() - began)
    mock.close()
    return shortest * 1000


if __name__ == "__main__":
    hot_path()
    cold_path()
