"""A recording keeps what a reader needs and nothing of a person: no credentials, no photos, no drawn images."""

import gzip
import json
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from blake3 import blake3

from remo_mock import Settings
from remo_mock.store.account import Account
from tests.support.calls import BACK, V2, credentials, photo_text
from tests.support.upstreams import Reply, drift, fields, recording, upstream

SECRET = {"Email": "kim.minji@clinic.example", "UserKey": "uk-5f0c9e77-Äß", "APIKey": "sk/live+c0ffee=="}
ENCODED = ["kim.minji%40clinic.example", b64encode(b"kim.minji@clinic.example").decode(), "KIM.MINJI@CLINIC.EXAMPLE"]
TRACES = [*SECRET.values(), *ENCODED, "kim.minji", "uk-5f0c9e77", "c0ffee"]


def kept_text(cassette: Path) -> str:
    """Return everything that a cassette holds, as text, also of images."""
    return "\n".join(path.name + path.read_bytes().decode("latin-1") for path in cassette.iterdir())


def test_an_exchange_is_one_readable_file(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, data=json.dumps(back_request), content_type="application/json")
    text = (tmp_path / "analysis-skeleton-v2-back-photo-b27b5703.json").read_text()
    assert text.splitlines()[:14] == [
        "{",
        '  "version": 1,',
        '  "endpoint": "analysis-skeleton-v2-back",',
        '  "request": {',
        '    "method": "POST",',
        '    "path": "/api/analysis-skeleton-v2-back",',
        '    "content_type": "application/json",',
        '    "body": {',
        '      "Email": "account-1",',
        '      "UserKey": "user-key-1",',
        '      "APIKey": "api-key-1",',
        '      "borigimg": {',
        '        "blake3": "63fff55cfb5b5083feba66d464b765e4f2d88ba9ad00ea8be2754517a63d3ac0",',
        '        "characters": 39880,',
    ]
    assert text.endswith('    "violations": [],\n    "notes": []\n  }\n}\n')


def test_a_photo_is_kept_as_digest_and_size(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request)
        photo = recorder.only()["request"]["body"]["borigimg"]
    assert photo == {
        "blake3": blake3(photo_text("back").encode()).hexdigest(),
        "characters": 39880,
        "bytes": 29910,
        "width": 853,
        "height": 1280,
    }


@pytest.mark.parametrize(("text", "problem"), [("%%%%", "undecodable"), ("bm8gcGljdHVyZQ==", "not_image")])
def test_a_photo_that_is_none_says_so(tmp_path: Path, back_request: dict[str, Any], text: str, problem: str) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request | {"borigimg": text})
        assert recorder.only()["request"]["body"]["borigimg"]["problem"] == problem


def test_the_client_gets_the_upstreams_bytes(tmp_path: Path, back_request: dict[str, Any]) -> None:
    odd = b'{ "state":true,\t"credit" : 1.50, "credit": 2 }\n'
    with (
        upstream(lambda reply: replace(reply, body=odd, status=203, headers={"X-Odd": "1"})) as real,
        recording(real.url, tmp_path) as recorder,
    ):
        reply = recorder.client.post(BACK, json=back_request)
    assert (reply.status_code, reply.data, reply.headers["X-Odd"]) == (203, odd, "1")


def compressed(reply: Reply) -> Reply:
    body = gzip.compress(json.dumps(reply.fields).encode())
    return replace(reply, body=body, headers=reply.headers | {"Content-Encoding": "gzip"})


