"""Every documented code is there, with its meaning, and every verdict on the photos leads to exactly one."""

from itertools import chain, combinations
from typing import Any

import pytest

from tests.support.contract_data import ALL, BACK, EXAMPLE_MESSAGES, FRONT, SIDE, V1, V2, endpoint_file, schema_file

CODES = {
    V2: [
        400, 411, 412, 413, 414, 418, 420, 421, 422, 511, 512, 513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 523,
        524, 525, 550, 559,
    ],
    BACK: [400, 411, 412, 413, 415, 420, 421, 422, 515, 518, 522, 550, 559],
    FRONT: [400, 411, 412, 413, 418, 420, 421, 422, 511, 514, 515, 517, 550, 559],
    SIDE: [400, 411, 412, 413, 414, 420, 421, 422, 512, 515, 550, 559],
    V1: [400, 411, 412, 413, 414, 418, 420, 421, 422, 511, 512, 513, 514, 515, 516, 517, 550, 559],
}  # fmt: skip

# (verdict, views that have it) to code: Error Code Guide and 에러 코드 안내; the image errors as L08 and L10 read them.
COMPOSITION = {
    V2: {
        ("undecodable", "front"): 413,
        ("undecodable", "side"): 414,
        ("undecodable", "back"): 412,
        ("not_image", "front"): 412,
        ("not_image", "side"): 412,
        ("not_image", "back"): 412,
        ("tilted", "front"): 418,
        ("no_person", "front"): 511,
        ("no_person", "side"): 512,
        ("no_person", "back"): 518,
        ("no_person", "front side"): 513,
        ("no_person", "front back"): 519,
        ("no_person", "side back"): 520,
        ("no_person", "front side back"): 521,
        ("wrong_angle", "front"): 514,
        ("wrong_angle", "side"): 515,
        ("wrong_angle", "back"): 522,
        ("wrong_angle", "front side"): 516,
        ("wrong_angle", "front back"): 523,
        ("wrong_angle", "side back"): 524,
        ("wrong_angle", "front side back"): 525,
        ("not_a_pose", "front"): 517,
    },
    BACK: {
        ("undecodable", "back"): 412,
        ("not_image", "back"): 412,
        ("no_person", "back"): 518,
        ("wrong_angle", "back"): 522,
    },
    FRONT: {
        ("undecodable", "front"): 413,
        ("not_image", "front"): 412,
        ("tilted", "front"): 418,
        ("no_person", "front"): 511,
        ("wrong_angle", "front"): 514,
        ("not_a_pose", "front"): 517,
    },
    SIDE: {
        ("undecodable", "side"): 414,
        ("not_image", "side"): 412,
        ("no_person", "side"): 512,
        ("wrong_angle", "side"): 515,
    },
    V1: {
        ("undecodable", "front"): 413,
        ("undecodable", "side"): 414,
        ("not_image", "front"): 412,
        ("not_image", "side"): 412,
        ("tilted", "front"): 418,
        ("no_person", "front"): 511,
        ("no_person", "side"): 512,
        ("no_person", "front side"): 513,
        ("wrong_angle", "front"): 514,
        ("wrong_angle", "side"): 515,
        ("wrong_angle", "front side"): 516,
        ("not_a_pose", "front"): 517,
    },
}

CONDITIONS = {
    400: "protocol",
    411: "missing_input",
    420: "unknown_user",
    421: "wrong_api_key",
    422: "insufficient_credit",
    550: "process_error",
    559: "other_process_error",
}


@pytest.mark.parametrize("endpoint", ALL)
def test_endpoint_has_the_codes_of_its_page(endpoint: str) -> None:
    assert [row["code"] for row in endpoint_file(endpoint)["codes"]] == CODES[endpoint]


def test_only_what_no_table_has_waits_to_be_asked_for() -> None:
    rows = [(endpoint, row) for endpoint in ALL for row in endpoint_file(endpoint)["codes"]]
    waiting = [(name, row["code"], row["x-remo-source"]["ledger"]) for name, row in rows if row.get("only_when_asked")]
    assert waiting == [
        (BACK, 413, "L08"),
        (BACK, 415, "L10"),
        (BACK, 515, "L09"),
        (FRONT, 515, "L43"),
        (SIDE, 413, "L44"),
    ]


