"""`remo-mock export wiremock` writes mappings that answer as the contract says, and overwrites nothing."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from remo_mock.cli.file_writing import CannotWriteError, FilesDifferError
from remo_mock.cli.group import commands
from tests.support.contract_data import example

BACK = "analysis-skeleton-v2-back"
V2 = "analysis-skeleton-v2"
BACK_CODES = [400, 411, 412, 413, 415, 420, 421, 422, 515, 518, 522, 550, 559]
REQUEST = {"Email": "a", "UserKey": "b", "APIKey": "c", "borigimg": "d"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["export", "wiremock", *arguments])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wiremock")
    assert run(str(folder)).exit_code == 0
    return folder


@cache
def mapping(folder: Path, name: str) -> Any:
    return json.loads((folder / "mappings" / f"{name}.json").read_bytes())


def schema_of(folder: Path, name: str) -> Draft202012Validator:
    (pattern,) = mapping(folder, name)["request"]["bodyPatterns"]
    return Draft202012Validator(pattern["matchesJsonSchema"])


def test_the_files_are_these(folder: Path) -> None:
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.json") if path.name.startswith(f"{BACK}.")}
    assert names == {
        f"__files/{BACK}.success.json",
        f"mappings/{BACK}.success.json",
        f"mappings/{BACK}.protocol.json",
        f"mappings/{BACK}.missing-input.json",
        *(f"mappings/{BACK}.{code}-by-header.json" for code in BACK_CODES),
        *(f"mappings/{BACK}.{code}-by-address.json" for code in BACK_CODES),
    }


@pytest.mark.parametrize("endpoint", [V2, BACK])
def test_a_success_is_the_pages_example(folder: Path, endpoint: str) -> None:
    response = mapping(folder, f"{endpoint}.success")["response"]
    assert response["status"] == 200
    body = json.loads((folder / "__files" / response["bodyFileName"]).read_bytes())
    assert list(body.items()) == list(example(f"{endpoint}.success.json").items())


@pytest.mark.parametrize(("endpoint", "code"), [(V2, 413), (V2, 515), (BACK, 413), (BACK, 515)])
@pytest.mark.parametrize("way", ["header", "address"])
def test_an_error_is_the_pages_example(folder: Path, endpoint: str, code: int, way: str) -> None:
    response = mapping(folder, f"{endpoint}.{code}-by-{way}")["response"]
    assert (response["status"], response["jsonBody"]) == (code, example(f"{endpoint}.error-{code}.json"))


@pytest.mark.parametrize(
    ("header", "asks"),
    [
        ("code=518", True),
        ('respond-async, code="518"', True),
        ("delay=800;code=518 ; wait=1", True),
        ("code=5180", False),
        ("code=51", False),
        ("encode=518", False),
    ],
)
def test_a_header_asks_for_its_code_alone(folder: Path, header: str, asks: bool) -> None:
    pattern = mapping(folder, f"{BACK}.518-by-header")["request"]["headers"]["Prefer"]["matches"]
    assert bool(re.fullmatch(pattern, header)) is asks


@pytest.mark.parametrize(
    ("email", "asks"),
    [
        ("demo+518@example.com", True),
        ("demo+delay800+518@example.com", True),
        ("demo+518+drop@example.com", True),
        ("your_email+518", True),
        ("demo+5180@example.com", False),
        ("demo518@example.com", False),
        ("demo@a+518.example.com", False),
    ],
)
def test_an_address_asks_for_its_code_alone(folder: Path, email: str, asks: bool) -> None:
    (pattern,) = mapping(folder, f"{BACK}.518-by-address")["request"]["bodyPatterns"]
    assert pattern["matchesJsonPath"]["expression"] == "$.Email"
    assert bool(re.fullmatch(pattern["matchesJsonPath"]["matches"], email)) is asks


@pytest.mark.parametrize(
    ("body", "succeeds", "is_missing_input"),
    [
        (REQUEST, True, True),
        (REQUEST | {"borigimg": ""}, False, True),
        (REQUEST | {"borigimg": None}, False, True),
        ({}, False, True),
        (REQUEST | {"borigimg": 5}, False, False),
        ([], False, False),
    ],
    ids=str,
)
def test_a_request_falls_to_the_first_layer_that_it_breaks(
    folder: Path, body: Any, succeeds: bool, is_missing_input: bool
) -> None:
    """WireMock takes the mapping with the smallest priority of those that match; `protocol` matches anything."""
    assert schema_of(folder, f"{BACK}.success").is_valid(body) is succeeds
    assert schema_of(folder, f"{BACK}.missing-input").is_valid(body) is is_missing_input
    assert mapping(folder, f"{BACK}.protocol")["request"] == {"method": "ANY", "urlPath": f"/api/{BACK}"}


@pytest.mark.parametrize(
    ("name", "priority", "status"),
    [
        ("518-by-header", 1, 518),
        ("518-by-address", 2, 518),
        ("success", 3, 200),
        ("missing-input", 5, 411),
        ("protocol", 6, 400),
    ],
)
def test_what_was_asked_for_goes_before_the_rest(folder: Path, name: str, priority: int, status: int) -> None:
    made = mapping(folder, f"{BACK}.{name}")
    assert (made["priority"], made["response"]["status"]) == (priority, status)


def test_each_mapping_has_an_id_of_its_own(folder: Path) -> None:
    ids = [json.loads(path.read_bytes())["id"] for path in (folder / "mappings").iterdir()]
    assert len({UUID(one) for one in ids}) == len(ids) == 181


def test_the_switches_are_kept(tmp_path: Path) -> None:
    assert run(str(tmp_path), "--http-status", "200", "--error-shape", "both").exit_code == 0
    response = mapping(tmp_path, f"{BACK}.518-by-header")["response"]
    assert response["status"] == 200
    assert (response["jsonBody"]["status"], response["jsonBody"]["status_code"]) == (518, 518)


def test_it_says_what_it_wrote_and_how_to_go_on(folder: Path) -> None:
    printed = run(str(folder)).output
    assert printed.startswith(f"181 mappings and 5 bodies in {folder}\n")
    assert f"POST /api/{BACK}: a success, and 13 codes" in printed
    assert f"npx wiremock --port 8080 --root-dir {folder}" in printed


def test_a_second_export_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.json")}
    assert run(str(folder)).exit_code == 0
    assert {path: path.read_bytes() for path in folder.rglob("*.json")} == before


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    theirs = tmp_path / "mappings" / f"{BACK}.success.json"
    theirs.parent.mkdir()
    theirs.write_text("theirs")
    result = run(str(tmp_path))
    assert isinstance(result.exception, FilesDifferError)
    assert f"mappings/{BACK}.success.json; nothing was written" in str(result.exception)
    assert [path.name for path in theirs.parent.iterdir()] == [theirs.name]
    assert run(str(tmp_path), "--force").exit_code == 0
    assert theirs.read_text() != "theirs"


def test_a_directory_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(str(tmp_path / "file" / "below"))
    assert isinstance(result.exception, CannotWriteError)
    assert str(result.exception).endswith("Name another directory.")
