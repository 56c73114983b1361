"""`serve --account` and `--accounts-file` open a client's real accounts beside the published ones."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from remo_mock import RemoMock, Settings, create_app
from remo_mock.assembly import make_mock
from remo_mock.exceptions import SettingsError
from remo_mock.store.account import Account, parse_account, read_accounts
from tests.support.calls import BACK, credentials, photo_text
from tests.support.servers import COMMAND, announced_url, refusal, serving
from tests.support.waiting import TIMEOUT

ANN = {"Email": "ann@example.org", "UserKey": "ann-user-key", "APIKey": "ann-api-key"}
BOB = {"Email": "bob@example.org", "UserKey": "bob:user", "APIKey": "bob:api"}
PHOTO = {"borigimg": photo_text("back")}
OWN = Account("ann@example.org", "ann-user-key", "ann-api-key", 7)


def call(url: str, who: dict[str, str]) -> dict[str, Any]:
    reply: dict[str, Any] = requests.post(url + BACK, json=who | PHOTO, timeout=TIMEOUT).json()
    return reply


@pytest.fixture
def accounts_file(tmp_path: Path) -> Path:
    file = tmp_path / "accounts.json"
    row = {"email": BOB["Email"], "user_key": BOB["UserKey"], "api_key": BOB["APIKey"], "credit": 3}
    file.write_text(json.dumps({"accounts": [row]}))
    return file


@pytest.fixture
def output_and_url(accounts_file: Path) -> Iterator[tuple[list[str], str]]:
    options = ["--account", "ann@example.org:ann-user-key:ann-api-key:5", "--accounts-file", str(accounts_file)]
    with serving("--workers", "2", *options) as server:
        lines = [server.process.stdout.readline() for _ in range(5)] if server.process.stdout else []
        yield lines, server.url


def test_every_worker_knows_them_also_after_a_reset(output_and_url: tuple[list[str], str]) -> None:
    lines, url = output_and_url
    first = [call(url, ANN)["credit"] for _ in range(4)]
    requests.post(f"{url}/__admin/reset", timeout=TIMEOUT)
    assert (first, call(url, ANN)["credit"], call(url, BOB)["credit"]) == ([4, 3, 2, 1], 4, 2)
    assert call(url, credentials())["credit"] == 99
    assert lines[3] == "  own       2 with the keys that were given\n"
    assert [line for line in lines if "ann" in line or "bob" in line] == []


def test_the_environment_takes_several() -> None:
    accounts = "ann@example.org:ann-user-key:ann-api-key\n bob@example.org:u:a:1 "
    environment = os.environ | {"REMO_MOCK_ACCOUNT": accounts}
    process = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        url = announced_url(process)
        assert call(url, ANN)["credit"] == 99
        assert call(url, {"Email": "bob@example.org", "UserKey": "u", "APIKey": "a"})["credit"] == 0
    finally:
        process.terminate()
        process.communicate(timeout=TIMEOUT)


def test_one_of_a_published_address_replaces_it_and_no_open_page_shows_its_keys() -> None:
    own = Account("demo@example.com", "my-user-key", "my-api-key", 9)
    client = create_app(Settings(first_accounts=(own,))).test_client()
    assert client.post(BACK, json=own.fields | PHOTO).get_json()["credit"] == 8
    assert client.post(BACK, json=credentials() | PHOTO).get_json()["status"] == 420
    shown = [client.get(f"/__admin/{page}").text for page in ("docs", "openapi.json", "codes")] + [client.get("/").text]
    assert [page for page in shown if "my-user-key" in page or "my-api-key" in page] == []
    assert "your_user_key" in shown[0]


def test_the_announcement_names_no_account_that_was_replaced() -> None:
    with serving("--account", "demo@example.com:u:a") as server:
        lines = [server.process.stdout.readline() for _ in range(3)] if server.process.stdout else []
    assert lines[2] == "  own       1 with the keys that were given\n"


def test_without_an_account_of_the_pages_the_open_pages_are_there() -> None:
    rows = ("demo@example.com", "broke@example.com", "your_email", "example@email.com")
    client = create_app(Settings(first_accounts=tuple(Account(email, "u", "a", 0) for email in rows))).test_client()
    assert [client.get(f"/__admin/{page}").status_code for page in ("docs", "codes")] == [200, 200]


def test_in_a_database_the_keys_that_are_given_win_and_the_balance_stays(tmp_path: Path) -> None:
    db = str(tmp_path / "accounts.sqlite")
    first = make_mock(Settings(db=db, first_accounts=(OWN,)))
    first.accounts.change(OWN.email, credit=2)
    first.close()
    again = make_mock(Settings(db=db, first_accounts=(Account(OWN.email, "new-user-key", "new-api-key", 50),)))
    found = again.accounts.account(OWN.email)
    again.close()
    assert (found.user_key, found.api_key, found.credit) == ("new-user-key", "new-api-key", 2)


def test_a_database_of_an_earlier_start_gets_those_that_it_lacks(tmp_path: Path) -> None:
    db = str(tmp_path / "accounts.sqlite")
    make_mock(Settings(db=db)).close()
    mock = make_mock(Settings(db=db, first_accounts=(OWN,)))
    found = mock.accounts.account(OWN.email)
    mock.close()
    assert found == OWN


def test_an_argument_wins_over_the_file(accounts_file: Path) -> None:
    file_accounts = read_accounts(accounts_file)
    mock = make_mock(Settings(file_accounts=file_accounts, first_accounts=(Account(BOB["Email"], "u", "a", 1),)))
    found = mock.accounts.account(BOB["Email"])
    mock.close()
    assert (found.user_key, found.credit) == ("u", 1)


def test_a_mock_in_process_takes_them_too() -> None:
    with RemoMock(Settings(first_accounts=(OWN,))) as remo:
        reply = requests.post(remo.url + BACK, json=OWN.fields | PHOTO, timeout=TIMEOUT)
    assert reply.json()["credit"] == 6


@pytest.mark.parametrize(
    ("text", "account"),
    [
        ("ann:u:a", Account("ann", "u", "a", 100)),
        ("ann:u:a:0", Account("ann", "u", "a", 0)),
        (" ann+tag@example.org:u k:a/b==:1000000000000 ", Account("ann+tag@example.org", "u k", "a/b==", 10**12)),
    ],
)
def test_an_account_is_written_as_one_text(text: str, account: Account) -> None:
    assert parse_account(text) == account


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "expected the 3 or 4 parts of EMAIL:USERKEY:APIKEY[:CREDITS], got 1; keys with a colon need a file."),
        (
            "hush:hush",
            "expected the 3 or 4 parts of EMAIL:USERKEY:APIKEY[:CREDITS], got 2; keys with a colon need a file.",
        ),
        (
            "hush:1:hush:hush:5",
            "expected the 3 or 4 parts of EMAIL:USERKEY:APIKEY[:CREDITS], got 5; keys with a colon need a file.",
        ),
        ("ann::hush", "user_key should be a text of 1 to 200 characters of Unicode."),
        ("ann:hush:" + 201 * "a", "api_key should be a text of 1 to 200 characters of Unicode."),
        ("ann:hush\udcff:a", "user_key should be a text of 1 to 200 characters of Unicode."),
        ("ann/hush:u:a", "email should be an address that can stand in a path: no slash, no control character, no "),
        ("ann:u:5:hush", "credit should be a whole number from 0 to 1000000000000."),
        ("ann:u:hush:-1", "credit should be a whole number from 0 to 1000000000000."),
        ("ann:u:hush:1000000000001", "credit should be a whole number from 0 to 1000000000000."),
    ],
)
def test_a_text_that_is_no_account_is_refused_without_repeating_it(text: str, problem: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({}, first_accounts=[text])
    assert str(raised.value).startswith(f"first_accounts: {problem}")
    assert "hush" not in str(raised.value)


def test_the_command_line_refuses_it_in_a_line() -> None:
    done = refusal("--account", "hush:hush")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == (
        "Error: Invalid value for '--account': expected the 3 or 4 parts of EMAIL:USERKEY:APIKEY[:CREDITS], "
        "got 2; keys with a colon need a file."
    )


@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_a_file_may_be_a_list(tmp_path: Path, bom: str) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(f'{bom}[{{"email": "ann", "user_key": "u", "api_key": "a"}}]', encoding="utf-8")
    assert read_accounts(file) == (Account("ann", "u", "a", 100),)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON in UTF-8 at line 1, column 1. Expected [{"),
        ('[\n{"hush": hush}]', "is not JSON in UTF-8 at line 2, column 10. Expected [{"),
        ('"hush"', "holds no list of accounts. Expected [{"),
        ('{"hush": []}', "holds no list of accounts. Expected [{"),
        ('["hush"]', "account 1: expected an object, as in [{"),
        ("[" * 5000, "is not JSON in UTF-8 at line 1, column "),
        ('[{"email": "ann", "user_key": "hush"}]', "account 1: api_key should be a text of 1 to 200 characters"),
        ('[{"email": "ann", "user_key": "hush", "api_key": 5}]', "account 1: api_key should be a text of 1 to 200"),
        (
            '[{"email": "ann", "user_key": "u", "api_key": "hush", "credit": 1.5}]',
            "account 1: credit should be a whole number",
        ),
        (
            '[{"email": "ann", "user_key": "u", "api_key": "hush", "credit": true}]',
            "account 1: credit should be a whole number",
        ),
        (
            '[{"email": "ann", "user_key": "u", "api_key": "a", "hush": 1}]',
            "account 1: expected no fields but email, user_key, api_key, credit.",
        ),
    ],
)
def test_a_file_that_holds_no_accounts_is_refused_without_repeating_it(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(text)
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({"REMO_MOCK_ACCOUNTS_FILE": str(file)})
    assert str(raised.value).startswith(f"REMO_MOCK_ACCOUNTS_FILE: {file}")
    assert problem in str(raised.value)
    assert "hush" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nobody\.json cannot be read: No such file or directory"):
        Settings.from_environment({}, file_accounts=str(tmp_path / "nobody.json"))


def test_settings_show_no_keys() -> None:
    assert repr(Settings(first_accounts=(OWN,)).first_accounts) == "(Account(email='ann@example.org', credit=7),)"
