"""/__admin: health and accounts, with errors that say how to go on."""

import gzip
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from remo_mock.store.account import MOST_CREDIT
from tests.support.calls import BACK

ACCOUNTS = "/__admin/accounts"
DEMO = {
    "email": "demo@example.com",
    "user_key": "demo-user-key",
    "api_key": "demo-api-key",
    "credit": 100,
}


def test_health_says_which_version(client: FlaskClient) -> None:
    health = client.get("/__admin/health").get_json()
    assert (health["status"], health["version"]) == ("ok", "0.2.0")


def test_a_fresh_mock_knows_its_accounts(client: FlaskClient) -> None:
    accounts = {account["email"]: account["credit"] for account in client.get(ACCOUNTS).get_json()["accounts"]}
    assert accounts == {"broke@example.com": 0, "demo@example.com": 100, "example@email.com": 100, "your_email": 100}


def test_an_account_is_shown(client: FlaskClient) -> None:
    assert client.get(f"{ACCOUNTS}/demo@example.com").get_json() == DEMO


def test_an_account_is_opened_with_keys_made_for_it(client: FlaskClient, back_request: dict[str, Any]) -> None:
    reply = client.post(ACCOUNTS, json={"email": "ann@example.com", "credit": 2})
    made = reply.get_json()
    assert (reply.status_code, made["email"], made["credit"]) == (201, "ann@example.com", 2)
    keys = {"Email": "ann@example.com", "UserKey": made["user_key"], "APIKey": made["api_key"]}
    assert client.post(BACK, json=back_request | keys).get_json()["credit"] == 1


def test_an_account_is_opened_with_given_keys(client: FlaskClient) -> None:
    account = {"email": "ann", "user_key": "u", "api_key": "a", "credit": 0}
    client.post(ACCOUNTS, json=account)
    assert client.get(f"{ACCOUNTS}/ann").get_json() == account


def test_an_account_is_funded_and_emptied(client: FlaskClient) -> None:
    assert client.patch(f"{ACCOUNTS}/demo@example.com", json={"credit": 7}).get_json() == DEMO | {"credit": 7}
    assert client.patch(f"{ACCOUNTS}/demo@example.com", json={"credit": 0}).get_json() == DEMO | {"credit": 0}


def test_credits_are_added_to_what_is_left(client: FlaskClient, back_request: dict[str, Any]) -> None:
    """A page that sums up what it saw would give back what was spent meanwhile."""
    client.post(BACK, json=back_request)
    assert client.patch(f"{ACCOUNTS}/demo@example.com", json={"add_credit": 10}).get_json() == DEMO | {"credit": 109}
    most = {"add_credit": MOST_CREDIT}
    assert client.patch(f"{ACCOUNTS}/demo@example.com", json=most).get_json()["credit"] == MOST_CREDIT
    both = {"credit": 3, "add_credit": 2}
    assert client.patch(f"{ACCOUNTS}/demo@example.com", json=both).get_json()["credit"] == 5


