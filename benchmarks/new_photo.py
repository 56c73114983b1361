"""Milliseconds of a request with a photo never seen, and of Pillow's bare decode and encode, in a process of its own.

`new_photo.py FILE`: a JPEG. In the process that had measured all else before, 12 megapixels took 185 ms where a fresh
one took 146; a server's worker takes the same CPU time before and after thousands of requests. Pillow is measured
first as any program has it, and last with the heap that a worker has.
"""

import sys
from functools import partial
from pathlib import Path

from remo_mock.web.worker import use_one_heap
from steps import best_of, decode_and_encode, whole


def main() -> None:
    """Print the request's time, Pillow's, and Pillow's with a worker's heap."""
    data = Path(sys.argv[1]).read_bytes()
    pillow = best_of(5, partial(decode_and_encode, data))
    use_one_heap()
    ours = whole(data)
    print(f"{ours:.3f} {pillow:.3f} {best_of(5, partial(decode_and_encode, data)):.3f}")


if __name__ == "__main__":
    main()
