"""Endpoints that mean harm get a verdict or a reason, within bounds of time and memory."""

import json
import time
from base64 import b64encode
from pathlib import Path

import pytest

from campaign.hostile_servers import HOSTILE, hostile_server
from contract_tests.checks.catalogue import catalogue_of
from contract_tests.model.check import Context
from contract_tests.model.credentials import DEMO, Redactor
from contract_tests.model.exchange import Exchange, Reply, Request
from contract_tests.model.photos import read_photos
from contract_tests.model.promises import show
from contract_tests.run.assertion import judge_exchanges
from contract_tests.run.client import Client
from contract_tests.run.judge import OUT_OF_TIME, apply_checks
from contract_tests.run.verification import Target, verify_target
from remo_mock.cassettes.recorder import RecordSettings
from remo_mock.web.recording_proxy import create_proxy
from tests.support.calls import BACK, credentials, photo_text
from tests.support.hostile_files import png_header
from tests.support.waiting import TIMEOUT

SMALL = 4 * 1024 * 1024 + 8 * len(b"{}")
QUICK = sorted(HOSTILE.keys() - {"2,000,000 keys", "endless string", "a gigabyte in a megabyte"})
ENDPOINT = next(one for one in catalogue_of(None).contract.endpoints if one.name == "analysis-skeleton-v2-back")


@pytest.mark.parametrize("name", QUICK)
def test_a_reply_that_means_harm_is_read_within_bounds(name: str) -> None:
    with hostile_server(HOSTILE[name]) as url:
        sent = Client(url, timeout=0.3).send("POST", "/", b"{}", {})
    assert (sent.failure != "") is (sent.reply is None)
    assert sent.reply is None or len(sent.reply.body) <= SMALL


@pytest.mark.parametrize(
    "name", ["drops", "silent", "trailers without end", "100 Continue without end", "103 Early Hints without end"]
)
def test_what_never_ends_is_given_up_in_time(name: str) -> None:
    with hostile_server(HOSTILE[name]) as url:
        sent = Client(url, timeout=0.3).send("POST", "/", b"{}", {})
    # Python's own HTTP client gives up after a hundred trailers or interim replies, since 3.14.
    assert sent.timed_out or "got more than 100" in sent.failure


def test_interim_replies_are_read_over() -> None:
    hints = (
        b"HTTP/1.1 102 Processing\r\n\r\n" + b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nContent-Length: 9\r\n\r\n" * 2
    )
    final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"
    with hostile_server(lambda send: send(hints + final)) as url:
        reply = Client(url, timeout=20).send("POST", "/", b"{}", {}).reply
    assert reply is not None
    assert (reply.status, reply.body, reply.headers) == (200, b"{}", {"content-length": "2"})


def test_what_is_too_long_is_said() -> None:
    with hostile_server(HOSTILE["endless"]) as url:
        sent = Client(url, timeout=20).send("POST", "/", b"{}", {})
    assert sent.failure == "the reply is longer than 4 MB, and was not read to its end"


def test_megabytes_of_a_servers_words_are_neither_read_for_secrets_nor_shown() -> None:
    began = time.process_time()
    with hostile_server(HOSTILE["a name of a megabyte"]) as url:
        report = verify_target(Target(url=url, budget=4, endpoints=(BACK.removeprefix("/api/"),), timeout=5))
    assert time.process_time() - began < 5.0  # it was 8, and is 1
    shown = [problem.got for one in report.results for problem in one.problems]
    assert max(map(len, shown)) < 5100
    assert "<base64, 20000 characters>... (1000003 characters)" in shown


def test_a_run_stops_when_its_replies_are_too_long_together() -> None:
    with hostile_server(HOSTILE["endless"]) as url:
        report = verify_target(Target(url=url, credentials=DEMO, timeout=20, endpoints=(ENDPOINT.name,)))
    assert report.incomplete.startswith("stopped: its replies are longer than ")
    assert report.requests < 30
    assert report.violations


def judged(body: bytes) -> list[str]:
    exchange = Exchange("a reply", ENDPOINT, Request(BACK, "POST", ""), Reply(200, {}, body))
    return [one.check.id for one in judge_exchanges([exchange]).results if one.verdict == "violation"]


@pytest.mark.parametrize(
    "body",
    [
        b"{" + b",".join(b'"k%d":0' % at for at in range(100_000)) + b"}",
        b"{" + b'"k":0,' * 100_000 + b'"k":0}',
        b"[" * 100_000,
        json.dumps({"state": True, "credit": 1, "bar_coords": "[" * 200_000}).encode(),
    ],
    ids=["keys", "one key", "lists", "coordinates"],
)
def test_a_reply_of_too_many_values_is_no_json_of_this_api(body: bytes) -> None:
    assert "REMO-BYTES-JSON" in judged(body)


def test_coordinates_as_deep_as_python_reads_them_are_no_pairs() -> None:
    body = json.dumps({"state": True, "credit": 1, "bar_coords": "[" * 900 + "]" * 900}).encode()
    assert "REMO-COORDS-COUNT" in judged(body)


def test_a_value_that_python_cannot_show_is_shown() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert show(deep) == "a value that is nested too deeply"


@pytest.mark.parametrize("side", [65_000, 11_000, 4_000])
def test_a_picture_of_too_many_pixels_is_not_opened(side: int) -> None:
    image = b64encode(png_header(side, side)).decode()
    body = json.dumps({"state": True, "credit": 1, "borigimg": f"data:image/jpeg;base64,{image}"}).encode()
    assert {"REMO-IMAGE-WHOLE", "REMO-IMAGE-JPEG"} & set(judged(body))


def test_a_photo_of_too_many_pixels_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "front.png").write_bytes(png_header(65_000, 65_000))
    with pytest.raises(OSError, match=r"no photo that can be opened: .*front\.png"):
        read_photos({"front": tmp_path / "front.png"})


def test_checks_after_the_deadline_are_skipped_and_say_so() -> None:
    catalogue = catalogue_of(None)
    context = Context(catalogue.contract, catalogue.documents)
    results, _ = apply_checks(catalogue.checks, context, redactor=Redactor(()), base_url="", seconds=-1)
    assert {one.reason for one in results} == {OUT_OF_TIME}


@pytest.mark.parametrize(
    ("name", "timeout", "status"),
    [
        ("endless", TIMEOUT, 502),
        ("200,000 keys", TIMEOUT, 200),
        ("no HTTP", TIMEOUT, 502),
        ("drops", 1, 504),
        ("101 Switching Protocols", TIMEOUT, 502),
    ],
)
def test_a_recorder_answers_its_client(name: str, timeout: float, status: int, tmp_path: Path) -> None:
    body = credentials() | {"borigimg": photo_text("back")}
    lines: list[str] = []
    with hostile_server(HOSTILE[name]) as url:
        settings = RecordSettings(upstream=url, cassette=tmp_path, budget=9, timeout=timeout)
        reply = create_proxy(settings, echo=lines.append).test_client().post(BACK, json=body)
    assert reply.status_code == status
    assert len(list(tmp_path.glob("*.json"))) == 1
