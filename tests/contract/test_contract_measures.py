"""The measures that contract data may name are those that a skeleton has lines for and that have a spread."""

import json

import pytest

from remo_mock.contract.file_layouts import MEASURES
from remo_mock.photos.lines import LINES
from tests.support.checkout import ROOT


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_measures_are_the_lines_of_a_skeleton(view: str) -> None:
    assert set(MEASURES[view]) == set(LINES[view])


def test_each_measure_has_a_spread() -> None:
    spreads = json.loads((ROOT / "fixtures/plausible.json").read_bytes())["measures"]
    assert {measure for measures in MEASURES.values() for measure in measures} == set(spreads)
