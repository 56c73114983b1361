"""Saved replies, HAR files and the other files of a run may hold anything: each is judged, or refused by its name."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contract_tests.model.expectations import ExpectationsError, read_expectations
from contract_tests.reports.saved import print_saved
from contract_tests.run.saved_judgement import judge_saved
from remo_mock.contract.packaged import example_replies
from remo_mock.store.account import read_accounts
from tests.support.calls import BACK
from tests.support.damage import damaged_texts

REPLY = example_replies()["analysis-skeleton-v2-back"] | {"borigimg": "data:image/jpeg;base64,/9j/4AAQ"}
ENVELOPE = {"path": BACK, "request": {"uuid": "u"}, "status": 200, "headers": {"a": "b"}, "reply": REPLY}
HAR = {
    "log": {
        "entries": [
            {
                "request": {"method": "POST", "url": f"http://a.test{BACK}", "postData": {"text": "{}"}},
                "response": {
                    "status": 200,
                    "headers": [{"name": "a", "value": "b"}],
                    "content": {"text": "{}", "encoding": "base64", "mimeType": "application/json"},
                },
            }
        ]
    }
}
QUICKLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def refusal(read: Callable[[Path], object], file: Path) -> str | None:
    """Read a file; return why it was refused, if it was."""
    try:
        read(file)
    except (ExpectationsError, ValueError) as error:
        return str(error)
    return None


@pytest.mark.parametrize("whole", [REPLY, ENVELOPE, HAR], ids=["body", "envelope", "HAR"])
@QUICKLY
@given(data=st.data())
def test_a_damaged_file_of_a_reply_is_judged_or_refused(data: st.DataObject, whole: Any, tmp_path: Path) -> None:
    file = tmp_path / "reply.json"
    file.write_bytes(data.draw(damaged_texts(whole)))
    lines: list[str] = []
    code = print_saved([str(file)], ["analysis-skeleton-v2-back"], strict=False, echo=lines.append)
    assert code in (0, 1, 2, 3)
    assert [line for line in lines if line.startswith("NOT JUDGED") and "reply.json" not in line] == []


@QUICKLY
@given(data=st.binary(max_size=200))
def test_any_bytes_may_be_given_for_a_reply(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "reply.json").write_bytes(data)
    judge_saved([str(tmp_path / "reply.json")])


@QUICKLY
@given(
    data=st.one_of(
        st.binary(max_size=80), st.text(max_size=80).map(lambda text: f"REMO-{text}".encode("utf-8", "ignore"))
    )
)
def test_any_bytes_may_be_given_for_expectations(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "expected").write_bytes(data)
    refused = refusal(read_expectations, tmp_path / "expected")
    assert refused is None or (refused.startswith("expected") and "\n" not in refused)


@QUICKLY
@given(data=damaged_texts({"accounts": [{"email": "a@example.com", "user_key": "u", "api_key": "k", "credit": 3}]}))
def test_any_file_may_be_given_for_accounts(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_bytes(data)
    refused = refusal(read_accounts, tmp_path / "accounts.json")
    assert refused is None or "accounts.json" in refused
