"""/__admin describes the vendor's API as the running mock answers it: as OpenAPI, and as a page whole in itself."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from calls import BACK, V2
from mock_server import Settings, create_app
from test_third_endpoint import FRONT, third_endpoint

DOCS = "/__admin/docs"
OPENAPI = "/__admin/openapi.json"


@pytest.fixture
def page(client: FlaskClient) -> str:
    return client.get(DOCS).get_data(as_text=True)


def test_the_document_is_of_the_running_mock() -> None:
    client = create_app(Settings(http_status="200", error_shape="both")).test_client()
    info = client.get(OPENAPI).get_json()["info"]
    assert (info["x-remo-http-status"], info["x-remo-error-shape"]) == ("200", "both")


def test_the_server_is_the_one_that_was_asked(client: FlaskClient) -> None:
    made = client.get(OPENAPI, headers={"Host": "localhost:5123"}).get_json()
    assert made["servers"] == [{"url": "http://localhost:5123", "description": "remo-mock"}]


@pytest.mark.parametrize("path", [DOCS, OPENAPI])
def test_an_admin_token_is_asked_for(path: str) -> None:
    client = create_app(Settings(admin_token="t")).test_client()
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer t"}).status_code == 200


def test_the_page_loads_nothing(client: FlaskClient, page: str) -> None:
    assert re.findall(r'(?:src|href)="(?!data:|#)([^"]*)"', page) == ["openapi.json", "ledger", "codes"]
    policy = client.get(DOCS).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; connect-src 'self'; img-src data:;")
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "told",
    [
        f"<code>{V2}</code>",
        f"<code>{BACK}</code>",
        "<b>−5° &lt; x ≤ −1.5°</b><br>caution: the right side is higher",
        "<b>x ≥ 4°</b><br>danger: the left side is much higher",
        '<b>518</b></td><td>no person found in the back photo<br><span class="quiet" lang="ko">후면 사진에서',
        "<code>front=no_person, back=no_person</code>",
        "A field of the wrong type answers 400, one that is missing, null or empty 411.",
        'data-photo="sorigimg"',
    ],
)
def test_the_page_shows(page: str, told: str) -> None:
    assert told in page


def test_the_page_shows_no_whole_picture_of_an_example(page: str) -> None:
    assert len(page) < 100_000
    assert "… (" in page


def test_a_third_endpoint_is_on_the_page(tmp_path: Path) -> None:
    client = create_app(Settings(contract_dir=third_endpoint(tmp_path))).test_client()
    assert f"<code>{FRONT}</code>" in client.get(DOCS).get_data(as_text=True)


def test_a_host_header_stays_text(client: FlaskClient) -> None:
    reply = client.get(DOCS, headers={"Host": "localhost:1<script>"})
    assert "<script>alert" not in reply.get_data(as_text=True)
    assert "1<script>" not in reply.get_data(as_text=True)
