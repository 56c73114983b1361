"""Checks that the bands of a metric hold each number once."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from remo_mock.contract.model import Json

_INFINITE = float("inf")


def seams(grades: Iterable[Mapping[str, Json]]) -> Iterator[str]:
    """Yield each place where bands overlap, leave a gap, or end although the numbers go on."""
    rows = sorted(grades, key=lambda row: _low(row)[0])
    for row in rows:
        if _low(row)[0] > _high(row)[0] or {"minimum", "exclusiveMinimum"} <= row.keys():
            yield f"grade {row['grade']} has limits that exclude each other, or two of one side"
            return
    if _low(rows[0])[0] != -_INFINITE:
        yield f"nothing is below {_low(rows[0])[0]:g}"
    for one, other in pairwise(rows):
        (high, has_high), (low, has_low) = _high(one), _low(other)
        between = f"between grades {one['grade']} and {other['grade']}"
        if high < low:
            yield f"a gap from {high:g} to {low:g}, {between}"
        elif high > low:
            yield f"an overlap from {low:g} to {high:g}, {between}"
        elif has_high == has_low:
            yield f"{'an overlap' if has_high else 'a gap'} at {high:g}, {between}"
    if _high(rows[-1])[0] != _INFINITE:
        yield f"nothing is above {_high(rows[-1])[0]:g}"


def _low(row: Mapping[str, Json]) -> tuple[float, bool]:
    """Return a band's lower limit, and whether the band includes it."""
    return (row["minimum"], True) if "minimum" in row else (row.get("exclusiveMinimum", -_INFINITE), False)


def _high(row: Mapping[str, Json]) -> tuple[float, bool]:
    return (row["maximum"], True) if "maximum" in row else (row.get("exclusiveMaximum", _INFINITE), False)
