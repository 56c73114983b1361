"""The pages' examples satisfy the schemas, and an example with one thing wrong does not."""

import base64
import io
import json

import pytest
from PIL import Image

from tests.support.checkout import ROOT
from tests.support.contract_data import (
    ALL,
    BACK,
    EXAMPLE_MESSAGES,
    FRONT,
    OUTDATED_GRADES,
    SIDE,
    SMALL_IMAGE,
    V1,
    V2,
    accepts,
    endpoint_file,
    example,
    success,
    validator,
)

V2_METRICS = [
    "bar_head_bal", "bar_knee_bal", "bar_left_qang", "bar_pelvic_bal", "bar_right_qang", "bar_shoulder_bal", "bar_tilt",
    "far_head_bal", "far_knee_bal", "far_left_qang", "far_pelvic_bal", "far_right_qang", "far_shoulder_bal", "far_tilt",
    "round_shoulder", "sar_head_tilt", "sar_tilt", "turtle_neck",
]  # fmt: skip
METRICS = [
    *((V2, name) for name in V2_METRICS),
    *((BACK, name) for name in V2_METRICS[:7]),
    *((FRONT, name) for name in V2_METRICS[7:14]),
    *((SIDE, name) for name in V2_METRICS[14:]),
    *((V1, name) for name in V2_METRICS[7:]),
]
COORDS = [
    (V2, "far_coords"),
    (V2, "sar_coords"),
    (V2, "bar_coords"),
    (BACK, "bar_coords"),
    (FRONT, "far_coords"),
    (SIDE, "sar_coords"),
    (V1, "far_coords"),
    (V1, "sar_coords"),
]
IMAGES = [
    (V2, "forigimg"),
    (V2, "sorigimg"),
    (V2, "borigimg"),
    (BACK, "borigimg"),
    (FRONT, "forigimg"),
    (SIDE, "sorigimg"),
    (V1, "forigimg"),
    (V1, "sorigimg"),
]
ENDPOINTS = pytest.mark.parametrize("endpoint", ALL)
STRICTNESSES = pytest.mark.parametrize("strictness", ["", ".strict"], ids=["open", "strict"])
ERROR = {"state": False, "credit": 100, "message": "text", "status": 412}
UNSTATED = {name: value for name, value in ERROR.items() if name != "status"}
FIELDS = [(endpoint, name) for endpoint in ALL for name in success(endpoint) if name != "APIName"]


@pytest.mark.parametrize("endpoint", [V2, BACK])
@STRICTNESSES
def test_success_of_the_page_is_valid(endpoint: str, strictness: str) -> None:
    assert accepts(endpoint, f"response{strictness}", example(f"{endpoint}.success.json"))


@pytest.mark.parametrize("endpoint", [FRONT, SIDE, V1])
def test_success_of_the_page_breaks_its_own_table(endpoint: str) -> None:
    """L37: the grades of the bands before 2025-04-04, and nothing else."""
    found = {
        error.absolute_path[0] for error in validator(endpoint, "response").iter_errors(success_as_printed(endpoint))
    }
    assert found == OUTDATED_GRADES[endpoint].keys()


@ENDPOINTS
@STRICTNESSES
def test_success_with_the_grades_of_the_table_is_valid(endpoint: str, strictness: str) -> None:
    assert accepts(endpoint, f"response{strictness}", success(endpoint))


@ENDPOINTS
@STRICTNESSES
@pytest.mark.parametrize("code", [413, 515])
def test_error_of_the_page_is_valid(endpoint: str, strictness: str, code: int) -> None:
    assert accepts(endpoint, f"error{strictness}", example(f"{endpoint}.error-{code}.json"))


@ENDPOINTS
def test_success_is_no_error_and_error_no_success(endpoint: str) -> None:
    assert not accepts(endpoint, "error", example(f"{endpoint}.success.json"))
    assert not accepts(endpoint, "response", example(f"{endpoint}.error-413.json"))


@pytest.mark.parametrize(("endpoint", "metric"), METRICS)
@pytest.mark.parametrize("step", [-1, 1])
def test_grade_beside_the_right_one_is_refused(endpoint: str, metric: str, step: int) -> None:
    reply = success(endpoint)
    reply[f"{metric}_grade"] += step
    assert not accepts(endpoint, "response", reply)


