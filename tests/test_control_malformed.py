"""A wish that cannot be meant never passes silently: 400 as a problem that lists what is known, and no charge."""

from typing import Any

import pytest
import requests

from calls import BACK, V2
from control import TIMEOUT, Person, new_person, problem

CODES_OF_BACK = "400, 411, 412, 413, 420, 421, 422, 515, 518, 522, 550, 559, 200"
METRICS_OF_BACK = (
    "bar_head_bal, bar_pelvic_bal, bar_shoulder_bal, bar_left_qang, bar_right_qang, bar_knee_bal, bar_tilt"
)
FAULTS = "drop, charged-then-lost, slow, hang"
PROFILES = "normal, caution, danger, example"
VERDICTS_OF_BACK = "ok, no_person, not_image, undecodable, wrong_angle"
ONCE = "each of them once"
EITHER = "either a code, or verdicts of views, or a profile and metrics"
MILLISECONDS = "milliseconds, or a range such as 200-800"
DEGREES = "degrees from -90 to 90, with up to 3 decimals"

# What was asked for, as a header spells it, and what the problem must tell.
WISHES = {
    "code of nobody": ("code=999", CODES_OF_BACK),
    "code of the other endpoint": ("code=511", CODES_OF_BACK),
    "code in letters": ("code=teapot", CODES_OF_BACK),
    "code with a sign": ("code=-518", CODES_OF_BACK),
    "code with decimals": ("code=518.0", CODES_OF_BACK),
    "unknown name": ("cod=518", "code=<400|411|412"),
    "name without a value": ("code", "code=<400|411|412"),
    "profile": ("profile=healthy", PROFILES),
    "fault": ("fault=explode", FAULTS),
    "verdict": ("back=asleep", VERDICTS_OF_BACK),
    "verdict of another view's": ("back=tilted", VERDICTS_OF_BACK),
    "view": ("front=no_person", "back=<ok|no_person|not_image|undecodable|wrong_angle>"),
    "metric": ("far_tilt=3", METRICS_OF_BACK),
    "grade": ("bar_tilt_grade=2", METRICS_OF_BACK),
    "metric in words": ("bar_tilt=much", DEGREES),
    "metric that is no number": ("bar_tilt=nan", DEGREES),
    "metric without end": ("bar_tilt=inf", DEGREES),
    "metric too steep": ("bar_tilt=90.001", DEGREES),
    "metric too fine": ("bar_tilt=1.4999", DEGREES),
    "metric of another notation": ("bar_tilt=1_0", DEGREES),
    "delay in words": ("delay=long", MILLISECONDS),
    "delay below zero": ("delay=-5", MILLISECONDS),
    "delay upside down": ("delay=800-200", MILLISECONDS),
    "delay too long": ("delay=600001", MILLISECONDS),
    "two codes": ("code=518,code=522", ONCE),
    "two profiles": ("profile=danger,example", ONCE),
    "code and profile": ("code=518,profile=danger", EITHER),
    "code and verdict": ("code=518,back=no_person", EITHER),
    "success and verdict": ("code=200,back=no_person", EITHER),
    "code and metric": ("code=518,bar_tilt=3", EITHER),
    "right and wrong": ("code=518,delay=x", MILLISECONDS),
}
# Spellings that only a header can have.
HEADERS: dict[str, tuple[str | bytes, str]] = {
    "code without digits": ("code=", CODES_OF_BACK),
    "no name": ("=518", "code=<400|411|412"),
    "nothing": ("", "code=<400|411|412"),
    "nothing between commas": ("code=518,,delay=1", "code=<400|411|412"),
    "open quotes": ('code="518', CODES_OF_BACK),
    "digits of another script": ("code=５１８".encode(), "code=<400|411|412"),
    "a superscript": ("code=²".encode("latin-1"), "code=<400|411|412"),
    "ours behind another's": ("return=minimal; code=999", CODES_OF_BACK),
}
# Words that only a plus-address can have.
WORDS = {
    "a word": ("dangr", "profile=<normal|caution|danger|example>"),
    "nothing": ("", "code=<400|411|412"),
    "nothing between": ("518++delay5", "code=<400|411|412"),
    "a code of nobody": ("999", CODES_OF_BACK),
    "a superscript": ("²", "code=<400|411|412"),
    "a delay without digits": ("delay", MILLISECONDS),
    "two codes": ("518+522", ONCE),
    "a code and a profile": ("518+danger", EITHER),
}
# Bodies that only a post to the queue can have; each gets the account added.
BODIES: dict[str, tuple[dict[str, Any], str]] = {
    "nothing asked": ({}, "it asks for nothing"),
    "times alone": ({"times": 2}, "it asks for nothing"),
    "null": ({"code": None}, "None is not of type"),
    "code that is true": ({"code": True}, "code=<400|411|412"),
    "code as an object": ({"code": {"is": 518}}, "is not of type"),
    "no faults in a list": ({"fault": []}, "should be non-empty"),
    "two codes in a list": ({"code": [518, 522]}, ONCE),
    "false": ({"example": False}, "code=<400|411|412"),
    "no times": ({"code": 518, "times": 0}, "times: 0 is less than the minimum of 1"),
    "times in words": ({"code": 518, "times": "2"}, "times: '2' is not of type 'integer'"),
    "times without end": ({"code": 518, "times": 10001}, "maximum of 10000"),
    "endpoint": ({"code": 518, "endpoint": "v3"}, "one of analysis-skeleton-v2, analysis-skeleton-v2-back"),
    "code of the other endpoint": ({"code": 511, "endpoint": "analysis-skeleton-v2-back"}, CODES_OF_BACK),
    "a misspelled field": ({"code": 518, "time": 2}, "'time=2' cannot be asked for"),
    "account as a number": ({"account": 5, "code": 518}, "account: 5 is not of type 'string'"),
}


