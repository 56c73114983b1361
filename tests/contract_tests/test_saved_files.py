"""Each saved file is judged by itself: one that cannot be judged is one line, and stops no other."""

import json
from pathlib import Path
from typing import Any

import pytest

from contract_tests.run.assertion import assert_contract
from tests.support import live_replies as live
from tests.support.saving import judge, save
from tests.support.verifying import verify

FRONT, SIDE, BACK = "analysis-skeleton-v2-front", "analysis-skeleton-v2-side", "analysis-skeleton-v2-back"
DEEP = "[" * 100_000 + "]" * 100_000
NESTED = "[" * 4_900 + "]" * 4_900
LIE = live.front() | {"far_tilt_grade": 2}
ENVELOPE = {"path": f"/api/{FRONT}", "request": {"uuid": "u"}, "status": 200, "headers": {}, "reply": live.front()}
CASSETTE = {
    "version": 1,
    "endpoint": FRONT,
    "request": {"method": "POST", "path": f"/api/{FRONT}", "content_type": "application/json", "body": {}},
    "reply": {"status": 200, "headers": {}, "json": live.front()},
}
ENTRY = {
    "request": {"method": "POST", "url": f"https://api.example.com/api/{FRONT}", "postData": {"text": "{}"}},
    "response": {"status": 200, "headers": [], "content": {"text": "{}"}},
}


