"""Measures how long a photo takes that was never seen, beside the time in which Pillow decodes and encodes it."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from bench.scale import Scale
from bench.tables import Table
from serving import HERE
from steps import turned
from workloads import FIELDS, photo

OURS, PILLOW, RATIO = "the whole request, ms", "Pillow: decode and encode, ms", "ratio"
PILLOW_TUNED = "Pillow with a worker's heap, ms"
_SIZES = {1: (1200, 900), 2: (1080, 1920), 12: (4000, 3000)}
_KILOBYTES_EACH = 290


def measure(scale: Scale, bodies: Path) -> list[Table]:
    """Time photos of each size, also turned by EXIF, which Pillow's bare decode and encode does not heed."""
    table = Table("photos", "photos of a request")
    bound = scale.bound("photos")
    rows: dict[str, dict[str, bytes]] = {}
    for size in scale.megapixels:
        upright = _photo("back", size)
        rows |= {f"{size} MP": {"back": upright}, f"{size} MP, turned by EXIF": {"back": turned(upright)}}
    largest = scale.megapixels[-1]
    rows[f"three views of {largest} MP"] = {view: _photo(view, largest) for view in FIELDS}
    for _ in bound.rounds():
        for row, photos in rows.items():
            ours, pillow, tuned = _times_of(photos, bodies)
            table.add(row, **{OURS: ours, PILLOW: pillow, RATIO: ours / pillow, PILLOW_TUNED: tuned})
            bound.say(f"{row}: {ours:.0f} ms, Pillow {pillow:.0f} ms")
    return [table]


def _photo(view: str, megapixels: int) -> bytes:
    return photo(view, _SIZES[megapixels], megapixels * _KILOBYTES_EACH)


def _times_of(photos: Mapping[str, bytes], folder: Path) -> tuple[float, float, float]:
    """Return what new_photo.py prints: milliseconds, measured in a fresh process."""
    command = [sys.executable, str(HERE / "benchmarks" / "new_photo.py")]
    for view, data in photos.items():
        (folder / view).write_bytes(data)
        command.append(f"{view}={folder / view}")
    ours, pillow, tuned = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(ours), float(pillow), float(tuned)
