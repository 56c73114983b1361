"""The mock that a run without a URL starts is never stopped by what it prints."""

import sys
from pathlib import Path

import pytest

from contract_tests.run.own_mock import own_mock
from tests.support.waiting import wait_until

TALKATIVE = """#!/bin/sh
echo "http://127.0.0.1:9"
yes "a line of a traceback" | head -c 300000
touch {sign}
"""


def test_a_mock_that_prints_much_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, sign = tmp_path / "talkative", tmp_path / "sign"
    program.write_text(TALKATIVE.format(sign=sign), encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    with own_mock() as url:
        assert url == "http://127.0.0.1:9"
        wait_until(sign.exists, what="all is printed")