@pytest.mark.parametrize(("endpoint", "metric"), METRICS)
@pytest.mark.parametrize("value", ["0.0", None, True, [0]], ids=str)
def test_angle_that_is_no_number_is_refused(endpoint: str, metric: str, value: object) -> None:
    assert not accepts(endpoint, "response", success(endpoint, **{f"{metric}_m_": value}))


@pytest.mark.parametrize(("endpoint", "metric"), METRICS)
@pytest.mark.parametrize("grade", ["0", None, False, 0.5], ids=str)
def test_grade_that_is_no_integer_is_refused(endpoint: str, metric: str, grade: object) -> None:
    assert not accepts(endpoint, "response", success(endpoint, **{f"{metric}_m_": 0.0, f"{metric}_grade": grade}))


@pytest.mark.parametrize(("endpoint", "field"), COORDS)
@pytest.mark.parametrize(
    "coords",
    [
        "[]",
        "null",
        "not JSON",
        json.dumps([[1, 2]] * 21),
        json.dumps([[1, 2]] * 23),
        json.dumps([[1, 2]] * 21 + [[1]]),
        json.dumps([[1, 2]] * 21 + [[1, 2, 3]]),
        json.dumps([[1, 2]] * 21 + [[1, 2.5]]),
        json.dumps([[1, 2]] * 21 + [[1, -2]]),
        json.dumps([[1, 2]] * 21 + [["1", 2]]),
        json.dumps([1, 2] * 22),
        [[1, 2]] * 22,
        None,
    ],
    ids=[
        "none",
        "null",
        "text",
        "21",
        "23",
        "single",
        "triple",
        "float",
        "negative",
        "quoted",
        "flat",
        "array",
        "no-string",
    ],
)
def test_coordinates_that_are_not_22_pairs_are_refused(endpoint: str, field: str, coords: object) -> None:
    assert not accepts(endpoint, "response", success(endpoint, **{field: coords}))


@pytest.mark.parametrize(("endpoint", "field"), COORDS)
@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": "), (" ,\n", " : ")], ids=["tight", "plain", "loose"])
def test_coordinates_may_be_spaced_in_any_way(endpoint: str, field: str, separators: tuple[str, str]) -> None:
    coords = json.dumps([[0, 4000]] * 22, separators=separators)
    assert accepts(endpoint, "response", success(endpoint, **{field: coords}))


@pytest.mark.parametrize(("endpoint", "field"), IMAGES)
@pytest.mark.parametrize(
    "image",
    [
        "/9j/2Q==",
        "data:image/png;base64,iVBORw0K",
        "data:image/jpeg,/9j/2Q==",
        "data:image/jpeg;base64,",
        "data:image/jpeg;base64,/9j/2Q===",
        "data:image/jpeg;base64,/9j/2-_=",
        " data:image/jpeg;base64,/9j/2Q==",
        "data:image/jpeg;base64,/9j/\n2Q==",
        None,
    ],
    ids=["bare", "png", "unmarked", "empty", "padding", "url-safe", "lead", "line-break", "null"],
)
def test_image_that_is_no_jpeg_data_uri_is_refused(endpoint: str, field: str, image: object) -> None:
    assert not accepts(endpoint, "response", success(endpoint, **{field: image}))


@pytest.mark.parametrize(("endpoint", "field"), FIELDS)
def test_reply_without_a_field_is_refused(endpoint: str, field: str) -> None:
    reply = success(endpoint)
    del reply[field]
    assert not accepts(endpoint, "response", reply)


@ENDPOINTS
@pytest.mark.parametrize(
    "change",
    [
        {"state": False},
        {"state": "true"},
        {"state": 1},
        {"status_code": 201},
        {"status_code": "200"},
        {"credit_change": 1},
        {"credit_change": -2},
        {"credit_change": -0.5},
        {"credit": -1},
        {"credit": "5"},
        {"uuid": ""},
        {"uuid": None},
        {"APIName": "Analysis-skeleton-v3"},
        {"APIName": "Analysis-skeleton"},
        {"APIName": None},
    ],
    ids=str,
)
def test_reply_with_a_wrong_value_is_refused(endpoint: str, change: dict[str, object]) -> None:
    assert not accepts(endpoint, "response", success(endpoint, **change))


