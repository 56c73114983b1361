"""The queue: first in, first out, for one account and one endpoint, each outcome used as often as was asked."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from PIL import Image

from tests.support.calls import BACK, FRONT, SIDE, V2, as_text, photo_text
from tests.support.control import Person, new_person, status_and_code
from tests.support.waiting import TIMEOUT


def statuses(person: Person, number: int, path: str = BACK) -> list[int]:
    return [person.send(path).status_code for _ in range(number)]


def test_several_posts_are_a_sequence(person: Person) -> None:
    person.queue(code=518)
    person.queue(code=550)
    person.queue(code=200)
    person.queue(code=522)
    assert statuses(person, 5) == [518, 550, 200, 522, 200]


def test_times_repeats_an_outcome(person: Person) -> None:
    person.queue(code=559, times=3)
    person.queue(code=421)
    assert statuses(person, 5) == [559, 559, 559, 421, 200]


def test_what_was_asked_is_told(person: Person) -> None:
    reply = person.queue(code=519, times=2)
    assert reply.status_code == 201
    assert {name: value for name, value in reply.json().items() if name != "id"} == {
        "account": person.email,
        "endpoint": "analysis-skeleton-v2",  # the only one that documents it
        "terms": {"code": 519},
        "times": 2,
    }


def test_an_outcome_waits_for_its_endpoint(person: Person) -> None:
    person.queue(code=518, endpoint="analysis-skeleton-v2")
    assert [*statuses(person, 1, BACK), *statuses(person, 2, V2)] == [200, 518, 200]


def test_an_outcome_without_endpoint_meets_whichever_comes_first(person: Person) -> None:
    person.queue(code=518)
    person.queue(code=550)
    assert [*statuses(person, 1, V2), *statuses(person, 2, BACK)] == [518, 550, 200]


def test_an_outcome_is_for_its_account_alone(shared_url: str, person: Person) -> None:
    other = new_person(shared_url)
    person.queue(code=518)
    assert statuses(other, 2) == [200, 200]
    assert statuses(person, 1) == [518]


def test_twenty_parallel_requests_use_each_outcome_once(shared_url: str) -> None:
    person = new_person(shared_url, credit=10)
    person.queue(code=518, times=4)
    person.queue(code=522, times=3)
    person.queue(code=550)
    person.queue(code=559)
    person.queue(code=412)
    with ThreadPoolExecutor(20) as crowd:
        replies = list(crowd.map(lambda _: person.send().status_code, range(20)))
    assert Counter(replies) == {518: 4, 522: 3, 550: 1, 559: 1, 412: 1, 200: 10}
    assert (person.waiting(), person.credit()) == ([], 0)


def test_what_was_never_used_is_listed(person: Person) -> None:
    person.queue(code=550, times=3)
    person.queue(endpoint="analysis-skeleton-v2", profile="danger", delay=1)
    person.send()
    assert person.waiting() == [
        {"endpoint": None, "terms": {"code": 550}, "times": 2},
        {"endpoint": "analysis-skeleton-v2", "terms": {"profile": "danger", "delay": 1}, "times": 1},
    ]


def test_the_list_of_all_has_it_too(shared_url: str, person: Person) -> None:
    person.queue(code=550)
    every = requests.get(f"{shared_url}/__admin/outcomes", timeout=TIMEOUT).json()["outcomes"]
    assert person.email in [outcome["account"] for outcome in every]


def test_what_one_account_asked_for_is_taken_back(shared_url: str, person: Person) -> None:
    other = new_person(shared_url)
    person.queue(code=550)
    person.queue(code=559)
    other.queue(code=550)
    reply = requests.delete(f"{shared_url}/__admin/outcomes", params={"account": person.email}, timeout=TIMEOUT)
    assert reply.json() == {"deleted": 2}
    assert statuses(person, 1) == [200]
    assert statuses(other, 1) == [550]


def test_a_request_that_is_refused_before_leaves_it_waiting(person: Person) -> None:
    person.queue(code=550)
    assert status_and_code(person.send(borigimg="")) == (411, 411)
    assert status_and_code(person.send(APIKey="x")) == (421, 421)
    assert status_and_code(person.send()) == (550, 550)


def test_several_faults_wait_as_a_list(person: Person) -> None:
    assert person.queue(fault=["truncate", "html-503"]).status_code == 201
    assert person.send().status_code == 503


def test_a_whole_number_of_degrees_can_wait(person: Person) -> None:
    person.queue(bar_tilt=1)
    assert person.send().json()["bar_tilt_m_"] == 1.0


def test_a_closed_account_takes_its_outcomes_along(shared_url: str, person: Person) -> None:
    person.queue(code=550)
    assert requests.delete(f"{shared_url}/__admin/accounts/{person.email}", timeout=TIMEOUT).status_code == 204
    every = requests.get(f"{shared_url}/__admin/outcomes", timeout=TIMEOUT).json()["outcomes"]
    assert person.email not in [outcome["account"] for outcome in every]


PHOTO_CHANGES = "photo changes"


def other_photo() -> str:
    """Return the fixture photo of a back with other bytes."""
    return photo_text("back") + "\n"


def test_an_outcome_may_last_until_the_photo_changes(person: Person) -> None:
    person.queue(code=518, until=PHOTO_CHANGES)
    assert statuses(person, 4) == [518, 518, 518, 518]
    assert person.charges() == []
    assert person.send(borigimg=other_photo()).status_code == 200
    assert statuses(person, 1) == [200]
    assert person.waiting_fields() == []


def test_other_photos_take_what_comes_next(person: Person) -> None:
    person.queue(code=518, until=PHOTO_CHANGES)
    person.queue(code=522, until=PHOTO_CHANGES)
    person.queue(code=550)
    assert statuses(person, 2) == [518, 518]
    assert [person.send(borigimg=other_photo()).status_code for _ in range(2)] == [522, 522]
    assert statuses(person, 2) == [550, 200]


def test_what_lasts_is_listed_until_it_is_used_up(person: Person) -> None:
    reply = person.queue(code=518, until=PHOTO_CHANGES)
    asked = {"account": person.email, "endpoint": None, "terms": {"code": 518}, "until": PHOTO_CHANGES}
    assert {name: value for name, value in reply.json().items() if name != "id"} == {**asked, "taken": False}
    person.send()
    assert person.waiting_fields() == [{**asked, "endpoint": "analysis-skeleton-v2-back", "taken": True}]
    person.send(borigimg=other_photo())
    assert person.waiting_fields() == []


def test_what_lasts_is_for_the_endpoint_that_took_it(person: Person) -> None:
    """A client that sends one person's views at once changes the photo with each: its retry must not slip past."""
    person.queue(code=550, until=PHOTO_CHANGES)
    assert statuses(person, 1, FRONT) == [550]
    assert [*statuses(person, 1, SIDE), *statuses(person, 1, BACK)] == [200, 200]
    assert statuses(person, 2, FRONT) == [550, 550]


