"""Measures how long a photo takes that was never seen, beside the time in which Pillow decodes and encodes it."""

import subprocess
import sys
from pathlib import Path

from bench.scale import Scale
from bench.tables import Table
from serving import HERE
from steps import turned
from workloads import photo

OURS, PILLOW, RATIO = "the whole request, ms", "Pillow: decode and encode, ms", "ratio"
PILLOW_TUNED = "Pillow with a worker's heap, ms"
_SIZES = {1: (1200, 900), 2: (1080, 1920), 12: (4000, 3000)}
_KILOBYTES_EACH = 290


def measure(scale: Scale, bodies: Path) -> list[Table]:
    """Time photos of each size, also turned by EXIF, which Pillow's bare decode and encode does not heed."""
    table = Table("photos", "photo of the back")
    bound = scale.bound("photos")
    photos: dict[str, bytes] = {}
    for size in scale.megapixels:
        upright = photo("back", _SIZES[size], size * _KILOBYTES_EACH)
        photos |= {f"{size} MP": upright, f"{size} MP, turned by EXIF": turned(upright)}
    for _ in bound.rounds():
        for row, data in photos.items():
            ours, pillow, tuned = _times_of(data, bodies / "new-photo")
            table.add(row, **{OURS: ours, PILLOW: pillow, RATIO: ours / pillow, PILLOW_TUNED: tuned})
            bound.say(f"{row}: {ours:.0f} ms, Pillow {pillow:.0f} ms")
    return [table]


def _times_of(data: bytes, file: Path) -> tuple[float, float, float]:
    """Return what new_photo.py prints: milliseconds, measured in a fresh process."""
    file.write_bytes(data)
    command = [sys.executable, str(HERE / "benchmarks" / "new_photo.py"), str(file)]
    ours, pillow, tuned = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(ours), float(pillow), float(tuned)
