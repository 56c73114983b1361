"""/__admin describes the vendor's API as the running mock answers it: as OpenAPI, and as a page whole in itself."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from remo_mock.contract.packaged import contract_documents
from remo_mock.reference.docs_words import WORDS
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
        reply = client.get(urljoin(DOCS, link), headers={"Accept": "text/html"})
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
    assert re.findall(r'src="(?!data:)([^"]*)"', page) == []
    assert re.findall(r'href="(?!data:|#)([^"]*)"', page) == ["/", "/demo", "?lang=ko", "openapi.json"]
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


def test_the_page_has_each_sample_photo_once_and_no_whole_picture_of_an_example(page: str) -> None:
    assert len(re.findall("[A-Za-z0-9+/]{10000,}", page)) == 3
    assert len(re.findall('<img hidden alt="" data-sample="(?:front|side|back)"', page)) == 3
    assert "… (" in page


def test_the_page_speaks_korean(client: FlaskClient) -> None:
    page = client.get(f"{DOCS}?lang=ko").get_data(as_text=True)
    for told in (
        '<html lang="ko">',
        "<h3",
        "직접 보내기",
        "머리 균형 <code>far_head_bal</code>",
        "주의: 오른쪽이 높음",
        "실제 측정이 아닙니다",
    ):
        assert told in page
    assert page.index("후면 사진에서 사람을 찾지 못함") < page.index("no person found in the back photo")


@pytest.mark.parametrize(
    "told",
    [
        "base64로 인코딩한 후면 사진.",
        '<code>bar_knee_bal_m_</code></td><td class="kind">number</td><td>무릎 균형: 각도(도).',
        '<code>state</code></td><td class="kind">true</td><td>요청의 성공 여부.',
        "요청의 이름이자",
        "보낸 uuid, 또는",
        "헤더를 보낼 수 없는 클라이언트는",
    ],
)
def test_what_fields_hold_is_said_in_korean(client: FlaskClient, told: str) -> None:
    assert told in client.get(f"{DOCS}?lang=ko").get_data(as_text=True)


def test_the_words_of_fields_say_what_the_schemas_do(client: FlaskClient) -> None:
    """So that a description which changes in the schemas changes in both languages."""
    schemas = client.get(OPENAPI).get_json()["components"]["schemas"]
    described = {
        rule["description"]
        for schema in schemas.values()
        for rule in (schema, *schema.get("properties", {}).values())
        if "description" in rule
    }
    own = {words["en"].format(view="back") for words in contract_documents()["names.json"]["fields"].values()}
    added = {
        "Whether the request succeeded.",
        "The code of the reply.",
        "The code of the error.",
        "The name of the API that answered.",
    }
    assert own - described == added


def test_no_field_is_left_in_english(client: FlaskClient) -> None:
    page = client.get(f"{DOCS}?lang=ko").get_data(as_text=True)
    rows = re.findall(r'<td class="kind">[^<]*</td><td>([^<]*)', page)
    assert len(rows) > 100
    assert [row for row in rows if not re.search("[가-힣]", row)] == []


def test_a_contract_without_words_for_fields_says_what_its_schemas_say(tmp_path: Path) -> None:
    folder = third_endpoint(tmp_path)
    (folder / "names.json").unlink()
    page = create_app(Settings(contract_dir=folder)).test_client().get(f"{DOCS}?lang=ko").get_data(as_text=True)
    assert "An angle in degrees." in page


def test_a_language_that_it_does_not_speak_is_refused(client: FlaskClient) -> None:
    refused = client.get(f"{DOCS}?lang=fr")
    assert (refused.status_code, refused.get_json()["detail"]) == (400, "lang=fr; known: en, ko.")


def test_the_page_says_that_values_are_invented(page: str) -> None:
    assert "Mock: invented values, not a measurement" in page


def test_every_entry_of_the_ledger_that_is_named_is_on_the_page(page: str) -> None:
    named = set(re.findall('href="#(L[0-9]+)"', page))
    assert len(named) > 10
    assert named <= set(re.findall('<tr id="(L[0-9]+)">', page))


def test_each_word_is_said_in_both_languages() -> None:
    assert WORDS["en"].keys() == WORDS["ko"].keys()


def test_a_third_endpoint_is_on_the_page(tmp_path: Path) -> None:
    client = create_app(Settings(contract_dir=third_endpoint(tmp_path))).test_client()
    assert f"<code>{FRONT}</code>" in client.get(DOCS).get_data(as_text=True)


def test_a_host_header_stays_text(client: FlaskClient) -> None:
    reply = client.get(DOCS, headers={"Host": "localhost:1<script>"})
    assert "<script>alert" not in reply.get_data(as_text=True)
    assert "1<script>" not in reply.get_data(as_text=True)


def test_no_sentence_but_the_ledgers_is_left_in_english(client: FlaskClient) -> None:
    page = client.get(f"{DOCS}?lang=ko").get_data(as_text=True)
    read = re.sub(r'(?s)<(style|script|pre|code)\b.*?</\1>|<(td|span)[^>]* lang="en".*?</\2>', " ", page)
    # The vendor's messages are English, and so are types and the titles of the ledger's entries.
    read = re.sub(r"(?s)<tr><td><b>[0-9]+</b>.*?</tr>|<tr id=.*?</tr>|<td class=.kind.*?</td>|<[^>]*>", "|", read)
    assert re.findall("[A-Za-z']+(?: [A-Za-z']+){2,}", read) == []
    assert "정면 사진 분석" in page
    assert "사진 2장에 모두 1 크레딧이 차감됩니다" in page
    assert "여러 개는 쉼표로 구분합니다." in page
