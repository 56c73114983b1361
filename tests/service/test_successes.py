"""What a success says: the schemas' promises, the pages' key order, and the photo with the result drawn on it."""

import base64
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from PIL import Image, ImageChops, ImageStat
from referencing import Registry, Resource

from remo_mock.contract.packaged import contract_documents, fixture
from tests.support.calls import BACK, V2, VIEWING
from tests.support.card_pictures import code_of

DOCUMENTS = contract_documents()
REGISTRY: Registry[Any] = Registry().with_resources(
    (schema["$id"], Resource.from_contents(schema)) for name, schema in DOCUMENTS.items() if "$id" in schema
)
NAMES = {V2: "analysis-skeleton-v2", BACK: "analysis-skeleton-v2-back"}


def decoded(uri: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(uri.removeprefix("data:image/jpeg;base64,"), validate=True)))


def post(client: FlaskClient, path: str, three: dict[str, Any]) -> dict[str, Any]:
    reply = client.post(path, json=three)
    assert reply.status_code == 200, reply.get_json()
    told = reply.get_json()
    assert isinstance(told, dict)
    return told


@pytest.mark.parametrize("path", [V2, BACK])
def test_a_success_keeps_the_strict_schema(client: FlaskClient, three_request: dict[str, Any], path: str) -> None:
    schema = DOCUMENTS[f"{NAMES[path]}/response.strict.schema.json"]
    assert list(Draft202012Validator(schema, registry=REGISTRY).iter_errors(post(client, path, three_request))) == []


@pytest.mark.parametrize("path", [V2, BACK])
def test_the_keys_stand_in_the_examples_order(client: FlaskClient, three_request: dict[str, Any], path: str) -> None:
    assert list(post(client, path, three_request)) == list(fixture(f"examples/{NAMES[path]}.success.json"))


@pytest.mark.parametrize("field", ["forigimg", "sorigimg", "borigimg"])
def test_the_image_is_the_photo_with_the_result_drawn(
    client: FlaskClient, three_request: dict[str, Any], field: str
) -> None:
    drawn = decoded(post(client, V2, three_request)[field])
    sent = Image.open(BytesIO(base64.b64decode(three_request[field])))
    assert (drawn.format, drawn.mode, drawn.size) == ("JPEG", "RGB", sent.size)
    difference = ImageStat.Stat(ImageChops.difference(drawn, sent).convert("L"))
    assert difference.mean[0] < 6
    assert difference.extrema[0][1] > 100


@pytest.mark.parametrize("field", ["far_coords", "sar_coords", "bar_coords"])
def test_coordinates_are_a_string_of_22_pairs(client: FlaskClient, three_request: dict[str, Any], field: str) -> None:
    pairs = json.loads(post(client, V2, three_request)[field])
    assert len(pairs) == 22
    assert all(len(pair) == 2 and 0 <= pair[0] < 853 and 0 <= pair[1] < 1280 for pair in pairs)


def test_left_and_right_are_the_subjects(client: FlaskClient, three_request: dict[str, Any]) -> None:
    told = post(client, V2, three_request)
    front, back = json.loads(told["far_coords"]), json.loads(told["bar_coords"])
    assert front[2][0] < front[5][0]  # RightShoulder, LeftShoulder
    assert back[2][0] > back[5][0]


def test_both_endpoints_measure_a_back_photo_alike(client: FlaskClient, three_request: dict[str, Any]) -> None:
    three, alone = post(client, V2, three_request), post(client, BACK, three_request)
    measured = [name for name in alone if name.endswith("_m_")]
    assert len(measured) == 7
    assert {name: alone[name] for name in measured} == {name: three[name] for name in measured}
    assert alone["bar_coords"] == three["bar_coords"]


def test_a_sent_uuid_comes_back(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert post(client, BACK, back_request | {"uuid": "request-7"})["uuid"] == "request-7"


def test_without_a_uuid_one_is_made(client: FlaskClient, back_request: dict[str, Any]) -> None:
    first, second = post(client, BACK, back_request), post(client, BACK, back_request)
    assert len(first["uuid"]) == len(second["uuid"]) == 36
    assert first["uuid"] != second["uuid"]


def test_unknown_fields_are_ignored(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert post(client, BACK, back_request | {"device": {"os": "any"}})["state"] is True


@pytest.mark.parametrize(
    ("sent", "answered"),
    [(("forigimg", "sorigimg", "borigimg"), "analysis-skeleton-v2"), (("borigimg",), "analysis-skeleton-v2-back")],
)
def test_the_viewing_samples_path_answers_by_its_photos(
    client: FlaskClient, three_request: dict[str, Any], sent: tuple[str, ...], answered: str
) -> None:
    photos = {"forigimg", "sorigimg", "borigimg"} - set(sent)
    reply = client.post(VIEWING, json={name: value for name, value in three_request.items() if name not in photos})
    assert reply.status_code == 200
    assert reply.headers["X-Remo-Mock-Hint"] == (
        f"this path is of the page's viewing sample, answered as {answered} (L12)"
    )
    assert [name for name in reply.get_json() if name.endswith("origimg")] == list(sent)


def test_a_card_of_another_view_does_nothing_and_says_so(
    client: FlaskClient, back_request: dict[str, Any], card_files: Path
) -> None:
    card = base64.b64encode((card_files / "front-tilted-418.jpg").read_bytes()).decode()
    reply = client.post(BACK, json=back_request | {"borigimg": card})
    assert reply.status_code == 200
    card_hint, guess_hint = reply.headers["X-Remo-Mock-Hint"].split("; ", 2)[:2]
    assert card_hint == "borigimg is a photo card for front, tilted, which does nothing here"
    # Half of the person is behind the card.
    assert guess_hint == "shows no person with certainty, so the skeleton's place is a guess"


def test_a_card_for_ok_makes_a_success_of_any_picture(client: FlaskClient, back_request: dict[str, Any]) -> None:
    buffer = BytesIO()
    code_of("remo-mock:any=ok").save(buffer, "PNG")
    picture = base64.b64encode(buffer.getvalue()).decode()
    reply = client.post(BACK, json=back_request | {"borigimg": picture})
    assert (reply.status_code, reply.headers["X-Remo-Mock-Hint"]) == (200, "borigimg is a photo card for ok")
    assert len(json.loads(reply.get_json()["bar_coords"])) == 22