def changed(document: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Return a copy with another value at a path such as `reply.status`."""
    copy: dict[str, Any] = json.loads(json.dumps(document))
    *parents, last = path.split(".")
    place = copy
    for name in parents:
        place = place[name]
    place[last] = value
    return copy


def har(path: str, value: Any) -> dict[str, Any]:
    """Return a HAR file whose only entry has another value at a path."""
    return {"log": {"entries": [changed(ENTRY, path, value)]}}


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "no bytes"),
        (b"\0\1\2\xff", "reply.json"),
        (b"\x89PNG\r\n\x1a\n", "reply.json"),
        ("not JSON", "not JSON"),
        (DEEP, "reply.json"),
        ("[1, 2]", "JSON object"),
        ('{"a": ' + DEEP + "}", "reply.json"),
        ('{"log": {"entries": []}}', "no POST"),
        (changed(ENVELOPE, "status", 99999), "status is 99999"),
        (changed(ENVELOPE, "status", 518.5), "status is 518.5"),
        (changed(ENVELOPE, "status", "200"), "status is '200'"),
        (changed(ENVELOPE, "status", True), "status is true"),
        (changed(ENVELOPE, "headers", ["x"]), "headers is"),
        (changed(ENVELOPE, "headers", {"content-type": 5}), "headers is"),
        (changed(ENVELOPE, "request", "x"), "request is no object"),
        (changed(ENVELOPE, "path", 5), "path is no text"),
        (changed(ENVELOPE, "path", "/api/v3"), "path: /api/v3"),
        (changed(ENVELOPE, "path", "http://["), "path: http://["),
        (changed(CASSETTE, "version", 2), "version 2"),
        (changed(CASSETTE, "endpoint", ["x"]), "is of ['x']"),
        (changed(CASSETTE, "endpoint", "v3"), "is of v3"),
        (changed(CASSETTE, "request.method", None), "request.method None"),
        (changed(CASSETTE, "reply.status", 99999), "reply.status 99999"),
        (changed(CASSETTE, "reply.status", 518.5), "reply.status 518.5"),
        (changed(CASSETTE, "reply.headers", []), "reply.headers []"),
        (changed(CASSETTE, "reply.json.forigimg", {"$image": 5}), "reply.json.forigimg.$image 5"),
        (
            changed(CASSETTE, "reply.json.forigimg", {"$image": {"width": "x", "height": 5}}),
            "reply.json.forigimg.$image.width 'x'",
        ),
        (
            changed(CASSETTE, "reply.json.forigimg", {"$image": {"width": 60000, "height": 60000}}),
            "reply.json.forigimg.$image",
        ),
        (changed(CASSETTE, "request.body", {"forigimg": {"width": 5}}), "request.body.forigimg"),
        (har("response.status", 99999), "entry 1: response.status is 99999"),
        (har("response.status", 0), "entry 1: response.status is 0"),
        (har("response.headers", [{"name": "content-type", "value": None}]), "entry 1: response.headers"),
        (har("response.headers", 5), "entry 1"),
        (har("response.content", {"size": 5}), "response.content.text is missing"),
        (har("response.content", {"text": "%", "encoding": "base64"}), "response.content.text is no base64"),
        (har("request", {}), "'url' is missing"),
    ],
)
def test_what_cannot_be_judged_is_one_line_with_its_reason(tmp_path: Path, content: Any, key: str) -> None:
    verdict = judge(save(tmp_path, "reply.json", content))
    assert (verdict.code, len(verdict.not_judged)) == (2, 1), verdict.text
    assert verdict.not_judged[0].startswith("NOT JUDGED  reply.json")
    assert key in verdict.not_judged[0]


@pytest.mark.parametrize("name", ["missing.json", "a folder", "nul\0.json"])
def test_a_name_without_a_reply_is_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "a folder").mkdir()
    verdict = judge(str(tmp_path / name))
    assert (verdict.code, len(verdict.not_judged)) == (2, 1), verdict.text


@pytest.mark.parametrize(
    ("fields", "check"),
    [
        ({"far_coords": "[" * 9_000}, "REMO-COORDS-JSON"),
        (
            {"far_coords": NESTED},
            "REMO-COORDS-",
        ),  # -JSON where Python reads no JSON so deep, -PAIRS where it does (3.14)
        ({"far_coords": json.dumps([[10**400, 1]] * 22)}, "REMO-COORDS-PAIRS"),
        ({"far_coords": 5}, "REMO-TYPE-far_coords"),
        ({"far_tilt_m_": 10**400}, "REMO-DEGREES-far_tilt"),
        ({"far_tilt_grade": 10**400}, "REMO-GRADE-far_tilt"),
        ({"credit": {"a": [1]}}, "REMO-TYPE-credit"),
        ({"state": '{"state": ' + NESTED + "}"}, "REMO-TYPE-state"),
        ({"forigimg": ["x"]}, "REMO-TYPE-forigimg"),
        ({"APIName": ["x"]}, "REMO-APINAME"),
    ],
    ids=["open", "nested", "huge pair", "number", "huge", "huge grade", "object", "JSON in JSON", "list", "list name"],
)
def test_a_malformed_value_is_a_violation(tmp_path: Path, fields: dict[str, Any], check: str) -> None:
    verdict = judge(save(tmp_path, "reply.json", live.front() | fields))
    assert (verdict.code, f"VIOLATION  {check}" in verdict.text) == (1, True), verdict.text[:2000]


def test_more_values_than_any_reply_has_are_not_judged_and_said_in_one_line(tmp_path: Path) -> None:
    verdict = judge(save(tmp_path, "reply.json", live.front() | {"far_coords": "[" * 100_000}))
    assert (verdict.code, len(verdict.not_judged)) == (2, 1)
    assert "more than 10000 values" in verdict.not_judged[0]


@pytest.mark.parametrize("content", [b"", b"\0\1\2\xff", DEEP.encode(), b"null"])
def test_a_body_of_a_known_endpoint_that_is_none_is_a_violation(tmp_path: Path, content: bytes) -> None:
    assert judge(save(tmp_path, f"{FRONT}.json", content)).code == 1


def test_one_file_stops_no_other(tmp_path: Path) -> None:
    files = [save(tmp_path, "1.json", "{"), save(tmp_path, "2.json", LIE), save(tmp_path, "3.json", live.back())]
    verdict = judge(*files)
    assert (verdict.code, len(verdict.not_judged), "REMO-GRADE-far_tilt" in verdict.text) == (1, 1, True), verdict.text
    assert verdict.text.splitlines()[-1].endswith("1 not judged, 2 judged")


def test_files_that_conform_beside_one_that_cannot_be_judged_are_incomplete(tmp_path: Path) -> None:
    verdict = judge(save(tmp_path, "1.json", "{"), save(tmp_path, "2.json", live.side()))
    assert verdict.code == 3, verdict.text


def test_one_entry_stops_no_other(tmp_path: Path) -> None:
    good = changed(ENTRY, "response.content.text", json.dumps(LIE))
    verdict = judge(
        save(tmp_path, "browser.har", {"log": {"entries": [changed(ENTRY, "response.status", 0), good, 5]}})
    )
    assert (verdict.code, len(verdict.not_judged), "REMO-GRADE-far_tilt" in verdict.text) == (1, 2, True), verdict.text


def test_only_a_known_request_is_shown(tmp_path: Path) -> None:
    alone = judge(save(tmp_path, "reply.json", LIE))
    whole = judge(save(tmp_path, "exchange.json", ENVELOPE | {"reply": LIE | {"uuid": "u"}}))
    assert ("sent  " in alone.text, "curl" in alone.text, "in        reply.json" in alone.text) == (False, False, True)
    assert f'sent      curl -X POST "$REMO_API_URL/api/{FRONT}"' in whole.text


def test_a_free_view_of_a_set_is_a_note(tmp_path: Path) -> None:
    file = save(tmp_path, "reply.json", live.side() | {"credit_change": 0})
    verdict = judge(file)
    assert (verdict.code, "NOTE  REMO-CREDIT-PRICE" in verdict.text) == (0, True), verdict.text
    assert judge(file, strict=True).code == 1


def test_nothing_is_free_in_no_set(tmp_path: Path) -> None:
    file = save(tmp_path, "reply.json", ENVELOPE | {"request": {}, "reply": live.front() | {"credit_change": 0}})
    assert "VIOLATION  REMO-CREDIT-PRICE" in judge(file).text


@pytest.mark.parametrize("instead", ["<removed>", "", None, "data:image/jpeg;base64,..."])
def test_what_was_taken_out_is_not_judged(tmp_path: Path, instead: object) -> None:
    file = save(tmp_path, "reply.json", live.three_photos() | {"forigimg": instead, "far_coords": instead})
    assert judge(file).code == 1
    verdict = judge(file, without=("images,coords",), strict=True)
    assert (verdict.code, "images and coords not looked at" in verdict.text) == (0, True), verdict.text


@pytest.mark.parametrize("make", [live.front, live.side, live.back, live.v1, live.three_photos])
def test_images_and_coordinates_may_be_gone(tmp_path: Path, make: Any) -> None:
    kept = {name: value for name, value in make().items() if not name.endswith(("origimg", "_coords"))}
    file = save(tmp_path, "reply.json", kept)
    assert judge(file, without=("images", "coords"), strict=True).code == 0
    assert judge(file, without=("images",)).code == 1
    assert judge(file, without=("coords",)).code == 1


@pytest.mark.parametrize(
    ("without", "said"),
    [
        ((), "If somebody took images and coords out before saving, add --without images,coords."),
        (("coords",), "If somebody took images out before saving, add --without coords,images."),
        (("images,coords",), "0 violation, 0 note, 69 skipped; images and coords not looked at (--without)"),
    ],
)
def test_what_may_have_been_taken_out_is_asked_for(tmp_path: Path, without: tuple[str, ...], said: str) -> None:
    kept = {name: value for name, value in live.side().items() if name not in ("sorigimg", "sar_coords")}
    assert judge(save(tmp_path, "reply.json", kept), without=without).text.rstrip().endswith(said)


@pytest.mark.parametrize("reply", [live.error(413), live.front()])
def test_where_nothing_is_missing_nothing_is_asked_for(tmp_path: Path, reply: dict[str, Any]) -> None:
    assert "before saving" not in judge(save(tmp_path, "reply.json", reply)).text


def test_the_rest_is_judged(tmp_path: Path) -> None:
    kept = {name: value for name, value in LIE.items() if name != "forigimg"}
    verdict = judge(save(tmp_path, "reply.json", kept), without=("images",))
    assert (verdict.code, verdict.text.count("VIOLATION")) == (1, 1), verdict.text


def test_an_error_lacks_nothing(tmp_path: Path) -> None:
    assert judge(save(tmp_path, "reply.json", live.error(413)), without=("images", "coords"), strict=True).code == 0


def test_an_assertion_can_leave_them_out() -> None:
    reply = live.front() | {"forigimg": "<removed>"}
    assert_contract(FRONT, None, reply, without=("images",), strict=True)
    with pytest.raises(AssertionError, match="REMO-IMAGE-PREFIX"):
        assert_contract(FRONT, None, reply, without="coords")
    with pytest.raises(ValueError, match="images, coords"):
        assert_contract(FRONT, None, reply, without=("pictures",))


@pytest.mark.parametrize("arguments", [("--saved", "x.json", "--without", "pictures"), ("--without", "images")])
def test_the_command_refuses_what_it_does_not_know(arguments: tuple[str, ...]) -> None:
    ended = verify(*arguments)
    assert (ended.returncode, "images" in ended.stdout + ended.stderr) == (2, True)


def test_the_command_takes_the_parts(tmp_path: Path) -> None:
    file = save(tmp_path, "reply.json", live.side() | {"sorigimg": "", "sar_coords": ""})
    ended = verify("--saved", file, "--without", "images,coords", "--strict")
    assert ended.returncode == 0, ended.stdout + ended.stderr
