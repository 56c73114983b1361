"""The picture side of the foreign server: verdicts, joints, metrics and drawing, written from the pages alone."""

import base64
import io
import re
import zlib
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageDraw, ImageStat, UnidentifiedImageError

# The joints of a person who fills the photo, in thousandths of its width and height, as the subject's left and right
# stand in a back photo; in a front photo they are mirrored.
JOINTS = (
    (500, 130), (500, 260), (610, 290), (700, 440), (770, 560), (390, 290), (300, 440), (230, 560),
    (575, 520), (570, 750), (565, 950), (425, 520), (430, 750), (435, 950), (500, 520), (500, 390),
    (500, 215), (450, 190), (478, 180), (500, 198), (550, 190), (522, 180),
)  # fmt: skip
BONES = ((0, 1), (1, 2), (2, 3), (3, 4), (1, 5), (5, 6), (6, 7), (1, 14), (8, 11), (8, 9), (9, 10), (11, 12), (12, 13))

# (value<=a, a<value<=b, b<value<c, c<=value<d, value>=d) of the tables: page A's, and that of all later pages.
LINES = {"v2": (-4, -1, 1, 4), "later": (-5, -1.5, 1.5, 5)}
LEGS = {"v2": (-12, -6, 6, 12), "later": (-10, -5, 5, 10)}
SIDE_TILT = {"v2": (-4, -1, 1, 4), "later": (-5, -1.5, 3, 10)}
NECK = {"v2": (34, 40), "later": (30, 40)}
SHOULDER = {"v2": (8, 15), "later": (5, 15)}

LINE_NAMES = ("head_bal", "pelvic_bal", "shoulder_bal", "knee_bal", "tilt")
NAMES = {
    "f": tuple(f"far_{name}" for name in (*LINE_NAMES, "left_qang", "right_qang")),
    "s": ("sar_head_tilt", "sar_tilt", "round_shoulder", "turtle_neck"),
    "b": tuple(f"bar_{name}" for name in (*LINE_NAMES, "left_qang", "right_qang")),
}


@dataclass(frozen=True)
class Photo:
    """One photo of a request: its picture, or None, and why it cannot be analysed, or None."""

    picture: Image.Image | None
    trouble: str | None


@lru_cache(maxsize=32)
def look(text: str) -> Photo:
    """Decode a photo and say whether a person is in it: an even wall is none."""
    squeezed = re.sub(r"[ \t\r\n]", "", text)
    if not re.fullmatch(r"[A-Za-z0-9+/]+={0,2}", squeezed) or len(squeezed) % 4:
        return Photo(None, "no base64")
    try:
        with Image.open(io.BytesIO(base64.b64decode(squeezed))) as opened:
            picture = opened.convert("RGB")
    except (UnidentifiedImageError, OSError):
        return Photo(None, "no image")
    return Photo(picture, "no person" if max(ImageStat.Stat(picture).stddev) < 5 else None)


def joints(picture: Image.Image, *, mirrored: bool, narrow: bool) -> list[tuple[float, float]]:
    """Place the 22 joints on a photo; from the side a person is narrow."""
    width, height = picture.size
    across = (-0.3 if mirrored else 0.3) if narrow else (-1 if mirrored else 1)
    return [((500 + (x - 500) * across) * width / 1000, y * height / 1000) for x, y in JOINTS]


def drawn(picture: Image.Image, points: list[tuple[float, float]], kind: str = "JPEG") -> bytes:
    """Draw bones and joints on a copy of the photo, and encode it."""
    copy = picture.copy()
    pencil = ImageDraw.Draw(copy)
    radius = max(copy.size) / 90
    for start, end in BONES:
        pencil.line([points[start], points[end]], fill=(255, 80, 20), width=max(2, round(radius / 2)))
    for x, y in points:
        pencil.ellipse([x - radius, y - radius, x + radius, y + radius], outline=(20, 220, 90), width=3)
    return encoded(copy, kind)


def encoded(picture: Image.Image, kind: str = "JPEG") -> bytes:
    """Encode a picture."""
    buffer = io.BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


def measure(name: str, seed: int) -> float:
    """Make a value up, the same for the same seed."""
    number = zlib.crc32(name.encode(), seed) % 10_000 / 10_000
    lowest, highest = {"round_shoulder": (0, 20), "turtle_neck": (25, 45)}.get(name, (-7, 7))
    if "qang" in name:
        lowest, highest = -14, 14
    return round(lowest + number * (highest - lowest), 3)


def assess(name: str, value: float, table: str) -> int:
    """Grade a value by page A's table, `v2`, or by that of the `later` pages."""
    if name == "turtle_neck":
        caution, danger = NECK[table]
        return 0 if value <= caution else 1 if value < danger else 2
    if name == "round_shoulder":
        caution, danger = SHOULDER[table]
        normal = value <= caution if table == "v2" else value < caution
        return 0 if normal else 1 if value < danger else 2
    bands = LEGS if "qang" in name else SIDE_TILT if name == "sar_tilt" else LINES
    a, b, c, d = bands[table]
    if value <= a:
        return -2
    if value <= b:
        return -1
    if value < c:
        return 0
    return 1 if value < d else 2