def test_a_compressed_reply_is_kept_and_passed_on_as_plain_json(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream(compressed) as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
        kept = recorder.only()
    assert (reply.get_json()["state"], "Content-Encoding" in reply.headers) == (True, False)
    assert (kept["reply"]["headers"]["content-encoding"], kept["reply"]["json"]["state"]) == ("gzip", True)
    assert kept["judged"] == {"violations": [], "notes": ["REMO-BYTES-ENCODING"]}


@pytest.mark.parametrize("depth", [300, 600, 900])
def test_a_reply_too_deep_for_a_file_is_kept_as_text(tmp_path: Path, back_request: dict[str, Any], depth: int) -> None:
    body = b'{"state": true, "credit_change": -1, "x": ' + b"[" * depth + b"]" * depth + b"}"
    with upstream(lambda reply: replace(reply, body=body)) as real, recording(real.url, tmp_path) as recorder:
        reply = recorder.client.post(BACK, json=back_request)
    assert reply.data == body
    assert recorder.only()["reply"]["text"].endswith("]" * depth + "}")
    assert drift(tmp_path).drifted != ()


def test_a_status_beyond_the_usual_ones_can_be_read_again(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream(lambda reply: replace(reply, status=999)) as real, recording(real.url, tmp_path) as recorder:
        assert recorder.client.post(BACK, json=back_request).status_code == 999
    assert recorder.only()["reply"]["status"] == 999
    assert drift(tmp_path).drifted != ()


def test_numbers_stay_as_they_were_sent(tmp_path: Path, back_request: dict[str, Any]) -> None:
    body = b'{"state": false, "credit": 1.50, "message": "m", "status": 4e2, "a": -0, "b": 12345678901234567890123}'
    with upstream(lambda reply: replace(reply, body=body)) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request)
        (path,) = tmp_path.glob("*.json")
    kept = path.read_text()
    written = ['"credit": 1.50,', '"status": 4e2,', '"a": -0,', '"b": 12345678901234567890123']
    assert [line for line in written if line not in kept] == []


def test_drawn_images_are_dropped(tmp_path: Path, three_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(V2, json=three_request)
        kept = recorder.only()["reply"]["json"]["sorigimg"]["$image"]
    assert len(list(tmp_path.iterdir())) == 1
    assert sorted(kept) == ["blake3", "characters", "format", "height", "prefix", "width"]


def test_drawn_images_are_kept_beside_the_exchange_if_asked(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path, keep_images=True) as recorder:
        sent = recorder.client.post(BACK, json=back_request).get_json()
        kept = recorder.only()["reply"]["json"]["borigimg"]["$image"]["file"]
    assert kept == "analysis-skeleton-v2-back-photo-b27b5703.borigimg.jpg"
    assert b64encode((tmp_path / kept).read_bytes()).decode() == sent["borigimg"].partition(",")[2]


def echo_all(_reply: Reply) -> Reply:
    """Repeat every secret in all the ways in which a careless service may."""
    told = " ".join([*SECRET.values(), *ENCODED, json.dumps(SECRET), repr(SECRET)])
    return Reply(
        500,
        {
            "Content-Type": "application/json",
            "Location": f"/login?email={SECRET['Email']}",
            "Set-Cookie": f"session={SECRET['Email']}",
        },
        {"state": False, "credit": 1, "message": told, "status": 559, SECRET["APIKey"]: [told, {"x": told}]},
    )


def as_text(reply: Reply) -> Reply:
    return replace(echo_all(reply), body=json.dumps(echo_all(reply).fields).encode()[:-5])


def as_utf16(reply: Reply) -> Reply:
    return replace(echo_all(reply), body=json.dumps(echo_all(reply).fields).encode("utf-16"))


@pytest.mark.parametrize("leak", [echo_all, as_text, as_utf16])
def test_no_secret_reaches_cassette_or_output(
    tmp_path: Path, leak: Callable[[Reply], Reply], capfd: pytest.CaptureFixture[str]
) -> None:
    with upstream(leak) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=SECRET | {"borigimg": photo_text("back"), "uuid": SECRET["UserKey"]})
        recorder.client.post(BACK, json=SECRET | {"Password": SECRET["APIKey"], SECRET["APIKey"]: 1})
        recorder.client.post(BACK, data=json.dumps(SECRET)[:-1], content_type="application/json")
        said = "\n".join(recorder.lines)
    printed = "".join(capfd.readouterr())
    everything = kept_text(tmp_path) + said + printed
    assert [trace for trace in TRACES if trace in everything] == []
    assert len(list(tmp_path.iterdir())) == 3


def test_a_number_as_a_key_does_not_come_back(tmp_path: Path) -> None:
    with upstream(fields(credit=821055501234)) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=credentials() | {"UserKey": 821055501234})
    assert "821055501234" not in kept_text(tmp_path)


def test_no_photo_reaches_the_cassette(tmp_path: Path, back_request: dict[str, Any]) -> None:
    part = photo_text("back")[5000:5100]
    with (
        upstream(fields(APIName=photo_text("back"), uuid=part)) as real,
        recording(real.url, tmp_path) as recorder,
    ):
        recorder.client.post(BACK, json=back_request)
    assert part not in kept_text(tmp_path)


