"""/__admin describes the vendor's API as the running mock answers it: as OpenAPI, and as a page whole in itself."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from tests.support.calls import BACK, V2
from tests.support.third_endpoint import FRONT, third_endpoint

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


def test_a_browser_opens_it_without_the_admin_token_with_all_that_it_links_to() -> None:
    client = create_app(Settings(admin_token="let-me-in", host="192.0.2.1")).test_client()
    page = client.get(DOCS)
    assert page.status_code == 200
    for link in re.findall(r'href="(?!data:|#)([^"]*)"', page.get_data(as_text=True)):
        reply = client.get(f"/__admin/{link}")
        assert reply.status_code == 200
        assert "let-me-in" not in reply.get_data(as_text=True)
    assert "let-me-in" not in page.get_data(as_text=True)
    assert "Set-Cookie" not in page.headers


@pytest.mark.parametrize("path", [DOCS, OPENAPI])
def test_a_page_that_takes_this_machines_name_reads_nothing(path: str) -> None:
    client = create_app(Settings(admin_token="let-me-in")).test_client()
    assert client.get(path, headers={"Host": "evil.example"}).status_code == 403


def test_it_tells_nothing_of_the_accounts_that_were_opened() -> None:
    client = create_app(Settings(admin_token="t")).test_client()
    account = {"email": "ann@example.com", "user_key": "anns-user-key", "api_key": "anns-api-key"}
    made = client.post("/__admin/accounts", json=account, headers={"Authorization": "Bearer t"})
    assert made.status_code == 201
    for path in (DOCS, OPENAPI, "/__admin/codes", "/__admin/ledger"):
        told = client.get(path).get_data(as_text=True)
        assert "ann@" not in told
        assert "anns-" not in told


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
        "A field of the wrong type is answered with 400, a missing, null or empty one with 411.",
        'data-photo="sorigimg"',
    ],
)
def test_the_page_shows(page: str, told: str) -> None:
    assert told in page


def test_the_page_shows_no_whole_picture_of_an_example(page: str) -> None:
    assert re.search("[A-Za-z0-9+/]{10000}", page) is None  # the small photos of the requests are shown whole
    assert "… (" in page


def test_a_third_endpoint_is_on_the_page(tmp_path: Path) -> None:
    client = create_app(Settings(contract_dir=third_endpoint(tmp_path))).test_client()
    assert f"<code>{FRONT}</code>" in client.get(DOCS).get_data(as_text=True)


def test_a_host_header_stays_text(client: FlaskClient) -> None:
    reply = client.get(DOCS, headers={"Host": "localhost:1<script>"})
    assert "<script>alert" not in reply.get_data(as_text=True)
    assert "1<script>" not in reply.get_data(as_text=True)
