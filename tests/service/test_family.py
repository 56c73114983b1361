"""The family: one person's split requests, v1 with both photos, and one path that several endpoints answer at."""

import json
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageOps

from remo_mock import Settings, create_app
from remo_mock.contract import Contract, read_contract
from remo_mock.contract.packaged import contract_documents
from tests.support.calls import BACK, FRONT, PHOTOS, SIDE, V1, V2, as_text, credentials, photo_text
from tests.support.contract_data import accepts, example

FRONT_PHOTO, SIDE_PHOTO, BACK_PHOTO = "forigimg", "sorigimg", "borigimg"
PHOTO_OF = {FRONT: {FRONT_PHOTO: "front"}, SIDE: {SIDE_PHOTO: "side"}, BACK: {BACK_PHOTO: "back"}}
PHOTOS_OF = PHOTO_OF | {
    V1: {FRONT_PHOTO: "front", SIDE_PHOTO: "side"},
    V2: {FRONT_PHOTO: "front", SIDE_PHOTO: "side", BACK_PHOTO: "back"},
}
NAMES = {path: path.removeprefix("/api/") for path in PHOTOS_OF}


def body(path: str, **changes: Any) -> dict[str, Any]:
    """Return a request that succeeds."""
    return credentials() | {name: photo_text(view) for name, view in PHOTOS_OF[path].items()} | changes


def credit(client: FlaskClient) -> int:
    return int(client.get("/__admin/accounts/demo@example.com").get_json()["credit"])


@pytest.mark.parametrize("path", PHOTOS_OF)
def test_a_success_keeps_the_strict_schema_and_the_order_of_the_example(client: FlaskClient, path: str) -> None:
    reply = client.post(path, json=body(path))
    assert reply.status_code == 200
    assert reply.headers.get("X-Remo-Mock-Hint") is None
    assert accepts(NAMES[path], "response.strict", reply.get_json())
    assert list(reply.get_json()) == list(example(f"{NAMES[path]}.success.json"))


@pytest.mark.parametrize("order", sorted(set(permutations([FRONT, SIDE, SIDE, BACK]))))
def test_a_person_of_four_views_costs_two_credits(client: FlaskClient, order: tuple[str, ...]) -> None:
    changes = [client.post(path, json=body(path, uuid="one")).get_json()["credit_change"] for path in order]
    assert changes == [-1, 0, -1, 0]
    assert credit(client) == 98


@pytest.mark.parametrize("database", [None, "accounts.sqlite"], ids=["in memory", "in a file"])
def test_four_views_at_once_cost_two_credits(tmp_path: Path, database: str | None) -> None:
    app = create_app(Settings(db=database and str(tmp_path / database)))

    def send(path: str) -> int:
        reply = app.test_client().post(path, json=body(path, uuid="one"))
        return int(reply.get_json()["credit_change"])

    with ThreadPoolExecutor(4) as pool:
        changes = list(pool.map(send, [FRONT, SIDE, SIDE, BACK]))
    assert sorted(changes) == [-1, -1, 0, 0]
    assert credit(app.test_client()) == 98
    app.extensions["remo_mock"].close()


def test_ten_people_at_once_cost_two_credits_each(tmp_path: Path) -> None:
    app = create_app(Settings(db=str(tmp_path / "accounts.sqlite")))
    views = [(path, f"person {number}") for number in range(10) for path in (FRONT, SIDE, SIDE, BACK)]

    def send(view: tuple[str, str]) -> int:
        return int(app.test_client().post(view[0], json=body(view[0], uuid=view[1])).get_json()["credit_change"])

    with ThreadPoolExecutor(8) as pool:
        changes = list(pool.map(send, views))
    assert sorted(changes) == [-1] * 20 + [0] * 20
    assert credit(app.test_client()) == 80
    app.extensions["remo_mock"].close()


def test_views_without_uuid_cost_one_credit_each(client: FlaskClient) -> None:
    changes = [client.post(path, json=body(path)).get_json()["credit_change"] for path in (FRONT, SIDE, SIDE, BACK)]
    assert changes == [-1, -1, -1, -1]


def test_v1_costs_one_credit_and_is_no_part_of_a_set(client: FlaskClient) -> None:
    order = (FRONT, V1, SIDE, V1)
    changes = [client.post(path, json=body(path, uuid="one")).get_json()["credit_change"] for path in order]
    assert changes == [-1, -1, 0, -1]


