"""A database that fails in use: refusals that name it, two lines in the log, and no odd answers from what is left."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from remo_mock import Settings, create_app
from tests.support.calls import BACK

ADMIN = "/__admin/accounts/demo@example.com"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mock.sqlite"


@pytest.fixture
def app(file: Path) -> Iterator[Flask]:
    app = create_app(Settings(db=str(file)))
    yield app
    app.extensions["remo_mock"].close()


def refusals(client: FlaskClient, body: dict[str, Any]) -> tuple[str, str]:
    """Return the hint of the vendor's route and the detail of an admin route, both of which must refuse."""
    ours, vendors = client.get(ADMIN), client.post(BACK, json=body)
    assert (vendors.status_code, vendors.get_json()["credit"], ours.status_code) == (559, 0, 503)
    return vendors.headers["X-Remo-Mock-Hint"], ours.get_json()["detail"]


def delete(file: Path) -> None:
    file.unlink()


def delete_log(file: Path) -> None:
    Path(f"{file}-wal").unlink()


def replace(file: Path) -> None:
    file.rename(file.with_suffix(".old"))
    create_app(Settings(db=str(file))).extensions["remo_mock"].close()


def overwrite(file: Path) -> None:
    file.write_bytes(b"no database at all" * 5000)


def empty(file: Path) -> None:
    file.write_bytes(b"")


HARM = {
    "deleted": (delete, "mock.sqlite is gone (No such file or directory)"),
    "without its log": (delete_log, "mock.sqlite-wal is gone (No such file or directory)"),
    "replaced": (replace, "mock.sqlite was replaced by another file"),
    "overwritten": (overwrite, "its file was overwritten and is no database any more"),
    "emptied": (empty, "its file was overwritten and is no database any more"),
}


@pytest.mark.parametrize(("harm", "reason"), HARM.values(), ids=HARM)
def test_a_file_that_others_harm_is_noticed_and_logged_once(
    file: Path,
    client: FlaskClient,
    back_request: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path], None],
    reason: str,
) -> None:
    assert client.post(BACK, json=back_request).status_code == 200
    harm(file)
    for said in refusals(client, back_request):
        assert said.startswith(f"The account store sqlite:///{file} failed: {reason}. Bring the files back, or")
    assert [(record.levelname, reason in record.getMessage()) for record in caplog.records] == [("ERROR", True)]


def test_a_file_that_comes_back_is_used_again(
    file: Path, client: FlaskClient, back_request: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    client.post(BACK, json=back_request)
    file.rename(file.with_suffix(".away"))
    refusals(client, back_request)
    file.with_suffix(".away").rename(file)
    assert client.post(BACK, json=back_request).get_json()["credit"] == 98
    assert [record.getMessage().partition(" in ")[0] for record in caplog.records][1:] == [
        "The account store works again, after 2 failures"
    ]


@pytest.fixture
def small_disk() -> Iterator[None]:
    """Let databases grow to 13 pages, which the tables nearly fill."""

    def limit(connection: sqlite3.Connection, _record: Any) -> None:
        connection.execute("PRAGMA max_page_count = 13")

    event.listen(Engine, "connect", limit)
    yield
    event.remove(Engine, "connect", limit)


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_logged_once_although_it_can_be_read(
    client: FlaskClient, back_request: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    codes = []
    for _ in range(60):
        codes.append(client.post(BACK, json=back_request).status_code)
        assert client.get(ADMIN).status_code == 200
    assert codes[-20:] == [559] * 20
    failures = codes.count(559)
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert client.delete("/__admin/requests").status_code == 200
    assert [record.getMessage().partition(" in ")[0] for record in caplog.records][1:] == [
        f"The account store works again, after {failures} failures"
    ]


@pytest.mark.usefixtures("small_disk")
def test_a_full_disk_is_named_and_costs_nothing(file: Path, client: FlaskClient, back_request: dict[str, Any]) -> None:
    replies = [client.post(BACK, json=back_request) for _ in range(60)]
    full = [reply for reply in replies if reply.status_code != 200]
    assert {reply.status_code for reply in full} == {559}
    assert "failed: database or disk is full. Free space on the disk" in full[0].headers["X-Remo-Mock-Hint"]
    paid = len(replies) - len(full)
    assert client.get(ADMIN).get_json()["credit"] == 100 - paid
    with closing(sqlite3.connect(file)) as books:
        assert books.execute("SELECT count(*), -sum(change) FROM charges").fetchone() == (paid, paid)
        assert books.execute("SELECT sum(price) FROM requests").fetchone() == (paid,)


class _RefusingError(Exception):
    pass


@pytest.fixture
def broken_logging() -> Iterator[None]:
    """Let every record of ours end in an error, as a filter does that expects a field which is not there."""

    def refuse(_record: logging.LogRecord) -> bool:
        raise _RefusingError

    logger = logging.getLogger("remo_mock")
    logger.addFilter(refuse)
    yield
    logger.removeFilter(refuse)


@pytest.mark.usefixtures("broken_logging")
def test_logging_that_fails_changes_no_answer(
    file: Path, client: FlaskClient, back_request: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    client.post(BACK, json=back_request)
    file.rename(file.with_suffix(".away"))
    for said in refusals(client, back_request):
        assert said.startswith("The account store sqlite:///")
    file.with_suffix(".away").rename(file)
    assert client.post(BACK, json=back_request).get_json()["credit"] == 98
    failed, works = capsys.readouterr().err.splitlines()
    assert failed.endswith("when it works again. This cannot be logged: _RefusingError().")
    assert works.startswith("remo-mock: The account store works again, after 2 failures in ")
