"""The requests that all benchmarks send, with photos enlarged from fixtures/photos and grained like a camera's."""

import base64
import json
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image

PHOTOS = Path(__file__).parent.parent / "fixtures" / "photos"
ACCOUNT = {"Email": "bench@example.com", "UserKey": "bench-user-key", "APIKey": "bench-api-key"}
CREDIT = 10**9
FIELDS = {"front": "forigimg", "side": "sorigimg", "back": "borigimg"}
PATHS = {
    "W1": "/api/analysis-skeleton-v2-back",
    "W2": "/api/analysis-skeleton-v2",
    "W3": "/api/analysis-skeleton-v2",
}
VIEWS = {"W1": ("back",), "W2": tuple(FIELDS), "W3": tuple(FIELDS)}
# Pixels and kilobytes of each photo.
_PHOTOS = {"W1": ((426, 640), 20), "W2": ((1080, 1920), 250), "W3": ((4000, 3000), 3500)}


def photo(view: str, size: tuple[int, int], kilobytes: int) -> bytes:
    """Return a JPEG of the view, of that size in pixels and nearly that many kilobytes."""
    with Image.open(PHOTOS / f"{view}.jpg") as drawn:
        picture = drawn.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 24).convert("RGB")
    encoded = b""
    for strength in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5):
        buffer = BytesIO()
        Image.blend(picture, grain, strength).save(buffer, "JPEG", quality=85)
        if encoded and buffer.tell() > kilobytes * 1024:
            break
        encoded = buffer.getvalue()
    return encoded


def body(workload: str) -> bytes:
    """Return the body of a workload, W1 to W3 as in README.md; its photos are grained anew each time."""
    size, kilobytes = _PHOTOS[workload]
    return _body_of({view: photo(view, size, kilobytes) for view in VIEWS[workload]})


def photo_body(view: str, size: tuple[int, int], kilobytes: int) -> bytes:
    """Return a body with one photo of that size."""
    return _body_of({view: photo(view, size, kilobytes)})


def _body_of(photos: Mapping[str, bytes]) -> bytes:
    texts = {FIELDS[view]: base64.b64encode(data).decode() for view, data in photos.items()}
    return json.dumps(ACCOUNT | texts).encode()


def write_bodies(directory: Path, workloads: Iterable[str]) -> None:
    """Write the body of each workload to a file of its name."""
    for workload in workloads:
        (directory / workload).write_bytes(body(workload))


def new_account(number: int = 0) -> dict[str, str | int]:
    """Return an account as `POST /__admin/accounts` takes it, with enough credits; 0 is the one of the workloads."""
    values = _account(number).values()
    return dict(zip(("email", "user_key", "api_key"), values, strict=True)) | {"credit": CREDIT}


def sent_by(number: int, body: bytes) -> bytes:
    """Return the body of a workload as another account sends it."""
    return json.dumps(json.loads(body) | _account(number)).encode()


def _account(number: int) -> dict[str, str]:
    return ACCOUNT | ({"Email": f"bench-{number}@example.com"} if number else {})