def test_415_is_only_observed() -> None:
    assert _row(BACK, 415)["x-remo-source"] == {
        "page": None,
        "section": "integrators' tables of codes",
        "evidence": "observed",
        "ledger": "L10",
    }


@pytest.mark.parametrize("endpoint", ALL)
def test_each_verdict_on_the_photos_has_the_code_of_the_page(endpoint: str) -> None:
    composed = {key: codes for key, codes in composition(endpoint).items() if codes}
    assert composed == {key: [code] for key, code in COMPOSITION[endpoint].items()}


@pytest.mark.parametrize(
    ("endpoint", "verdict"),
    [(endpoint, verdict) for endpoint in ALL for verdict in ("no_person", "wrong_angle")],
)
def test_every_set_of_views_has_one_code(endpoint: str, verdict: str) -> None:
    counts = {views: len(codes) for (name, views), codes in composition(endpoint).items() if name == verdict}
    assert set(counts.values()) == {1}


@pytest.mark.parametrize(
    ("endpoint", "verdict"),
    [(endpoint, verdict) for endpoint in ALL for verdict in ("undecodable", "not_image")],
)
def test_every_view_that_is_no_image_has_one_code(endpoint: str, verdict: str) -> None:
    views = [view["view"] for view in endpoint_file(endpoint)["views"]]
    assert [len(composition(endpoint)[verdict, view]) for view in views] == [1] * len(views)


def test_conditions_have_the_codes_of_the_pages() -> None:
    rows = schema_file("errors.json")["codes"]
    assert {row["code"]: row["condition"] for row in rows if "condition" in row} == CONDITIONS


def test_code_follows_from_a_condition_or_a_verdict() -> None:
    rows = schema_file("errors.json")["codes"]
    assert [row["code"] for row in rows if ("condition" in row) == ("verdict" in row)] == []


def test_each_code_has_one_row_and_an_endpoint() -> None:
    assert [row["code"] for row in schema_file("errors.json")["codes"]] == sorted({*CODES[V2], 415})


def test_errors_are_judged_in_this_order() -> None:
    assert schema_file("errors.json")["order"] == [
        "protocol",
        "missing_input",
        "unknown_user",
        "wrong_api_key",
        "insufficient_credit",
        ["undecodable", "not_image"],
        "tilted",
        "no_person",
        "wrong_angle",
        "not_a_pose",
        "process_error",
        "other_process_error",
    ]


def test_order_names_every_cause_of_an_error() -> None:
    errors = schema_file("errors.json")
    causes = [*chain.from_iterable(row.get("verdict", [row.get("condition")]) for row in errors["codes"])]
    ordered = chain.from_iterable([step] if isinstance(step, str) else step for step in errors["order"])
    assert set(causes) == set(ordered)


@pytest.mark.parametrize(("endpoint", "code", "message"), EXAMPLE_MESSAGES)
def test_message_of_an_example_is_literal(endpoint: str, code: int, message: str) -> None:
    assert _row(endpoint, code)["message"] == message


@pytest.mark.parametrize("row", schema_file("errors.json")["codes"], ids=lambda row: str(row["code"]))
def test_code_has_a_meaning_in_both_languages_and_a_message(row: dict[str, Any]) -> None:
    assert row["meaning"]["en"].isascii()
    assert not row["meaning"]["ko"].isascii()
    assert row["message"].isascii()
    assert row["message"].strip() != ""


def composition(endpoint: str) -> dict[tuple[str, str], list[int]]:
    """Return the codes that arise by themselves, for each verdict and each set of the endpoint's views."""
    data, errors = endpoint_file(endpoint), schema_file("errors.json")
    natural = {row["code"] for row in data["codes"] if not row.get("only_when_asked")}
    verdicts = [verdict for row in errors["codes"] for verdict in row.get("verdict", {})]
    names = [view["view"] for view in data["views"]]
    sets = chain.from_iterable(combinations(names, size) for size in range(1, len(names) + 1))
    return {
        (verdict, " ".join(views)): [
            row["code"]
            for row in errors["codes"]
            if row["code"] in natural
            and set(views) in [set(given) for given in row.get("verdict", {}).get(verdict, [])]
        ]
        for views in sets
        for verdict in dict.fromkeys(verdicts)
    }


def _row(endpoint: str, code: int) -> Any:
    return next(row for row in endpoint_file(endpoint)["codes"] if row["code"] == code)
