"""Every fault through a real server is what it is to `requests`, to curl and to Node's fetch; the server goes on."""

import ast
import base64
import binascii
import json
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.support.calls import BACK, V2
from tests.support.contract_data import accepts
from tests.support.control import Person, new_person, status_and_code
from tests.support.programs import on_path
from tests.support.waiting import TIMEOUT, wait_until

FAULTS = (
    *("drop", "truncate", "garbage", "html", "html-502", "html-503", "html-504", "slow", "hang"),
    *("charged-then-lost", "no-image", "broken-image"),
)
# Sends one request for each fault, all at the same time, and tells what became of each.
FETCH = """
import { readFileSync } from 'node:fs';
const [url, file, ...faults] = process.argv.slice(2);
const body = readFileSync(file);
async function send(fault) {
  const began = Date.now();
  const seen = { status: null, kind: null, length: null, json: null, image: null, failed: null, cause: null };
  try {
    const signal = AbortSignal.timeout(fault === 'hang' ? 500 : 30000);
    const headers = { 'Content-Type': 'application/json', Prefer: `fault=${fault}` };
    const reply = await fetch(url, { method: 'POST', headers, body, signal });
    seen.status = reply.status;
    seen.kind = reply.headers.get('Content-Type');
    const text = await reply.text();
    seen.length = text.length;
    try {
      const fields = JSON.parse(text);
      seen.json = fields.state;
      if (fields.borigimg) { seen.image = 'broken'; atob(fields.borigimg.split(',')[1]); seen.image = 'whole'; }
      else seen.image = fields.borigimg;
    } catch (error) { seen.json = error.name; }
  } catch (error) {
    seen.failed = error.name;
    seen.cause = error.cause?.code ?? null;
  }
  return [fault, { ...seen, milliseconds: Date.now() - began }];
}
console.log(JSON.stringify(Object.fromEntries(await Promise.all(faults.map(send)))));
"""


def charged_once(person: Person) -> bool:
    """Tell whether exactly one request so far was charged, and whether the server still answers in full."""
    wait_until(person.charges, what="a request is charged")  # a client that gave up early does not know
    charged = (person.credit(), person.charges()) == (99, [-1])
    return charged and accepts("analysis-skeleton-v2-back", "response.strict", person.send().json())


# requests


def test_drop_ends_the_connection_in_mid_body(person: Person) -> None:
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match="IncompleteRead"):
        person.send(prefer="fault=drop")
    assert charged_once(person)


def test_charged_then_lost_takes_the_credit_and_sends_nothing(person: Person) -> None:
    with pytest.raises(requests.exceptions.RequestException, match=r"IncompleteRead\(0 bytes read"):
        person.send(prefer="fault=charged-then-lost")
    assert charged_once(person)


def test_truncate_is_valid_http_and_half_the_json(person: Person) -> None:
    reply = person.send(prefer="fault=truncate")
    assert (reply.status_code, reply.headers["Content-Length"]) == (200, str(len(reply.content)))
    assert reply.headers["Content-Type"] == "application/json"
    with pytest.raises(requests.exceptions.JSONDecodeError):
        reply.json()
    assert reply.text.startswith('{"state":true,"status_code":200,')
    assert charged_once(person)


def test_garbage_is_the_reply_as_a_python_literal(person: Person) -> None:
    reply = person.send(prefer="fault=garbage", uuid="one")
    with pytest.raises(requests.exceptions.JSONDecodeError):
        reply.json()
    literal = ast.literal_eval(reply.text)
    assert accepts("analysis-skeleton-v2-back", "response.strict", literal)
    # The second of its set: the same reply, one view further, so no dearer (L05).
    assert literal | {"credit_change": 0} == person.send(uuid="one").json()


@pytest.mark.parametrize(
    ("fault", "status", "title"),
    [
        ("html", 502, "Bad Gateway"),
        ("html-502", 502, "Bad Gateway"),
        ("html-503", 503, "Service Unavailable"),
        ("html-504", 504, "Gateway Time-out"),
    ],
)
def test_html_is_a_gateways_page(person: Person, fault: str, status: int, title: str) -> None:
    reply = person.send(prefer=f"fault={fault}")
    assert (reply.status_code, reply.headers["Content-Type"]) == (status, "text/html")
    assert f"<h1>{status} {title}</h1>" in reply.text
    assert charged_once(person)


def test_slow_dribbles_to_the_end(person: Person) -> None:
    began = time.monotonic()
    reply = person.send(prefer="fault=slow")
    took = time.monotonic() - began
    assert took > 1.5
    assert took - reply.elapsed.total_seconds() > 0.5  # the headers were there long before
    assert accepts("analysis-skeleton-v2-back", "response.strict", reply.json())
    assert charged_once(person)


def test_hang_outlasts_the_clients_patience_while_others_are_served(person: Person, shared_url: str) -> None:
    with ThreadPoolExecutor() as crowd:
        hanging = [crowd.submit(impatient, person.url, person.body()) for _ in range(8)]
        other = new_person(shared_url)
        assert status_and_code(other.send()) == (200, 200)
        assert [future.result() for future in hanging] == ["timed out"] * 8
    wait_until(lambda: person.credit() <= 92, what="all that hang are charged")
    assert person.charges() == [-1] * 8


def impatient(url: str, body: dict[str, Any]) -> str:
    try:
        requests.post(url + BACK, json=body, headers={"Prefer": "fault=hang"}, timeout=1)
    except requests.exceptions.ReadTimeout:
        return "timed out"
    return "answered"


