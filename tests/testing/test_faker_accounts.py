"""`remo-mock serve --accounts N` opens invented accounts, prints them, and opens the same ones next time.

Faker names them if a locale is asked for, and is needed for nothing else.
"""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import requests

from remo_mock import RemoMock, Settings
from remo_mock.assembly import make_mock
from remo_mock.exceptions import MissingExtraError, SettingsError
from remo_mock.store.personas import first_personas
from tests.support.calls import BACK, credentials, photo_text
from tests.support.servers import COMMAND, serving
from tests.support.waiting import TIMEOUT

PHOTO = {"borigimg": photo_text("back")}


def test_the_printed_accounts_may_call_every_worker() -> None:
    with serving("--accounts", "3", "--workers", "2") as server:
        head, *rows = [line.split() for line in printed(server.process, lines=8)][-4:]
        assert head == ["Email", "UserKey", "APIKey"]
        credits_left = [
            requests.post(server.url + BACK, json=dict(zip(head, row, strict=True)) | PHOTO, timeout=TIMEOUT).json()[
                "credit"
            ]
            for row in rows
        ]
    assert credits_left == [99, 99, 99]


def printed(process: subprocess.Popen[str], *, lines: int) -> list[str]:
    """Read lines of a server's output behind the first."""
    return [process.stdout.readline() if process.stdout else "" for _ in range(lines)]


def test_the_seed_decides_who_is_invented() -> None:
    assert first_personas(5, seed=1) == first_personas(5, seed=1)
    assert not {one.email for one in first_personas(5, seed=1)} & {one.email for one in first_personas(5, seed=2)}


def test_many_accounts_have_as_many_addresses() -> None:
    assert len({one.email for one in first_personas(3000, seed=0)}) == 3000


def test_a_reset_brings_them_back() -> None:
    mock = make_mock(Settings(accounts=2))
    before = mock.accounts.accounts()
    mock.accounts.remove(first_personas(2, seed=0)[0].email)
    mock.reset("accounts")
    assert mock.accounts.accounts() == before
    mock.close()


def test_a_database_of_an_earlier_start_gets_the_accounts_that_it_lacks(tmp_path: Path) -> None:
    db = str(tmp_path / "accounts.sqlite")
    make_mock(Settings(db=db, accounts=1)).close()
    mock = make_mock(Settings(db=db, accounts=3))
    known = {account.email for account in mock.accounts.accounts()}
    mock.close()
    assert {account.email for account in first_personas(3, seed=0)} <= known


@pytest.mark.parametrize("text", ["-1", "many", "10001"])
def test_an_impossible_number_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^accounts: "):
        Settings.from_environment({}, accounts=text)


def test_a_locale_names_them_by_faker_from_the_same_seed() -> None:
    settings = Settings.from_environment({}, accounts="3", accounts_locale="ko_KR")
    mock = make_mock(settings)
    known = {account.email for account in mock.accounts.accounts()}
    mock.close()
    invented = first_personas(3, seed=0, locale="ko_KR")
    assert {account.email for account in invented} <= known
    assert invented != first_personas(3, seed=0)


def test_an_unknown_locale_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^accounts_locale: Faker has no locale 'xx_XX'; give one such as ko_KR"):
        Settings.from_environment({}, accounts_locale="xx_XX")


@pytest.fixture
def _without_faker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "faker", None)
    monkeypatch.setitem(sys.modules, "faker.providers", None)
    monkeypatch.delitem(sys.modules, "remo_mock.faker_provider", raising=False)


@pytest.mark.usefixtures("_without_faker")
def test_without_faker_accounts_are_invented_all_the_same() -> None:
    with RemoMock(accounts=2) as remo:
        assert remo.account().email not in {one.email for one in first_personas(2, seed=0)}


@pytest.mark.usefixtures("_without_faker")
def test_without_faker_a_locale_says_what_to_install() -> None:
    with pytest.raises(MissingExtraError, match=r"Install it: pip install 'remo-mock\[faker\]'\."):
        Settings.from_environment({}, accounts_locale="ko_KR")


@pytest.mark.usefixtures("_without_faker")
def test_without_faker_its_provider_says_what_to_install() -> None:
    with pytest.raises(ImportError, match=r"Install it: pip install 'remo-mock\[faker\]'\."):
        import_module("remo_mock.faker_provider")


def test_serving_imports_nothing_that_only_tests_need() -> None:
    code = f"""
import sys
from remo_mock import Settings, create_app
import remo_mock.cli.group, remo_mock.web.server
create_app(Settings()).test_client().post({BACK!r}, json={credentials()!r})
print(sorted({{"faker", "pytest", "requests", "responses"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert COMMAND[1:3] == ["-m", "remo_mock"]
