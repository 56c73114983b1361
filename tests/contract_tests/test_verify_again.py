"""The line of a report sends a failing request again: tests run it in a shell, and see the failure once more."""

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

from contract_tests.run.verification import Target, verify_target
from contract_tests.selftest.changes import all_of, on_success
from contract_tests.selftest.mutation import Memory, ReceivedRequest, Response
from remo_mock import assert_contract
from tests.support.broken_server import broken_server, misgrading
from tests.support.checkout import ROOT
from tests.support.programs import on_path
from tests.support.verifying import verify
from tests.support.waiting import RUN_TIMEOUT, TIMEOUT

BACK = "analysis-skeleton-v2-back"
# What a shell, awk, sed or JSON takes for something else.
KEYS = {
    "REMO_API_EMAIL": "o'neil+x&y@example.com",
    "REMO_API_USER_KEY": 'a"b\\c$HOME`id`&|/',
    "REMO_API_KEY": "%s\\n\\\\$(id)!'\"",
}
BROKEN = on_success(all_of(misgrading("bar_tilt_grade")))


def run_line(line: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    on_path("curl", "curl")
    here = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(
        ["sh", "-c", line], cwd=folder, env=here, capture_output=True, text=True, timeout=RUN_TIMEOUT, check=False
    )


def body_of(printed: str) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(printed.partition("\n\n")[2])
    return fields


def line_of(report: Path, check: str) -> str:
    rows = json.loads(report.read_text(encoding="utf-8"))["checks"]
    line: str = next(row["problems"][0]["curl"] for row in rows if row["id"] == check and row["problems"])
    return line


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with broken_server(BROKEN) as server:
        account = {"email": KEYS["REMO_API_EMAIL"], "user_key": KEYS["REMO_API_USER_KEY"]}
        account |= {"api_key": KEYS["REMO_API_KEY"]}
        made = requests.post(f"{server.url}/__admin/accounts", json={**account, "credit": 100}, timeout=TIMEOUT)
        assert made.status_code == 201
        yield server.url


@pytest.fixture(scope="module")
def folder(url: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the reports of a run with keys that are hard to quote."""
    folder = tmp_path_factory.mktemp("it's here")
    names = [f"--report={folder / f'report.{form}'}" for form in ("json", "md", "html")]
    ended = verify(url, "--budget", "5", "--endpoint", BACK, *names, environment=KEYS)
    assert ended.returncode == 1, ended.stderr
    (folder / "stdout").write_text(ended.stdout)
    return folder


def test_the_line_of_a_report_shows_the_failure_again(folder: Path) -> None:
    line = line_of(folder / "report.json", "REMO-GRADE-bar_tilt")
    assert line.startswith("awk -f requests/fill.awk requests/001.json | curl -X POST ")
    reply = body_of(run_line(line, folder, KEYS).stdout)
    with pytest.raises(AssertionError, match="REMO-GRADE-bar_tilt"):
        assert_contract(BACK, None, reply)


@pytest.mark.parametrize("form", ["md", "html"])
def test_every_report_has_the_line_and_says_what_it_needs(folder: Path, form: str) -> None:
    text = (folder / f"report.{form}").read_text(encoding="utf-8")
    assert "awk -f requests/fill.awk requests/001.json | curl -X POST " in text
    assert "on Windows in Git Bash" in text


def test_the_line_of_the_terminal_runs_where_the_run_was_started(folder: Path, tmp_path: Path) -> None:
    lines = (folder / "stdout").read_text().splitlines()
    line = next(line for line in lines if line.startswith("  again     ")).removeprefix("  again     ")
    assert body_of(run_line(line, tmp_path, KEYS).stdout)["state"] is True


def test_the_files_belong_to_their_owner_and_hold_no_key(folder: Path) -> None:
    files = [*(folder / "requests").iterdir(), *folder.glob("report.*")]
    texts = [file.read_text(encoding="utf-8") for file in files]
    assert [file.name for file in files if file.stat().st_mode & 0o077] == []
    assert [key for key in KEYS.values() for text in texts if key in text or json.dumps(key)[1:-1] in text] == []


def test_without_the_keys_the_line_says_which_one_is_missing(folder: Path) -> None:
    ended = run_line(line_of(folder / "report.json", "REMO-GRADE-bar_tilt"), folder, {})
    assert "requests/001.json: set REMO_API_EMAIL first" in ended.stderr
    assert '"state":true' not in ended.stdout


@pytest.fixture(scope="module")
def first(folder: Path) -> dict[str, bytes]:
    """Return the files of requests after the first run."""
    return {path.name: path.read_bytes() for path in (folder / "requests").iterdir()}


@pytest.fixture(scope="module")
def own_photo(url: str, folder: Path, first: dict[str, bytes]) -> Path:
    """Return the folder, with the report of another run that sent a photo of the user's, as the demo account."""
    assert "fill.awk" in first
    photo = folder / 'it\'s "me".jpg'
    photo.write_bytes((ROOT / "fixtures" / "photos" / "back.jpg").read_bytes())
    ended = verify(url, "--budget", "5", "--endpoint", BACK, f"--photo=back={photo}", f"--report={folder / 'r.json'}")
    assert ended.returncode == 1, ended.stderr
    return folder


def test_the_lines_of_an_earlier_report_send_what_they_sent(own_photo: Path, first: dict[str, bytes]) -> None:
    now = {path.name: path.read_bytes() for path in (own_photo / "requests").iterdir()}
    assert {name: now[name] for name in first} == first
    assert len(now) > len(first)


def test_a_photo_of_the_user_is_named_and_not_copied(own_photo: Path, first: dict[str, bytes]) -> None:
    paths = [path for path in sorted((own_photo / "requests").iterdir()) if path.name not in first]
    held = [json.loads(path.read_text(encoding="utf-8"))["borigimg"] for path in paths]
    assert {text.startswith("$REMO_PHOTO_BACK:-/") for text in held} == {True}


def test_the_line_fills_in_the_photo_of_the_user_and_the_demo_account(own_photo: Path) -> None:
    line = line_of(own_photo / "r.json", "REMO-GRADE-bar_tilt")
    with pytest.raises(AssertionError, match="REMO-GRADE-bar_tilt"):
        assert_contract(BACK, None, body_of(run_line(line, own_photo, {}).stdout))


def test_a_photo_that_is_gone_is_named(own_photo: Path) -> None:
    line = line_of(own_photo / "r.json", "REMO-GRADE-bar_tilt")
    ended = run_line(line, own_photo, {"REMO_PHOTO_BACK": "gone.jpg"})
    assert "the photo gone.jpg cannot be read" in ended.stderr


def test_without_a_report_the_terminal_says_how_to_get_a_line(url: str) -> None:
    ended = verify(url, "--budget", "5", "--endpoint", BACK)
    assert f'  sent      curl -X POST "{url}/api/{BACK}"' in ended.stdout
    assert "again     --report FILE.html writes the requests beside it" in ended.stdout


def test_a_folder_for_requests_that_cannot_be_one_is_refused_before_anything_is_sent(url: str, tmp_path: Path) -> None:
    (tmp_path / "requests").touch()
    ended = verify(url, f"--report={tmp_path / 'r.json'}")
    assert (ended.returncode, "failing requests go to" in ended.stderr) == (2, True)


def taking_more(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Say that a success costs a credit, and take two."""
    lost = memory.count("taken") if response.fields.get("state") else memory.values.get("taken", 0)
    if "credit" not in response.fields or request.fields.get("Email") != "demo@example.com":
        return response
    return response.with_fields(response.fields | {"credit": response.fields["credit"] - lost})


def test_credits_are_counted_by_replies_and_by_balances() -> None:
    with broken_server(taking_more) as server:
        report = verify_target(Target(url=server.url, budget=5, endpoints=("analysis-skeleton",)))
    assert (report.spent, report.balance_drop) == (2, 4)
    assert report.credits.startswith("2 spent as the replies say, while the balance fell by 4, budget 5")