def test_a_deleted_account_is_gone(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert client.delete(f"{ACCOUNTS}/demo@example.com").status_code == 204
    assert client.get(f"{ACCOUNTS}/demo@example.com").status_code == 404
    assert client.post(BACK, json=back_request).get_json()["status"] == 420


def test_charges_are_listed(client: FlaskClient, back_request: dict[str, Any]) -> None:
    client.post(BACK, json=back_request | {"uuid": "one"})
    (charge,) = client.get(f"{ACCOUNTS}/demo@example.com/charges").get_json()["charges"]
    assert charge.pop("at").endswith("+00:00")
    assert charge == {"endpoint": "analysis-skeleton-v2-back", "uuid": "one", "change": -1, "balance": 99}


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "told"),
    [
        ("GET", f"{ACCOUNTS}/nobody", None, 404, "There is no account 'nobody'. GET /__admin/accounts lists them"),
        ("PATCH", f"{ACCOUNTS}/nobody", {"credit": 1}, 404, "There is no account"),
        ("DELETE", f"{ACCOUNTS}/nobody", None, 404, "There is no account"),
        ("GET", f"{ACCOUNTS}/nobody/charges", None, 404, "There is no account"),
        ("POST", ACCOUNTS, {"email": "demo@example.com"}, 409, "exists already. Change it with PATCH"),
        ("POST", ACCOUNTS, {}, 400, "'email' is a required property"),
        ("POST", ACCOUNTS, {"email": 5}, 400, "email: 5 is not of type 'string'"),
        ("POST", ACCOUNTS, {"email": "a", "credits": 5}, 400, "Known fields: email, user_key, api_key, credit"),
        ("PATCH", f"{ACCOUNTS}/demo@example.com", {"credit": -1}, 400, "credit: -1 is less than the minimum of 0"),
        ("PATCH", f"{ACCOUNTS}/demo@example.com", {"add_credit": 0}, 400, "api_key, credit, add_credit"),
        ("PATCH", f"{ACCOUNTS}/demo@example.com", {}, 400, "should be non-empty"),
        ("PATCH", f"{ACCOUNTS}/demo@example.com", {"email": "b"}, 400, "'email' was unexpected"),
        ("POST", "/__admin/health", {}, 405, "POST is not allowed here; /__admin/health takes GET, HEAD, OPTIONS."),
        ("DELETE", ACCOUNTS, None, 405, "/__admin/accounts takes GET, HEAD, OPTIONS, POST."),
        ("GET", "/__admin", None, 404, "This mock answers at /__admin/accounts, /__admin/accounts/<email>, "),
        ("GET", "/__admin/", None, 404, "/__admin/requests/<number>, /__admin/reset; GET / says more."),
        ("GET", "/__admin/acounts", None, 404, "/__admin/docs, /__admin/health, "),
        ("GET", "/__administration", None, 404, "This mock answers at /api/analysis-skeleton, "),
        ("GET", "/api/analysis-skeleton-v3", None, 404, "This mock answers at /api/analysis-skeleton, "),
    ],
)
def test_an_error_is_a_problem_with_a_remedy(
    client: FlaskClient, method: str, path: str, body: dict[str, Any] | None, status: int, told: str
) -> None:
    reply = client.open(path, method=method, json=body)
    assert reply.status_code == status
    assert reply.content_type == "application/problem+json"
    assert told in reply.get_json(force=True)["detail"]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", "GET, HEAD, OPTIONS"),
        ("/__admin/reset", "OPTIONS, POST"),
        (f"{ACCOUNTS}/a", "DELETE, GET, HEAD, OPTIONS, PATCH"),
    ],
)
def test_a_wrong_method_is_answered_with_the_right_ones(client: FlaskClient, path: str, allowed: str) -> None:
    reply = client.put(path)
    assert (reply.status_code, reply.headers["Allow"]) == (405, allowed)


def test_a_body_that_is_no_json_is_told(client: FlaskClient) -> None:
    reply = client.post(ACCOUNTS, data=b"{'email': 'a'}")
    assert reply.status_code == 400
    assert reply.get_json(force=True)["detail"] == "not JSON at line 1, column 2."


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({"Content-Encoding": "gzip"}, "the body is compressed (Content-Encoding: gzip); send it as it is."),
        ({}, "the body is compressed by gzip, and no Content-Encoding says so; send it as it is."),
    ],
)
def test_a_compressed_body_is_called_so(client: FlaskClient, headers: dict[str, str], told: str) -> None:
    body = gzip.compress(b'{"email": "ann@example.com"}')
    reply = client.post(ACCOUNTS, data=body, content_type="application/json", headers=headers)
    assert (reply.status_code, reply.get_json()["detail"]) == (400, told)


def test_every_reply_says_that_it_is_a_mocks(client: FlaskClient) -> None:
    assert client.get("/").headers["X-Remo-Mock"] == "0.2.0"
    assert client.post(BACK).headers["X-Remo-Mock"] == "0.2.0"


