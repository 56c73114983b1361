"""A mock that replays a cassette answers what it knows as it was recorded, and everything else as usual."""

import base64
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from PIL import Image, ImageChops, ImageStat

from remo_mock import Settings, create_app
from remo_mock.cli.group import commands
from tests.support.calls import BACK, V2, blank_text, credentials, photo_text
from tests.support.upstreams import Change, Reply, fields, recording, unchanged, upstream
from tests.support.waiting import TIMEOUT

SOURCE = "X-Remo-Mock-Source"


@contextmanager
def replaying(cassette: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(replay=cassette))
    yield app.test_client()
    app.extensions["remo_mock"].close()


def record(
    cassette: Path, request: dict[str, Any], change: Change = unchanged, *, at: str = BACK, **options: Any
) -> None:
    with upstream(change, Settings(seed=7)) as real, recording(real.url, cassette, **options) as recorder:
        recorder.client.post(at, json=request)


def test_a_known_photo_is_answered_as_recorded(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, fields(bar_tilt_m_=7.125, bar_tilt_grade=-2, APIName="Analysis-skeleton-v2-back"))
    with replaying(tmp_path) as client:
        reply = client.post(BACK, json=back_request)
    body = reply.get_json()
    assert reply.headers[SOURCE] == "cassette analysis-skeleton-v2-back-photo-b27b5703.json"
    assert (body["bar_tilt_m_"], body["bar_tilt_grade"], body["APIName"]) == (7.125, -2, "Analysis-skeleton-v2-back")


def test_credits_and_uuid_are_of_this_mock(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, fields(credit=99984228, credit_change=-7, uuid="theirs"))
    with replaying(tmp_path) as client:
        body = client.post(BACK, json=back_request | {"uuid": "mine"}).get_json()
        account = client.get("/__admin/accounts/demo@example.com").get_json()
    assert (body["credit"], body["credit_change"], body["uuid"], account["credit"]) == (99, -1, "mine", 99)


def test_another_account_may_ask(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request)
    other = {
        "Email": "example@email.com",
        "UserKey": "userkey",
        "APIKey": "apikey",
        "borigimg": back_request["borigimg"],
    }
    with replaying(tmp_path) as client:
        assert client.post(BACK, json=other).headers[SOURCE].startswith("cassette ")


def test_an_unknown_photo_is_answered_as_usual(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request)
    with replaying(tmp_path) as client:
        reply = client.post(BACK, json=back_request | {"borigimg": photo_text("front")})
    assert (reply.status_code, reply.headers[SOURCE]) == (200, "mock")


def test_the_same_photo_at_another_endpoint_is_unknown(
    tmp_path: Path, back_request: dict[str, Any], three_request: dict[str, Any]
) -> None:
    record(tmp_path, back_request)
    with replaying(tmp_path) as client:
        assert client.post(V2, json=three_request).headers[SOURCE] == "mock"


def test_without_a_cassette_there_is_no_source(client: FlaskClient, back_request: dict[str, Any]) -> None:
    assert SOURCE not in client.post(BACK, json=back_request).headers


def test_numbers_and_key_order_are_those_of_the_recording(tmp_path: Path, back_request: dict[str, Any]) -> None:
    def odd(reply: Reply) -> Reply:
        turned = json.dumps(dict(reversed(reply.fields.items())))
        return replace(reply, body=turned.replace('"bar_tilt_grade"', '"extra": 1.50, "bar_tilt_grade"').encode())

    record(tmp_path, back_request, odd)
    with replaying(tmp_path) as client:
        text = client.post(BACK, json=back_request).text
    assert text.startswith('{"bar_tilt_m_":')
    assert '"extra":1.50,"bar_tilt_grade"' in text


def picture(uri: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(uri.partition(",")[2]))).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> float:
    return float(sum(ImageStat.Stat(ImageChops.difference(one, other)).mean))


def copying(field: str, values: list[str]) -> Change:
    """Copy what a field of each reply holds to `values`."""

    def copy(reply: Reply) -> Reply:
        values.append(reply.fields[field])
        return reply

    return copy


def test_an_image_that_was_not_kept_is_redrawn(tmp_path: Path, three_request: dict[str, Any]) -> None:
    sent: list[str] = []
    record(tmp_path, three_request, copying("sorigimg", sent), at=V2)
    with replaying(tmp_path) as client:
        replayed = client.post(V2, json=three_request).get_json()["sorigimg"]
    assert difference(picture(replayed), picture(sent[0])) < 0.1
    assert difference(picture(replayed), picture(f",{photo_text('side')}")) > 0.5


def test_no_more_images_are_redrawn_at_once_than_there_are_processors(
    tmp_path: Path, back_request: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    record(tmp_path, back_request)
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    drawing, may_end = SimpleQueue[None](), Event()

    def draw(*_: object, **__: object) -> None:
        drawing.put(None)
        assert may_end.wait(TIMEOUT)

    monkeypatch.setattr("remo_mock.cassettes.replay.draw", draw)
    with replaying(tmp_path) as client, ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(client.application.test_client().post, BACK, json=back_request) for _ in range(2)]
        try:
            drawing.get(timeout=TIMEOUT)
            with pytest.raises(Empty):
                drawing.get(timeout=0.2)
        finally:
            may_end.set()
        assert [one.result(TIMEOUT).status_code for one in sent] == [200, 200]


