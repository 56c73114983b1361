"""Who may reach what: /__admin for this machine or a token only, the vendor's routes by any name, CORS if told."""

import re
from collections.abc import Iterator

import pytest
import requests

from remo_mock import Settings, create_app
from remo_mock.addresses import is_loopback
from tests.support.calls import BACK, V2, VIEWING, credentials, photo_text
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT

PAGE = "https://page.example"
PREFLIGHT = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
ALLOW = "Access-Control-Allow-Origin"
ADMIN_ROUTES = ("health", "accounts", "outcomes", "requests", "codes", "ledger")
OPEN_ROUTES = {"health", "docs", "openapi.json", "codes", "ledger"}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """A server as it starts by default."""
    with serving() as server:
        yield server.url


@pytest.fixture(scope="module")
def open_url() -> Iterator[str]:
    """A server whose vendor routes a page may call."""
    with serving("--cors", PAGE) as server:
        yield server.url


def send(url: str, **headers: str) -> requests.Response:
    body = credentials() | {"borigimg": photo_text("back")}
    return requests.post(url + BACK, json=body, headers=headers, timeout=TIMEOUT)


def test_it_listens_on_loopback_by_default(url: str) -> None:
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", url)


@pytest.mark.parametrize("route", ADMIN_ROUTES)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil.example"]
)
def test_admin_by_another_name_is_refused(url: str, route: str, host: str) -> None:
    reply = requests.get(f"{url}/__admin/{route}", headers={"Host": host}, timeout=TIMEOUT)
    assert (reply.status_code, reply.headers["Content-Type"]) == (403, "application/problem+json")
    assert reply.json()["detail"] == "Call /__admin by 127.0.0.1 or localhost."


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST:4420", "localhost.", "mock.localhost", "[::1]:80"]
)
def test_admin_by_a_name_of_this_machine(url: str, host: str) -> None:
    assert requests.get(f"{url}/__admin/accounts", headers={"Host": host}, timeout=TIMEOUT).status_code == 200


@pytest.mark.parametrize("host", ["api.remo.re.kr", "evil.example", "mock:4420"])
def test_the_vendors_routes_answer_to_any_name(url: str, host: str) -> None:
    assert send(url, Host=host).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": PAGE},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "http://["},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": PAGE},
    ],
)
def test_another_sites_page_changes_nothing(url: str, headers: dict[str, str]) -> None:
    """A form of any page can post to any address; it needs no reply to empty the accounts."""
    reply = requests.post(f"{url}/__admin/reset", headers=headers, timeout=TIMEOUT)
    assert (reply.status_code, reply.headers["Content-Type"]) == (403, "application/problem+json")


def test_the_mocks_own_page_may(url: str) -> None:
    by_origin = requests.post(f"{url}/__admin/reset", headers={"Origin": url}, timeout=TIMEOUT)
    headers = {"Origin": url, "Sec-Fetch-Site": "same-origin"}
    by_site = requests.post(f"{url}/__admin/reset", headers=headers, timeout=TIMEOUT)
    assert (by_origin.status_code, by_site.status_code) == (200, 200)


@pytest.mark.parametrize("route", ["accounts", "outcomes", "requests"])
def test_bound_elsewhere_a_token_is_made_and_wanted(elsewhere: tuple[str, str], route: str) -> None:
    url, token = elsewhere
    wrong = {"Authorization": "Bearer wrong"}
    right = {"Authorization": f"bearer {token}", "Host": "mock.example"}
    answers = [
        requests.get(f"{url}/__admin/{route}", headers=headers, timeout=TIMEOUT).status_code
        for headers in ({}, wrong, right)
    ]
    assert answers == [401, 401, 200]


def test_bound_elsewhere_the_vendors_routes_want_none(elsewhere: tuple[str, str]) -> None:
    assert send(elsewhere[0]).status_code == 200


