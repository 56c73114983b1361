"""Builds the image's root file system by the lines of the Dockerfile, and tries it as a container engine would.

sudo python scripts/try_image.py    needs root, Linux and debootstrap; some minutes, the second time less
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from image.building import build, packed_size_of, size_of
from image.dockerfile import read_stages
from image.trial import try_root

ROOT = Path(__file__).resolve().parents[1]
_MOST_MEGABYTES = 150


def main(arguments: Sequence[str]) -> int:
    """Build and try; print a line for each thing that holds."""
    parser = argparse.ArgumentParser(description="Build the image's root file system, and try it.")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "image", help="where to build it")
    parser.add_argument("--only-try", action="store_true", help="try the one that is there")
    options = parser.parse_args(arguments)
    stages = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    options.folder.mkdir(parents=True, exist_ok=True)
    last = options.folder / (stages[-1].name or f"stage-{len(stages) - 1}")
    root = last if options.only_try else build(stages, ROOT, options.folder.resolve())
    for line in try_root(root.resolve(), stages[-1]):
        print(line, flush=True)
    packed, own = packed_size_of(root) / 1e6, size_of(root / "opt") / 1e6
    print(f"size: {packed:.0f} MB to fetch, {size_of(root) / 1e6:.0f} MB unpacked, of these {own:.0f} MB ours")
    return 0 if packed < _MOST_MEGABYTES else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
