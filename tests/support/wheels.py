"""Read photos and frames of videos out of wheels, which are downloaded once and never installed."""

import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import av
from PIL import Image

from tests.support.checkout import ROOT
from tests.support.programs import left_out_because

KEPT = ROOT / ".wheels"


@dataclass(frozen=True, slots=True)
class Wheel:
    """A version of a package, and the sha256 of its wheel."""

    name: str
    version: str
    digest: str


# All may be used so: AGPL-3.0 (ultralytics), BSD-3-Clause (the others).
ULTRALYTICS = Wheel("ultralytics", "8.4.190", "bd309728efa168af64d39040136828edd2dbcb4aeceb4510bdff4f3ca0ea01b8")
POSE2SIM = Wheel("pose2sim", "0.7.0", "12d42cdaf321ccf7a4d0f635f6e8042234d1e5a34bc2337929673dcbd327b64f")
SPORTS2D = Wheel("sports2d", "0.8.34", "733b6db70742636ae9c35d870c22bd416582f579abd5881bee93a14bb0e2655d")


def picture(wheel: Wheel, end: str) -> Image.Image:
    """Return the picture whose name in a wheel ends so."""
    return Image.open(BytesIO(_file(wheel, end))).convert("RGB")


def frame(wheel: Wheel, end: str, number: int) -> Image.Image:
    """Return a frame of the video whose name in a wheel ends so, counted from 0."""
    with av.open(BytesIO(_file(wheel, end)), mode="r") as video:
        # Frames follow from those before them, so all of these have to be decoded.
        for at, found in enumerate(video.decode(video=0)):
            if at == number:
                return Image.fromarray(found.to_ndarray(format="rgb24"))
    raise IndexError(f"{end} has no frame {number}")


def _file(wheel: Wheel, end: str) -> bytes:
    with ZipFile(_downloaded(wheel)) as content:
        (name,) = (name for name in content.namelist() if name.endswith(end))
        return content.read(name)


@cache
def _downloaded(wheel: Wheel) -> Path:
    """Return a wheel of the folder of those that are kept; pip downloads it where it is missing or broken."""
    kept = KEPT / f"{wheel.name}-{wheel.version}.whl"
    if not (kept.exists() and sha256(kept.read_bytes()).hexdigest() == wheel.digest):
        KEPT.mkdir(exist_ok=True)
        # A folder of its own, since other test processes may do the same at this moment.
        with TemporaryDirectory(dir=KEPT) as folder:
            found = _download(wheel, Path(folder))
            assert sha256(found.read_bytes()).hexdigest() == wheel.digest, f"another file than expected: {found.name}"
            found.replace(kept)
    return kept


def _download(wheel: Wheel, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    command = [*pip, "--dest", str(folder), f"{wheel.name}=={wheel.version}"]
    if subprocess.run(command, capture_output=True, timeout=240, check=False).returncode != 0:
        left_out_because(f"pip cannot download {wheel.name} {wheel.version}")
    return next(folder.glob("*.whl"))
