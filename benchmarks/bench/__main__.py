"""Measures the parts that are asked for, and writes RESULTS.md of all that was measured so far (`make bench`)."""

import argparse
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from bench import crowd, history, machines, photos, throughput
from bench.goals import goals
from bench.machine import machine
from bench.plots import draw
from bench.report import report
from bench.scale import QUICK, SHARES, Scale
from bench.tables import Table, keep, kept
from workloads import write_bodies

_FOLDER = Path(__file__).parent.parent
_MINUTES = 30
_PARTS: dict[str, Callable[[Scale, Path], list[Table]]] = {
    "throughput": throughput.measure,
    "memory": crowd.measure,
    "history": history.measure,
    "photos": photos.measure,
    "machines": machines.measure,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each part, keep its figures, and write the report of what is kept."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--minutes", type=float, default=_MINUTES, help="for all parts together (%(default)s)")
    parser.add_argument(
        "--only", nargs="*", choices=_PARTS, default=list(_PARTS), metavar="PART", help=", ".join(SHARES)
    )
    parser.add_argument("--quick", action="store_true", help="a little of everything, within seconds")
    parser.add_argument("--into", type=Path, default=_FOLDER, help="the folder of RESULTS.md (benchmarks/)")
    options = parser.parse_args(arguments)
    scale = QUICK if options.quick else Scale(minutes=options.minutes)
    with tempfile.TemporaryDirectory() as name:
        bodies = Path(name)
        write_bodies(bodies, scale.workloads if options.only else ())
        for part in options.only:
            keep(_PARTS[part](scale, bodies), _file(options.into, part))
    write(options.into, _PARTS)


def write(folder: Path, parts: Iterable[str]) -> None:
    """Write the report and the plots of all that is kept."""
    tables = {table.name: table for part in parts for table in kept(_file(folder, part))}
    text = report(tables, goals(tables), machine(), plots=draw(tables, folder))
    (folder / "RESULTS.md").write_text(text, encoding="utf-8")
    print(f"wrote: {folder / 'RESULTS.md'}")


def _file(folder: Path, part: str) -> Path:
    return folder / ".results" / f"{part}.json"


if __name__ == "__main__":
    main()
