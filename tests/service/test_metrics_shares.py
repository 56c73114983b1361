"""Most people are mostly normal, some are off it, a few far off: on both pages' bands."""

from __future__ import annotations

import json

import pytest

from remo_mock.service.analysis.metrics import degrees, photo_key, read_plausible
from tests.support.figures import PHOTOS

PHOTO_DIGESTS = [photo_key(str(number).encode()) for number in range(2000)]

# Name, view and measure of a metric, then the first degrees of caution and of danger on its page.
Row = tuple[str, str, str, float, float]
PAGE_A: list[Row] = [
    ("far_head_bal", "front", "head_bal", 1, 4),
    ("far_shoulder_bal", "front", "shoulder_bal", 1, 4),
    ("far_pelvic_bal", "front", "pelvic_bal", 1, 4),
    ("far_knee_bal", "front", "knee_bal", 1, 4),
    ("far_tilt", "front", "tilt", 1, 4),
    ("far_left_qang", "front", "left_qang", 6, 12),
    ("far_right_qang", "front", "right_qang", 6, 12),
    ("sar_tilt", "side", "tilt", 1, 4),
    ("sar_head_tilt", "side", "head_tilt", 1, 4),
    ("round_shoulder", "side", "round_shoulder", 8, 15),
    ("turtle_neck", "side", "turtle_neck", 34, 40),
]
PAGE_B: list[Row] = [
    ("bar_head_bal", "back", "head_bal", 1.5, 5),
    ("bar_shoulder_bal", "back", "shoulder_bal", 1.5, 5),
    ("bar_pelvic_bal", "back", "pelvic_bal", 1.5, 5),
    ("bar_knee_bal", "back", "knee_bal", 1.5, 5),
    ("bar_tilt", "back", "tilt", 1.5, 5),
    ("bar_left_qang", "back", "left_qang", 5, 10),
    ("bar_right_qang", "back", "right_qang", 5, 10),
]
metrics = pytest.mark.parametrize(
    ("metric", "view", "measure", "caution", "danger"), PAGE_A + PAGE_B, ids=[row[0] for row in PAGE_A + PAGE_B]
)


def share_from(metric: str, view: str, measure: str, limit: float) -> float:
    """Return the share of 2000 photos whose degrees reach a limit on either side."""
    spread = read_plausible(json.loads((PHOTOS.parent / "plausible.json").read_text())).of(measure, view=view)
    values = [degrees(photo, metric, seed=0, spread=spread) for photo in PHOTO_DIGESTS]
    return sum(abs(value) >= limit for value in values) / len(values)


@metrics
def test_most_people_are_normal(metric: str, view: str, measure: str, caution: float, danger: float) -> None:
    del danger
    assert 0.6 < 1 - share_from(metric, view, measure, caution) < 0.9


@metrics
def test_few_people_are_in_danger(metric: str, view: str, measure: str, caution: float, danger: float) -> None:
    del caution
    assert 0.0005 <= share_from(metric, view, measure, danger) < 0.05


@metrics
def test_some_people_are_to_be_cautious(metric: str, view: str, measure: str, caution: float, danger: float) -> None:
    off = share_from(metric, view, measure, caution) - share_from(metric, view, measure, danger)
    assert 0.09 < off < 0.39
