"""Writes fixtures/photos/small.json: the fixture photos, small enough for example requests, as base64."""

from __future__ import annotations

import base64
import io
import json
import sys
from pathlib import Path

from PIL import Image

PHOTOS = Path(__file__).resolve().parent.parent / "fixtures" / "photos"
VIEWS = ("front", "side", "back")
# The smallest at which the figure still stands out with room to spare.
HEIGHT = 200
QUALITY = 30


def main() -> int:
    """Write each view's photo as base64, by view."""
    target = PHOTOS / "small.json"
    texts = {view: shrunk(PHOTOS / f"{view}.jpg") for view in VIEWS}
    target.write_text(json.dumps(texts, indent=2) + "\n", encoding="utf-8")
    print(f"wrote: {target.name}, {target.stat().st_size} bytes")
    return 0


def shrunk(path: Path) -> str:
    """Return a small copy of a photo as base64."""
    buffer = io.BytesIO()
    with Image.open(path) as photo:
        size = (round(photo.width * HEIGHT / photo.height), HEIGHT)
        photo.convert("RGB").resize(size).save(buffer, "JPEG", quality=QUALITY, optimize=True)
    return base64.b64encode(buffer.getvalue()).decode()


if __name__ == "__main__":
    sys.exit(main())
