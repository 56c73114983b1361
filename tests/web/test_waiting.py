"""However many answers wait, others are served; a request for which there is no place is refused and costs nothing."""

import json
import select
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

import remo_mock.service.outcomes.faults
import remo_mock.web.vendor_door
from remo_mock import Settings, create_app
from remo_mock.exceptions import CrowdedError
from remo_mock.service.outcomes.delay import Delay
from remo_mock.web.waiting import PLACES, WaitingRoom
from tests.support.calls import BACK
from tests.support.control import Person, new_person, status_and_code
from tests.support.hostile_wire import Line, Server, measured
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT, wait_until

ACCOUNT = "/__admin/accounts/demo@example.com"
DETAIL = (
    "2 answers of this worker are held back already (hang, slow, delay), and this one might be. Nothing was charged. "
    "Let some of them end, ask for shorter delays, or start the mock with more --workers."
)


def send_to_all(lines: list[Line], person: Person, preference: str) -> None:
    """Send one request over each line, with a Prefer header, and read no answer."""
    for line in lines:
        line.send(measured(json.dumps(person.body()).encode(), f"Prefer: {preference}"))


def left_waiting(lines: list[Line], number: int) -> list[Line]:
    """Read answers, all of which must be refusals, until so many lines have none; return these."""
    while len(lines) > number:
        answered = select.select(lines, [], [], TIMEOUT)[0]
        assert answered, f"{len(lines)} answers wait, and no refusal comes"
        assert {line.answer().status for line in answered} == {503}
        lines = [line for line in lines if line not in answered]
    return lines


def wait_until_charged(person: Person, credit: int) -> None:
    """Wait until the account has no more than so many credits: a request is charged some time after it has a place."""
    wait_until(lambda: person.credit() <= credit, what=f"{person.email} has {credit} credits left")


@pytest.mark.parametrize(
    ("preference", "left"), [("fault=hang", 744), ("delay=60000", 744), ("code=518, fault=hang", 1000)]
)
def test_while_any_number_waits_others_are_served_and_a_signal_ends_it(preference: str, left: int) -> None:
    with serving() as mock:
        person = new_person(mock.url, credit=1000)
        with Server(mock.url).lines(PLACES + 44) as lines:
            send_to_all(lines, person, preference)
            waiting = left_waiting(lines, PLACES)
            wait_until_charged(person, left)
            assert requests.get(f"{mock.url}/__admin/health", timeout=TIMEOUT).json()["status"] == "ok"
            assert status_and_code(new_person(mock.url).send()) == (200, 200)
            assert person.credit() == left
            assert select.select(waiting, [], [], 0)[0] == []
            mock.process.send_signal(signal.SIGTERM)
            assert mock.process.wait(timeout=TIMEOUT) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("preference", ["fault=hang", "fault=slow", "delay=60000"])
def test_a_signal_ends_the_server_whatever_waits(preference: str, number: signal.Signals) -> None:
    with serving("--workers", "2") as mock:
        person = new_person(mock.url)
        with Server(mock.url).lines(20) as lines:
            send_to_all(lines, person, preference)
            wait_until_charged(person, 80)
            mock.process.send_signal(number)
            assert mock.process.wait(timeout=TIMEOUT) == 0


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> WaitingRoom:
    """A waiting room of two places, which every mock of this test has."""
    room = WaitingRoom(2)
    monkeypatch.setattr(remo_mock.web.vendor_door, "WaitingRoom", lambda: room)
    return room


@pytest.fixture
def small(room: WaitingRoom, client: FlaskClient) -> FlaskClient:  # noqa: ARG001 - made before the client's mock
    """A mock with two places."""
    return client


@pytest.fixture
def crowded(room: WaitingRoom, small: FlaskClient) -> Iterator[FlaskClient]:
    """A mock with two places, both taken."""
    with room.place() as first, room.place() as second:
        first.take()
        second.take()
        yield small


def queued(client: FlaskClient, body: dict[str, Any]) -> dict[str, Any]:
    """Queue a delay for the demo account's next request, and return its body."""
    client.post("/__admin/outcomes", json={"account": "demo@example.com", "delay": 5})
    return body


WAYS: dict[str, Callable[[FlaskClient, dict[str, Any]], tuple[dict[str, Any], dict[str, str]]]] = {
    "header": lambda _, body: (body, {"Prefer": "delay=5"}),
    "header, slow": lambda _, body: (body, {"Prefer": "fault=slow"}),
    "header, hang": lambda _, body: (body, {"Prefer": "fault=hang"}),
    "header, on an empty request": lambda _, __: ({}, {"Prefer": "fault=hang"}),
    "plus-address": lambda _, body: (body | {"Email": "demo+delay5@example.com"}, {}),
    "queue": lambda client, body: (queued(client, body), {}),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_request_without_a_place_is_refused_and_costs_nothing(
    crowded: FlaskClient, back_request: dict[str, Any], way: Callable[..., Any]
) -> None:
    body, headers = way(crowded, back_request)
    waiting = crowded.get("/__admin/outcomes").get_json()
    refused = crowded.post(BACK, json=body, headers=headers)
    assert (refused.status_code, refused.content_type) == (503, "application/problem+json")
    assert refused.get_json()["detail"] == DETAIL
    assert crowded.get(ACCOUNT).get_json()["credit"] == 100
    assert crowded.get("/__admin/outcomes").get_json() == waiting


@pytest.mark.parametrize(
    ("preference", "status"), [("code=518", 518), ("fault=drop", 200), ("fault=html", 502), ("delay=0", 200)]
)
def test_an_answer_that_does_not_wait_needs_no_place(
    crowded: FlaskClient, back_request: dict[str, Any], preference: str, status: int
) -> None:
    assert crowded.post(BACK, json=back_request, headers={"Prefer": preference}).status_code == status
    assert crowded.post(BACK, json=back_request).status_code == 200


@pytest.mark.parametrize(
    "preference", ["delay=1", "fault=slow", "fault=hang, delay=1", "fault=slow, code=518", "delay=1, x=="]
)
def test_a_place_is_given_back(
    small: FlaskClient, back_request: dict[str, Any], preference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remo_mock.service.outcomes.faults, "SECONDS_BETWEEN_PIECES", 0.001)
    headers = {"Prefer": preference}
    answers = [small.post(BACK, json=back_request, headers=headers, buffered=True) for _ in range(4)]
    assert 503 not in [answer.status_code for answer in answers]


def test_a_mock_whose_every_answer_waits_refuses_as_well(room: WaitingRoom, back_request: dict[str, Any]) -> None:
    app = create_app(Settings(delay=Delay(1, 1)))
    with app.test_client() as client, room.place() as first, room.place() as second:
        first.take()
        assert [client.post(BACK, json=back_request).status_code for _ in range(3)] == [200] * 3
        second.take()
        assert client.post(BACK, json=back_request).status_code == 503
        assert client.get("/__admin/health").status_code == 200
    app.extensions["remo_mock"].close()


def test_a_place_is_taken_once() -> None:
    room = WaitingRoom(1)
    with room.place() as mine, room.place() as yours:
        mine.take()
        mine.take()
        with pytest.raises(CrowdedError):
            yours.take()
        mine.leave()
        mine.leave()
        yours.take()