@pytest.fixture(scope="module")
def person(shared_url: str) -> Person:
    return new_person(shared_url)


def refused(reply: requests.Response, detail: str) -> None:
    status, kind, text = problem(reply)
    assert (status, kind) == (400, "application/problem+json")
    assert detail in text


@pytest.mark.parametrize("case", WISHES)
def test_a_header_that_cannot_be_meant(person: Person, case: str) -> None:
    wish, detail = WISHES[case]
    refused(person.send(prefer=wish), detail)
    assert (person.credit(), person.charges()) == (100, [])


@pytest.mark.parametrize("case", HEADERS)
def test_a_header_that_cannot_be_read(person: Person, case: str) -> None:
    header, detail = HEADERS[case]
    reply = requests.post(person.url + BACK, json=person.body(), headers={"Prefer": header}, timeout=TIMEOUT)
    refused(reply, detail)
    assert (person.credit(), person.charges()) == (100, [])


@pytest.mark.parametrize("case", WISHES)
def test_a_plus_address_that_cannot_be_meant(person: Person, case: str) -> None:
    wish, detail = WISHES[case]
    refused(person.send(words=wish.replace(",", "+")), detail)
    assert (person.credit(), person.charges()) == (100, [])


@pytest.mark.parametrize("case", WORDS)
def test_words_that_cannot_be_meant(person: Person, case: str) -> None:
    words, detail = WORDS[case]
    refused(person.send(Email=person.email.replace("@", f"+{words}@")), detail)
    assert (person.credit(), person.charges()) == (100, [])


@pytest.mark.parametrize("case", [name for name, (wish, _) in WISHES.items() if "," not in wish and "=" in wish])
def test_a_queued_wish_that_cannot_be_meant(person: Person, case: str) -> None:
    wish, detail = WISHES[case]
    name, _, value = wish.partition("=")
    refused(person.queue(endpoint="analysis-skeleton-v2-back", **{name: value}), detail)
    assert person.waiting() == []


@pytest.mark.parametrize("case", BODIES)
def test_a_post_to_the_queue_that_cannot_be_meant(person: Person, case: str) -> None:
    body, detail = BODIES[case]
    asked = {"account": person.email} | body
    refused(requests.post(f"{person.url}/__admin/outcomes", json=asked, timeout=TIMEOUT), detail)
    assert person.waiting() == []


@pytest.mark.parametrize(
    ("data", "detail"),
    [
        (b"", "the body is empty"),
        (b"code=518", "not JSON"),
        (b"[518]", "not an object"),
        (b"{'code': 518}", "not JSON"),
    ],
)
def test_a_post_to_the_queue_that_is_no_json(person: Person, data: bytes, detail: str) -> None:
    refused(requests.post(f"{person.url}/__admin/outcomes", data=data, timeout=TIMEOUT), detail)


def test_an_outcome_wants_an_account_that_is_there(person: Person) -> None:
    asked = {"account": "nobody@example.com", "code": 518}
    reply = requests.post(f"{person.url}/__admin/outcomes", json=asked, timeout=TIMEOUT)
    assert problem(reply)[:2] == (404, "application/problem+json")
    assert "There is no account 'nobody@example.com'" in problem(reply)[2]


@pytest.mark.parametrize(
    ("method", "path", "detail"),
    [
        ("GET", "/requests?code=many", "code wants a number"),
        ("GET", "/requests?code=", "code= cannot be asked for"),
        ("GET", "/requests?endpoint=v3", "one of analysis-skeleton-v2, analysis-skeleton-v2-back"),
        ("GET", "/requests?acount=a", "acount=a cannot be asked for; known: account, endpoint, code"),
        ("GET", "/requests?code=518&code=522", "code=518,522 cannot be asked for"),
        ("DELETE", "/requests?acount=a", "known: account"),
        ("GET", "/outcomes?acount=a", "known: account"),
        ("DELETE", "/outcomes?acount=a", "known: account"),
        ("POST", "/reset?only=everything", "expected one of requests, outcomes, accounts"),
        ("POST", "/reset?onyl=requests", "known: only"),
        ("GET", "/codes?endpoint=v3", "one of analysis-skeleton-v2, analysis-skeleton-v2-back"),
        ("GET", "/codes?code=518", "known: endpoint"),
        ("GET", "/ledger?id=L01", "known: nothing"),
    ],
)
def test_a_query_that_cannot_be_meant(person: Person, method: str, path: str, detail: str) -> None:
    refused(requests.request(method, f"{person.url}/__admin{path}", timeout=TIMEOUT), detail)


def test_what_to_reset_is_not_read_from_a_body(person: Person) -> None:
    person.queue(code=550)
    refused(requests.post(f"{person.url}/__admin/reset", json={"only": "requests"}, timeout=TIMEOUT), "?only=outcomes")
    assert len(person.waiting()) == 1
    requests.delete(f"{person.url}/__admin/outcomes", params={"account": person.email}, timeout=TIMEOUT)


def test_a_wish_that_suits_the_other_endpoint_is_none_here(person: Person) -> None:
    assert person.send(V2, prefer="far_tilt=3").status_code == 200
    refused(person.send(BACK, prefer="far_tilt=3"), METRICS_OF_BACK)
