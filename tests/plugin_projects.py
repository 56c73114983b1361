"""A client of the vendor's API as an integrator has it, and a project around it for tests of the pytest plugin."""

import pytest

from calls import PHOTOS

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
    return requests.post(base + "/api/analysis-skeleton-v2-back", json=body, timeout=5).json()
'''


def client_project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Put the client and its photo into the directory of `pytester`, in an environment without names of ours."""
    for name in ("URL", "EMAIL", "USER_KEY", "KEY"):
        monkeypatch.delenv(f"REMO_API_{name}", raising=False)
    pytester.makepyfile(client=CLIENT)
    (pytester.path / "back.jpg").write_bytes((PHOTOS / "back.jpg").read_bytes())
    return pytester
