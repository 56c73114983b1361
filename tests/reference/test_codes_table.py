"""`remo-mock codes`, `remo-mock ledger` and their routes: complete, readable, and every way that they state works."""

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result
from PIL import Image

from remo_mock.cli.group import commands
from remo_mock.cli.ledger import LedgerEntryUnknownError
from remo_mock.cli.text_table import width_of, wrap
from remo_mock.exceptions import OutcomeError
from tests.support.calls import BACK, FRONT, SIDE, V1, V2, as_text, credentials
from tests.support.contract_data import schema_file
from tests.support.control import CODES, EVERY_CODE, NAMES, Person, as_field, status_and_code
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments)


@cache
def rows() -> dict[tuple[str, int], Any]:
    return {(row["path"], row["code"]): row for row in json.loads(run("codes", "--json").output)["codes"]}


@pytest.fixture(scope="module")
def demo() -> Iterator[Person]:
    """The account that the ways are spelled for."""
    with serving("--workers", "2") as server:
        keys = credentials()
        yield Person(server.url, keys.pop("Email"), keys)


CHANGES = [
    (path, code, number) for path, code in EVERY_CODE for number in range(len(rows()[path, code]["ways"]["photo"]))
]
CARDS = [
    (path, code, number)
    for path, code, number in CHANGES
    if {511, 512, 518, 514, 515, 522, 418, 517} & set(map(int, re.findall(r"-(\d{3})\.jpg", str(rows()[path, code]))))
]
# Codes of an example or of a client's table only; 550 and 559 tell of the service, not of a request.
NOTHING_CAUSES = [
    *((V1, 550), (V1, 559)),
    *((V2, 550), (V2, 559)),
    *((BACK, 413), (BACK, 415), (BACK, 515), (BACK, 550), (BACK, 559)),
    *((FRONT, 515), (FRONT, 550), (FRONT, 559)),
    *((SIDE, 413), (SIDE, 550), (SIDE, 559)),
]


def test_every_code_has_its_row() -> None:
    assert list(rows()) == EVERY_CODE


def test_every_code_but_these_has_a_cause() -> None:
    assert [key for key, row in rows().items() if not row["ways"]["photo"]] == NOTHING_CAUSES
    assert [key for key, row in rows().items() if row["cause"] is None] == NOTHING_CAUSES


@pytest.mark.parametrize(("path", "code"), EVERY_CODE)
def test_the_header_that_is_stated(demo: Person, path: str, code: int) -> None:
    name, _, value = rows()[path, code]["ways"]["prefer"].partition(": ")
    reply = requests.post(demo.url + path, json=demo.body(path), headers={name: value}, timeout=TIMEOUT)
    assert status_and_code(reply) == (code, code)
    assert reply.json()["message"] == rows()[path, code]["message"]


@pytest.mark.parametrize(("path", "code"), EVERY_CODE)
def test_the_body_for_the_queue_that_is_stated(demo: Person, path: str, code: int) -> None:
    asked = rows()[path, code]["ways"]["queue"]
    assert requests.post(f"{demo.url}/__admin/outcomes", json=asked, timeout=TIMEOUT).status_code == 201
    assert status_and_code(demo.send(path)) == (code, code)


@pytest.mark.parametrize(("path", "code"), EVERY_CODE)
def test_the_command_for_the_queue_that_is_stated(demo: Person, path: str, code: int) -> None:
    command = rows()[path, code]["ways"]["curl"].replace("http://127.0.0.1:4420", demo.url)
    done = subprocess.run(shlex.split(command), capture_output=True, check=True)
    assert json.loads(done.stdout)["terms"] == {"code": code}
    assert status_and_code(demo.send(path)) == (code, code)


@pytest.mark.parametrize(("path", "code"), EVERY_CODE)
def test_the_address_that_is_stated(demo: Person, path: str, code: int) -> None:
    assert status_and_code(demo.send(path, Email=rows()[path, code]["ways"]["address"])) == (code, code)


