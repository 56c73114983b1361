"""A photo's degrees follow from its bytes, the metric's name and the seed, and from nothing else."""

from __future__ import annotations

import json
import math

import pytest

from remo_mock.service.analysis.metrics import GENERATOR_VERSION, Plausible, Spread, degrees, photo_key, read_plausible
from tests.support.figures import PHOTOS

PHOTO = photo_key(b"a photo")
BALANCE = Spread(centre=0.0, spread=0.9, limits=(-8.0, 8.0), reason="for this test")


def table() -> Plausible:
    return read_plausible(json.loads((PHOTOS.parent / "plausible.json").read_text()))


# These pin the generator: whoever changes one raises GENERATOR_VERSION.
GOLDEN = {
    "bar_head_bal": -0.289,
    "bar_shoulder_bal": 1.876,
    "far_tilt": -0.665,
    "round_shoulder": 1.459,
}


def test_the_generator_has_its_second_version() -> None:
    assert GENERATOR_VERSION == 2


@pytest.mark.parametrize(("metric", "value"), GOLDEN.items(), ids=GOLDEN.keys())
def test_a_fixed_photo_keeps_its_degrees(metric: str, value: float) -> None:
    assert degrees(PHOTO, metric, seed=0, spread=BALANCE) == value


def test_the_key_is_that_of_the_bytes() -> None:
    assert PHOTO.hex() == "8bdf52979ce41e0e9fe091e95b29ab30746e212af0e2880b1888613b796f23e2"
    assert photo_key(b"a photo ") != PHOTO


def test_other_photos_seeds_and_metrics_give_other_degrees() -> None:
    value = degrees(PHOTO, "far_tilt", seed=0, spread=BALANCE)
    assert degrees(photo_key(b"another photo"), "far_tilt", seed=0, spread=BALANCE) != value
    assert degrees(PHOTO, "far_tilt", seed=1, spread=BALANCE) != value
    assert degrees(PHOTO, "bar_tilt", seed=0, spread=BALANCE) != value


def test_values_have_three_decimals() -> None:
    values = [degrees(PHOTO, f"metric {number}", seed=0, spread=BALANCE) for number in range(500)]
    assert values == [round(value, 3) for value in values]


def test_zero_is_never_negative() -> None:
    narrow = Spread(centre=0.0, spread=0.0002, limits=(-0.001, 0.001), reason="rounds to zero")
    values = [degrees(PHOTO, f"metric {number}", seed=0, spread=narrow) for number in range(500)]
    assert 0.0 in values
    assert min(math.copysign(1, value) for value in values if value == 0) == 1


def test_nobody_exceeds_the_limits() -> None:
    tight = Spread(centre=0.5, spread=3.0, limits=(-1.0, 2.0), reason="mostly cut")
    values = [degrees(PHOTO, f"metric {number}", seed=0, spread=tight) for number in range(2000)]
    assert -1 <= min(values) < -0.95
    assert 1.95 < max(values) <= 2
    assert len(set(values)) > 1200


def test_a_view_may_have_a_spread_of_its_own() -> None:
    assert table().of("tilt", view="side") != table().of("tilt", view="front")
    assert table().of("tilt", view="front") == table().of("tilt", view="back") == table().of("tilt")


def test_an_undescribed_measure_has_the_default_spread() -> None:
    assert table().of("foot_arch") == table().default
    assert table().of("foot_arch", view="side") == table().default


@pytest.mark.parametrize("row", [{"centre": 9}, {"spread": 0}, {"spread": -1}, {"limits": [1, 3]}])
def test_an_impossible_spread_is_refused(row: dict[str, object]) -> None:
    good = {"centre": 0, "spread": 1, "limits": [-8, 8], "reason": "as it should be"}
    with pytest.raises(ValueError, match="limits must lie around the centre"):
        read_plausible({"default": good | row, "measures": {}})


def test_every_spread_has_a_reason() -> None:
    spreads = [table().default, *table().measures.values(), *table().views.values()]
    assert len(spreads) == 12
    assert min(len(spread.reason) for spread in spreads) > 40
