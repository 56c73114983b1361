"""A wish that cannot be meant never passes silently: 400 as a problem that lists what is known, and no charge."""

from typing import Any

import pytest
import requests

from tests.support.calls import BACK, V2
from tests.support.control import Person, new_person, problem
from tests.support.waiting import TIMEOUT

CODES_OF_BACK = "400, 411, 412, 413, 415, 420, 421, 422, 515, 518, 522, 550, 559, 200"
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
    "three codes are told in their order": ("code=522,code=518,code=550", "'code=522, code=518' cannot be asked for"),
    "a fault twice": ("fault=drop,delay=1,fault=drop", ONCE),
    "code with a zero before": ("code=0518", CODES_OF_BACK),
    "metric of nothing": ("bar_tilt", "expected bar_tilt=<degrees>, or another of code="),
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
    "two codes as parameters": ("code=518; code=522", "'code=518, code=522' cannot be asked for"),
    "a delay in digits of another script": ("delay=٥".encode(), "code=<400|411|412"),
    "capital letters": ("profile=Danger", PROFILES),
    "ours behind another's": ("return=minimal; code=999", CODES_OF_BACK),
}
# Words that only a plus-address can have.
WORDS = {
    "a word": ("dangr", "profile=<normal|caution|danger|example>"),
    "nothing": ("", "code=<400|411|412"),
    "nothing between": ("518++delay5", "code=<400|411|412"),
    "a word in capital letters": (
        "DANGER",
        "expected profile=danger (words are compared exactly), or another of",
    ),
    "a slip": ("drpo", "expected fault=drop (words are compared exactly)"),
    "a view alone": ("back", "expected back=<verdict>, or another of"),
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
    "null": ({"code": None}, "'code=null' cannot be asked for; expected a code that"),
    "code that is true": ({"code": True}, "'code=true' cannot be asked for; expected a code that"),
    "code as an object": ({"code": {"is": 518}}, "expected a code that"),
    "code as a text": ({"code": "518"}, "559, 200; a number stands without quotes"),
    "code in a list": ({"code": [518]}, "'code=[518]' cannot be asked for"),
    "code with decimals": ({"code": 518.5}, "'code=518.5' cannot be asked for"),
    "code of 300 digits": ({"code": 1e300}, "cannot be asked for; expected a code that"),
    "delay as a text": ({"delay": "5"}, "up to 600000; a number stands without quotes"),
    "delay as a list": ({"delay": [5, 10]}, "'delay=[5, 10]' cannot be asked for"),
    "half a millisecond": ({"delay": 5.5}, MILLISECONDS),
    "delay with space around": ({"delay": " 5-10"}, MILLISECONDS),
    "delay in digits of another script": ({"delay": "٥-٩"}, MILLISECONDS),
    "metric as a text": ({"bar_tilt": "5"}, f"{DEGREES}; a number stands without quotes"),
    "metric in a list": ({"bar_tilt": [5]}, DEGREES),
    "metric that is true": ({"bar_tilt": True}, DEGREES),
    "profile in a list": ({"profile": ["danger"]}, PROFILES),
    "profile that is null": ({"profile": None}, f"'profile=null' cannot be asked for; expected one of {PROFILES}"),
    "verdict in a list": ({"back": ["ok"]}, VERDICTS_OF_BACK),
    "verdict that is true": ({"back": True}, "'back=true' cannot be asked for"),
    "fault that is true": ({"fault": True}, FAULTS),
    "faults in one text": ({"fault": "drop,slow"}, FAULTS),
    "faults in a list of lists": ({"fault": [["drop"]]}, FAULTS),
    "a fault twice": ({"fault": ["drop", "drop"]}, ONCE),
    "example as a text": ({"example": "true"}, "expected true, or no example"),
    "example as a number": ({"example": 1}, "expected true, or no example"),
    "example that is null": ({"example": None}, "'example=null' cannot be asked for"),
    "no faults in a list": ({"fault": []}, FAULTS),
    "two codes in a list": ({"code": [518, 522]}, "expected a code that"),
    "false": ({"example": False}, "'example=false' cannot be asked for; expected true, or no example"),
    "no times": ({"code": 518, "times": 0}, "'times=0' cannot be asked for; expected a whole number from 1 to 10000"),
    "times in words": ({"code": 518, "times": "2"}, "a whole number from 1 to 10000"),
    "times that are true": ({"code": 518, "times": True}, "'times=true' cannot be asked for"),
    "times that are null": ({"code": 518, "times": None}, "'times=null' cannot be asked for"),
    "half a time": ({"code": 518, "times": 1.5}, "'times=1.5' cannot be asked for"),
    "times in a list": ({"code": 518, "times": [1]}, "'times=[1]' cannot be asked for"),
    "times without end": ({"code": 518, "times": 10001}, "from 1 to 10000"),
    "endpoint": (
        {"code": 518, "endpoint": "v3"},
        "one of analysis-skeleton, analysis-skeleton-v2, analysis-skeleton-v2-back",
    ),
    "code of the other endpoint": ({"code": 511, "endpoint": "analysis-skeleton-v2-back"}, CODES_OF_BACK),
    "a misspelled field": ({"code": 518, "time": 2}, "'time=2' cannot be asked for"),
    "account as a number": ({"account": 5, "code": 518}, "account: 5 is not of type 'string'"),
    "account that is null": ({"account": None, "code": 518}, "account: null is not of type 'string'"),
    "endpoint that is false": ({"endpoint": False, "code": 518}, "endpoint: false is not of type"),
    "endpoint that is empty": ({"endpoint": "", "code": 518}, "one of analysis-skeleton, analysis-skeleton-v2"),
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
        ("GET", "/requests?code=many", "code is a number of three digits"),
        ("GET", "/requests?code=0518", "code is a number of three digits"),
        ("GET", f"/requests?code={'9' * 5000}", "cannot be asked for; known: account, endpoint, code"),
        ("GET", "/requests?code=999", "'code=999' cannot be asked for; expected one of 200, 400, 411"),
        ("GET", "/requests?limit=-1", "limit=-1 cannot be asked for"),
        ("GET", "/requests?account=", "account= cannot be asked for"),
        ("GET", "/requests/1?code=518", "code=518 cannot be asked for; known: nothing"),
        ("GET", "/accounts?email=a", "email=a cannot be asked for; known: limit, after"),
        ("PATCH", "/accounts/demo@example.com?credit=5", "credit=5 cannot be asked for; known: nothing"),
        ("POST", "/outcomes?code=518", "code=518 cannot be asked for; known: nothing"),
        ("GET", "/requests?code=", "code= cannot be asked for"),
        ("GET", "/requests?endpoint=v3", "one of analysis-skeleton, analysis-skeleton-v2, analysis-skeleton-v2-back"),
        ("GET", "/requests?acount=a", "acount=a cannot be asked for; known: account, endpoint, code"),
        ("GET", "/requests?code=518&code=522", "code=518,522 cannot be asked for"),
        ("DELETE", "/requests?acount=a", "known: account"),
        ("GET", "/outcomes?acount=a", "known: account"),
        ("DELETE", "/outcomes?acount=a", "known: account"),
        ("POST", "/reset?only=everything", "expected one of requests, outcomes, accounts"),
        ("POST", "/reset?onyl=requests", "known: only"),
        ("GET", "/codes?endpoint=v3", "one of analysis-skeleton, analysis-skeleton-v2, analysis-skeleton-v2-back"),
        ("GET", "/codes?code=518", "known: endpoint"),
        ("GET", "/ledger?id=L01", "known: nothing"),
    ],
)
def test_a_query_that_cannot_be_meant(person: Person, method: str, path: str, detail: str) -> None:
    refused(requests.request(method, f"{person.url}/__admin{path}", timeout=TIMEOUT), detail)


