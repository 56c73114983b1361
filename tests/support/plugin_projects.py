"""Makes a project with a client of the vendor's API, as an integrator has it, for tests of the pytest plugin."""

import pytest

import remo_mock.testing.remo_mock
import remo_mock.testing.thread_server  # noqa: F401
from tests.support.calls import PHOTOS

CLIENT = '''
import base64
import os
from pathlib import Path

import requests

PHOTO = base64.b64encode(Path(__file__).with_name("back.jpg").read_bytes()).decode()


def analyse(**credentials):
    """Return the reply to one back photo; credentials come from the environment unless they are given."""
    base = os.environ.get("REMO_API_URL", "http://api.remo.re.kr")
    own = {
        "Email": os.environ.get("REMO_API_EMAIL", "demo@example.com"),
        "UserKey": os.environ.get("REMO_API_USER_KEY", "demo-user-key"),
        "APIKey": os.environ.get("REMO_API_KEY", "demo-api-key"),
    }
    body = own | credentials | {"borigimg": PHOTO}
    return requests.post(base + "/api/analysis-skeleton-v2-back", json=body, timeout=30).json()
'''


def client_project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Put the client and its photo into the directory of `pytester`, in an environment without names of ours."""
    for name in ("URL", "EMAIL", "USER_KEY", "KEY"):
        monkeypatch.delenv(f"REMO_API_{name}", raising=False)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # other plugins take their time
    pytester.makepyfile(client=CLIENT)
    (pytester.path / "back.jpg").write_bytes((PHOTOS / "back.jpg").read_bytes())
    return pytester


def run(project: pytest.Pytester, *options: str) -> pytest.RunResult:
    """Run the project's tests with our plugin, and with xdist if that is asked for."""
    xdist = ("-p", "xdist") if "-n" in options else ()
    return project.runpytest_inprocess("-p", "remo_mock.testing.pytest_plugin", *xdist, *options)