def test_v1_sends_no_status_code(client: FlaskClient) -> None:
    """L41: as the example of its page."""
    reply = client.post(V1, json=body(V1)).get_json()
    assert "status_code" not in reply
    assert reply["APIName"] == "Analysis_skeleton"


SHARED = [
    ("far_head_bal_m_", (FRONT, V1, V2)),
    ("far_left_qang_m_", (FRONT, V1, V2)),
    ("far_tilt_m_", (FRONT, V1, V2)),
    ("turtle_neck_m_", (SIDE, V1, V2)),
    ("round_shoulder_m_", (SIDE, V1, V2)),
    ("sar_tilt_m_", (SIDE, V1, V2)),
    ("sar_head_tilt_m_", (SIDE, V1, V2)),
    ("bar_knee_bal_m_", (BACK, V2)),
]


@pytest.mark.parametrize(("field", "paths"), SHARED)
def test_a_photo_has_the_same_angles_on_each_endpoint(client: FlaskClient, field: str, paths: tuple[str, ...]) -> None:
    values = {client.post(path, json=body(path)).get_json()[field] for path in paths}
    assert len(values) == 1


def test_one_photo_is_graded_by_each_page_for_itself(client: FlaskClient) -> None:
    asked = {"Prefer": "sar_tilt=1.2, turtle_neck=32, round_shoulder=6, sar_head_tilt=4.5"}
    fields = ("sar_tilt_grade", "turtle_neck_grade", "round_shoulder_grade", "sar_head_tilt_grade")

    def grades(path: str) -> list[int]:
        reply = client.post(path, json=body(path), headers=asked).get_json()
        return [reply[name] for name in fields]

    assert grades(V2) == [1, 0, 0, 2]
    assert grades(SIDE) == [0, 1, 1, 1]
    assert grades(V1) == [0, 1, 1, 1]


@pytest.mark.parametrize(
    ("path", "changes", "code"),
    [
        (FRONT, {FRONT_PHOTO: "*"}, 413),
        (FRONT, {FRONT_PHOTO: None}, 411),
        (FRONT, {FRONT_PHOTO: 5}, 400),
        (SIDE, {SIDE_PHOTO: "*"}, 414),
        (SIDE, {SIDE_PHOTO: ""}, 411),
        (V1, {FRONT_PHOTO: "*"}, 413),
        (V1, {SIDE_PHOTO: "*"}, 414),
        (V1, {SIDE_PHOTO: None}, 411),
    ],
)
def test_a_photo_that_is_none_has_the_code_of_its_page(
    client: FlaskClient, path: str, changes: dict[str, Any], code: int
) -> None:
    assert client.post(path, json=body(path, **changes)).get_json()["status"] == code


CARDS = [
    (FRONT, {FRONT_PHOTO: "front-tilted-418.jpg"}, 418),
    (FRONT, {FRONT_PHOTO: "front-no-person-511.jpg"}, 511),
    (FRONT, {FRONT_PHOTO: "front-wrong-angle-514.jpg"}, 514),
    (FRONT, {FRONT_PHOTO: "front-not-a-pose-517.jpg"}, 517),
    (SIDE, {SIDE_PHOTO: "side-no-person-512.jpg"}, 512),
    (SIDE, {SIDE_PHOTO: "side-wrong-angle-515.jpg"}, 515),
    (V1, {FRONT_PHOTO: "front-no-person-511.jpg", SIDE_PHOTO: "side-no-person-512.jpg"}, 513),
    (V1, {FRONT_PHOTO: "front-wrong-angle-514.jpg", SIDE_PHOTO: "side-wrong-angle-515.jpg"}, 516),
    (V1, {SIDE_PHOTO: "side-wrong-angle-515.jpg"}, 515),
]


@pytest.mark.parametrize(("path", "cards", "code"), CARDS)
def test_a_card_gives_its_code_on_each_endpoint_that_has_it(
    client: FlaskClient, card_files: Path, path: str, cards: dict[str, str], code: int
) -> None:
    shown = {}
    for field, name in cards.items():
        with Image.open(card_files / name) as card:
            shown[field] = as_text(card, "JPEG", quality=90)
    reply = client.post(path, json=body(path, **shown)).get_json()
    assert (reply["status"], credit(client)) == (code, 100)


