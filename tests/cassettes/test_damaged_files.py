"""A damaged file of a cassette is refused by its name and key, or taken for what it still says; nothing breaks off."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from remo_mock import RemoMock, Settings
from remo_mock.assembly import make_mock
from remo_mock.cassettes.drift.report import compare
from remo_mock.cassettes.files import read_cassette
from remo_mock.cassettes.suite_exchange import suite_exchange
from remo_mock.contract.suite import api
from remo_mock.exceptions import CassetteError
from tests.support.calls import BACK, credentials, photo_text
from tests.support.damage import changed, damaged_texts
from tests.support.upstreams import recording, upstream
from tests.support.waiting import TIMEOUT

PHOTO = credentials() | {"borigimg": photo_text("back")}
FILE = "exchange.json"


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("whole")
    with upstream() as real, recording(real.url, folder) as recorder:
        recorder.client.post(BACK, json=PHOTO)
        return recorder.only()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_used(data: st.DataObject, document: Any, tmp_path_factory: Any) -> None:
    folder = tmp_path_factory.mktemp("damaged", numbered=True)
    (folder / FILE).write_bytes(data.draw(damaged_texts(document)))
    refused = used(folder)
    assert refused is None or (refused.startswith(f"{FILE}: ") and "\n" not in refused)


HALF, DEEP = "\ud800", json.loads("[" * 500 + "]" * 500)
UNWRITABLE = {
    "half a character in a photo's place": (("request", "body", "borigimg"), HALF),
    "half a character in a name": (("request", "body"), {HALF: "account-1"}),
    "a description too deep": (("request", "body", "borigimg"), {"blake3": "x", "more": DEEP}),
    "half a character in the reply": (("reply", "json", "uuid"), HALF),
    "a value too deep": (("reply", "json", "uuid"), DEEP),
}


@pytest.mark.parametrize(("way", "value"), UNWRITABLE.values(), ids=UNWRITABLE)
def test_what_cannot_be_sent_again_is_refused(way: tuple[str, ...], value: Any, document: Any, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(json.dumps(changed(document, way, value)), encoding="utf-8")
    refused = used(tmp_path)
    assert refused is not None
    assert refused.startswith(f"{FILE}: has a {way[0]}")
    assert ": half a character, or too deep. " in refused


def used(folder: Path) -> str | None:
    """Compare, judge and replay a cassette; return why it was refused, if it was."""
    try:
        with closing(make_mock(Settings())) as mock:
            recorded = read_cassette(folder, mock.responder.contract)
            compare(recorded, mock.responder).as_json()
            api.judge_exchanges([suite_exchange(one) for one in recorded])
        with RemoMock(replay=folder) as remo:
            requests.post(remo.url + BACK, json=PHOTO, timeout=TIMEOUT)
    except CassetteError as error:
        return str(error)
    return None