@pytest.mark.parametrize(("path", "code", "number"), CHANGES)
def test_the_change_of_a_request_that_is_stated(
    demo: Person, card_files: Path, path: str, code: int, number: int
) -> None:
    change = rows()[path, code]["ways"]["photo"][number]
    files = {field: as_field(name, (card_files / name).read_bytes()) for field, name in change["photos"].items()}
    reply = demo.send(path, **files, **change["fields"], **dict.fromkeys(change["without"]))
    assert status_and_code(reply) == (code, code)


@pytest.mark.parametrize(("path", "code", "number"), CARDS)
def test_the_cards_still_work_after_an_apps_compression(
    demo: Person, card_files: Path, path: str, code: int, number: int
) -> None:
    names = rows()[path, code]["ways"]["photo"][number]["photos"]
    files = {field: recompressed(card_files / name) for field, name in names.items()}
    assert status_and_code(demo.send(path, **files)) == (code, code)


@cache
def recompressed(path: Path) -> str:
    """Return a card as an app sends it that wants small photos: 480 pixels long, JPEG at quality 50, 4:2:0."""
    with Image.open(path) as card:
        card.thumbnail((480, 480))
        return as_text(card, "JPEG", quality=50, subsampling=2)


def test_no_way_costs_anything(demo: Person) -> None:
    assert (demo.credit(), demo.charges(), demo.waiting()) == (100, [], [])


def test_the_route_says_the_same_with_the_servers_own_address(demo: Person) -> None:
    told_by_route = requests.get(f"{demo.url}/__admin/codes", timeout=TIMEOUT).text
    assert told_by_route.replace(demo.url, "http://127.0.0.1:4420") == run("codes", "--json").output.rstrip("\n")


def test_the_route_tells_one_endpoints_codes(demo: Person) -> None:
    reply = requests.get(f"{demo.url}/__admin/codes", params={"endpoint": NAMES[BACK]}, timeout=TIMEOUT)
    assert tuple(row["code"] for row in reply.json()["codes"]) == CODES[BACK]


def test_a_row_in_full() -> None:
    assert rows()[V2, 519] == {
        "endpoint": "analysis-skeleton-v2",
        "path": "/api/analysis-skeleton-v2",
        "code": 519,
        "meaning": {"en": "no person found in the front and back photos", "ko": "정면, 후면 사진에서 사람을 찾지 못함"},
        "message": "In the front and back images, no person is detected",
        "source": {"page": "A", "section": "Error Code Guide", "evidence": "table"},
        "cause": "front=no_person, back=no_person",
        "ways": {
            "prefer": "Prefer: code=519",
            "queue": {"account": "demo@example.com", "endpoint": "analysis-skeleton-v2", "code": 519},
            "curl": (
                "curl -sS -X POST http://127.0.0.1:4420/__admin/outcomes "
                """-d '{"account":"demo@example.com","endpoint":"analysis-skeleton-v2","code":519}'"""
            ),
            "address": "demo+519@example.com",
            "photo": [
                {
                    "text": "front-no-person-511.jpg as forigimg, back-no-person-518.jpg as borigimg",
                    "photos": {"forigimg": "front-no-person-511.jpg", "borigimg": "back-no-person-518.jpg"},
                    "fields": {},
                    "without": [],
                }
            ],
        },
    }


def test_codes_of_an_example_name_their_ledger_entry() -> None:
    assert rows()[BACK, 413]["source"]["ledger"] == "L08"
    assert rows()[BACK, 515]["source"]["ledger"] == "L09"