@pytest.mark.parametrize("path", ["/requests", "/outcomes"])
def test_a_slip_in_an_address_is_no_empty_list(person: Person, path: str) -> None:
    params = {"account": person.email.upper()}
    reply = requests.get(f"{person.url}/__admin{path}", params=params, timeout=TIMEOUT)
    assert problem(reply)[:2] == (404, "application/problem+json")
    assert "There is no account 'PERSON-" in problem(reply)[2]


def test_an_account_that_nothing_happened_to_has_an_empty_list(shared_url: str) -> None:
    somebody = new_person(shared_url)
    assert (somebody.journal(), somebody.journal(code=518), somebody.waiting()) == ([], [], [])


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"code": 518.0, "times": 2.0}, {"endpoint": None, "terms": {"code": 518.0}, "times": 2}),
        ({"delay": 5.0, "fault": ["slow"]}, {"endpoint": None, "terms": {"delay": 5.0, "fault": ["slow"]}, "times": 1}),
    ],
)
def test_a_number_is_its_value_as_in_json_schema(shared_url: str, body: dict[str, Any], shown: dict[str, Any]) -> None:
    somebody = new_person(shared_url)
    assert somebody.queue(**body).status_code == 201
    assert somebody.waiting() == [shown]
    assert somebody.send().status_code == body.get("code", 200)


def test_a_message_is_short_whatever_was_sent(person: Person) -> None:
    reply = person.queue(**{"k" * 100_000: "v" * 100_000})
    assert (reply.status_code, len(reply.content) < 2000) == (400, True)


def test_what_to_reset_is_not_read_from_a_body(person: Person) -> None:
    person.queue(code=550)
    refused(requests.post(f"{person.url}/__admin/reset", json={"only": "requests"}, timeout=TIMEOUT), "?only=outcomes")
    assert len(person.waiting()) == 1
    requests.delete(f"{person.url}/__admin/outcomes", params={"account": person.email}, timeout=TIMEOUT)


def test_a_wish_that_suits_the_other_endpoint_is_none_here(person: Person) -> None:
    assert person.send(V2, prefer="far_tilt=3").status_code == 200
    refused(person.send(BACK, prefer="far_tilt=3"), METRICS_OF_BACK)
