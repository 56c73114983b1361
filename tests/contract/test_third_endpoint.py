"""An endpoint of the same family is data alone: a folder more, and the mock validates, draws and charges."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from tests.support.calls import blank_text, credentials, photo_text
from tests.support.third_endpoint import FRONT, third_endpoint


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return third_endpoint(tmp_path_factory.mktemp("contract"))


@pytest.fixture
def client(schemas: Path) -> FlaskClient:
    return create_app(Settings(contract_dir=schemas)).test_client()


@pytest.fixture
def body() -> dict[str, Any]:
    return credentials() | {"forigimg": photo_text("front"), "uuid": "one"}


def test_it_answers_with_its_own_fields(client: FlaskClient, body: dict[str, Any]) -> None:
    told = client.post(FRONT, json=body).get_json()
    assert list(told) == [
        *("state", "status_code", "APIName", "credit_change", "credit", "uuid", "forigimg", "far_coords"),
        *("far_knee_bal_grade", "far_knee_bal_m_", "far_tilt_grade", "far_tilt_m_"),
    ]
    assert told["APIName"] == "Front"


def test_it_charges_its_own_price(client: FlaskClient, body: dict[str, Any]) -> None:
    assert [client.post(FRONT, json=body).get_json()["credit_change"] for _ in range(3)] == [-3, 0, -3]


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"forigimg": None}, 411), ({"forigimg": 1}, 400), ({"forigimg": "*"}, 413), ({"forigimg": blank_text()}, 511)],
)
def test_it_validates(client: FlaskClient, body: dict[str, Any], changes: dict[str, Any], code: int) -> None:
    assert client.post(FRONT, json=body | changes).get_json()["status"] == code


def test_the_others_are_still_there(client: FlaskClient, three_request: dict[str, Any]) -> None:
    assert client.post("/api/analysis-skeleton-v2", json=three_request).status_code == 200