def test_every_route_wants_the_token_but_those_that_tell_of_the_contract() -> None:
    app = create_app(Settings(admin_token="let-me-in", host="192.0.2.1"))
    client = app.test_client()
    asked = set()
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<[^>]*>", "1", rule.rule)
        for method in (rule.methods or set()) - {"OPTIONS"} if path.startswith("/__admin/") else set():
            status = client.open(path, method=method).status_code
            assert status == (200 if path.removeprefix("/__admin/") in OPEN_ROUTES else 401), (method, path)
            asked.add(path.removeprefix("/__admin/"))
    assert {*OPEN_ROUTES, "accounts", "accounts/1/charges", "requests/1", "reset"} <= asked


def test_a_token_that_was_given_is_not_printed() -> None:
    with serving("--host", "0.0.0.0", "--admin-token", "let-me-in") as server:  # noqa: S104 - that is what is tested
        lines = [server.process.stdout.readline() for _ in range(5)] if server.process.stdout else []
    assert any("token     as given" in line for line in lines)
    assert "let-me-in" not in "".join(lines)


def test_bound_elsewhere_health_tells_that_it_lives(elsewhere: tuple[str, str]) -> None:
    assert requests.get(f"{elsewhere[0]}/__admin/health", timeout=TIMEOUT).json()["status"] == "ok"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[tuple[str, str]]:
    """A server that other machines can reach: its address, and the token that it printed."""
    with serving("--host", "0.0.0.0") as server:  # noqa: S104 - that is what is tested
        lines = [server.process.stdout.readline() for _ in range(5)] if server.process.stdout else []
        found = re.search(r"  token +(\S+)", "".join(lines))
        assert found
        assert lines[0].startswith(f"  console   {server.url}/#token={found[1]} ")
        yield server.url, found[1]


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("::12", False),
        ("192.168.1.5", False),
        ("127.evil.example", False),
        ("localhost.evil.example", False),
    ],
)
def test_what_is_loopback(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize("path", [V2, BACK, VIEWING])
def test_a_preflight_is_answered_where_cors_is_on(open_url: str, path: str) -> None:
    reply = requests.options(open_url + path, headers=PREFLIGHT, timeout=TIMEOUT)
    assert (reply.status_code, reply.content) == (204, b"")
    assert reply.headers[ALLOW] == PAGE
    assert reply.headers["Access-Control-Allow-Methods"] == "POST"
    assert reply.headers["Access-Control-Allow-Headers"] == "Content-Type, Prefer"


def test_a_preflight_for_a_method_that_a_contract_may_have_is_answered_so(open_url: str) -> None:
    reply = requests.options(
        open_url + V2, headers=PREFLIGHT | {"Access-Control-Request-Method": "PUT"}, timeout=TIMEOUT
    )
    assert reply.headers["Access-Control-Allow-Methods"] == "POST, PUT"


def test_a_page_may_read_replies_and_our_headers_where_cors_is_on(open_url: str) -> None:
    reply = send(open_url, Origin=PAGE, Prefer="code=518")
    assert (reply.status_code, reply.headers[ALLOW]) == (518, PAGE)
    assert "Preference-Applied" in reply.headers["Access-Control-Expose-Headers"]


def test_a_page_may_read_why_its_wish_was_refused(open_url: str) -> None:
    reply = send(open_url, Origin=PAGE, Prefer="code=999")
    assert (reply.status_code, reply.headers[ALLOW]) == (400, PAGE)


@pytest.mark.parametrize("route", ADMIN_ROUTES)
def test_admin_is_never_for_other_pages(open_url: str, route: str) -> None:
    preflight = requests.options(f"{open_url}/__admin/{route}", headers=PREFLIGHT, timeout=TIMEOUT)
    reply = requests.get(f"{open_url}/__admin/{route}", headers={"Origin": PAGE}, timeout=TIMEOUT)
    assert ALLOW not in preflight.headers
    assert ALLOW not in reply.headers


@pytest.mark.parametrize("path", [V2, BACK])
def test_no_page_may_read_anything_by_default(url: str, path: str) -> None:
    assert ALLOW not in requests.options(url + path, headers=PREFLIGHT, timeout=TIMEOUT).headers
    assert ALLOW not in send(url, Origin=PAGE).headers