def test_an_image_that_was_kept_comes_back(tmp_path: Path, back_request: dict[str, Any]) -> None:
    sent: list[str] = []
    record(tmp_path, back_request, copying("borigimg", sent), keep_images=True)
    with replaying(tmp_path) as client:
        assert client.post(BACK, json=back_request).get_json()["borigimg"] == sent[0]


def own_code(_reply: Reply) -> Reply:
    return Reply(
        203, {"Content-Type": "application/json"}, {"state": False, "credit": 7, "message": "moved", "status": 415}
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda body: body | {"borigimg": "%%%"},
        lambda body: body | {"borigimg": blank_text()},
        lambda body: {name: value for name, value in body.items() if name != "borigimg"},
        lambda body: body | {"Email": None},
        lambda body: body | {"uuid": 5},
    ],
    ids=["no base64", "an empty wall", "no photo", "a null", "a wrong type"],
)
def test_recorded_errors_are_replayed(
    tmp_path: Path, back_request: dict[str, Any], spoil: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    record(tmp_path, spoil(back_request), own_code)
    with replaying(tmp_path) as client:
        reply = client.post(BACK, json=spoil(back_request))
        charges = client.get("/__admin/accounts/demo@example.com/charges").get_json()["charges"]
    body = reply.get_json()
    assert (reply.status_code, body["message"], body["status"], charges) == (203, "moved", 415, [])
    assert reply.headers[SOURCE].startswith("cassette ")


def test_a_recorded_error_has_this_mocks_balance(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, own_code)
    with replaying(tmp_path) as client:
        assert client.post(BACK, json=back_request).get_json()["credit"] == 100


def test_a_recorded_error_about_the_account_is_for_such_accounts(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request | {"APIKey": "wrong"}, fields(message="their words"))
    with replaying(tmp_path) as client:
        right = client.post(BACK, json=back_request)
        wrong = client.post(BACK, json=back_request | {"APIKey": "also wrong"})
    assert (right.status_code, right.headers[SOURCE]) == (200, "mock")
    assert (wrong.status_code, wrong.get_json()["message"]) == (421, "their words")


def test_who_is_not_let_in_gets_no_recorded_success(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request)
    with replaying(tmp_path) as client:
        wrong = client.post(BACK, json=back_request | {"APIKey": "wrong"})
        broke = client.post(BACK, json=credentials("broke") | {"borigimg": back_request["borigimg"]})
    assert [(one.status_code, one.headers[SOURCE]) for one in (wrong, broke)] == [(421, "mock"), (422, "mock")]


def test_what_is_asked_for_is_stronger(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request)
    with replaying(tmp_path) as client:
        reply = client.post(BACK, json=back_request, headers={"Prefer": "code=518"})
    assert (reply.status_code, reply.headers[SOURCE]) == (518, "mock")


def test_a_body_that_is_no_json_is_known_as_such(tmp_path: Path) -> None:
    with (
        upstream(fields(message="their words")) as real,
        recording(real.url, tmp_path) as recorder,
        replaying_later(tmp_path) as later,
    ):
        recorder.client.post(BACK, data=b"{", content_type="application/json")
        body = later().post(BACK, data=b'{"Email":', content_type="application/json")
    assert (body.status_code, body.get_json()["message"]) == (400, "their words")


@contextmanager
def replaying_later(cassette: Path) -> Iterator[Callable[[], FlaskClient]]:
    apps = []

    def start() -> FlaskClient:
        apps.append(create_app(Settings(replay=cassette)))
        return apps[-1].test_client()

    yield start
    apps[0].extensions["remo_mock"].close()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", "{", "a.json: is no JSON"),
        ("a.json", "[]", "a.json: has no endpoint, request, reply"),
        ("a.json", '{"version": 2, "endpoint": 1, "request": 1, "reply": 1}', "a.json: has version 2, not 1"),
        ("a.json", '{"version": 1, "endpoint": "x", "request": 1, "reply": 1}', "a.json: is of x; known are"),
        (
            "a.json",
            '{"version": 1, "endpoint": "analysis-skeleton-v2", "request": {}, "reply": {}}',
            "a.json: lacks a part: 'method'",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named_before_anything_is_served(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    (tmp_path / name).write_text(text)
    done = CliRunner().invoke(commands, ["serve", "--port", "0", "--replay", str(tmp_path)])
    assert said in str(done.exception)


def test_an_image_outside_of_the_cassette_is_refused(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, keep_images=True)
    (path,) = tmp_path.glob("*.json")
    path.write_text(path.read_text().replace('"file": "', '"file": "../'))
    done = CliRunner().invoke(commands, ["serve", "--port", "0", "--replay", str(tmp_path)])
    assert "which is not beside it" in str(done.exception)


def test_the_environment_can_name_the_cassette(tmp_path: Path) -> None:
    assert Settings.from_environment({"REMO_MOCK_REPLAY": str(tmp_path)}).replay == tmp_path
