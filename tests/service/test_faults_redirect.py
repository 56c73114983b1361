"""`fault=redirect`: a request by http is led to https, as by the vendor's port 80; nothing is looked at or charged."""

import pytest
import requests

from remo_mock import RemoMock
from tests.support.calls import BACK, FRONT, SIDE, V1, V2, credentials, photo_text
from tests.support.control import Person, new_person
from tests.support.waiting import TIMEOUT

VENDOR = "http://api.remo.re.kr"
BODY = credentials() | {"borigimg": photo_text("back")}


@pytest.fixture(scope="module")
def person(shared_url: str) -> Person:
    return new_person(shared_url, credit=100)


def post(url: str, prefer: str | None = None, *, follow: bool = False, **changes: str) -> requests.Response:
    headers = {} if prefer is None else {"Prefer": prefer}
    return requests.post(url, json=BODY | changes, headers=headers, allow_redirects=follow, timeout=TIMEOUT)


def told(reply: requests.Response) -> tuple[int, str | None, bytes]:
    return reply.status_code, reply.headers.get("Location"), reply.content


@pytest.mark.parametrize("path", [V1, V2, BACK, FRONT, SIDE])
def test_it_leads_to_the_same_path_by_https(person: Person, path: str) -> None:
    reply = post(person.url + path, "fault=redirect")
    host = person.url.removeprefix("http://")
    assert told(reply) == (308, f"https://{host}{path}", b"")
    assert reply.headers["Preference-Applied"] == "fault=redirect"


@pytest.mark.parametrize("way", ["queue", "plus-address", "prefer"])
def test_it_costs_nothing(person: Person, way: str) -> None:
    somebody = new_person(person.url, credit=5)
    words = "redirect" if way == "plus-address" else ""
    if way == "queue":
        somebody.queue(fault="redirect")
    headers = {"Prefer": "fault=redirect"} if way == "prefer" else None
    sent = somebody.body(BACK, words=words)
    reply = requests.post(somebody.url + BACK, json=sent, headers=headers, allow_redirects=False, timeout=TIMEOUT)
    assert reply.status_code == 308
    assert (somebody.credit(), somebody.charges(), somebody.waiting()) == (5, [], [])
    entry = somebody.journal()[0]
    assert (entry["code"], entry["price"], entry["balance"]) == (308, 0, 5)


def test_a_request_that_would_fail_is_redirected_as_well(person: Person) -> None:
    assert post(person.url + BACK, "fault=redirect", borigimg="").status_code == 308


@pytest.mark.parametrize(
    ("prefer", "status", "applied"),
    [
        ("fault=redirect, delay=1", 308, "delay=1, fault=redirect"),
        ("fault=redirect, fault=html", 308, "fault=redirect"),
        ("code=518, fault=redirect", 308, "fault=redirect"),
        ("fault=redirect, fault=no-image", 308, "fault=redirect"),
    ],
)
def test_it_hides_what_the_service_would_say(person: Person, prefer: str, status: int, applied: str) -> None:
    reply = post(person.url + BACK, prefer)
    assert (reply.status_code, reply.headers["Preference-Applied"]) == (status, applied)


def test_in_process_it_is_followed_to_a_success() -> None:
    """As the public client did on each call: the request by https is the one that is answered and charged."""
    with RemoMock() as remo:
        remo.next(fault="redirect")
        reply = post(VENDOR + BACK, follow=True)
        assert [told(one)[:2] for one in reply.history] == [(308, f"https://api.remo.re.kr{BACK}")]
        assert (reply.url, reply.json()["credit_change"], reply.json()["credit"]) == (
            f"https://api.remo.re.kr{BACK}",
            -1,
            99,
        )


def test_a_preference_that_is_followed_redirects_once() -> None:
    with RemoMock():
        reply = post(VENDOR + BACK, "fault=redirect", follow=True)
    assert [one.status_code for one in (*reply.history, reply)] == [308, 200]
    assert reply.headers["X-Remo-Mock-Hint"] == ("fault=redirect has no effect: only a request by http is redirected")


def test_a_query_is_no_part_of_where_it_leads() -> None:
    with RemoMock():
        reply = post(f"{VENDOR}{BACK}?a=b", "fault=redirect")
    assert told(reply)[:2] == (308, f"https://api.remo.re.kr{BACK}")
