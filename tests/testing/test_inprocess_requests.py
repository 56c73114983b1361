"""A `requests` client that calls the vendor's URL is answered in process, as the server would answer it."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from urllib3 import Retry, Timeout
from werkzeug import Response

from remo_mock import RemoMock, Settings
from remo_mock.exceptions import (
    AccountExistsError,
    AccountUnknownError,
    EndlessWaitError,
    NotRunningError,
    OutcomeError,
    SettingsError,
)
from tests.support.calls import BACK, V2, VIEWING, credentials, photo_text
from tests.support.waiting import TIMEOUT
from tests.support.wsgi_server import wsgi_server

VENDOR = "https://api.remo.re.kr"
PHOTO = {"borigimg": photo_text("back")}


@pytest.fixture
def remo() -> Iterator[RemoMock]:
    slept: list[float] = []
    with RemoMock(sleep=slept.append) as remo:
        remo.slept = slept  # type: ignore[attr-defined]
        yield remo


def post(body: dict[str, Any], *, url: str = VENDOR + BACK, **options: Any) -> requests.Response:
    return requests.post(url, json=body, **options)  # noqa: S113 - some tests are about clients without one


@pytest.mark.usefixtures("remo")
@pytest.mark.parametrize("base", ["http://api.remo.re.kr", "https://api.remo.re.kr", "https://API.remo.re.kr:8443"])
def test_the_vendors_url_is_answered(base: str) -> None:
    reply = post(credentials() | PHOTO, url=base + BACK)
    assert (reply.status_code, reply.json()["credit"]) == (200, 99)
    assert reply.headers["X-Remo-Mock"] == "0.2.0"


@pytest.mark.usefixtures("remo")
@pytest.mark.parametrize(
    ("path", "code", "hint"),
    [(V2, 411, "missing"), (VIEWING, 200, "viewing sample"), (BACK + "?a=b", 200, None)],
)
def test_paths_and_hints_are_those_of_the_server(path: str, code: int, hint: str | None) -> None:
    reply = post(credentials() | PHOTO, url=VENDOR + path)
    assert reply.status_code == code
    assert (hint or "") in reply.headers.get("X-Remo-Mock-Hint", "")


@pytest.mark.usefixtures("remo")
@pytest.mark.parametrize(
    ("method", "options", "code"),
    [
        ("GET", {}, 400),
        ("PURGE", {}, 400),
        ("POST", {"data": "borigimg=1"}, 400),
        ("POST", {"data": iter([b"{", b"}"]), "headers": {"Content-Type": "application/json"}}, 411),
        ("POST", {"data": "{}", "headers": {"Content-Type": b"application/json"}}, 411),
    ],
)
def test_other_requests_have_the_contracts_errors(method: str, options: dict[str, Any], code: int) -> None:
    assert requests.request(method, VENDOR + BACK, timeout=5, **options).json()["status"] == code


@pytest.mark.usefixtures("remo")
def test_another_path_of_the_vendor_is_not_found_and_not_passed_on() -> None:
    reply = requests.get(VENDOR + "/api/else", timeout=1)
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_preference_is_honoured_and_a_wrong_one_refused(remo: RemoMock) -> None:
    reply = post(credentials() | PHOTO, headers={"Prefer": "code=518"})
    assert (reply.json()["status"], reply.headers["Preference-Applied"]) == (518, "code=518")
    wrong = post(credentials() | PHOTO, headers={"Prefer": "code=999"})
    assert (wrong.status_code, wrong.json()["title"]) == (400, "Cannot be asked for")
    assert remo.credits_spent == 0


@pytest.mark.usefixtures("remo")
def test_an_empty_preference_is_refused_as_over_http() -> None:
    assert post(credentials() | PHOTO, headers={"Prefer": ""}).status_code == 400


def test_both_switches_are_the_settings() -> None:
    with RemoMock(Settings(http_status="200", error_shape="status_code")):
        reply = post({})
    assert (reply.status_code, reply.json()["status_code"]) == (200, 411)


def test_a_body_over_the_limit_is_refused() -> None:
    with RemoMock(Settings(max_body=1)):
        reply = post({"borigimg": "A" * 1024 * 1024})
    assert reply.json()["status"] == 400


@pytest.mark.parametrize("urls", ["http://gateway.test", ["gateway.test"], ["http://["], ["http://a/?b"]], ids=repr)
def test_urls_at_which_nothing_would_be_answered_are_refused(urls: Sequence[str]) -> None:
    with pytest.raises(ValueError, match=r"urls=\[\"https://gateway\.example\.com\"\]"):
        RemoMock(urls=urls)


def test_further_urls_are_answered_below_their_path() -> None:
    with RemoMock(urls=["http://gateway.test:8000/remo/"]):
        assert post(credentials() | PHOTO, url="http://gateway.test:8000/remo" + BACK).status_code == 200


def test_other_hosts_are_left_alone() -> None:
    with wsgi_server(Response("not ours")) as url, RemoMock():
        assert requests.get(url, timeout=TIMEOUT).text == "not ours"


def test_nothing_is_left_behind() -> None:
    before = HTTPAdapter.send
    with RemoMock():
        assert HTTPAdapter.send is not before
    assert HTTPAdapter.send is before


# accounts and outcomes


def test_an_account_has_its_credits_and_history(remo: RemoMock) -> None:
    ann = remo.account(credit=2)
    remo.account(credit=5)
    replies = [post(ann.fields | PHOTO).json() for _ in range(3)]
    assert [one.get("credit") for one in replies] == [1, 0, 0]
    assert (ann.credit, [charge.change for charge in ann.charges]) == (0, [-1, -1])
    assert replies[2]["status"] == 422
    assert ann.fields == {"Email": ann.email, "UserKey": ann.user_key, "APIKey": ann.api_key}


@pytest.mark.parametrize("credit", [-1, 2.5, "3", True, 10**30], ids=repr)
def test_an_account_has_a_whole_number_of_credits(remo: RemoMock, credit: Any) -> None:
    with pytest.raises(ValueError, match=r"^credit should be a whole number from 0 to "):
        remo.account(credit=credit)


@pytest.mark.parametrize("email", ["", " me@example.com", "me\n@example.com", "a/b"], ids=repr)
def test_an_account_has_an_address_that_the_admin_routes_know(remo: RemoMock, email: str) -> None:
    with pytest.raises(ValueError, match=r"^email should be "):
        remo.account(email=email)


def test_invented_accounts_differ_and_are_the_same_next_time() -> None:
    with RemoMock() as remo:
        first = [remo.account().email for _ in range(3)]
    with RemoMock() as remo:
        second = [remo.account().email for _ in range(3)]
    with RemoMock(persona_seed="another") as remo:
        third = remo.account().email
    assert first == second
    assert len({*first, third}) == 4


def test_an_address_is_taken_once(remo: RemoMock) -> None:
    assert remo.account(email="ann@example.com").email == "ann@example.com"
    with pytest.raises(AccountExistsError):
        remo.account(email="ann@example.com")


def test_the_next_outcome_is_the_accounts_that_was_opened_last(remo: RemoMock) -> None:
    remo.next(code=518)
    assert post(credentials() | PHOTO).json()["status"] == 518
    ann = remo.account()
    remo.next(code=522)
    assert [one.account for one in remo.unused] == [ann.email]
    assert post(credentials() | PHOTO).status_code == 200
    assert post(ann.fields | PHOTO).json()["status"] == 522
    assert remo.unused == ()


def test_what_lasts_until_the_photo_changes_is_used_once_it_is_taken(remo: RemoMock) -> None:
    remo.next(code=518, until="photo changes")
    assert [one.until for one in remo.unused] == ["photo changes"]
    replies = [post(credentials() | PHOTO).status_code for _ in range(3)]
    assert (replies, remo.unused, remo.credits_spent) == ([518, 518, 518], (), 0)


def test_outcomes_are_queued_for_their_own_account(remo: RemoMock) -> None:
    ann = remo.account()
    ann.next(code=518, times=2)
    ann.next(profile="danger")
    remo.next(code=422, account="demo@example.com")
    replies = [post(ann.fields | PHOTO).json() for _ in range(3)]
    assert [one.get("status") for one in replies] == [518, 518, None]
    assert abs(replies[2]["bar_tilt_grade"]) == 2
    assert post(credentials() | PHOTO).json()["status"] == 422


def test_an_unknown_code_or_account_fails_at_once(remo: RemoMock) -> None:
    with pytest.raises(OutcomeError, match="code=999"):
        remo.next(code=999)
    with pytest.raises(AccountUnknownError):
        remo.next(code=518, account="nobody@example.com")


@pytest.mark.parametrize(
    "asked",
    [{}, {"code": "518"}, {"code": True}, {"code": None}, {"code": object()}, {"fault": "drop", "times": 0}]
    + [{"code": 518, "times": times} for times in (-1, 1.5, True, "2", None, 10_001)]
    + [{"code": 518, "until": "tomorrow"}, {"code": 518, "until": "photo changes", "times": 3}]
    + [{"bar_tilt": float("nan")}, {"bar_tilt": float("inf")}, {"delay": 10**30}, {"fault": ("drop", "drop")}],
)
def test_impossible_outcomes_are_refused(asked: dict[str, Any]) -> None:
    with RemoMock() as remo:
        with pytest.raises(OutcomeError, match="cannot be asked for; expected"):
            remo.next(**asked)
        assert remo.unused == ()


def test_options_can_be_named_without_settings() -> None:
    with RemoMock(as_observed=True, error_shape="status", http_status="200"):
        assert post(credentials() | PHOTO).json()["APIName"] == "Analysis-skeleton-v2-back"
        assert post({}).json()["status"] == 411


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"api_name": "mine"}, SettingsError, "api_name: 'mine' is not one of 'page', 'own'"),
        ({"api_nmae": "own"}, TypeError, "api_nmae"),
        (
            {"settings": Settings(), "seed": 1},
            TypeError,
            r"either Settings\(...\) or options by name \(seed\), not both",
        ),
    ],
)
def test_options_that_cannot_be_are_refused(options: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        RemoMock(**options)


def test_numbers_are_taken_by_their_value() -> None:
    with RemoMock() as remo:
        assert remo.next(code=518.0, fault=("slow", "html"), times=2).times == 2
        remo.running("queue").queue.clear()


def test_a_code_of_one_endpoint_waits_for_that_endpoint(remo: RemoMock) -> None:
    assert remo.next(code=519).endpoint == "analysis-skeleton-v2"


def test_what_happened_can_be_read_during_and_after(remo: RemoMock) -> None:
    with RemoMock() as inner:
        post(credentials() | PHOTO)
        post(credentials() | {"borigimg": "*"})
        assert [one["code"] for one in inner.requests] == [200, 412]
    assert [one["code"] for one in inner.requests] == [200, 412]
    assert [(one.endpoint, one.change) for one in inner.charges] == [("analysis-skeleton-v2-back", -1)]
    assert (inner.credits_spent, remo.credits_spent) == (1, 0)
    with pytest.raises(NotRunningError, match="with RemoMock"):
        inner.account()


# faults, as over a real connection


@pytest.mark.parametrize("fault", ["drop", "charged-then-lost"])
def test_a_broken_connection_is_requests_own_error_and_charged(remo: RemoMock, fault: str) -> None:
    remo.next(fault=fault)
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        post(credentials() | PHOTO)
    assert remo.credits_spent == 1


@pytest.mark.parametrize(
    ("fault", "status", "begins"),
    [("html", 502, b"<html>"), ("html-504", 504, b"<html>"), ("garbage", 200, b"{'state': True")],
)
def test_another_body_arrives(remo: RemoMock, fault: str, status: int, begins: bytes) -> None:
    remo.next(fault=fault)
    reply = post(credentials() | PHOTO)
    assert (reply.status_code, reply.content[: len(begins)]) == (status, begins)


def test_half_a_body_is_no_json(remo: RemoMock) -> None:
    remo.next(fault="truncate")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        post(credentials() | PHOTO).json()


@pytest.mark.parametrize("timeout", [5, (1, 5.0), Timeout(connect=1, read=5)])
def test_a_hanging_answer_is_a_read_timeout_without_waiting(remo: RemoMock, timeout: Any) -> None:
    remo.next(fault="hang")
    with pytest.raises(requests.ReadTimeout, match="read timeout=5"):
        post(credentials() | PHOTO, timeout=timeout)
    assert remo.slept == []  # type: ignore[attr-defined]
    assert remo.credits_spent == 1


def test_a_client_that_would_wait_for_ever_gets_an_error(remo: RemoMock) -> None:
    remo.next(fault="hang")
    with pytest.raises(EndlessWaitError, match="without a timeout"):
        post(credentials() | PHOTO)


def test_a_delay_within_the_timeout_is_slept(remo: RemoMock) -> None:
    remo.next(delay=800)
    assert post(credentials() | PHOTO, timeout=1).status_code == 200
    assert remo.slept == [0.8]  # type: ignore[attr-defined]


def test_a_dribbling_answer_takes_its_time(remo: RemoMock) -> None:
    remo.next(fault="slow")
    assert post(credentials() | PHOTO, timeout=1).status_code == 200
    assert remo.slept == [0.05] * 39  # type: ignore[attr-defined]


def test_a_client_gives_a_dribbling_answer_up_as_on_a_real_connection(remo: RemoMock) -> None:
    remo.next(fault="slow")
    with pytest.raises(requests.ConnectionError, match="Read timed out"):  # what requests makes of it within a body
        post(credentials() | PHOTO, timeout=0.04)


def test_an_adapters_own_timeout_and_retries_count(remo: RemoMock) -> None:
    class Impatient(HTTPAdapter):
        def send(self, *arguments: Any, **options: Any) -> requests.Response:
            return super().send(*arguments, **options | {"timeout": 2})

    with requests.Session() as session:
        session.mount("https://", Impatient(max_retries=Retry(1, status_forcelist=[502], allowed_methods=["POST"])))
        remo.next(fault="html")
        assert session.post(VENDOR + BACK, json=credentials() | PHOTO).status_code == 200
        remo.next(fault="hang")
        assert session.post(VENDOR + BACK, json=credentials() | PHOTO).status_code == 200
        session.mount("https://", Impatient())
        remo.next(fault="hang")
        with pytest.raises(requests.ReadTimeout):
            session.post(VENDOR + BACK, json=credentials() | PHOTO)
    assert len(remo.requests) == 5