@pytest.fixture(scope="module")
def contract() -> Contract:
    return read_contract(contract_documents())


AT_V1: list[tuple[dict[str, Any], str]] = [
    ({}, "analysis-skeleton"),
    ({FRONT_PHOTO: "a"}, "analysis-skeleton"),
    ({SIDE_PHOTO: "a"}, "analysis-skeleton"),
    ({FRONT_PHOTO: "a", SIDE_PHOTO: "a"}, "analysis-skeleton"),
    ({FRONT_PHOTO: "a", SIDE_PHOTO: "a", BACK_PHOTO: ""}, "analysis-skeleton"),
    ({FRONT_PHOTO: "a", SIDE_PHOTO: "a", BACK_PHOTO: None}, "analysis-skeleton"),
    ({FRONT_PHOTO: "a", SIDE_PHOTO: "a", BACK_PHOTO: "a"}, "analysis-skeleton-v2"),
    ({BACK_PHOTO: "a"}, "analysis-skeleton-v2-back"),
    ({BACK_PHOTO: "a", FRONT_PHOTO: None}, "analysis-skeleton-v2-back"),
    ({FRONT_PHOTO: "a", BACK_PHOTO: "a"}, "analysis-skeleton"),
    ({SIDE_PHOTO: "a", BACK_PHOTO: "a"}, "analysis-skeleton"),
    ({"photo": "a"}, "analysis-skeleton"),
]


@pytest.mark.parametrize(("held", "name"), AT_V1, ids=lambda value: "+".join(value) if isinstance(value, dict) else "")
def test_photos_tell_the_endpoints_of_one_path_apart(contract: Contract, held: dict[str, Any], name: str) -> None:
    assert contract.endpoint_for(V1, held).name == name


@pytest.mark.parametrize("path", [V2, BACK, FRONT, SIDE])
@pytest.mark.parametrize("held", [{}, {FRONT_PHOTO: "a"}, {BACK_PHOTO: "a"}], ids=["none", "front", "back"])
def test_a_path_of_one_endpoint_is_always_its_own(contract: Contract, path: str, held: dict[str, str]) -> None:
    assert contract.endpoint_for(path, held).name == NAMES[path]


def test_a_path_of_nobody_has_no_endpoint(contract: Contract) -> None:
    with pytest.raises(KeyError):
        contract.endpoint_for("/api/analysis", {})


@pytest.mark.parametrize(
    ("missing", "hint"),
    [
        ((SIDE_PHOTO,), "sorigimg is missing"),
        ((FRONT_PHOTO,), "forigimg is missing"),
        ((FRONT_PHOTO, SIDE_PHOTO), "forigimg, sorigimg are missing"),
    ],
)
def test_v1_misses_a_photo(client: FlaskClient, missing: tuple[str, ...], hint: str) -> None:
    reply = client.post(V1, json={name: value for name, value in body(V1).items() if name not in missing})
    assert reply.get_json()["status"] == 411
    assert reply.headers["X-Remo-Mock-Hint"] == hint


def test_a_side_photo_from_the_other_side_is_a_side_photo(client: FlaskClient) -> None:
    """L33: v2-side takes either side, and its joints are on the person who looks the other way."""
    with Image.open(PHOTOS / "side.jpg") as photo:
        width = photo.width
        mirrored = as_text(ImageOps.mirror(photo), "JPEG", quality=95)
    asked = {"Prefer": "sar_tilt=0, sar_head_tilt=0, turtle_neck=30, round_shoulder=5"}
    straight = client.post(SIDE, json=body(SIDE), headers=asked).get_json()
    turned = client.post(SIDE, json=body(SIDE, sorigimg=mirrored), headers=asked).get_json()
    assert turned["state"] is True
    assert accepts("analysis-skeleton-v2-side", "response.strict", turned)
    there = [(width - 1 - x, y) for x, y in json.loads(straight["sar_coords"])]
    here = [(x, y) for x, y in json.loads(turned["sar_coords"])]
    assert max(abs(x - u) + abs(y - v) for (x, y), (u, v) in zip(here, there, strict=True)) <= 12
    nose, ear = here[19], here[17]
    assert nose[0] < ear[0]
