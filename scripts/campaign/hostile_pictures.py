"""Sends mutated and hostile pictures to a mock in this process, and prints their codes and what the dearest cost."""

import random
import struct
import time
from collections import Counter
from collections.abc import Iterator, Mapping

from tests.support.hostile import Door, encoded, open_door, person, small_photo
from tests.support.hostile_files import (
    chunk,
    empty_png,
    exif_entry,
    jpeg_of_passes,
    jpeg_of_size,
    jpeg_with,
    run_length_bmp,
    text_bomb,
    webp_of_size,
    with_chunks,
)

_KINDS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
_MEGABYTES = 12
# CPU seconds that no picture takes on a machine of our time.
_MOST_SECONDS = 2.0


def rows(seconds: float, wrong: list[str]) -> Iterator[str]:
    """Yield a line for each hostile file and each format's mutants, which get so many seconds together.

    What is wrong is appended to `wrong`.
    """
    yield f"{'':<34}{'files':>8}{'CPU s, all':>12}{'the dearest':>13}   codes"
    with open_door() as door:
        for name, photo in _files().items():
            yield line_of(name, *_shown(door, photo), wrong)
        for kind in _KINDS:
            yield _mutants(door, kind, seconds / len(_KINDS), wrong)


def _files() -> Mapping[str, bytes]:
    """Make files that are dear to open for a program without limits, most of them of 12 MB."""
    size, jpeg, png = _MEGABYTES * 1024 * 1024, small_photo(), small_photo(kind="PNG")
    return {
        "JPEG, fill bytes": jpeg[:2] + b"\xff" * size + jpeg[2:],
        "JPEG, fill behind its pixels": jpeg[:-2] + b"\xff" * size + jpeg[-2:],
        "JPEG, empty segments": jpeg[:2] + b"\xff\xe1\x00\x02" * (size // 4) + jpeg[2:],
        "JPEG, comments": jpeg[:2] + (b"\xff\xfe\xff\xff" + bytes(65533)) * (size // 65537) + jpeg[2:],
        "JPEG, zeros behind it": jpeg + bytes(size),
        "JPEG, 20,000 passes": jpeg_of_passes(20_000),
        "JPEG of 65535x65535": jpeg_of_size(65535, 65535),
        "JPEG, an orientation of none": jpeg_with(exif_entry(99, number=2**31, count=65535)),
        "PNG, empty chunks": with_chunks(png, chunk(b"tEXt", b"") * (size // 12)),
        "PNG, texts that unpack to 100 MB": with_chunks(png, text_bomb(10**8)),
        "PNG of 50,000x50,000 in a bit each": empty_png(50_000, 50_000),
        "PNG, chunks behind it": with_chunks(png, chunk(b"teXt", b"") * (size // 12), behind=True),
        "WebP of 16383x16383": webp_of_size(16383, 16383),
        "BMP of run lengths": run_length_bmp(),
        "GIF, 300,000 frames": _gif(300_000),
        "no picture": bytes(size),
    }


def _gif(frames: int) -> bytes:
    photo = encoded(person().convert("P"), "GIF")
    block = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x4c\x01\x00"
    return photo[:-1] + block * frames + b";"


def _mutants(door: Door, kind: str, seconds: float, wrong: list[str]) -> str:
    """Send mutants of one format for so many seconds."""
    chance, good, end = random.Random(kind), encoded(person(), kind), time.monotonic() + seconds
    costs, codes = [], Counter[str]()
    while time.monotonic() < end:
        cost, code = _shown(door, _mutated(good, chance))
        costs.append(cost[0])
        codes.update(code)
    return line_of(f"{kind}, mutated", costs, codes, wrong)


def _mutated(good: bytes, chance: random.Random) -> bytes:
    """Flip, overwrite, cut out, repeat or insert bytes, one to six times, most often in the headers."""
    data = bytearray(good)
    for _ in range(chance.randint(1, 6)):
        at = min(int(chance.expovariate(4 / len(data))), len(data) - 1)
        match chance.randrange(5):
            case 0:
                data[at] ^= 1 << chance.randrange(8)
            case 1:
                data[at : at + 4] = chance.choice([b"\xff" * 4, bytes(4), b"\x7f\xff\xff\xff", chance.randbytes(4)])
            case 2 if len(data) > 100:
                del data[at : at + chance.randint(1, 50)]
            case 3:
                data[at:at] = data[at : at + chance.randint(1, 500)] * chance.randint(1, 20)
            case _:
                data[at:at] = chance.randbytes(chance.randint(1, 20))
    return bytes(data)


def _shown(door: Door, photo: bytes) -> tuple[list[float], Counter[str]]:
    """Send one picture; `Door` holds the answer to the contract, and what it finds is the code."""
    began = time.process_time()
    try:
        code = str(door.show(photo).code)
    except AssertionError as error:
        code = f"BROKEN: {str(error)[:60]}"
    return [time.process_time() - began], Counter([code])


def line_of(name: str, costs: list[float], codes: Counter[str], wrong: list[str]) -> str:
    """Return the line of some pictures; what took too long, or broke the contract, is appended to `wrong`."""
    wrong += (f"{name}: {code}" for code in codes if not code.isdigit())
    wrong += (f"{name}: {cost:.2f} s of CPU time" for cost in costs if cost > _MOST_SECONDS)
    told = ", ".join(f"{code}: {number}" for code, number in sorted(codes.items()))
    return f"{name:<34}{len(costs):>8}{sum(costs):>12.2f}{max(costs, default=0):>13.2f}   {told}"
