"""The journal lists requests, answers and reasons by account, endpoint and code, for all workers, without secrets."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

from remo_mock.store.account import Account
from remo_mock.store.database import Database
from remo_mock.store.journal import KEPT
from remo_mock.store.store import Store
from tests.support.calls import BACK, PHOTOS, V2, blank_text, credentials, photo_text
from tests.support.control import Person, as_field, new_person
from tests.support.servers import serving
from tests.support.settling import an_entry, write
from tests.support.waiting import TIMEOUT


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("db") / "mock.sqlite"


@pytest.fixture(scope="module")
def url(database: Path) -> Iterator[str]:
    with serving("--workers", "2", "--db", str(database)) as server:
        yield server.url


@pytest.fixture
def person(url: str) -> Person:
    return new_person(url)


def test_an_entry_has_every_field(person: Person) -> None:
    person.send(V2)
    (entry,) = person.journal()
    digests = [photo.pop("digest") for photo in entry["photos"]]
    assert [len(digest) for digest in digests] == [16, 16, 16]
    assert len(set(digests)) == 3
    assert entry.pop("at").endswith("+00:00")
    assert entry.pop("id") > 0
    assert entry.pop("milliseconds") > 0
    assert entry == {
        "account": person.email,
        "endpoint": "analysis-skeleton-v2",
        "path": V2,
        "code": 200,
        "origin": "natural",
        "reason": None,
        "reasons": None,
        "asked": "",
        "photos": [
            {"view": "front", "bytes": (PHOTOS / "front.jpg").stat().st_size, "verdict": "ok"},
            {"view": "side", "bytes": (PHOTOS / "side.jpg").stat().st_size, "verdict": "ok"},
            {"view": "back", "bytes": (PHOTOS / "back.jpg").stat().st_size, "verdict": "ok"},
        ],
        "price": 1,
        "balance": 99,
        "repeats": None,
    }


def last(person: Person) -> tuple[int, str, str]:
    entry = person.journal()[0]
    return entry["code"], entry["origin"], entry["asked"]


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, (200, "natural", "")),
        ({"borigimg": blank_text()}, (518, "natural", "")),
        ({"borigimg": None}, (411, "natural", "")),
        ({"prefer": "code=518"}, (518, "header", "header: code=518")),
        ({"prefer": "back=no_person"}, (518, "header", "header: back=no_person")),
        ({"prefer": "bar_tilt=-5"}, (200, "header", "header: bar_tilt=-5")),
        ({"prefer": "fault=html-503"}, (200, "header", "header: fault=html-503")),
        ({"prefer": "delay=1"}, (200, "natural", "header: delay=1")),
        ({"words": "518"}, (518, "plus-address", "plus-address: code=518")),
        ({"words": "danger"}, (200, "plus-address", "plus-address: profile=danger")),
        ({"prefer": "code=559", "words": "518"}, (559, "header", "header: code=559")),
        ({"prefer": "delay=1", "words": "518"}, (518, "plus-address", "plus-address: code=518; header: delay=1")),
        (
            {"prefer": "code=518", "words": "delay1+slow"},
            (518, "header", "header: code=518; plus-address: delay=1, fault=slow"),
        ),
        ({"words": "fault=html", "borigimg": blank_text()}, (518, "plus-address", "plus-address: fault=html")),
        # Asked for, but the reply does not show it.
        ({"prefer": "code=518, fault=no-image"}, (518, "header", "header: code=518")),
        ({"prefer": "back=ok", "borigimg": "***"}, (412, "natural", "")),
        # Asked for, but an error came first.
        ({"words": "518", "borigimg": None}, (411, "natural", "")),
        ({"prefer": "back=no_person", "APIKey": "x"}, (421, "natural", "")),
        ({"prefer": "code=200", "borigimg": "bm8="}, (412, "natural", "")),
    ],
)
def test_the_origin_and_the_terms_of_an_outcome(
    person: Person, sent: dict[str, Any], why: tuple[int, str, str]
) -> None:
    if_lost = person.send(**sent)
    assert if_lost.headers["X-Remo-Mock"]
    assert last(person) == why


def test_the_origin_is_the_queue(person: Person) -> None:
    person.queue(code=550)
    person.send(words="518")
    assert last(person) == (550, "queue", "queue: code=550")


def test_each_term_stands_behind_the_way_it_was_asked_for(person: Person) -> None:
    person.queue(code=518)
    reply = person.send(prefer="delay=10", words="slow")
    terms = "queue: code=518; header: delay=10; plus-address: fault=slow"
    assert reply.headers["X-Remo-Mock-Hint"] == f"asked for by {terms}"
    assert last(person) == (518, "queue", terms)
    assert reply.headers["Preference-Applied"] == "delay=10"


def test_the_origin_is_the_card_though_a_fault_was_asked_for(person: Person, card_files: Path) -> None:
    card = as_field("card.jpg", (card_files / "back-no-person-518.jpg").read_bytes())
    person.send(borigimg=card, prefer="fault=html-503")
    assert last(person) == (518, "card", "header: fault=html-503")


def test_the_origin_is_a_card(person: Person, card_files: Path) -> None:
    person.send(borigimg=as_field("card.jpg", (card_files / "back-no-person-518.jpg").read_bytes()))
    assert last(person) == (518, "card", "")
    assert person.journal()[0]["reason"] == "borigimg is a photo card for no_person"


@pytest.mark.parametrize(
    ("way", "terms"), [("queue", {"profile": "danger"}), ("header", {}), ("plus-address", {})], ids=["q", "h", "a"]
)
def test_the_reason_names_terms_that_the_reply_does_not_show(person: Person, way: str, terms: dict[str, str]) -> None:
    if terms:
        person.queue(**terms)
    prefer, words = ("profile=danger" if way == "header" else None), ("danger" if way == "plus-address" else "")
    hint = person.send(prefer=prefer, words=words, borigimg="***").headers["X-Remo-Mock-Hint"]
    hidden = f"asked for, but this error comes first: {way}: profile=danger"
    assert hint.startswith("borigimg is not base64")
    assert hint.endswith(hidden)
    assert person.journal()[0]["reason"].endswith(hidden)
    assert person.waiting() == []


def test_line_breaks_in_base64_change_neither_size_nor_digest(person: Person) -> None:
    text = photo_text("back")
    person.send()
    person.send(borigimg="\n".join(text[at : at + 76] for at in range(0, len(text), 76)))
    second, first = person.journal()
    assert first["photos"][0]["bytes"] == (PHOTOS / "back.jpg").stat().st_size
    assert second["photos"] == first["photos"]
    assert second["repeats"] == first["id"]


@pytest.mark.parametrize("way", ["prefer", "queue", "words"])
def test_photos_are_listed_when_a_code_was_asked_for(person: Person, way: str) -> None:
    person.send()
    person.ask(way, BACK, 518)
    asked, natural = person.journal()
    assert asked["photos"] == [natural["photos"][0] | {"verdict": "unseen"}]


def test_a_request_with_a_wrong_key_is_listed_under_its_account(person: Person) -> None:
    assert person.send(UserKey="wrong").json() | {"message": ""} == {
        "state": False,
        "credit": 0,
        "message": "",
        "status": 420,
    }
    assert [(entry["code"], entry["balance"]) for entry in person.journal(code=420)] == [(420, 0)]


def test_an_address_with_a_plus_of_its_own_takes_words_of_a_plus_address(person: Person) -> None:
    account = {"email": person.email.replace("@", "+tag@"), "user_key": "u", "api_key": "a"}
    requests.post(f"{person.url}/__admin/accounts", json=account, timeout=TIMEOUT).raise_for_status()
    email = account["email"].replace("@", "+518+delay1@")
    assert person.send(Email=email, UserKey="u", APIKey="a").json()["status"] == 518


def test_a_million_pluses_are_answered(person: Person) -> None:
    assert person.send(Email="+" * 1_000_000 + "@example.com").json()["status"] == 420


@pytest.mark.parametrize("path", ["/__admin/requests", "/__admin/outcomes", "/__admin/accounts/nobody@example.com"])
def test_a_delete_with_a_body_is_refused(person: Person, path: str) -> None:
    person.send()
    answer = requests.delete(person.url + path, json={"account": "broke@example.com"}, timeout=TIMEOUT)
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert "leave the body out" in answer.json()["detail"]
    assert len(person.journal()) == 1


def test_a_broken_photo_has_its_verdict(person: Person) -> None:
    person.send(V2, sorigimg="***")
    (entry,) = person.journal()
    assert [photo["verdict"] for photo in entry["photos"]] == ["ok", "undecodable", "ok"]
    assert entry["reason"].startswith("sorigimg is not base64")
    assert entry["reasons"] == {
        "en": entry["reason"],
        "ko": "sorigimg: base64가 아닙니다. 쓸 수 없는 문자가 있거나 끝이 잘렸습니다.",
    }
    assert (entry["price"], entry["balance"]) == (0, 100)


def test_a_reply_names_its_exchange_where_the_hint_is_in_korean_too(person: Person) -> None:
    person.send()
    refused, fine = person.send(borigimg="***"), person.send()
    entry = requests.get(f"{person.url}/__admin/requests/{refused.headers['X-Remo-Mock-Request']}", timeout=TIMEOUT)
    assert entry.json()["reasons"]["en"] == refused.headers["X-Remo-Mock-Hint"]
    assert entry.json()["reasons"]["ko"].startswith("borigimg: base64가 아닙니다.")
    newest = person.journal()[0]["id"]
    assert fine.headers["X-Remo-Mock-Request"] == str(newest)


def test_filters_by_account_endpoint_and_code(url: str, person: Person) -> None:
    person.send(BACK)
    person.send(V2, prefer="code=511")
    person.send(BACK, prefer="code=550")
    new_person(url).send(BACK)
    assert [entry["code"] for entry in person.journal()] == [550, 511, 200]
    assert [entry["code"] for entry in person.journal(endpoint="analysis-skeleton-v2-back")] == [550, 200]
    assert [entry["endpoint"] for entry in person.journal(code=511)] == ["analysis-skeleton-v2"]
    assert person.journal(code=511, endpoint="analysis-skeleton-v2-back") == []


def test_the_count_is_of_the_filtered_entries(person: Person) -> None:
    person.send()
    person.send(prefer="code=550")
    params = {"account": person.email, "code": "550"}
    assert requests.get(f"{person.url}/__admin/requests", params=params, timeout=TIMEOUT).json()["count"] == 1


def test_a_limit_shortens_the_list_and_not_the_count(person: Person) -> None:
    for code in (511, 512, 513):
        person.send(V2, prefer=f"code={code}")
    params = {"account": person.email, "limit": "2"}
    listed = requests.get(f"{person.url}/__admin/requests", params=params, timeout=TIMEOUT).json()
    assert (listed["count"], [entry["code"] for entry in listed["requests"]]) == (3, [513, 512])


@pytest.mark.parametrize("limit", ["0", "-1", "1001", "many", "2.0", "٢"])
def test_an_invalid_limit_is_refused(url: str, limit: str) -> None:
    reply = requests.get(f"{url}/__admin/requests", params={"limit": limit}, timeout=TIMEOUT)
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "application/problem+json")
    assert "a number from 1 to 1000" in reply.json()["detail"]


def test_a_single_exchange(person: Person) -> None:
    person.send()
    (entry,) = person.journal()
    assert requests.get(f"{person.url}/__admin/requests/{entry['id']}", timeout=TIMEOUT).json() == entry


def test_an_unknown_exchange(person: Person) -> None:
    reply = requests.get(f"{person.url}/__admin/requests/987654321", timeout=TIMEOUT)
    assert (reply.status_code, reply.headers["Content-Type"]) == (404, "application/problem+json")
    assert "GET /__admin/requests lists those that it keeps" in reply.json()["detail"]


def test_paying_twice_for_the_same_photo_is_marked(person: Person) -> None:
    person.send()
    person.send(borigimg=photo_text("front"))
    person.send()
    person.send(prefer="code=550")
    person.send()
    fifth, fourth, third, second, first = person.journal()
    assert [entry["repeats"] for entry in (first, second, fourth)] == [None, None, None]
    assert [entry["repeats"] for entry in (third, fifth)] == [first["id"], first["id"]]


def test_the_second_view_of_a_set_was_not_paid_twice(person: Person) -> None:
    person.send(uuid="one")
    person.send(uuid="one")
    assert [(entry["price"], entry["repeats"]) for entry in person.journal()] == [(0, None), (1, None)]


def reopen(person: Person) -> None:
    """Delete an account and open it again, with the same keys."""
    accounts = f"{person.url}/__admin/accounts"
    assert requests.delete(f"{accounts}/{person.email}", timeout=TIMEOUT).status_code == 204
    keys = {"user_key": person.keys["UserKey"], "api_key": person.keys["APIKey"]}
    assert requests.post(accounts, json={"email": person.email, **keys}, timeout=TIMEOUT).status_code == 201


def test_a_new_account_does_not_pay_twice_for_what_a_deleted_one_paid(person: Person) -> None:
    person.send()
    person.send()
    reopen(person)
    person.send()
    person.send()
    reopen(person)
    person.send()
    fifth, fourth, third, second, first = person.journal()
    assert [entry["repeats"] for entry in (first, third, fifth)] == [None, None, None]
    assert [entry["repeats"] for entry in (second, fourth)] == [first["id"], third["id"]]


def test_another_account_paid_for_itself(url: str, person: Person) -> None:
    other = new_person(url)
    person.send()
    other.send()
    assert [entry["repeats"] for entry in other.journal()] == [None]


def test_workers_share_it(url: str) -> None:
    person = new_person(url)
    with ThreadPoolExecutor(10) as crowd:
        list(crowd.map(lambda _: person.send(prefer="code=550"), range(30)))
    assert [len(person.journal()) for _ in range(5)] == [30] * 5


def test_the_exchanges_of_one_account_are_deleted(url: str, person: Person) -> None:
    other = new_person(url)
    person.send()
    person.send()
    other.send()
    params = {"account": person.email}
    assert requests.delete(f"{url}/__admin/requests", params=params, timeout=TIMEOUT).json() == {"deleted": 2}
    assert (person.journal(), len(other.journal())) == ([], 1)


def test_all_exchanges_are_deleted(url: str, person: Person) -> None:
    person.send()
    assert requests.delete(f"{url}/__admin/requests", timeout=TIMEOUT).json()["deleted"] >= 1
    assert requests.get(f"{url}/__admin/requests", timeout=TIMEOUT).json() == {"count": 0, "requests": []}


SECRETS = ("a-user-key-that-was-mistyped", "an-api-key-that-was-mistyped", "stranger@example.com", "my-own-uuid")


def test_nothing_secret_is_kept(url: str, database: Path, person: Person) -> None:
    """Keys, right or wrong, photos and unknown addresses are not in the journal, and keys are in accounts alone."""
    photo = photo_text("back")
    person.send()
    person.send(UserKey=SECRETS[0])
    person.send(APIKey=SECRETS[1])
    person.send(Email=SECRETS[2])
    person.send(uuid=SECRETS[3], prefer="code=550")
    person.send(borigimg=photo[:4001])
    shown = requests.get(f"{url}/__admin/requests", timeout=TIMEOUT).text
    with closing(sqlite3.connect(database)) as books:
        (rows,) = books.execute(
            "select group_concat(quote(t.reason) || quote(t.photos) || quote(t.asked)) from requests t"
        )
    files = b"".join(path.read_bytes() for path in sorted(database.parent.glob("mock.sqlite*")))
    everything = files.decode("latin-1")
    assert [secret for secret in SECRETS if secret in shown or secret in everything] == []
    assert [key for key in person.keys.values() if key in shown or key in rows[0]] == []
    assert [part for part in (photo[:60], photo[2000:2060]) if part in shown or part in everything] == []


def fill(store: Store, number: int) -> None:
    """Write exchanges whose codes count up from 0."""
    for code in range(number):
        write(store, an_entry(code=code))


def test_the_last_thousand_are_kept(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "mock.sqlite"))
    store = Store(database)
    store.accounts.prepare([Account("a", "u", "k", 1)])
    fill(store, 1250)
    codes = [row["code"] for row in store.journal.entries()]
    with closing(sqlite3.connect(tmp_path / "mock.sqlite")) as books:
        (in_the_file,) = books.execute("select count(*) from requests").fetchone()
    database.close()
    assert (KEPT, len(codes), codes[0], codes[-1]) == (1000, 1000, 1249, 250)
    assert in_the_file <= 1100


def test_the_demo_accounts_keys_are_not_in_its_exchanges(url: str) -> None:
    requests.post(url + BACK, json=credentials() | {"borigimg": "bm8="}, timeout=TIMEOUT)
    shown = requests.get(f"{url}/__admin/requests", params={"account": "demo@example.com"}, timeout=TIMEOUT).text
    assert "demo@example.com" in shown
    assert "demo-user-key" not in shown
    assert "demo-api-key" not in shown


def test_a_reset_account_has_paid_for_nothing(client: FlaskClient, back_request: dict[str, Any]) -> None:
    client.post(BACK, json=back_request)
    client.post("/__admin/reset?only=accounts")
    client.post(BACK, json=back_request)
    assert [entry["repeats"] for entry in client.get("/__admin/requests").get_json()["requests"]] == [None, None]


def test_a_closing_is_deleted_when_no_exchange_is_older(tmp_path: Path) -> None:
    database = Database(str(tmp_path / "mock.sqlite"))
    store = Store(database)
    store.accounts.prepare([])
    journal = store.journal
    journal.close_account("a")
    write(store, an_entry())
    journal.clear()
    journal.close_account("b")
    journal.close_account("c")
    with closing(sqlite3.connect(tmp_path / "mock.sqlite")) as books:
        assert books.execute("select account from closings").fetchall() == [("c",)]
    database.close()


@pytest.mark.parametrize(("prefer", "email"), [("code=999", "demo@example.com"), ("", "demo+dangr@example.com")])
def test_a_refused_preference_is_listed_under_its_account(
    client: FlaskClient, back_request: dict[str, Any], prefer: str, email: str
) -> None:
    headers = {"Prefer": prefer} if prefer else {}
    assert client.post(BACK, json=back_request | {"Email": email}, headers=headers).status_code == 400
    (entry,) = client.get("/__admin/requests?account=demo@example.com").get_json()["requests"]
    assert (entry["account"], entry["balance"], entry["origin"]) == ("demo@example.com", 100, "refused")


@pytest.mark.parametrize("changes", [{"UserKey": "x"}, {"Email": "nobody@example.com"}, {"Email": 5}, {"Email": None}])
def test_a_refused_preference_of_an_unknown_account_has_none(
    client: FlaskClient, back_request: dict[str, Any], changes: dict[str, Any]
) -> None:
    client.post(BACK, json=back_request | changes, headers={"Prefer": "code=999"})
    (entry,) = client.get("/__admin/requests").get_json()["requests"]
    assert (entry["account"], entry["balance"]) == (None, 0)


def test_a_refused_preference_is_listed_without_its_text(client: FlaskClient, back_request: dict[str, Any]) -> None:
    client.post(BACK, json=back_request, headers={"Prefer": "code=999"})
    (entry,) = client.get("/__admin/requests").get_json()["requests"]
    assert (entry["code"], entry["origin"], entry["price"]) == (400, "refused", 0)
    assert entry["reason"].startswith("asked for what cannot be; expected a code that")
    assert entry["reasons"]["ko"].startswith(
        "요청할 수 없는 결과를 요청했습니다. 요청할 수 있는 값: analysis-skeleton-v2-back 문서에 있는 코드: 400, 411,"
    )
    assert "999" not in str(entry)
