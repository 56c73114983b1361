"""The switches turn the contract of the pages into the one that a mock keeps: names, prices, fields, examples."""

from typing import Any

import pytest

from remo_mock.contract import OBSERVED, Contract, Endpoint, Switches, read_contract, switched, switched_replies
from remo_mock.contract.packaged import contract_documents, example_replies
from tests.support.contract_data import ALL, BACK, FRONT, OUTDATED_GRADES, SIDE, V1, V2, example
from tests.support.contract_documents import SOURCE, documents, endpoint_documents


@pytest.fixture(scope="module")
def pages() -> Contract:
    return read_contract(contract_documents())


def named(contract: Contract, name: str) -> Endpoint:
    return next(endpoint for endpoint in contract.endpoints if endpoint.name == name)


def test_without_switches_the_contract_is_the_pages(pages: Contract) -> None:
    assert switched(pages, Switches()) == pages


@pytest.mark.parametrize(
    ("endpoint", "page", "own"),
    [
        (V1, "Analysis_skeleton", "Analysis_skeleton"),
        (V2, "Analysis-skeleton-v2", "Analysis-skeleton-v2"),
        (BACK, "Analysis-skeleton-v2", "Analysis-skeleton-v2-back"),
        (FRONT, "Analysis-skeleton-v2-front", "Analysis-skeleton-v2-front"),
        (SIDE, "Analysis-skeleton-v2", "Analysis-skeleton-v2-side"),
    ],
)
def test_names_of_the_apis(pages: Contract, endpoint: str, page: str, own: str) -> None:
    assert named(pages, endpoint).api_name == page
    assert named(switched(pages, Switches(api_name="own")), endpoint).api_name == own


@pytest.mark.parametrize(
    ("endpoint", "by_set", "each"),
    [
        (V1, [1, 1, 1, 1], [1, 1, 1, 1]),
        (V2, [1, 1, 1, 1], [1, 1, 1, 1]),
        (BACK, [1, 0, 1, 0], [1, 1, 1, 1]),
        (FRONT, [1, 0, 1, 0], [1, 1, 1, 1]),
        (SIDE, [1, 0, 1, 0], [1, 1, 1, 1]),
    ],
)
def test_prices_of_four_requests(pages: Contract, endpoint: str, by_set: list[int], each: list[int]) -> None:
    assert [named(pages, endpoint).price.of(at) for at in range(4)] == by_set
    alone = named(switched(pages, Switches(split_price="each")), endpoint).price
    assert [alone.of(at) for at in range(4)] == each
    assert alone.family is None


def test_the_observed_side_reply_has_another_field(pages: Contract) -> None:
    observed = named(switched(pages, Switches(side_reply="observed")), SIDE)
    assert {metric.name: metric.grade_field for metric in observed.metrics} == {
        "round_shoulder": "round_shoulder_grade",
        "sar_head_tilt": "sar_head_tilt_grade",
        "sar_tilt": "bar_left_qang_grade",
        "turtle_neck": "turtle_neck_grade",
    }
    assert observed.reply_order[-4:] == ("bar_left_qang_grade", "sar_tilt_m_", "turtle_neck_grade", "turtle_neck_m_")


@pytest.mark.parametrize("endpoint", [V1, V2, BACK, FRONT])
def test_the_observed_side_reply_concerns_no_other_endpoint(pages: Contract, endpoint: str) -> None:
    assert named(switched(pages, Switches(side_reply="observed")), endpoint) == named(pages, endpoint)


@pytest.mark.parametrize("endpoint", ALL)
def test_examples_have_the_grades_of_their_tables(pages: Contract, endpoint: str) -> None:
    """L37: the examples of C, D and E have grades of older bands."""
    shown = example(f"{endpoint}.success.json")
    made = switched_replies(pages, example_replies(), Switches())[endpoint]
    assert list(made) == list(shown)
    assert {name: value for name, value in made.items() if shown[name] != value} == OUTDATED_GRADES[endpoint]


def test_examples_follow_the_switches(pages: Contract) -> None:
    made = switched_replies(pages, example_replies(), OBSERVED)[SIDE]
    assert list(made)[-4:] == ["bar_left_qang_grade", "sar_tilt_m_", "turtle_neck_grade", "turtle_neck_m_"]
    assert (made["APIName"], made["bar_left_qang_grade"]) == ("Analysis-skeleton-v2-side", 1)


def test_examples_of_other_endpoints_are_left_out(pages: Contract) -> None:
    assert switched_replies(pages, {"analysis-skeleton-v9": {"state": True}}, Switches()) == {}


def test_a_metric_may_have_fields_of_its_own_name() -> None:
    further = made_up(value="knee_degrees", grade="knee_class")
    endpoint = named(read_contract(documents() | endpoint_documents(further)), "made-up")
    assert [(metric.value_field, metric.grade_field) for metric in endpoint.metrics] == [("knee_degrees", "knee_class")]
    assert endpoint.reply_order[-2:] == ("knee_class", "knee_degrees")


def test_a_reply_may_have_an_order_of_its_own_and_leave_fields_out() -> None:
    further = made_up() | {
        "order": {"fields": ["uuid", "state"], "x-remo-source": SOURCE},
        "absent": [{"field": "status_code", "x-remo-source": SOURCE}],
    }
    built = endpoint_documents(further)
    endpoint = named(read_contract(documents() | built), "made-up")
    assert endpoint.reply_order == (
        *("uuid", "state", "APIName", "credit_change", "credit", "borigimg"),
        *("bar_coords", "bar_knee_bal_grade", "bar_knee_bal_m_"),
    )
    schema = built["made-up/response.schema.json"]
    assert "status_code" in schema["properties"]
    assert "status_code" not in schema["required"]


def test_a_variant_may_rename_a_value() -> None:
    variants = {"side-reply": {"observed": {"fields": {"bar_knee_bal_m_": "knee"}, "x-remo-source": SOURCE}}}
    further = made_up() | {"variants": variants}
    contract = read_contract(documents() | endpoint_documents(further))
    reply = {"state": True, "bar_knee_bal_grade": 0, "bar_knee_bal_m_": 2.0}
    assert switched_replies(contract, {"made-up": reply}, OBSERVED)["made-up"] == {
        "state": True,
        "bar_knee_bal_grade": 1,
        "knee": 2.0,
    }


def made_up(**metric: str) -> Any:
    """Return the data of an endpoint with one metric, whose row has these keys besides."""
    data = documents()[f"{BACK}/endpoint.json"]
    knee = next(row for row in data["metrics"] if row["name"] == "bar_knee_bal")
    return data | {"name": "made-up", "path": "/api/made-up", "also_at": [], "metrics": [knee | metric]}
