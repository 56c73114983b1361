"""A server goes on although nobody reads what it reports any more."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from remo_mock.web.app import create_app
from remo_mock.web.front.application import Front
from remo_mock.web.served import Served
from remo_mock.web.worker import load_and_report
from tests.support.front_requests import Sending, begin
from tests.support.waiting import TIMEOUT, wait_until


@contextmanager
def nobody_reads(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have stderr lead into a pipe that nobody reads."""
    reader, writer = os.pipe()
    os.close(reader)
    stderr = os.fdopen(writer, "w")
    with monkeypatch.context() as patch:
        patch.setattr("sys.stderr", stderr)
        yield
    with pytest.raises(BrokenPipeError):  # something was written
        stderr.close()


def test_a_lost_worker_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = Flask(__name__)
    (tmp_path / "births").write_bytes(b".")
    with nobody_reads(monkeypatch):
        assert load_and_report(lambda: app, births=tmp_path / "births", workers=1) is app


def test_a_signal_to_stop_sends_what_is_held_back(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app()
    front = Front(Served.of(app))
    held = begin(front, Sending(b"{}", {"prefer": "fault=hang"}))
    wait_until(lambda: front._under_way, what="it is held back")
    with nobody_reads(monkeypatch):
        front._stop()
    assert held.answered.result(TIMEOUT)[0] == 411
    front.__rsgi_del__(None)
    app.extensions["remo_mock"].close()
