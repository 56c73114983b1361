"""A metric's grade changes where its own page's table says, on the side that it says (Response(json), 응답(json))."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.contract_data import ALL, BACK, FRONT, SIDE, V1, V2, accepted_grades, endpoint_file

# Typed from the tables of the pages: the bounds, and 0.001 to either side of each.
BALANCE_V2 = [
    (-90, -2), (-4.001, -2), (-4, -2), (-3.999, -1), (-1.001, -1), (-1, -1), (-0.999, 0), (0, 0),
    (0.999, 0), (1, 1), (1.001, 1), (3.999, 1), (4, 2), (4.001, 2), (90, 2),
]  # fmt: skip
LEG_V2 = [
    (-90, -2), (-12.001, -2), (-12, -2), (-11.999, -1), (-6.001, -1), (-6, -1), (-5.999, 0), (0, 0),
    (5.999, 0), (6, 1), (6.001, 1), (11.999, 1), (12, 2), (12.001, 2), (90, 2),
]  # fmt: skip
ROUND_SHOULDER = [
    (-90, 0), (0, 0), (7.999, 0), (8, 0), (8.001, 1), (14.999, 1), (15, 2), (15.001, 2), (90, 2),
]  # fmt: skip
TURTLE_NECK = [
    (-90, 0), (0, 0), (33.999, 0), (34, 0), (34.001, 1), (39.999, 1), (40, 2), (40.001, 2), (90, 2),
]  # fmt: skip
BALANCE_BACK = [
    (-90, -2), (-5.001, -2), (-5, -2), (-4.999, -1), (-1.501, -1), (-1.5, -1), (-1.499, 0), (0, 0),
    (1.499, 0), (1.5, 1), (1.501, 1), (4.999, 1), (5, 2), (5.001, 2), (90, 2),
]  # fmt: skip
LEG_BACK = [
    (-90, -2), (-10.001, -2), (-10, -2), (-9.999, -1), (-5.001, -1), (-5, -1), (-4.999, 0), (0, 0),
    (4.999, 0), (5, 1), (5.001, 1), (9.999, 1), (10, 2), (10.001, 2), (90, 2),
]  # fmt: skip
# Pages C, D and E have page B's bounds for the lines and legs of the front; these are D's and E's for the side.
SAR_TILT = [
    (-90, -2), (-5.001, -2), (-5, -2), (-4.999, -1), (-1.501, -1), (-1.5, -1), (-1.499, 0), (0, 0),
    (2.999, 0), (3, 1), (3.001, 1), (9.999, 1), (10, 2), (10.001, 2), (90, 2),
]  # fmt: skip
ROUND_SHOULDER_SIDE = [
    (-90, 0), (0, 0), (4.999, 0), (5, 1), (5.001, 1), (14.999, 1), (15, 2), (15.001, 2), (90, 2),
]  # fmt: skip
TURTLE_NECK_SIDE = [
    (-90, 0), (0, 0), (29.999, 0), (30, 0), (30.001, 1), (39.999, 1), (40, 2), (40.001, 2), (90, 2),
]  # fmt: skip

METRICS = [
    (V2, "far_head_bal", BALANCE_V2),
    (V2, "far_pelvic_bal", BALANCE_V2),
    (V2, "far_shoulder_bal", BALANCE_V2),
    (V2, "far_left_qang", LEG_V2),
    (V2, "far_right_qang", LEG_V2),
    (V2, "far_knee_bal", BALANCE_V2),
    (V2, "far_tilt", BALANCE_V2),
    (V2, "round_shoulder", ROUND_SHOULDER),
    (V2, "sar_head_tilt", BALANCE_V2),
    (V2, "sar_tilt", BALANCE_V2),
    (V2, "turtle_neck", TURTLE_NECK),
    (V2, "bar_head_bal", BALANCE_V2),
    (V2, "bar_pelvic_bal", BALANCE_V2),
    (V2, "bar_shoulder_bal", BALANCE_V2),
    (V2, "bar_left_qang", LEG_V2),
    (V2, "bar_right_qang", LEG_V2),
    (V2, "bar_knee_bal", BALANCE_V2),
    (V2, "bar_tilt", BALANCE_V2),
    (BACK, "bar_head_bal", BALANCE_BACK),
    (BACK, "bar_pelvic_bal", BALANCE_BACK),
    (BACK, "bar_shoulder_bal", BALANCE_BACK),
    (BACK, "bar_left_qang", LEG_BACK),
    (BACK, "bar_right_qang", LEG_BACK),
    (BACK, "bar_knee_bal", BALANCE_BACK),
    (BACK, "bar_tilt", BALANCE_BACK),
    (FRONT, "far_head_bal", BALANCE_BACK),
    (FRONT, "far_pelvic_bal", BALANCE_BACK),
    (FRONT, "far_shoulder_bal", BALANCE_BACK),
    (FRONT, "far_left_qang", LEG_BACK),
    (FRONT, "far_right_qang", LEG_BACK),
    (FRONT, "far_knee_bal", BALANCE_BACK),
    (FRONT, "far_tilt", BALANCE_BACK),
    (SIDE, "round_shoulder", ROUND_SHOULDER_SIDE),
    (SIDE, "sar_head_tilt", BALANCE_BACK),
    (SIDE, "sar_tilt", SAR_TILT),
    (SIDE, "turtle_neck", TURTLE_NECK_SIDE),
    (V1, "far_head_bal", BALANCE_BACK),
    (V1, "far_pelvic_bal", BALANCE_BACK),
    (V1, "far_shoulder_bal", BALANCE_BACK),
    (V1, "far_left_qang", LEG_BACK),
    (V1, "far_right_qang", LEG_BACK),
    (V1, "far_knee_bal", BALANCE_BACK),
    (V1, "far_tilt", BALANCE_BACK),
    (V1, "round_shoulder", ROUND_SHOULDER_SIDE),
    (V1, "sar_head_tilt", BALANCE_BACK),
    (V1, "sar_tilt", SAR_TILT),
    (V1, "turtle_neck", TURTLE_NECK_SIDE),
]
GRADED = [(endpoint, metric, value, grade) for endpoint, metric, rows in METRICS for value, grade in rows]
BANDS = [(endpoint, name) for endpoint in ALL for name in endpoint_file(endpoint)["bands"]]

VIEWS = {"far": "front", "round": "side", "sar": "side", "turtle": "side", "bar": "back"}


@pytest.mark.parametrize(("endpoint", "metric", "value", "grade"), GRADED)
def test_value_has_the_one_grade_of_its_page(endpoint: str, metric: str, value: float, grade: int) -> None:
    assert accepted_grades(endpoint, metric, value) == [grade]


@pytest.mark.parametrize("endpoint", ALL)
def test_endpoint_has_the_metrics_of_its_page(endpoint: str) -> None:
    named = [metric["name"] for metric in endpoint_file(endpoint)["metrics"]]
    assert named == [name for page, name, _ in METRICS if page == endpoint]


@pytest.mark.parametrize(("endpoint", "metric"), [(endpoint, metric) for endpoint, metric, _ in METRICS])
def test_metric_belongs_to_a_view(endpoint: str, metric: str) -> None:
    views = {row["name"]: row["view"] for row in endpoint_file(endpoint)["metrics"]}
    assert views[metric] == VIEWS[metric.split("_")[0]]


@pytest.mark.parametrize(("endpoint", "name"), BANDS)
def test_bands_partition_the_real_line(endpoint: str, name: str) -> None:
    assert seams(endpoint_file(endpoint)["bands"][name]["grades"]) == []


@pytest.mark.parametrize(
    ("grades", "seam"),
    [
        ([{"maximum": 1}, {"minimum": 1}], "overlap at 1"),
        ([{"exclusiveMaximum": 1}, {"exclusiveMinimum": 1}], "gap at 1"),
        ([{"maximum": 1}, {"exclusiveMinimum": 2}], "from 1 to 2"),
        ([{"maximum": 1}], "ends at 1"),
        ([{"minimum": 1}], "begins at 1"),
    ],
)
def test_bands_that_do_not_partition_are_seen(grades: list[dict[str, float]], seam: str) -> None:
    assert seams(grades) == [seam]


@pytest.mark.parametrize(("endpoint", "name"), BANDS)
@settings(deadline=None)  # a machine may be busy
@given(value=st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_lies_in_one_band(endpoint: str, name: str, value: float) -> None:
    grades = endpoint_file(endpoint)["bands"][name]["grades"]
    assert [contains(band, value) for band in grades].count(True) == 1


@pytest.mark.parametrize(("endpoint", "name"), BANDS)
def test_grade_has_a_meaning_in_both_languages(endpoint: str, name: str) -> None:
    meanings = [band["meaning"] for band in endpoint_file(endpoint)["bands"][name]["grades"]]
    levels = [(meaning["en"].split(":")[0], meaning["ko"].split(":")[0]) for meaning in meanings]
    words = {"normal": "정상", "caution": "주의", "danger": "위험"}
    assert levels == [(english, words[english]) for english, _ in levels]


def contains(band: dict[str, Any], value: float) -> bool:
    """Say whether `value` is within a band's limits, which mean what they mean in a schema."""
    return (
        value >= band.get("minimum", value)
        and value <= band.get("maximum", value)
        and ("exclusiveMinimum" not in band or value > band["exclusiveMinimum"])
        and ("exclusiveMaximum" not in band or value < band["exclusiveMaximum"])
    )


def seams(grades: list[Any]) -> list[str]:
    """Return what keeps bands, from low to high, from holding every number once."""
    lows = [(band.get("minimum", band.get("exclusiveMinimum")), "minimum" in band) for band in grades]
    highs = [(band.get("maximum", band.get("exclusiveMaximum")), "maximum" in band) for band in grades]
    found = [f"begins at {lows[0][0]}"] if lows[0][0] is not None else []
    for (high, closed_below), (low, closed_above) in zip(highs, lows[1:], strict=False):
        if high != low:
            found.append(f"from {high} to {low}")
        elif closed_below == closed_above:
            found.append(f"{'overlap' if closed_below else 'gap'} at {high}")
    return found + ([f"ends at {highs[-1][0]}"] if highs[-1][0] is not None else [])
