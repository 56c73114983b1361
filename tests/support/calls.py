"""Makes what tests send: credentials of the fresh mock's accounts, and photos as base64 text."""

import base64
from functools import cache
from io import BytesIO

from PIL import Image

from tests.support.checkout import ROOT

PHOTOS = ROOT / "fixtures" / "photos"
V2 = "/api/analysis-skeleton-v2"
BACK = "/api/analysis-skeleton-v2-back"
FRONT = "/api/analysis-skeleton-v2-front"
SIDE = "/api/analysis-skeleton-v2-side"
V1 = "/api/analysis-skeleton"
VIEWING = V1
"""Where the samples of pages A and B post their photos: v1's path (L12)."""


def credentials(name: str = "demo") -> dict[str, str]:
    """Return the credentials of an account whose keys follow its name, as those of a fresh mock do."""
    return {"Email": f"{name}@example.com", "UserKey": f"{name}-user-key", "APIKey": f"{name}-api-key"}


@cache
def photo_text(view: str) -> str:
    """Return a fixture photo as a request carries it."""
    return base64.b64encode((PHOTOS / f"{view}.jpg").read_bytes()).decode()


def as_text(image: Image.Image, kind: str = "PNG", **options: object) -> str:
    """Encode a picture as a request carries it."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return base64.b64encode(buffer.getvalue()).decode()


@cache
def blank_text() -> str:
    """Return a photo of an empty wall: a picture, but no person in it."""
    return as_text(Image.new("RGB", (300, 400), (200, 205, 210)))
