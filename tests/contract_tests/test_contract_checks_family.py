"""The checks accept what pages C, D and E say and what the live service was seen to do, and nothing beside it."""

import json
from typing import Any

import pytest

from contract_tests.model.causes import photo_causes
from remo_mock import assert_contract
from remo_mock.contract import read_contract
from remo_mock.contract.packaged import contract_documents
from tests.support.contract_data import ALL, BACK, FRONT, SIDE, V1, V2, success
from tests.support.contract_data import example as printed

DETAILED = {"state": False, "credit": 3, "message": "no person", "status_code": 412, "credit_change": 0}


def small(endpoint: str, **changes: Any) -> Any:
    """Return a page's success whose pictures are whole, with the grades of its table."""
    pictures = {name: value for name, value in printed(f"{endpoint}.success.json").items() if name.endswith("origimg")}
    return success(endpoint, **(pictures | changes))


def observed_side(**changes: Any) -> Any:
    """Return a side reply as the live service sends it."""
    reply = small(SIDE, APIName="Analysis-skeleton-v2-side", **changes)
    del reply["sar_tilt_grade"]
    return {"bar_left_qang_grade": 1} | reply


@pytest.mark.parametrize("endpoint", ALL)
def test_an_example_with_the_grades_of_its_table_keeps_the_contract(endpoint: str) -> None:
    assert_contract(endpoint, None, small(endpoint))


@pytest.mark.parametrize("endpoint", [V1, FRONT, SIDE])
def test_an_example_as_it_is_printed_breaks_its_table(endpoint: str) -> None:
    """L37."""
    with pytest.raises(AssertionError, match="REMO-GRADE-"):
        assert_contract(endpoint, None, printed(f"{endpoint}.success.json"))


def test_a_side_reply_of_the_live_service_keeps_the_contract() -> None:
    assert_contract(SIDE, None, observed_side())


def test_a_side_reply_of_the_live_service_is_graded_by_the_page() -> None:
    with pytest.raises(AssertionError, match=r"REMO-GRADE-sar_tilt[\s\S]*bar_left_qang_grade 2"):
        assert_contract(SIDE, None, observed_side(bar_left_qang_grade=2))


def test_a_side_reply_needs_a_grade_of_sar_tilt() -> None:
    reply = observed_side()
    del reply["bar_left_qang_grade"]
    with pytest.raises(AssertionError, match="the field sar_tilt_grade or bar_left_qang_grade"):
        assert_contract(SIDE, None, reply)


def test_another_endpoint_needs_its_own_field() -> None:
    reply = small(V1)
    del reply["sar_tilt_grade"]
    with pytest.raises(AssertionError, match="REMO-FIELD-sar_tilt_grade"):
        assert_contract(V1, None, reply | {"bar_left_qang_grade": -1})


@pytest.mark.parametrize(("code", "kept"), [(200, True), (201, False)])
def test_v1_may_have_a_status_code(code: int, kept: bool) -> None:
    reply = small(V1, status_code=code)
    if kept:
        assert_contract(V1, None, reply)
    else:
        with pytest.raises(AssertionError, match="REMO-CODE-SUCCESS"):
            assert_contract(V1, None, reply)


@pytest.mark.parametrize("endpoint", ALL)
def test_an_error_may_say_that_nothing_was_charged(endpoint: str) -> None:
    assert_contract(endpoint, None, DETAILED)


@pytest.mark.parametrize("endpoint", ALL)
def test_an_error_that_tells_a_charge_is_a_note(endpoint: str) -> None:
    """L20: no page forbids it."""
    assert_contract(endpoint, None, DETAILED | {"credit_change": -1})


@pytest.mark.parametrize(("endpoint", "field"), [(V2, "bar_coords"), (BACK, "bar_coords"), (SIDE, "sar_coords")])
def test_a_joint_that_is_not_seen_is_a_note(endpoint: str, field: str) -> None:
    """L46."""
    reply = small(endpoint)
    joints = json.loads(reply[field])
    reply[field] = json.dumps([*joints[:7], [-1, -1], *joints[8:]])
    assert_contract(endpoint, None, reply)


@pytest.mark.parametrize(
    ("endpoint", "cause", "codes", "tolerated"),
    [
        (BACK, "undecodable-back", (412, 413), {415}),
        (BACK, "not-image-back", (412, 413), {415}),
        (V2, "undecodable-back", (412,), set()),
        (FRONT, "undecodable-front", (413,), set()),
        (FRONT, "not-image-front", (412,), {413}),
        (SIDE, "undecodable-side", (414, 413), set()),
        (V1, "undecodable-side", (414,), set()),
    ],
)
def test_a_photo_that_is_no_picture_has_these_codes(
    endpoint: str, cause: str, codes: tuple[int, ...], tolerated: set[int]
) -> None:
    """L08, L10, L44: the table's code, the example's, and one that clients know."""
    known = next(one for one in read_contract(contract_documents()).endpoints if one.name == endpoint)
    found = {one.id: one for _, _, one in photo_causes(known)}[cause]
    assert found.codes == codes
    assert set(found.tolerated) == tolerated
