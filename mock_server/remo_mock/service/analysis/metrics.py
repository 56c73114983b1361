"""Derives plausible degrees from a photo's bytes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from remo_mock.contract import DECIMALS, Band, Json, Metric
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint

GENERATOR_VERSION = 2
"""A part of every hash: raise it whenever the same photo gives other degrees or another skeleton."""

_STEPS = 2**64


@dataclass(frozen=True, slots=True)
class Spread:
    """How one measure is distributed over people, in degrees.

    `centre` is where most people are, `spread` the mean distance from it, `limits` the range that nobody leaves.
    `same_side_as` names the measure to whose side a profile sends this one.
    """

    centre: float
    spread: float
    limits: tuple[float, float]
    reason: str
    same_side_as: str | None = None


@dataclass(frozen=True, slots=True)
class Plausible:
    """The spreads by measure, those by measure and view, and the one for all other measures."""

    default: Spread
    measures: Mapping[str, Spread]
    views: Mapping[tuple[str, str], Spread]

    def of(self, measure: str, *, view: str | None = None) -> Spread:
        """Return the spread of a measure: the one for this view, else the measure's, else the default."""
        own = None if view is None else self.views.get((measure, view))
        return own or self.measures.get(measure, self.default)


def read_plausible(table: Json) -> Plausible:
    """Make the spreads out of the parsed `fixtures/plausible.json`. Raises `KeyError`, `ValueError` for wrong data."""
    rows = table["measures"]
    return Plausible(
        default=_spread(table["default"]),
        measures={measure: _spread(row) for measure, row in rows.items()},
        views={
            (measure, view): _spread(own) for measure, row in rows.items() for view, own in row.get("views", {}).items()
        },
    )


def _spread(row: Json) -> Spread:
    low, high = row["limits"]
    spread = Spread(
        float(row["centre"]),
        float(row["spread"]),
        (float(low), float(high)),
        str(row["reason"]),
        row.get("same_side_as"),
    )
    if not (spread.limits[0] < spread.centre < spread.limits[1] and spread.spread > 0):
        raise ValueError(f"limits must lie around the centre and the spread be above 0: {row}")
    return spread


def photo_key(photo: bytes) -> bytes:
    """Hash a photo's bytes to the 32 bytes from which each of its metrics is derived."""
    return blake2b(photo, digest_size=32).digest()


def fraction(key: bytes, name: str, *, seed: int) -> float:
    """Return the number between 0 and 1, both excluded, that belongs to a photo's key and a name."""
    text = f"{GENERATOR_VERSION}/{seed}/{name}".encode()
    number = int.from_bytes(blake2b(text, digest_size=8, key=key).digest(), "big")
    return (number + 0.5) / _STEPS


def degrees(key: bytes, metric: str, *, seed: int, spread: Spread) -> float:
    """Return the value of one metric for one photo, in degrees, rounded as the vendor's are.

    Only the photo's key, the metric's name, the seed and the generator's version decide where in the spread the value
    lies. Values are Laplace-distributed about the centre and cut at the limits: most people are close to normal, some
    are off it, a few are far off.
    """
    low, high = (_share_below(limit, spread) for limit in spread.limits)
    share = low + (high - low) * fraction(key, metric, seed=seed)
    value = spread.centre + spread.spread * _quantile(share)
    # Adding 0.0 turns the negative zero that rounding may leave into the positive one.
    return round(min(max(value, spread.limits[0]), spread.limits[1]), DECIMALS) + 0.0


def _share_below(limit: float, spread: Spread) -> float:
    distance = (limit - spread.centre) / spread.spread
    return 1 - 0.5 * math.exp(-distance) if distance > 0 else 0.5 * math.exp(distance)


def _quantile(share: float) -> float:
    """Return the standard Laplace value below which a share (0 < share < 1) of all values lies."""
    return -math.log(2 * (1 - share)) if share > 0.5 else math.log(2 * share)


def degrees_of_grade(metric: Metric, size: int, *, natural: float, share: float, beside: float | None = None) -> float:
    """Return degrees that `metric` grades with a grade of this absolute size (0, 1 or 2).

    The natural value is kept if it has such a grade; else `share` (0 to 1) decides which side, and where in the band.
    `beside` is another metric's value that has to be on the same side, if the metric has a band there.
    Raises `OutcomeError` if the endpoint has no such grade for the metric.
    """
    bands = [band for band in metric.bands if abs(band.grade) == size]
    if not bands:
        raise OutcomeError(f"a grade of {size} for {metric.name}", Hint("expected_grade"))
    if beside is not None:
        bands = [band for band in bands if band.grade * beside > 0] or bands
    if metric.grade(natural) in {band.grade for band in bands}:
        return natural
    part, within = divmod(share * len(bands), 1)
    low, high = _limits(bands[min(int(part), len(bands) - 1)])
    return round(low + (high - low) * (0.1 + 0.8 * within), DECIMALS) + 0.0


def _limits(band: Band) -> tuple[float, float]:
    """Return the band's limits, in degrees; an open side gets a limit in proportion to the closed one.

    Not far beyond it: the skeleton has to show the degrees on a body that may stand upright.
    """
    low = band.minimum if band.exclusive_minimum is None else band.exclusive_minimum
    high = band.maximum if band.exclusive_maximum is None else band.exclusive_maximum
    if low is None and high is None:
        return -1.0, 1.0
    if low is None and high is not None:
        return (high * 1.15, high) if high < 0 else (high / 2, high)
    if high is None and low is not None:
        return (low, low * 1.15) if low > 0 else (low, low / 2)
    return float(low or 0.0), float(high or 0.0)
