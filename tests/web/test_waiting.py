"""However many answers wait, others are served; who finds no place is refused before anything is charged."""

import json
import select
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from flask.testing import FlaskClient

import remo_mock.service.faults
import remo_mock.web.app
from remo_mock import Settings, create_app
from remo_mock.exceptions import CrowdedError
from remo_mock.service.delay import Delay
from remo_mock.web.waiting import PLACES, WaitingRoom
from tests.support.calls import BACK
from tests.support.control import TIMEOUT, Person, new_person, told
from tests.support.hostile_wire import Line, Server, measured
from tests.support.servers import serving

ACCOUNT = "/__admin/accounts/demo@example.com"
DETAIL = (
    "2 answers of this worker are held back already (hang, slow, delay), and this one might be. Nothing was charged. "
    "Let some of them end, ask for shorter delays, or start the mock with more --workers."
)


def send_to_all(lines: list[Line], person: Person, wish: str) -> None:
    """Send one request with a wish over each line, and read no answer."""
    for line in lines:
        line.send(measured(json.dumps(person.body()).encode(), f"Prefer: {wish}"))


def left_waiting(lines: list[Line], number: int) -> list[Line]:
    """Read answers, all of which must be refusals, until so many lines have none; return these."""
    while len(lines) > number:
        answered = select.select(lines, [], [], TIMEOUT)[0]
        assert {line.answer().status for line in answered} == {503}
        lines = [line for line in lines if line not in answered]
    return lines


def wait_until_charged(person: Person, credit: int) -> None:
    """Return once the account has no more than so many credits."""
    while person.credit() > credit:
        continue


@pytest.mark.parametrize(("wish", "left"), [("fault=hang", 744), ("delay=60000", 744), ("code=518, fault=hang", 1000)])
def test_while_any_number_waits_others_are_served_and_a_signal_ends_it(wish: str, left: int) -> None:
    with serving() as mock:
        person = new_person(mock.url, credit=1000)
        with Server(mock.url).lines(PLACES + 44) as lines:
            send_to_all(lines, person, wish)
            waiting = left_waiting(lines, PLACES)
            # All places are taken now, and those who found none have been told.
            assert requests.get(f"{mock.url}/__admin/health", timeout=TIMEOUT).json()["status"] == "ok"
            assert told(new_person(mock.url).send()) == (200, 200)
            assert person.credit() == left
            assert select.select(waiting, [], [], 0)[0] == []
            mock.process.send_signal(signal.SIGTERM)
            assert mock.process.wait(timeout=20) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("wish", ["fault=hang", "fault=slow", "delay=60000"])
def test_a_signal_ends_the_server_whatever_waits(wish: str, number: signal.Signals) -> None:
    with serving("--workers", "2") as mock:
        person = new_person(mock.url)
        with Server(mock.url).lines(20) as lines:
            send_to_all(lines, person, wish)
            wait_until_charged(person, 80)
            mock.process.send_signal(number)
            assert mock.process.wait(timeout=20) == 0


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> WaitingRoom:
    """The room of every mock made from now on: two places."""
    room = WaitingRoom(2)
    monkeypatch.setattr(remo_mock.web.app, "WaitingRoom", lambda: room)
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
    """Queue a delay for the demo account's next request, and return that."""
    client.post("/__admin/outcomes", json={"account": "demo@example.com", "delay": 5})
    return body


WAYS: dict[str, Callable[[FlaskClient, dict[str, Any]], tuple[dict[str, Any], dict[str, str]]]] = {
    "header": lambda _, body: (body, {"Prefer": "delay=5"}),
    "header, slow": lambda _, body: (body, {"Prefer": "fault=slow"}),
    "header, hang": lambda _, body: (body, {"Prefer": "fault=hang"}),
    "header, on what is no request": lambda _, __: ({}, {"Prefer": "fault=hang"}),
    "plus-address": lambda _, body: (body | {"Email": "demo+delay5@example.com"}, {}),
    "queue": lambda client, body: (queued(client, body), {}),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_who_finds_no_place_is_refused_and_pays_nothing(
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
    ("wish", "status"), [("code=518", 518), ("fault=drop", 200), ("fault=html", 502), ("delay=0", 200)]
)
def test_who_need_not_wait_needs_no_place(
    crowded: FlaskClient, back_request: dict[str, Any], wish: str, status: int
) -> None:
    assert crowded.post(BACK, json=back_request, headers={"Prefer": wish}).status_code == status
    assert crowded.post(BACK, json=back_request).status_code == 200


@pytest.mark.parametrize(
    "wish", ["delay=1", "fault=slow", "fault=hang, delay=1", "fault=slow, code=518", "delay=1, x=="]
)
def test_a_place_is_given_back(
    small: FlaskClient, back_request: dict[str, Any], wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remo_mock.service.faults, "DRIBBLE", 0.001)
    headers = {"Prefer": wish}
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