@pytest.mark.parametrize(("endpoint", "allowed"), [(V1, False), (V2, False), (BACK, True), (FRONT, True), (SIDE, True)])
def test_free_success_is_for_a_set_of_split_requests(endpoint: str, allowed: bool) -> None:
    assert accepts(endpoint, "response", success(endpoint, credit_change=0)) is allowed


@pytest.mark.parametrize(
    ("endpoint", "names"),
    [
        (V1, ["Analysis_skeleton"]),
        (V2, ["Analysis-skeleton-v2"]),
        (BACK, ["Analysis-skeleton-v2", "Analysis-skeleton-v2-back"]),
        (FRONT, ["Analysis-skeleton-v2-front"]),
        (SIDE, ["Analysis-skeleton-v2", "Analysis-skeleton-v2-side"]),
    ],
)
def test_endpoint_may_be_called_by_these_names(endpoint: str, names: list[str]) -> None:
    every = [
        "Analysis_skeleton",
        "Analysis-skeleton-v2",
        "Analysis-skeleton-v2-back",
        "Analysis-skeleton-v2-front",
        "Analysis-skeleton-v2-side",
    ]
    assert [name for name in every if accepts(endpoint, "response", success(endpoint, APIName=name))] == names


@STRICTNESSES
@pytest.mark.parametrize(("value", "grade"), [(6.961, 1), (2.999, 0), (10, 2), (-1.5, -1)])
def test_side_reply_may_have_the_field_of_the_live_service(strictness: str, value: float, grade: int) -> None:
    """L39: bar_left_qang_grade in place of sar_tilt_grade, with the grade of sar_tilt."""
    reply = success(SIDE, sar_tilt_m_=value, bar_left_qang_grade=grade)
    del reply["sar_tilt_grade"]
    assert accepts(SIDE, f"response{strictness}", reply)
    assert not accepts(SIDE, f"response{strictness}", reply | {"bar_left_qang_grade": grade + 1})


@STRICTNESSES
def test_side_reply_without_a_grade_of_sar_tilt_is_refused(strictness: str) -> None:
    reply = success(SIDE)
    del reply["sar_tilt_grade"]
    assert not accepts(SIDE, f"response{strictness}", reply)


@STRICTNESSES
@pytest.mark.parametrize(("code", "allowed"), [(200, True), (201, False), ("200", False)])
def test_v1_may_have_the_status_code_of_its_table(strictness: str, code: object, allowed: bool) -> None:
    assert accepts(V1, f"response{strictness}", success(V1, status_code=code)) is allowed


@ENDPOINTS
@STRICTNESSES
@pytest.mark.parametrize(("change", "allowed"), [(0, True), (-1, False), (1, False), ("0", False)])
def test_error_may_say_that_nothing_was_charged(endpoint: str, strictness: str, change: object, allowed: bool) -> None:
    detailed = UNSTATED | {"status_code": 412, "credit_change": change}
    assert accepts(endpoint, f"error{strictness}", detailed) is allowed


@pytest.mark.parametrize(("endpoint", "field"), COORDS)
def test_joint_that_is_not_seen_may_stand_as_minus_one_twice(endpoint: str, field: str) -> None:
    """L46: as a predecessor of the API sent it."""
    seen = [[1, 2]] * 21
    assert accepts(endpoint, "response", success(endpoint, **{field: json.dumps([*seen, [-1, -1]])}))
    assert not accepts(endpoint, "response", success(endpoint, **{field: json.dumps([*seen, [-1, 2]])}))
    assert not accepts(endpoint, "response", success(endpoint, **{field: json.dumps([*seen, [-2, -2]])}))


@ENDPOINTS
@STRICTNESSES
def test_name_of_the_api_may_be_absent(endpoint: str, strictness: str) -> None:
    reply = success(endpoint)
    del reply["APIName"]
    assert accepts(endpoint, f"response{strictness}", reply)


@ENDPOINTS
@pytest.mark.parametrize(("strictness", "allowed"), [("", True), (".strict", False)], ids=["open", "strict"])
def test_unknown_field_is_for_foreign_endpoints(endpoint: str, strictness: str, allowed: bool) -> None:
    assert accepts(endpoint, f"response{strictness}", success(endpoint, extra=1)) is allowed
    assert accepts(endpoint, f"error{strictness}", ERROR | {"extra": 1}) is allowed


