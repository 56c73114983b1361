"""The requests that all benchmarks send, made of noise-textured enlargements of the fixture photos."""

import base64
import json
from io import BytesIO
from pathlib import Path

from PIL import Image

PHOTOS = Path(__file__).parent.parent / "fixtures" / "photos"
ACCOUNT = {"Email": "bench@example.com", "UserKey": "bench-user-key", "APIKey": "bench-api-key"}
FIELDS = {"front": "forigimg", "side": "sorigimg", "back": "borigimg"}


def photo(view: str, size: tuple[int, int], kilobytes: int) -> bytes:
    """Return a JPEG of the view, of that size in pixels and nearly that many kilobytes, grained as a camera's is."""
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


def workloads() -> dict[str, tuple[str, bytes]]:
    """Return path and body of each workload, as in the table of README.md here."""
    return {
        "W1": _request("analysis-skeleton-v2-back", ("back",), (426, 640), 20),
        "W2": _request("analysis-skeleton-v2", tuple(FIELDS), (1080, 1920), 250),
        "W3": _request("analysis-skeleton-v2", tuple(FIELDS), (4000, 3000), 3500),
    }


def _request(endpoint: str, views: tuple[str, ...], size: tuple[int, int], kilobytes: int) -> tuple[str, bytes]:
    photos = {FIELDS[view]: base64.b64encode(photo(view, size, kilobytes)).decode() for view in views}
    return f"/api/{endpoint}", json.dumps(ACCOUNT | photos).encode()
