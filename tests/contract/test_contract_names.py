"""Views and metrics have names that people read, in English and Korean, beside their fields."""

import pytest

from remo_mock.contract import Contract, Json, read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.exceptions import ContractError

DOCUMENTS = contract_documents()
CONTRACT = read_contract(DOCUMENTS)


def names_of(contract: Contract, language: str) -> dict[str, list[str]]:
    """Return the names of each endpoint's metrics, with their views."""
    named = contract.names
    return {
        endpoint.name: [
            f"{named.view(metric.view)[language]}: "
            f"{named.metric(metric.name, measure=metric.measure, view=metric.view)[language]}"
            for metric in endpoint.metrics
        ]
        for endpoint in contract.endpoints
    }


@pytest.mark.parametrize("language", ["en", "ko"])
def test_each_metric_of_an_endpoint_has_a_name_of_its_own(language: str) -> None:
    for names in names_of(CONTRACT, language).values():
        assert len(set(names)) == len(names)
        assert not any("_" in name for name in names)


def test_korean_names_are_korean() -> None:
    for names in names_of(CONTRACT, "ko").values():
        assert all(any("가" <= letter <= "힣" for letter in name.partition(": ")[2]) for name in names)


def test_a_measure_is_called_otherwise_where_a_view_has_its_own_name() -> None:
    front, side = (CONTRACT.names.metric("x", measure="tilt", view=view)["en"] for view in ("front", "side"))
    assert front != side


def test_a_folder_without_names_calls_metrics_as_their_fields() -> None:
    without = read_contract({name: data for name, data in DOCUMENTS.items() if name != "names.json"})
    assert without.names.metric("far_head_bal", measure="head_bal", view="front") == {
        "en": "far head bal",
        "ko": "far head bal",
    }


@pytest.mark.parametrize(
    ("part", "value", "problem"),
    [
        ("views", {"front": {"en": "front"}}, "'ko' is missing in views.front"),
        ("measures", {"tilt": {"top": {"en": "a", "ko": "b"}}}, "'top' is no key that is known in measures.tilt"),
        ("measures", [], "measures is []"),
    ],
)
def test_names_that_depart_from_their_layout_are_refused(part: str, value: Json, problem: str) -> None:
    broken = {**DOCUMENTS, "names.json": DOCUMENTS["names.json"] | {part: value}}
    with pytest.raises(ContractError) as refused:
        read_contract(broken)
    assert str(refused.value).startswith(f"names.json: {problem}")
