"""Each code that arises on its own comes back for its cause, with the right balance and no charge."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.calls import BACK, V2, blank_text, credentials, photo_text

NOT_BASE64 = "*** no base64 ***"
NO_IMAGE = "bm90IGEgcGljdHVyZQ=="  # "not a picture"
FRONT, SIDE, REAR = "forigimg", "sorigimg", "borigimg"
BLANK = blank_text()

Cause = dict[str, Any]

V2_CASES: dict[str, tuple[Cause, int, int]] = {
    "missing field": ({REAR: None}, 411, 100),
    "unknown user": ({"Email": "nobody@example.com"}, 420, 0),
    "UserKey of another account": ({"UserKey": "broke-user-key"}, 420, 0),
    "wrong API key": ({"APIKey": "broke-api-key"}, 421, 100),
    "no credit": ({**credentials("broke")}, 422, 0),
    "front not base64": ({FRONT: NOT_BASE64}, 413, 100),
    "side not base64": ({SIDE: NOT_BASE64}, 414, 100),
    "back not base64": ({REAR: NOT_BASE64}, 412, 100),
    "front no image": ({FRONT: NO_IMAGE}, 412, 100),
    "side no image": ({SIDE: NO_IMAGE}, 412, 100),
    "back no image": ({REAR: NO_IMAGE}, 412, 100),
    "nobody in front": ({FRONT: BLANK}, 511, 100),
    "nobody in side": ({SIDE: BLANK}, 512, 100),
    "nobody in front and side": ({FRONT: BLANK, SIDE: BLANK}, 513, 100),
    "nobody in back": ({REAR: BLANK}, 518, 100),
    "nobody in front and back": ({FRONT: BLANK, REAR: BLANK}, 519, 100),
    "nobody in side and back": ({SIDE: BLANK, REAR: BLANK}, 520, 100),
    "nobody anywhere": ({FRONT: BLANK, SIDE: BLANK, REAR: BLANK}, 521, 100),
    "wrong type": ({SIDE: 5}, 400, 100),
}

BACK_CASES: dict[str, tuple[Cause, int, int]] = {
    "missing field": ({REAR: ""}, 411, 100),
    "unknown user": ({"Email": "nobody@example.com"}, 420, 0),
    "wrong API key": ({"APIKey": "x"}, 421, 100),
    "no credit": ({**credentials("broke")}, 422, 0),
    "back not base64": ({REAR: NOT_BASE64}, 412, 100),
    "back no image": ({REAR: NO_IMAGE}, 412, 100),
    "nobody in back": ({REAR: BLANK}, 518, 100),
    "wrong type": ({"Email": ["a"]}, 400, 0),
}

# Two causes at once: the first in the order of L23 is reported.
ORDER_CASES: dict[str, tuple[Cause, int]] = {
    "400 before 411": ({SIDE: 5, REAR: None}, 400),
    "411 before 420": ({"Email": "nobody@example.com", REAR: None}, 411),
    "420 before 421": ({"UserKey": "x", "APIKey": "x"}, 420),
    "421 before 422": ({**credentials("broke")} | {"APIKey": "x"}, 421),
    "422 before image errors": ({**credentials("broke")} | {FRONT: NOT_BASE64}, 422),
    "front before side": ({FRONT: NOT_BASE64, SIDE: NOT_BASE64}, 413),
    "front no image before side not base64": ({FRONT: NO_IMAGE, SIDE: NOT_BASE64}, 412),
    "side before back": ({SIDE: NOT_BASE64, REAR: NO_IMAGE}, 414),
    "image error before no person": ({FRONT: BLANK, REAR: NO_IMAGE}, 412),
}


def balance(client: FlaskClient) -> int:
    return int(client.get("/__admin/accounts/demo@example.com").json["credit"])  # type: ignore[index]


def check(client: FlaskClient, path: str, body: dict[str, Any], code: int, credit: int) -> None:
    reply = client.post(path, json=body)
    told = reply.get_json()
    assert (reply.status_code, told["state"], told["status"], told["credit"]) == (code, False, code, credit)
    assert list(told) == ["state", "credit", "message", "status"]
    assert balance(client) == 100


@pytest.mark.parametrize("case", V2_CASES)
def test_v2_tells_the_code_of_a_cause(client: FlaskClient, three_request: dict[str, Any], case: str) -> None:
    changes, code, credit = V2_CASES[case]
    check(client, V2, three_request | changes, code, credit)


@pytest.mark.parametrize("case", BACK_CASES)
def test_v2_back_tells_the_code_of_a_cause(client: FlaskClient, back_request: dict[str, Any], case: str) -> None:
    changes, code, credit = BACK_CASES[case]
    check(client, BACK, back_request | changes, code, credit)


@pytest.mark.parametrize("case", ORDER_CASES)
def test_the_first_of_two_causes_is_told(client: FlaskClient, three_request: dict[str, Any], case: str) -> None:
    changes, code = ORDER_CASES[case]
    assert client.post(V2, json=three_request | changes).get_json()["status"] == code


@pytest.mark.parametrize("path", [V2, BACK])
def test_another_method_is_a_protocol_error(client: FlaskClient, path: str) -> None:
    assert client.get(path).get_json() == {"state": False, "credit": 0, "message": "protocol error", "status": 400}


@pytest.mark.parametrize("path", [V2, BACK])
def test_a_form_is_a_protocol_error(client: FlaskClient, path: str) -> None:
    reply = client.post(path, data={"Email": "demo@example.com"})
    assert reply.get_json()["status"] == 400
    assert reply.headers["X-Remo-Mock-Hint"] == "the Content-Type is not application/json"


def test_the_literal_messages_of_the_pages(client: FlaskClient, three_request: dict[str, Any]) -> None:
    reply = client.post(V2, json=three_request | {FRONT: NOT_BASE64})
    assert reply.get_json()["message"] == "error from front image decoding b64"


def test_a_data_uri_is_refused_with_a_hint(client: FlaskClient, back_request: dict[str, Any]) -> None:
    reply = client.post(BACK, json=back_request | {REAR: f"data:image/jpeg;base64,{photo_text('back')}"})
    assert reply.get_json()["status"] == 412
    assert reply.headers["X-Remo-Mock-Hint"].startswith("borigimg begins with a data: prefix")


def test_who_lacks_credits_is_told_how_many_and_how_to_get_some(
    client: FlaskClient, back_request: dict[str, Any]
) -> None:
    reply = client.post(BACK, json=back_request | credentials("broke"))
    told, url, funds = "0 credits left, the price is 1", "/__admin/accounts/broke@example.com", '{"credit": 100}'
    assert reply.headers["X-Remo-Mock-Hint"] == f"{told}; PATCH {url} {funds} funds it"
    assert client.patch(url, data=funds).status_code == 200
    assert client.post(BACK, json=back_request | credentials("broke")).status_code == 200


STRANGERS = {
    "another case": (
        {"Email": "Demo@Example.com"},
        "compared exactly, letter by letter, and there is demo@example.com",
    ),
    "another case, plus words": ({"Email": "demo+518@EXAMPLE.com"}, "and there is demo@example.com"),
    "space around": ({"Email": " demo@example.com "}, "and there is demo@example.com"),
    "the plus encoded": ({"Email": "demo%2B518@example.com"}, "and there is demo@example.com"),
    "a space for the plus": ({"Email": "demo 518@example.com"}, "and there is demo@example.com"),
    "another key": ({"UserKey": "Demo-user-key"}, "the account of this Email has another UserKey"),
    "another key, plus words": (
        {"Email": "demo+518@example.com", "UserKey": "x"},
        "the account of this Email has another UserKey",
    ),
    "nobody": ({"Email": "nobody@example.com"}, "no account has this Email; GET /__admin/accounts lists those"),
    "a wildcard": ({"Email": "%"}, "no account has this Email; GET /__admin/accounts lists those"),
}


@pytest.mark.parametrize("case", STRANGERS)
def test_a_stranger_is_told_what_does_not_fit(client: FlaskClient, back_request: dict[str, Any], case: str) -> None:
    changes, told = STRANGERS[case]
    reply = client.post(BACK, json=back_request | changes)
    assert (reply.get_json()["status"], reply.get_json()["credit"]) == (420, 0)
    assert told in reply.headers["X-Remo-Mock-Hint"]
    assert "-key" not in reply.headers["X-Remo-Mock-Hint"]


def test_line_breaks_in_base64_are_ignored(client: FlaskClient, back_request: dict[str, Any]) -> None:
    text = photo_text("back")
    broken = "\r\n".join(text[at : at + 76] for at in range(0, len(text), 76))
    assert client.post(BACK, json=back_request | {REAR: broken}).status_code == 200


def test_a_defect_of_the_mock_is_told_in_the_vendors_shape(
    client: FlaskClient, back_request: dict[str, Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def break_down(*_: object) -> None:
        raise ArithmeticError("a defect")

    monkeypatch.setattr("remo_mock.service.decision.decision.code_for_verdicts", break_down)
    reply = client.post(BACK, json=back_request)
    assert reply.get_json()["status"] == 559
    assert reply.headers["X-Remo-Mock-Hint"] == "a defect of remo-mock; see its log"
    assert "ArithmeticError: a defect" in caplog.text
    assert "demo-api-key" not in caplog.text
    assert balance(client) == 100
