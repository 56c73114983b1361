"""The list of broken servers is complete: names are unique, and every layer is broken on every page."""

from collections import Counter

import pytest

from contract_tests.model.check import Layer
from contract_tests.selftest.mutants.catalogue import MUTANTS
from contract_tests.selftest.variations import VARIATIONS


def test_there_are_hundreds_of_broken_promises() -> None:
    assert len(MUTANTS) >= 800


def test_there_are_dozens_of_variations() -> None:
    assert len(VARIATIONS) >= 75


def test_no_name_comes_twice() -> None:
    names = Counter([row.name for row in MUTANTS] + [row.name for row in VARIATIONS])
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("layer", ["bytes", "schema", "content", "rules", "request", "credits", "http"])
@pytest.mark.parametrize("page", ["A", "B", "C", "D", "E"])
def test_each_layer_is_broken_on_each_page(layer: Layer, page: str) -> None:
    assert sum(row.layer == layer and page in row.pages for row in MUTANTS) >= 15
