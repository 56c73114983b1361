"""Faults compose with delays, with codes, with each other and with the mock's own options."""

import ast
import base64
import binascii
import json

import pytest
import requests

from remo_mock import RemoMock
from remo_mock.contract import HttpStatus
from remo_mock.hints.hint import Hint
from remo_mock.hints.texts import english
from remo_mock.service.exchange import reply_headers, transmit
from remo_mock.service.messages.call_and_reply import Reply, Transmission
from remo_mock.service.outcomes.delay import AT_ONCE, Delay, parse_delay
from remo_mock.service.outcomes.faults import FAULTS, apply, effective, why_ineffective
from tests.support.calls import BACK, V2, photo_text
from tests.support.control import Person, new_person, status_and_code

BODY = {"state": True, "borigimg": "data:image/jpeg;base64," + base64.b64encode(bytes(300)).decode()}
SENT = Transmission(status=200, parts=(json.dumps(BODY).encode(),), https_url="https://remo.example/api")


@pytest.fixture(scope="module")
def person(shared_url: str) -> Person:
    return new_person(shared_url, credit=100)


@pytest.mark.parametrize(
    ("header", "status"), [("code=518, fault=html-503", 503), ("code=518, fault=garbage", 518), ("fault=html", 502)]
)
def test_a_fault_happens_to_an_error_too(person: Person, header: str, status: int) -> None:
    reply = person.send(V2, prefer=header)
    assert (reply.status_code, reply.headers["Preference-Applied"]) == (status, header)


def test_an_error_as_a_python_literal(person: Person) -> None:
    literal = ast.literal_eval(person.send(prefer="code=518, fault=garbage").text)
    assert (literal["state"], literal["status"]) == (False, 518)


def test_an_error_cut_in_half(person: Person) -> None:
    reply = person.send(prefer="code=518, fault=truncate")
    assert (reply.status_code, reply.text[:14]) == (518, '{"state":false')
    with pytest.raises(requests.exceptions.JSONDecodeError):
        reply.json()


@pytest.mark.parametrize("fault", ["drop", "charged-then-lost"])
def test_an_error_lost_on_its_way_costs_nothing(person: Person, fault: str) -> None:
    before = person.credit()
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        person.send(prefer=f"code=550, fault={fault}")
    assert person.credit() == before


@pytest.mark.parametrize("fault", ["no-image", "broken-image"])
def test_an_error_has_no_image_to_break(person: Person, fault: str) -> None:
    reply = person.send(prefer=f"code=550, fault={fault}")
    assert (status_and_code(reply), reply.headers["Preference-Applied"]) == ((550, 550), "code=550")
    assert f"fault={fault} has no effect: this reply has no image" in reply.headers["X-Remo-Mock-Hint"]


@pytest.mark.parametrize("fault", ["no-image", "broken-image"])
def test_a_natural_error_has_no_image_either(person: Person, fault: str) -> None:
    reply = person.send(prefer=f"fault={fault}", borigimg="***")
    assert (reply.status_code, "Preference-Applied" in reply.headers) == (412, False)
    assert reply.headers["X-Remo-Mock-Hint"].startswith("borigimg is not base64")
    assert reply.headers["X-Remo-Mock-Hint"].endswith(f"; fault={fault} has no effect: this reply has no image")


@pytest.mark.parametrize("fault", ["no-image", "broken-image"])
def test_the_in_process_door_claims_no_more(fault: str) -> None:
    with RemoMock() as remo:
        body = remo.account().fields | {"borigimg": photo_text("back")}
        headers = {"Prefer": f"code=518, fault={fault}"}
        reply = requests.post(remo.url + BACK, json=body, headers=headers, timeout=9)
    assert reply.headers["Preference-Applied"] == "code=518"
    assert f"fault={fault} has no effect" in reply.headers["X-Remo-Mock-Hint"]


ERROR = Transmission(
    status=518, parts=(b'{"state":false,"message":"none","status":518}',), https_url="https://remo.example/api"
)


@pytest.mark.parametrize(
    ("names", "sent", "met"),
    [
        *((name, SENT, name) for name in FAULTS),
        *((name, ERROR, "" if "image" in name else name) for name in FAULTS),
        ("no-image broken-image", SENT, "no-image"),
        ("truncate html", SENT, "html"),
        ("html-502 html-503", SENT, "html-503"),
        ("html html-502", SENT, "html"),
        ("no-image truncate", SENT, "no-image truncate"),
        ("no-image charged-then-lost", SENT, "charged-then-lost"),
        ("html-503 charged-then-lost", SENT, "html-503 charged-then-lost"),
        ("drop charged-then-lost", SENT, "charged-then-lost"),
        ("slow charged-then-lost", SENT, "charged-then-lost"),
        ("slow drop", SENT, "slow drop"),
        ("hang slow garbage no-image", ERROR, "hang slow garbage"),
    ],
)
def test_only_the_faults_that_a_client_meets_are_claimed(names: str, sent: Transmission, met: str) -> None:
    asked = tuple(names.split())
    assert effective(asked, sent) == tuple(met.split())
    assert len(why_ineffective(asked, sent)) == len(asked) - len(met.split())


