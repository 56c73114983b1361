"""A server's worker is ready before Flask is loaded, and makes one application, however many ask for it."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from flask import Flask

from remo_mock.settings import Settings
from remo_mock.web.served import Served, load_mock
from remo_mock.web.server import _load_later
from remo_mock.web.vendor_door import VENDOR_DOOR
from tests.support.waiting import TIMEOUT

READY = """
import sys
import remo_mock.web.front.application, remo_mock.web.front.silent, remo_mock.web.server
from remo_mock.settings import Settings
from remo_mock.web.served import load_mock
served = load_mock(Settings())
print([name for name in ("flask", "werkzeug", "PIL", "numpy", "jsonschema") if name in sys.modules])
print(type(served.app()).__name__)
"""


def test_a_worker_is_ready_before_flask_is_loaded() -> None:
    done = subprocess.run([sys.executable, "-c", READY], capture_output=True, text=True, timeout=TIMEOUT, check=True)
    assert done.stdout.splitlines() == ["[]", "Flask"]


def test_an_application_that_cannot_be_made_is_told_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    def make() -> Flask:
        raise ImportError("No module named 'jinja2'")

    _load_later(Served(make, limit=1))
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "/ and /__admin cannot be served: ImportError: No module named 'jinja2'. Install remo-mock again." in said


def test_threads_that_ask_together_get_one_application_with_the_door_of_the_server() -> None:
    served, meeting = load_mock(Settings()), threading.Barrier(4)

    def ask(_number: int) -> object:
        meeting.wait(TIMEOUT)
        return served.app()

    with ThreadPoolExecutor(4) as pool:
        apps = list(pool.map(ask, range(4)))
    app = served.app()
    with closing(app.extensions["remo_mock"]):
        assert all(one is app for one in apps)
        assert app.extensions[VENDOR_DOOR] is served.door