def test_the_front_page_names_every_route(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert "POST /api/analysis-skeleton-v2-back\n" in page
    summary = "Show the API as a page, with a form to try it; `lang=ko` in Korean"
    assert f"  GET    /__admin/docs                      {summary}\n" in page


def test_a_body_over_the_limit_is_a_problem() -> None:
    client = create_app(Settings(max_body=1)).test_client()
    reply = client.post(ACCOUNTS, data=b" " * (1024 * 1024 + 1))
    assert reply.status_code == 413
    assert reply.content_type == "application/problem+json"


def test_an_address_that_no_path_could_name_is_refused(client: FlaskClient) -> None:
    reply = client.post(ACCOUNTS, json={"email": "a/b@example.com"})
    assert reply.status_code == 400
    told = 'email: "a/b@example.com" should be an address that can stand in a path: no slash, no control character'
    assert told in reply.get_json(force=True)["detail"]


@pytest.mark.parametrize("email", [" ", " ann", "ann ", "a\nb", "ann\n", "a\0b", "a\x7fb", ".", "..", "/"])
def test_an_address_that_cannot_be_meant_is_refused(client: FlaskClient, email: str) -> None:
    reply = client.post(ACCOUNTS, json={"email": email})
    assert (reply.status_code, reply.content_type) == (400, "application/problem+json")
    assert "should be an address that can stand in a path" in reply.get_json(force=True)["detail"]


@pytest.mark.parametrize("email", ["ann", "ann+518@example.com", "a b", "é@example.com", "a?b#c", "..."])
def test_any_other_address_is_taken(client: FlaskClient, email: str) -> None:
    assert client.post(ACCOUNTS, json={"email": email}).status_code == 201
    assert client.get(f"{ACCOUNTS}/{quote(email)}").get_json()["email"] == email


def test_credits_are_a_number_by_its_value(client: FlaskClient) -> None:
    assert client.post(ACCOUNTS, json={"email": "ann", "credit": 5.0}).get_data().endswith(b'"credit":5}')
    assert client.patch(f"{ACCOUNTS}/ann", json={"credit": 7.0}).get_data().endswith(b'"credit":7}')


@pytest.mark.parametrize("credit", [-1, 1.5, 1e308, 10**30, True, None, "5", [5]])
def test_credits_that_cannot_be_meant_are_refused(client: FlaskClient, credit: object) -> None:
    reply = client.post(ACCOUNTS, json={"email": "ann", "credit": credit})
    assert (reply.status_code, reply.get_json(force=True)["detail"][:8]) == (400, "credit: ")


def test_an_error_spells_what_was_sent_as_json_and_repeats_no_key(client: FlaskClient) -> None:
    details = [
        client.post(ACCOUNTS, json=body).get_json(force=True)["detail"]
        for body in ({"email": None}, {"email": "a" * 1000}, {"email": "a", "user_key": "s3cret" * 50})
    ]
    assert details[0].startswith("email: null is not of type 'string'")
    assert len(details[1]) < 200
    assert details[2].startswith("user_key: the value is too long")


def test_a_defect_of_the_mock_is_told_as_one(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ArithmeticError("a defect")

    monkeypatch.setattr("remo_mock.store.journal.Journal.entries", break_down)
    answer = client.get("/__admin/requests")
    assert (answer.status_code, answer.mimetype) == (500, "application/problem+json")
    assert answer.get_json()["title"] == "A defect of remo-mock"
    assert "See its log" in answer.get_json()["detail"]
    assert "ArithmeticError: a defect" in caplog.text


@pytest.mark.parametrize("query", ["limit=" + "1" * 60_000, "x" * 60_000, "a=1&" * 15_000, "account=" + "a" * 60_000])
@pytest.mark.parametrize("path", ["/__admin/requests", "/__admin/docs", "/__admin/codes"])
def test_a_query_longer_than_any_can_be_is_refused_without_being_repeated(
    client: FlaskClient, path: str, query: str
) -> None:
    answer = client.get(f"{path}?{query}")
    assert (answer.status_code, answer.get_json()["title"]) == (400, "Not in this query")
    assert len(answer.data) < 700


@pytest.mark.parametrize("path", ["/console/", "/console/photos/"])
def test_a_long_name_is_not_repeated(client: FlaskClient, path: str) -> None:
    answer = client.get(path + "x" * 60_000)
    assert answer.status_code == 404
    assert len(answer.data) < 2000


def test_a_refused_outcome_is_told_in_both_languages(client: FlaskClient) -> None:
    problem = client.post("/__admin/outcomes", json={"account": "demo@example.com", "code": 999}).get_json()
    assert problem["detail"].startswith("'code=999' cannot be asked for; expected ")
    assert problem["details"]["ko"].startswith("'code=999': 요청할 수 없는 결과입니다. 요청할 수 있는 값: ")
