"""Milliseconds of a request with photos never seen, and of Pillow's bare decode and encode, in a process of its own.

`new_photo.py VIEW=FILE...`: a JPEG of the back, or of three views, which Pillow takes one after the other. In the
process that had measured all else before, 12 megapixels took 185 ms where a fresh one took 146; a server's worker takes
the same CPU time before and after thousands of requests. Pillow is measured first as any program has it, and last with
the heap that a worker has.
"""

import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from remo_mock.web.worker import use_one_heap
from steps import best_of, decode_and_encode, whole


def main() -> None:
    """Print the request's time, Pillow's, and Pillow's with a worker's heap."""
    given = (argument.split("=", 1) for argument in sys.argv[1:])
    photos = {view: Path(file).read_bytes() for view, file in given}
    pillow = _pillow(photos.values())
    use_one_heap()
    ours = whole(photos)
    print(f"{ours:.3f} {pillow:.3f} {_pillow(photos.values()):.3f}")


def _pillow(photos: Iterable[bytes]) -> float:
    return sum(best_of(5, partial(decode_and_encode, data)) for data in photos)


if __name__ == "__main__":
    main()
