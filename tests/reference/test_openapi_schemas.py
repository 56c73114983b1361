"""The document's schemas take and refuse what the contract's own schemas do, in a form that tools understand."""

from typing import Any

import pytest

from tests.support.contract_data import accepted_grades, success
from tests.support.contract_data import accepts as contract_accepts
from tests.support.openapi_documents import accepts, component, document, example

BACK = "analysis-skeleton-v2-back"
REQUEST = {"Email": "a", "UserKey": "b", "APIKey": "c", "borigimg": "d"}


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return document()


@pytest.mark.parametrize(
    ("body", "good"),
    [
        (REQUEST, True),
        (REQUEST | {"uuid": "x", "more": 1}, True),
        (REQUEST | {"uuid": None}, True),
        (REQUEST | {"uuid": "x" * 201}, False),
        (REQUEST | {"uuid": 5}, False),
        (REQUEST | {"Email": None}, False),
        (REQUEST | {"Email": ""}, False),
        (REQUEST | {"borigimg": 5}, False),
        ({"Email": "a"}, False),
        ([REQUEST], False),
        ("text", False),
    ],
    ids=lambda value: str(value)[:60],
)
def test_a_request_is_judged_as_by_the_contract(made: dict[str, Any], body: Any, good: bool) -> None:
    assert accepts(made, component("AnalysisSkeletonV2BackRequest"), body) is good
    assert contract_accepts(BACK, "request", body) is good


@pytest.mark.parametrize(
    ("angle", "grade"), [(-5.0, -2), (-4.999, -1), (-1.5, -1), (-1.499, 0), (1.5, 1), (4.999, 1), (5.0, 2)]
)
def test_a_grade_is_judged_as_by_the_contract(made: dict[str, Any], angle: float, grade: int) -> None:
    replies = {one: success(BACK, bar_head_bal_m_=angle, bar_head_bal_grade=one) for one in range(-3, 4)}
    schema = component("AnalysisSkeletonV2BackSuccess")
    assert [one for one, reply in replies.items() if accepts(made, schema, reply)] == [grade]
    assert accepted_grades(BACK, "bar_head_bal", angle) == [grade]


@pytest.mark.parametrize("field", ["state", "credit", "borigimg", "bar_coords", "bar_tilt_m_", "uuid"])
def test_a_success_without_a_field_is_refused(made: dict[str, Any], field: str) -> None:
    reply = example(made, "AnalysisSkeletonV2BackSuccess")
    assert not accepts(
        made, component("AnalysisSkeletonV2BackSuccess"), {name: reply[name] for name in reply if name != field}
    )


def test_what_endpoints_share_stands_once(made: dict[str, Any]) -> None:
    assert list(made["components"]["schemas"]) == [
        "AnalysisSkeletonError",
        "AnalysisSkeletonErrorDocumentedCode",
        "AnalysisSkeletonRequest",
        "AnalysisSkeletonSuccess",
        "AnalysisSkeletonV2BackError",
        "AnalysisSkeletonV2BackErrorDocumentedCode",
        "AnalysisSkeletonV2BackRequest",
        "AnalysisSkeletonV2BackSuccess",
        "AnalysisSkeletonV2Error",
        "AnalysisSkeletonV2ErrorDocumentedCode",
        "AnalysisSkeletonV2FrontError",
        "AnalysisSkeletonV2FrontErrorDocumentedCode",
        "AnalysisSkeletonV2FrontRequest",
        "AnalysisSkeletonV2FrontSuccess",
        "AnalysisSkeletonV2Request",
        "AnalysisSkeletonV2SideError",
        "AnalysisSkeletonV2SideErrorDocumentedCode",
        "AnalysisSkeletonV2SideRequest",
        "AnalysisSkeletonV2SideSuccess",
        "AnalysisSkeletonV2Success",
        "Balance",
        "Coords",
        "CreditChange",
        "Degrees",
        "DrawnImage",
        "FailureState",
        "Grade",
        "Message",
        "SuccessCode",
        "SuccessState",
        "Uuid",
        "Problem",
    ]


def test_a_request_is_one_plain_object(made: dict[str, Any]) -> None:
    """Client generators make one class of it, with a field for each property."""
    request = made["components"]["schemas"]["AnalysisSkeletonV2BackRequest"]
    assert (request["type"], request["required"]) == ("object", ["Email", "UserKey", "APIKey", "borigimg"])
    assert {name: rule["type"] for name, rule in request["properties"].items()} == {
        "Email": "string",
        "UserKey": "string",
        "APIKey": "string",
        "borigimg": "string",
        "uuid": ["string", "null"],
    }
    assert "allOf" not in request


def test_a_constant_has_a_type(made: dict[str, Any]) -> None:
    schemas = made["components"]["schemas"]
    assert [schemas[name]["type"] for name in ("SuccessState", "SuccessCode", "FailureState")] == [
        *("boolean", "integer", "boolean"),
    ]
    assert schemas["AnalysisSkeletonV2BackErrorDocumentedCode"]["type"] == "integer"
