"""Secrets can be given without being shown to whoever lists the processes, and what is kept is its owner's alone."""

import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from remo_mock import RemoMock, Settings, create_app
from remo_mock.cassettes.files import write_file
from remo_mock.cli.group import commands
from remo_mock.exceptions import SettingsError
from remo_mock.files.private import make_private_folder, write_private
from tests.support.calls import BACK, credentials
from tests.support.verifying import verify
from tests.support.waiting import TIMEOUT

OWNERS = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")


def mode(path: Path) -> str:
    return stat.filemode(path.stat().st_mode)[1:]


@pytest.mark.parametrize("text", ["a-token", "a-token\n", " a-token \r\n"])
def test_the_token_may_stand_in_a_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "token").write_text(text)
    settings = Settings.from_environment({"REMO_MOCK_ADMIN_TOKEN_FILE": str(tmp_path / "token")})
    app = create_app(settings)
    with closing(app.extensions["remo_mock"]):
        client = app.test_client()
        assert client.get("/__admin/accounts").status_code == 401
        assert client.get("/__admin/accounts", headers={"Authorization": "Bearer a-token"}).status_code == 200


@pytest.mark.parametrize(("option", "name"), [("--admin-token-file", "admin_token"), ("--db-url-file", "db")])
def test_the_command_line_names_the_file(
    option: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("in-the-file\n")
    served: list[Settings] = []
    monkeypatch.setattr("remo_mock.cli.serve.serve", lambda settings, **_: served.append(settings))
    ended = CliRunner().invoke(commands, ["serve", option, str(tmp_path / "secret")])
    assert (ended.exit_code, ended.output) == (0, "")
    assert getattr(served[0], name) == "in-the-file"


def test_the_command_line_repeats_nothing_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("my secret")
    ended = CliRunner().invoke(commands, ["serve", "--admin-token-file", str(tmp_path / "secret")])
    assert ended.exit_code == 2
    assert "should hold one word and nothing else, and has 2." in ended.output
    assert "my secret" not in ended.output


def test_a_token_that_is_given_itself_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("of-the-file")
    assert (
        Settings.from_environment({}, token_from_file=str(tmp_path / "token"), admin_token="own").admin_token == "own"
    )


def test_the_url_of_the_database_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "url").write_text(f"sqlite:///{tmp_path / 'accounts.sqlite'}\n")
    settings = Settings.from_environment({"REMO_MOCK_DB_URL_FILE": str(tmp_path / "url")})
    with RemoMock(settings):
        assert (tmp_path / "accounts.sqlite").exists()


@pytest.mark.parametrize("text", ["", "two words", "t\u00f6ken", b"\xff"])
def test_a_file_without_a_token_is_refused_and_not_repeated(tmp_path: Path, text: str | bytes) -> None:
    (tmp_path / "token").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(SettingsError, match=r"^token_from_file: ") as refused:
        Settings.from_environment({}, token_from_file=str(tmp_path / "token"))
    assert "words" not in str(refused.value).replace("one word", "")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere cannot be read: No such file"):
        Settings.from_environment({"REMO_MOCK_ADMIN_TOKEN_FILE": str(tmp_path / "nowhere")})


@OWNERS
def test_a_database_is_its_owners(tmp_path: Path) -> None:
    with RemoMock(db=str(tmp_path / "accounts.sqlite")) as remo:
        requests.post(remo.url + BACK, json=credentials(), timeout=TIMEOUT)
        assert {mode(path) for path in tmp_path.glob("accounts.sqlite*")} == {"rw-------"}


@OWNERS
def test_a_database_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    file.touch()
    file.chmod(0o640)
    with RemoMock(db=str(file)):
        assert mode(file) == "rw-r-----"


@OWNERS
def test_a_cassette_is_its_owners(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "cassette"
    make_private_folder(folder)
    write_file(folder, "one.json", {})
    write_private(folder / "one.jpg", b"")
    assert [mode(folder), mode(folder / "one.json"), mode(folder / "one.jpg")] == [
        "rwx------",
        "rw-------",
        "rw-------",
    ]


@OWNERS
def test_reports_are_their_owners(tmp_path: Path) -> None:
    names = ["report.json", "report.md", "report.html"]
    options = [f"--report={tmp_path / name}" for name in names]
    verify("--endpoint", "analysis-skeleton-v2-side", *options, "--junitxml", str(tmp_path / "junit.xml"))
    assert {path.name: mode(path) for path in tmp_path.iterdir()} == dict.fromkeys([*names, "junit.xml"], "rw-------")


def test_the_help_says_which_options_others_may_see() -> None:
    assert "Lists of processes show it" in Settings.__dataclass_fields__["admin_token"].metadata["help"]