def test_each_photo_of_a_request_counts(person: Person) -> None:
    person.queue(code=550, until=PHOTO_CHANGES)
    assert statuses(person, 2, V2) == [550, 550]
    assert person.send(V2, borigimg=other_photo()).status_code == 200


def test_a_request_that_is_refused_before_changes_no_photo(person: Person) -> None:
    person.queue(code=550, until=PHOTO_CHANGES)
    assert statuses(person, 1) == [550]
    assert person.send(borigimg=other_photo(), APIKey="x").status_code == 421
    assert person.send(borigimg=other_photo(), prefer="code=518").status_code == 518
    assert statuses(person, 1) == [550]


def test_a_fault_may_last_too(person: Person) -> None:
    person.queue(fault="html-503", until=PHOTO_CHANGES)
    assert statuses(person, 3) == [503, 503, 503]


def test_twenty_parallel_requests_with_one_photo_meet_the_same_error(shared_url: str) -> None:
    person = new_person(shared_url, credit=1)
    person.queue(code=518, until=PHOTO_CHANGES)
    with ThreadPoolExecutor(20) as crowd:
        replies = list(crowd.map(lambda _: person.send().status_code, range(20)))
    assert (replies, person.credit()) == ([518] * 20, 1)


def test_of_many_photos_at_once_each_outcome_is_for_one(shared_url: str) -> None:
    """Ten different photos for five outcomes: each is taken by one, and used up by another."""
    person = new_person(shared_url, credit=10)
    photos = [as_text(Image.new("RGB", (40, 40), (shade, 0, 0))) for shade in range(10)]
    for code in (518, 522, 550, 559, 412):
        person.queue(code=code, until=PHOTO_CHANGES)
    with ThreadPoolExecutor(10) as crowd:
        replies = list(crowd.map(lambda photo: person.send(borigimg=photo, words="200").status_code, photos))
    assert Counter(replies) == {518: 1, 522: 1, 550: 1, 559: 1, 412: 1, 200: 5}
    assert person.waiting_fields() == []


@pytest.mark.parametrize(
    ("terms", "detail"),
    [
        ({"until": PHOTO_CHANGES, "times": 3}, "'times=3, until=\"photo changes\"' cannot be asked for"),
        ({"until": "tomorrow"}, '\'until="tomorrow"\' cannot be asked for; expected "photo changes"'),
        ({"until": None}, "'until=null' cannot be asked for"),
    ],
)
def test_an_end_that_cannot_be_is_refused(person: Person, terms: dict[str, Any], detail: str) -> None:
    reply = person.queue(code=518, **terms)
    assert reply.status_code == 400
    assert detail in reply.json()["detail"]
    assert person.waiting_fields() == []