def test_hang_answers_after_the_delay_that_it_is_given(person: Person) -> None:
    reply = person.send(prefer="fault=hang, delay=1500")
    assert reply.elapsed.total_seconds() >= 1.5
    assert accepts("analysis-skeleton-v2-back", "response.strict", reply.json())


@pytest.mark.parametrize(("path", "images"), [(BACK, 1), (V2, 3)])
def test_no_image_leaves_every_image_empty(person: Person, path: str, images: int) -> None:
    whole = person.send(path, uuid="one").json()
    fields = {name for name, value in whole.items() if str(value).startswith("data:")}
    reply = person.send(path, prefer="fault=no-image", uuid="two").json()
    assert len(fields) == images
    assert reply == whole | dict.fromkeys(fields, "") | {"credit": 98, "uuid": "two"}


@pytest.mark.parametrize(("path", "images"), [(BACK, 1), (V2, 3)])
def test_broken_image_cuts_the_base64_of_every_image(person: Person, path: str, images: int) -> None:
    reply = person.send(path, prefer="fault=broken-image").json()
    texts = [value.partition(",")[2] for value in reply.values() if str(value).startswith("data:image/jpeg;base64,")]
    assert len(texts) == images
    assert [decodes(text) for text in texts] == [False] * images
    assert all(text.startswith("/9j/") for text in texts)


def decodes(text: str) -> bool:
    try:
        base64.b64decode(text)
    except binascii.Error:
        return False
    return True


# curl


@pytest.fixture(scope="module")
def curl() -> str:
    return on_path("curl", "curl")


def by_curl(curl: str, person: Person, folder: Path, prefer: str, *options: str) -> tuple[int, str, bytes]:
    """Return curl's exit code, the HTTP status, and the body that it got."""
    request, got = folder / "request.json", folder / "got"
    request.write_text(json.dumps(person.body()))
    command = [curl, "-sS", "-o", str(got), "-w", "%{http_code}", "--data-binary", f"@{request}", *options]
    headers = ["-H", "Content-Type: application/json", "-H", f"Prefer: {prefer}"]
    done = subprocess.run([*command, *headers, person.url + BACK], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, got.read_bytes() if got.exists() else b""


@pytest.mark.parametrize(
    ("fault", "exit_code", "status"),
    [
        ("drop", 18, "200"),  # 18: a part of the body is missing
        ("charged-then-lost", 18, "200"),
        ("truncate", 0, "200"),
        ("garbage", 0, "200"),
        ("html", 0, "502"),
        ("html-502", 0, "502"),
        ("html-503", 0, "503"),
        ("html-504", 0, "504"),
        ("slow", 0, "200"),
        ("no-image", 0, "200"),
        ("broken-image", 0, "200"),
    ],
)
def test_a_fault_as_curl_sees_it(
    curl: str, person: Person, tmp_path: Path, fault: str, exit_code: int, status: str
) -> None:
    assert by_curl(curl, person, tmp_path, f"fault={fault}")[:2] == (exit_code, status)
    assert charged_once(person)


def test_what_curl_gets_of_a_dropped_answer_is_its_first_half(curl: str, person: Person, tmp_path: Path) -> None:
    _, _, got = by_curl(curl, person, tmp_path, "fault=drop")
    whole = len(person.send().content)
    assert got.startswith(b'{"state":true')
    assert abs(len(got) - whole / 2) < 50


def test_curl_gives_up_on_a_hanging_answer(curl: str, person: Person, tmp_path: Path) -> None:
    assert by_curl(curl, person, tmp_path, "fault=hang", "--max-time", "1")[0] == 28  # 28: time-out
    assert charged_once(person)


# Node


@pytest.fixture(scope="module")
def fetched(shared_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """What Node's fetch saw of each fault."""
    node, folder = on_path("Node.js", "node"), tmp_path_factory.mktemp("node")
    (folder / "fetch.mjs").write_text(FETCH)
    (folder / "request.json").write_text(json.dumps(new_person(shared_url).body()))
    command = [node, str(folder / "fetch.mjs"), shared_url + BACK, str(folder / "request.json"), *FAULTS]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("fault", "seen"),
    [
        ("drop", {"status": 200, "failed": "TypeError", "cause": "UND_ERR_SOCKET"}),
        ("charged-then-lost", {"status": 200, "failed": "TypeError", "cause": "UND_ERR_SOCKET"}),
        ("truncate", {"status": 200, "kind": "application/json", "json": "SyntaxError", "failed": None}),
        ("garbage", {"status": 200, "kind": "application/json", "json": "SyntaxError", "failed": None}),
        ("html", {"status": 502, "kind": "text/html", "json": "SyntaxError", "failed": None}),
        ("html-502", {"status": 502, "kind": "text/html", "json": "SyntaxError", "failed": None}),
        ("html-503", {"status": 503, "kind": "text/html", "json": "SyntaxError", "failed": None}),
        ("html-504", {"status": 504, "kind": "text/html", "json": "SyntaxError", "failed": None}),
        ("slow", {"status": 200, "json": True, "image": "whole", "failed": None}),
        ("hang", {"status": None, "failed": "TimeoutError"}),
        ("no-image", {"status": 200, "json": True, "image": "", "failed": None}),
        ("broken-image", {"status": 200, "json": "InvalidCharacterError", "image": "broken", "failed": None}),
    ],
)
def test_a_fault_as_node_sees_it(fetched: dict[str, dict[str, Any]], fault: str, seen: dict[str, Any]) -> None:
    assert {name: fetched[fault][name] for name in seen} == seen


def test_slow_is_slow_to_node(fetched: dict[str, dict[str, Any]]) -> None:
    assert fetched["slow"]["milliseconds"] > 1500