@pytest.mark.parametrize("field", ["forigimg", "sorigimg"])
def test_back_reply_may_hold_the_pictures_of_its_table(field: str) -> None:
    """L06: accepted of a foreign endpoint, never sent by our own."""
    reply = success(BACK, **{field: SMALL_IMAGE})
    assert accepts(BACK, "response", reply)
    assert not accepts(BACK, "response.strict", reply)


@ENDPOINTS
@STRICTNESSES
@pytest.mark.parametrize("code", [{"status": 412}, {"status_code": 412}, {"status": 412, "status_code": 412}], ids=str)
def test_error_code_may_stand_under_either_key(endpoint: str, strictness: str, code: dict[str, int]) -> None:
    assert accepts(endpoint, f"error{strictness}", UNSTATED | code)


@ENDPOINTS
@pytest.mark.parametrize(
    "code",
    [
        {},
        {"status": 412, "status_code": 411},
        {"status": 411, "status_code": 412},
        {"status": 412, "status_code": None},
        {"status": None, "status_code": 412},
        {"status": "412"},
        {"status": 200},
        {"status": 499},
        {"status_code": 500},
    ],
    ids=str,
)
def test_error_code_that_no_page_allows_is_refused(endpoint: str, code: dict[str, object]) -> None:
    assert not accepts(endpoint, "error", UNSTATED | code)


@pytest.mark.parametrize("code", [414, 418, 511, 512, 513, 514, 516, 517, 519, 520, 521, 523, 524, 525])
def test_code_of_the_front_and_side_is_not_the_back_endpoints(code: int) -> None:
    assert accepts(V2, "error", UNSTATED | {"status": code})
    assert not accepts(BACK, "error", UNSTATED | {"status": code})


@ENDPOINTS
@pytest.mark.parametrize(
    "change",
    [{"state": True}, {"state": "false"}, {"credit": -1}, {"credit": None}, {"credit": 0.5}, {"message": None}],
    ids=str,
)
def test_error_with_a_wrong_value_is_refused(endpoint: str, change: dict[str, object]) -> None:
    assert not accepts(endpoint, "error", ERROR | change)


@ENDPOINTS
@pytest.mark.parametrize("field", ["state", "credit", "message", "status"])
def test_error_without_a_field_is_refused(endpoint: str, field: str) -> None:
    error = dict(ERROR)
    del error[field]
    assert not accepts(endpoint, "error", error)


@pytest.mark.parametrize(
    ("endpoint", "position"),
    [(V2, 0), (V2, 1), (V2, 2), (BACK, 0), (FRONT, 0), (SIDE, 0), (V1, 0), (V1, 1)],
)
def test_coordinates_of_the_example_lie_on_its_picture(endpoint: str, position: int) -> None:
    reply, view = example(f"{endpoint}.success.json"), endpoint_file(endpoint)["views"][position]
    with Image.open(io.BytesIO(base64.b64decode(reply[view["image"]].partition(",")[2]))) as picture:
        width, height = picture.size
    points = json.loads(reply[view["coords"]])
    assert max(x for x, _ in points) < width
    assert max(y for _, y in points) < height


def test_numbers_of_the_examples_are_the_pages() -> None:
    whole, cut = example(f"{V2}.success.json"), example(f"{BACK}.success.json")
    assert (whole["turtle_neck_m_"], whole["sar_tilt_m_"], whole["far_left_qang_m_"]) == (29.711, 6.37, -2.529)
    assert (cut["bar_right_qang_m_"], cut["bar_tilt_m_"], cut["bar_head_bal_m_"]) == (2.109, -0.125, -0.011)
    assert whole["far_coords"].startswith("[[431, 258], [432, 403], [360, 432],")
    assert cut["bar_coords"].endswith("[1034, 979], [1128, 950], [1075, 940]]")


def success_as_printed(endpoint: str) -> dict[str, object]:
    """Return the page's example as it is, with small images."""
    return {
        name: SMALL_IMAGE if name.endswith("origimg") else value
        for name, value in example(f"{endpoint}.success.json").items()
    }