@pytest.mark.parametrize(
    "arguments", [["codes"], ["codes", "519"], ["codes", "412"], ["ledger"], ["ledger", "L05"], ["ledger", "L25"]]
)
def test_what_is_printed_fits_a_terminal(arguments: list[str]) -> None:
    lines = run(*arguments).output.splitlines()
    assert max(map(width_of, lines)) <= 120
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize(
    "line",
    [
        "analysis-skeleton-v2-back: 13 codes",
        "code meaning, message source Prefer: plus-address in the request",
        '421 the APIKey is not the user\'s page B code=421 demo+421@example.com "APIKey": "not-the-key"',
        "518 no person found in the back photo page B code=518 demo+518@example.com back-no-person-518.jpg as borigimg",
        "후면 사진에서 사람을 찾지 못함 table",
        "413 the back photo cannot be decoded page B code=413 demo+413@example.com no photo and no request causes it:",
    ],
)
def test_the_table_has_the_ways_of_one_endpoint(line: str) -> None:
    output = run("codes", "--endpoint", "analysis-skeleton-v2-back").output
    assert line in [" ".join(printed.split()) for printed in output.splitlines()]


def test_one_code_is_told_in_full() -> None:
    assert run("codes", "521").output.splitlines() == [
        "521 of analysis-skeleton-v2",
        "  meaning         no person found in the front, side and back photos / "
        "정면, 측면, 후면 사진에서 사람을 찾지 못함",
        '  message         "In the front, side and back images, no person is detected"',
        "  source          page A, Error Code Guide (table)",
        "  header          Prefer: code=521",
        "  queue           curl -sS -X POST http://127.0.0.1:4420/__admin/outcomes \\",
        """                      -d '{"account":"demo@example.com","endpoint":"analysis-skeleton-v2","code":521}'""",
        "  plus-address    demo+521@example.com",
        "  in the request  front-no-person-511.jpg as forigimg, side-no-person-512.jpg as sorigimg, "
        "back-no-person-518.jpg as",
        "                  borigimg",
        "",
    ]


@pytest.mark.parametrize(
    ("arguments", "told_by_error"),
    [
        (["codes", "999"], "523, 524, 525, 550, 559."),
        (["codes", "--endpoint", "v3"], "one of analysis-skeleton, analysis-skeleton-v2, analysis-skeleton-v2-back"),
        (["ledger", "L99"], "The ledger has no entry 'L99'; it goes from L01 to L"),
    ],
)
def test_what_is_not_there_is_told(arguments: list[str], told_by_error: str) -> None:
    error = run(*arguments).exception
    assert isinstance(error, OutcomeError | LedgerEntryUnknownError)
    assert told_by_error in str(error)


def test_the_ledger_is_that_of_the_contract(demo: Person) -> None:
    entries = [entry | {"source": entry["x-remo-source"]} for entry in schema_file("ledger.json")["entries"]]
    expected = [{name: value for name, value in entry.items() if name != "x-remo-source"} for entry in entries]
    assert requests.get(f"{demo.url}/__admin/ledger", timeout=TIMEOUT).json() == {"entries": expected}
    assert json.loads(run("ledger", "--json").output) == {"entries": expected}


def test_every_entry_is_in_the_list() -> None:
    numbers = [entry["id"] for entry in schema_file("ledger.json")["entries"]]
    lines = run("ledger").output.splitlines()
    assert [line[:3] for line in lines if line.startswith("L")] == numbers


def test_an_entry_is_told_with_reading_evidence_and_switch() -> None:
    lines = [" ".join(line.split()) for line in run("ledger", "l19").output.splitlines()]
    assert "our reading The code is sent as the HTTP status too." in lines
    assert "evidence assumed" in lines
    assert "switch --http-status mirror|200, by default mirror, with --as-observed mirror" in lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("사진 사진", 5, ["사진", "사진"]),
        ("사진 사진", 9, ["사진 사진"]),
        ("a-long-name.jpg", 6, ["a-long", "-name.", "jpg"]),
        ("a word-that-is-long", 6, ["a", "word-t", "hat-is", "-long"]),
        ("    -d 'x' y", 10, ["    -d 'x'", "y"]),
        ("", 5, [""]),
    ],
)
def test_texts_are_wrapped_by_the_columns_that_they_take(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


def test_the_table_needs_no_pictures() -> None:
    program = "import sys, remo_mock.reference.codes; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