def test_a_fault_that_another_hides_is_told(person: Person) -> None:
    reply = person.send(prefer="fault=truncate, fault=html-503")
    assert (reply.status_code, reply.headers["Preference-Applied"]) == (503, "fault=html-503")
    assert reply.headers["X-Remo-Mock-Hint"] == "fault=truncate has no effect: fault=html-503 hides it"


@pytest.mark.parametrize("fault", ["garbage", "html", "truncate", "no-image"])
def test_a_fault_waits_for_its_delay(person: Person, fault: str) -> None:
    assert person.send(prefer=f"fault={fault}, delay=300").elapsed.total_seconds() >= 0.3


def test_a_ranged_delay_is_at_least_its_shortest(person: Person) -> None:
    assert person.send(prefer="delay=200-400").elapsed.total_seconds() >= 0.2


@pytest.mark.parametrize(("words", "status"), [("html-503", 503), ("550+html-504", 504), ("delay5+no-image", 200)])
def test_a_fault_is_a_word_of_a_plus_address(person: Person, words: str, status: int) -> None:
    assert person.send(words=words).status_code == status


def test_a_natural_error_meets_the_fault_too(person: Person) -> None:
    reply = person.send(prefer="fault=html-503", borigimg="")
    assert (reply.status_code, reply.headers["Preference-Applied"]) == (503, "fault=html-503")


def test_a_queued_fault_meets_one_request_only(person: Person) -> None:
    person.queue(fault="html-503")
    assert [person.send().status_code, person.send().status_code] == [503, 200]


@pytest.mark.parametrize("second", FAULTS)
@pytest.mark.parametrize("first", FAULTS)
def test_any_two_faults_compose_in_either_order(first: str, second: str) -> None:
    assert apply((first, second), SENT) == apply((second, first), SENT)


def test_a_body_is_changed_before_it_is_cut() -> None:
    sent = apply(("drop", "truncate", "garbage", "no-image"), SENT)
    assert sent.body == b"{'state': True,"
    assert sent.cut_at == 7


def test_a_page_of_a_gateway_replaces_whatever_there_was() -> None:
    sent = apply(("html-504", "garbage", "broken-image"), SENT)
    assert (sent.status, sent.content_type, sent.body[:6]) == (504, "text/html", b"<html>")


@pytest.mark.parametrize("size", range(1, 40))
def test_a_broken_image_decodes_at_no_size(size: int) -> None:
    uri = "data:image/jpeg;base64," + base64.b64encode(bytes(size)).decode()
    sent = apply(("broken-image",), Transmission(status=200, parts=(json.dumps({"borigimg": uri}).encode(),)))
    with pytest.raises(binascii.Error):
        base64.b64decode(json.loads(sent.body)["borigimg"].partition(",")[2])


def waits(*, asked: Delay | None, own: Delay, http_status: HttpStatus = "mirror") -> float:
    return transmit(Reply(code=200, body=BODY, delay=asked, faults=("hang",)), http_status=http_status, delay=own).wait


def test_hang_lasts_a_minute() -> None:
    assert waits(asked=None, own=AT_ONCE) == 60


def test_hang_lasts_a_minute_in_a_mock_with_a_delay_of_its_own() -> None:
    assert waits(asked=None, own=parse_delay("50")) == 60


def test_hang_lasts_as_long_as_it_is_given() -> None:
    assert waits(asked=parse_delay("1500"), own=parse_delay("50")) == 1.5


def test_an_asked_delay_counts_instead_of_the_mocks_own() -> None:
    reply = Reply(code=200, body=BODY, delay=parse_delay("20"))
    assert transmit(reply, http_status="mirror", delay=parse_delay("900")).wait == 0.02


def test_a_gateway_has_its_status_where_errors_have_none() -> None:
    reply = Reply(code=518, body=BODY, faults=("html-503",))
    assert transmit(reply, http_status="200", delay=AT_ONCE).status == 503


def test_no_header_holds_what_would_end_it() -> None:
    headers = reply_headers(
        Reply(
            code=422, body=BODY, hints=(Hint("unknown_email"), Hint("card_unknown", {"text": "a\r\nSet-Cookie: é\x7f"}))
        )
    )
    assert headers == {
        "X-Remo-Mock": "0.2.0",
        "X-Remo-Mock-Hint": english(Hint("unknown_email")) + "; is a photo card for a??Set-Cookie: ??, which this "
        "version of remo-mock does not know; remo-mock photos writes those it knows",
    }


def test_faults_cross_workers(person: Person) -> None:
    """Whichever worker takes the post, whichever answers: each wish is met once."""
    person.queue(fault="html-503", times=6)
    assert [person.send(BACK).status_code for _ in range(7)] == [503] * 6 + [200]