# Typed from family.md: each example's fields in their order, coordinates by their beginning.
PRINTED = {
    FRONT: {
        "state": True, "status_code": 200, "APIName": "Analysis-skeleton-v2-front", "credit_change": -1,
        "credit": 99984228, "uuid": "59e9a3a1-a8d2-42a1-b2af-3a87cd01f682", "forigimg": SMALL_IMAGE,
        "far_coords": "[[431, 258]", "far_head_bal_grade": 1, "far_head_bal_m_": 1.393, "far_knee_bal_grade": 0,
        "far_knee_bal_m_": 0.57, "far_left_qang_grade": 0, "far_left_qang_m_": -2.529, "far_pelvic_bal_grade": 1,
        "far_pelvic_bal_m_": 1.153, "far_right_qang_grade": 0, "far_right_qang_m_": -4.368,
        "far_shoulder_bal_grade": 0, "far_shoulder_bal_m_": 0.483, "far_tilt_grade": 0, "far_tilt_m_": 0.958,
    },
    SIDE: {
        "state": True, "status_code": 200, "APIName": "Analysis-skeleton-v2", "credit_change": -1,
        "credit": 99984228, "uuid": "59e9a3a1-a8d2-42a1-b2af-3a87cd01f682", "sorigimg": SMALL_IMAGE,
        "round_shoulder_grade": 0, "round_shoulder_m_": 2.698, "sar_coords": "[[424, 210]", "sar_head_tilt_grade": -1,
        "sar_head_tilt_m_": -2.227, "sar_tilt_grade": 2, "sar_tilt_m_": 6.37, "turtle_neck_grade": 0,
        "turtle_neck_m_": 29.711,
    },
    V1: {
        "state": True, "APIName": "Analysis_skeleton", "credit_change": -1, "credit": 99,
        "uuid": "59e9a3a1-a8d2-42a1-b2af-3a87cd01f682", "forigimg": SMALL_IMAGE, "sorigimg": SMALL_IMAGE,
        "far_coords": "[[431, 258]", "sar_coords": "[[424, 210]", "far_head_bal_m_": 1.393,
        "far_pelvic_bal_m_": 1.153, "far_shoulder_bal_m_": 0.483, "far_left_qang_m_": -2.529,
        "far_right_qang_m_": -4.368, "far_knee_bal_m_": 0.57, "far_tilt_m_": 0.958, "turtle_neck_m_": 29.711,
        "round_shoulder_m_": 2.698, "sar_tilt_m_": -1.681, "sar_head_tilt_m_": -1.478, "far_head_bal_grade": 1,
        "far_knee_bal_grade": 0, "far_left_qang_grade": 0, "far_pelvic_bal_grade": 1, "far_right_qang_grade": 0,
        "far_shoulder_bal_grade": 0, "far_tilt_grade": 0, "round_shoulder_grade": 0, "sar_head_tilt_grade": -1,
        "sar_tilt_grade": -1, "turtle_neck_grade": 0,
    },
}  # fmt: skip


@pytest.mark.parametrize("endpoint", PRINTED)
def test_example_is_the_pages_field_by_field(endpoint: str) -> None:
    shown = {
        name: str(value)[:11] if name.endswith("_coords") else value
        for name, value in success_as_printed(endpoint).items()
        if isinstance(value, str | int | float)
    }
    assert list(shown.items()) == list(PRINTED[endpoint].items())


@pytest.mark.parametrize("endpoint", PRINTED)
@pytest.mark.parametrize("code", [413, 515])
def test_error_example_is_laid_out_as_on_the_other_pages(endpoint: str, code: int) -> None:
    error = example(f"{endpoint}.error-{code}.json")
    assert list(error) == ["state", "credit", "message", "status"]
    assert (error["state"], error["status"]) == (False, code)


@pytest.mark.parametrize(("endpoint", "code", "message"), EXAMPLE_MESSAGES)
def test_error_example_has_the_message_of_its_page(endpoint: str, code: int, message: str) -> None:
    assert example(f"{endpoint}.error-{code}.json")["message"] == message


def test_accounts_of_a_fresh_mock_are_these() -> None:
    accounts = json.loads((ROOT / "fixtures/accounts.json").read_bytes())["accounts"]
    assert [tuple(account.values()) for account in accounts] == [
        ("demo@example.com", "demo-user-key", "demo-api-key", 100),
        ("broke@example.com", "broke-user-key", "broke-api-key", 0),
        ("your_email", "your_user_key", "your_api_key", 100),
        ("example@email.com", "userkey", "apikey", 100),
    ]
    assert [list(account) for account in accounts] == [["email", "user_key", "api_key", "credit"]] * 4
