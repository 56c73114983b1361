"""Where wishes meet: header over queue over plus-address over card, and what merges instead of replacing."""

from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.calls import BACK, V2, blank_text
from tests.support.control import Person, as_field, status_and_code
from tests.support.waiting import TIMEOUT


@pytest.fixture(scope="module")
def card(card_files: Path) -> str:
    """The card that means: nobody in the back photo, 518."""
    return as_field("card.jpg", (card_files / "back-no-person-518.jpg").read_bytes())


def test_a_card_alone(person: Person, card: str) -> None:
    assert status_and_code(person.send(borigimg=card)) == (518, 518)


def test_header_over_queue(person: Person) -> None:
    person.queue(code=550)
    assert status_and_code(person.send(prefer="code=559")) == (559, 559)
    assert person.waiting() == [{"endpoint": None, "terms": {"code": 550}, "times": 1}]


def test_header_over_plus_address(person: Person) -> None:
    assert status_and_code(person.send(prefer="code=559", words="550")) == (559, 559)


def test_header_over_card(person: Person, card: str) -> None:
    assert status_and_code(person.send(prefer="code=559", borigimg=card)) == (559, 559)


def test_queue_over_plus_address(person: Person) -> None:
    person.queue(code=559)
    assert status_and_code(person.send(words="550")) == (559, 559)
    assert status_and_code(person.send(words="550")) == (550, 550)


def test_queue_over_card(person: Person, card: str) -> None:
    person.queue(code=559)
    assert status_and_code(person.send(borigimg=card)) == (559, 559)
    assert status_and_code(person.send(borigimg=card)) == (518, 518)


def test_plus_address_over_card(person: Person, card: str) -> None:
    assert status_and_code(person.send(words="559", borigimg=card)) == (559, 559)


@pytest.mark.parametrize("wish", ["code=200", "profile=danger", "example", "bar_tilt=5", "back=ok"])
def test_whoever_asks_for_a_success_gets_it_over_a_card(person: Person, card: str, wish: str) -> None:
    reply = person.send(prefer=wish, borigimg=card)
    assert status_and_code(reply) == (200, 200)
    assert reply.headers["Preference-Applied"] == wish


@pytest.mark.parametrize(("path", "field"), [(BACK, "borigimg"), (V2, "forigimg")])
def test_a_success_is_asked_for_over_a_photo_without_a_person(person: Person, path: str, field: str) -> None:
    assert person.send(path, **{field: blank_text()}).status_code in (511, 518)
    assert status_and_code(person.send(path, prefer="code=200", **{field: blank_text()})) == (200, 200)


def test_a_wish_for_one_view_joins_a_card_in_another(person: Person, card: str) -> None:
    assert status_and_code(person.send(V2, words="front=no_person", borigimg=card)) == (519, 519)


@pytest.mark.parametrize(
    ("header", "words", "status"),
    [("delay=400", "550", 550), ("delay=400", "danger", 200), ("fault=html-504", "550", 504)],
)
def test_delay_and_fault_join_a_weaker_ways_code(person: Person, header: str, words: str, status: int) -> None:
    reply = person.send(prefer=header, words=words)
    assert reply.status_code == status
    assert reply.headers["Preference-Applied"] == header


def test_a_delay_of_the_header_joins_a_queued_code(person: Person) -> None:
    person.queue(code=550)
    reply = person.send(prefer="delay=400")
    assert (reply.status_code, reply.elapsed.total_seconds() >= 0.4) == (550, True)


def test_a_queued_delay_joins_the_headers_code_no_more(person: Person) -> None:
    """A header that decides leaves the queue alone, delay and all."""
    person.queue(delay=20000)
    assert person.send(prefer="code=550").status_code == 550
    assert len(person.waiting()) == 1


def test_a_queued_fault_joins_the_addresses_code(person: Person) -> None:
    person.queue(fault="html-503")
    assert person.send(words="550").status_code == 503


def test_the_stronger_delay_counts(person: Person) -> None:
    # The address's delay is longer than the client waits.
    assert person.send(prefer="delay=0", words="delay600000").status_code == 200


@pytest.mark.parametrize(
    ("wish", "changes", "applied"),
    [
        ("code=518", {}, "code=518"),
        ("CODE=518", {}, "code=518"),
        ('code="518", delay=1', {}, "code=518, delay=1"),
        ("delay=0-1;fault=no-image", {}, "delay=0-1, fault=no-image"),
        ("respond-async, code=518, wait=5", {}, "code=518"),
        ("profile=example", {}, "example"),
        ("bar_tilt_m_=-5", {}, "bar_tilt=-5"),
        ("code=518", {"borigimg": None}, "code=518"),  # a code that is asked for comes before all others
        ("back=no_person, delay=1", {"borigimg": None}, "delay=1"),
        ("code=200, delay=1", {"APIKey": "x"}, "delay=1"),
        ("profile=danger", {"borigimg": "bm8="}, None),
        ("back=ok", {"borigimg": "***"}, None),
        ("bar_tilt=3", {"UserKey": "x"}, None),
    ],
)
def test_what_was_applied_is_what_happened(
    person: Person, wish: str, changes: dict[str, Any], applied: str | None
) -> None:
    assert person.send(prefer=wish, **changes).headers.get("Preference-Applied") == applied


@pytest.mark.parametrize(
    "header",
    [
        "respond-async",
        "return=minimal",
        'return=representation; foo="a, code=518; b"',
        "wait=10, handling=strict",
        "safe, depth-noroot",
    ],
)
def test_the_preferences_of_others_pass(person: Person, header: str) -> None:
    reply = person.send(prefer=header)
    assert (reply.status_code, "Preference-Applied" in reply.headers) == (200, False)


def test_a_body_that_is_no_json_can_still_be_answered_as_asked(person: Person) -> None:
    headers = {"Prefer": "code=550", "Content-Type": "application/json"}
    assert status_and_code(requests.post(person.url + BACK, data="no", headers=headers, timeout=TIMEOUT)) == (550, 550)
