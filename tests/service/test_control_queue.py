"""The queue: first in, first out, for one account and one endpoint, each outcome used as often as was asked."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.support.calls import BACK, V2
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