def test_accounts_appear_as_labels(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream() as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request)
        recorder.client.post(BACK, json=back_request | {"APIKey": "another-key"})
        recorder.client.post(BACK, json=back_request | credentials("broke"))
    paths = sorted(tmp_path.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    bodies = [json.loads(path.read_text())["request"]["body"] for path in paths]
    assert [[body[name] for name in ("Email", "UserKey", "APIKey")] for body in bodies] == [
        ["account-1", "user-key-1", "api-key-1"],
        ["account-1", "user-key-1", "api-key-2"],
        ["account-2", "user-key-2", "api-key-3"],
    ]


def session(cassette: Path, request: dict[str, Any], uuid: str, settings: Settings | None = None) -> dict[str, str]:
    """Record requests of a client from the beginning, and return all files with what they hold."""
    broken = request | {"borigimg": "%%"}
    with upstream(settings=settings) as real, recording(real.url, cassette) as recorder:
        for body in (request | {"uuid": uuid}, request, credentials(), broken, request | {"uuid": f"{uuid}-2"}):
            recorder.client.post(BACK, json=body)
    return {path.name: path.read_text() for path in sorted(cassette.iterdir())}


FILES = [
    "analysis-skeleton-v2-back-photo-b27b5703-2.json",
    "analysis-skeleton-v2-back-photo-b27b5703-3.json",
    "analysis-skeleton-v2-back-photo-b27b5703.json",
    "analysis-skeleton-v2-back-undecodable-borigimg-29a9a87a.json",
    "analysis-skeleton-v2-back-without-borigimg-5a433849.json",
]


def test_recording_again_changes_nothing_although_balance_and_uuids_are_others(
    tmp_path: Path, back_request: dict[str, Any]
) -> None:
    first = session(tmp_path, back_request, "made-today")
    poorer = Settings(first_accounts=(Account("demo@example.com", "demo-user-key", "demo-api-key", 41),))
    assert [*first] == FILES
    assert session(tmp_path, back_request, "made-tomorrow", poorer) == first


def test_recording_again_changes_what_changed(tmp_path: Path, back_request: dict[str, Any]) -> None:
    first = session(tmp_path, back_request, "made-today")
    moved = session(tmp_path, back_request, "made-tomorrow", Settings(split_price="each", api_name="own"))
    assert [name for name in FILES if first[name] != moved[name]] == [FILES[0], FILES[1], FILES[2]]
    assert '"APIName": "Analysis-skeleton-v2-back"' in moved[FILES[2]]


@pytest.mark.parametrize(
    ("sent", "replied", "kept"),
    [
        ("ann", "ann", "uuid-1"),
        ("ann", "bob", "made-text-of-3"),
        (None, "0b6fc5f0-5c1c-4b1c-9a39-6b4c1ba4a8e0", "made-uuid-v4"),
        (None, "0B6FC5F0-5C1C-4B1C-9A39-6B4C1BA4A8E0", "made-text-of-36"),
        (None, "", ""),
        (None, "null", "null"),
        (None, "00000000-0000-0000-0000-000000000000", "00000000-0000-0000-0000-000000000000"),
        (None, 5, 5),
    ],
)
def test_a_uuid_is_kept_as_what_it_is(
    tmp_path: Path, back_request: dict[str, Any], sent: str | None, replied: str | int, kept: str | int
) -> None:
    with upstream(fields(uuid=replied)) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request | ({} if sent is None else {"uuid": sent}))
        exchange = recorder.only()
    assert (exchange["reply"]["json"]["uuid"], exchange["request"]["body"].get("uuid")) == (kept, sent and "uuid-1")


def test_two_uuids_are_told_apart_in_requests_and_replies(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream(lambda reply: fields(uuid="ann")(reply)) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request | {"uuid": "ann"})
        recorder.client.post(BACK, json=back_request | {"uuid": "bob"})
        kept = [json.loads((tmp_path / name).read_text()) for name in recorder.files]
    assert [(one["request"]["body"]["uuid"], one["reply"]["json"]["uuid"]) for one in kept] == [
        ("uuid-2", "uuid-1"),
        ("uuid-1", "uuid-1"),
    ]


@pytest.mark.parametrize(
    ("credit", "kept"), [(99, "<balance>"), (10**20, "<balance>"), (0, "<balance>"), (-1, -1), ("9", "9"), (True, True)]
)
def test_a_balance_is_left_out_and_anything_else_kept(
    tmp_path: Path, back_request: dict[str, Any], credit: object, kept: object
) -> None:
    with upstream(fields(credit=credit)) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request)
        assert recorder.only()["reply"]["json"]["credit"] == kept


def test_each_exchange_is_judged(tmp_path: Path, back_request: dict[str, Any]) -> None:
    with upstream(fields(bar_tilt_grade=2)) as real, recording(real.url, tmp_path) as recorder:
        recorder.client.post(BACK, json=back_request)
        assert recorder.only()["judged"]["violations"] == ["REMO-GRADE-bar_tilt"]
    assert recorder.lines == [
        "analysis-skeleton-v2-back: HTTP 200, code 200, "
        + recorder.lines[0].split(", ")[2]
        + ", violates REMO-GRADE-bar_tilt; 1 of 20 credits spent -> analysis-skeleton-v2-back-photo-b27b5703.json"
    ]
