"""`remo-mock drift` prints a table, one example for each difference with what to do, and exits as `verify` does."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from remo_mock.cli.group import commands
from tests.support.calls import BACK
from tests.support.upstreams import fields, recording, unchanged, upstream


def record(cassette: Path, request: dict[str, Any], **changed: Any) -> None:
    with upstream(fields(**changed) if changed else unchanged) as real, recording(real.url, cassette) as recorder:
        recorder.client.post(BACK, json=request)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["drift", *map(str, arguments)])


def test_no_drift_is_reported_in_one_line_and_exits_0(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request)
    done = run(tmp_path)
    assert (done.exit_code, done.output.splitlines()[-1]) == (0, "no drift: 1 exchanges are as the mock answers them")


def test_drift_is_shown_with_an_example_and_what_to_do(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, bar_tilt_m_=1.2, bar_tilt_grade=1)
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "bands                 1        1" in done.output
    assert (
        "bands: 1 of 1, first in analysis-skeleton-v2-back-photo-b27b5703.json\n"
        "  real  bar_tilt_m_ 1.2, bar_tilt_grade 1\n"
        "  ours  grade 0: -1.5 < value < 1.5 (REMO-GRADE-bar_tilt)\n"
        "  name  bar_tilt_m_, bar_tilt_grade, bar_tilt: Body tilt (back) / 몸의 좌우 기울기 (후면)\n"
        "  next  correct `bands` in schemas/<endpoint>/endpoint.json, and L11 of schemas/ledger.json\n"
    ) in done.output
    assert "reading L07: APIName Analysis-skeleton-v2 (1)" in done.output


def test_drift_need_not_fail(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, APIName="another")
    assert run(tmp_path, "--no-fail").exit_code == 0


def test_the_report_is_there_as_json(tmp_path: Path, back_request: dict[str, Any]) -> None:
    record(tmp_path, back_request, APIName="another")
    done = run(tmp_path, "--json")
    report = json.loads(done.output)
    (drifted,) = [one for one in report["rules"] if one["drifted"]]
    assert (done.exit_code, report["drift"], report["exchanges"]) == (1, True, 1)
    assert drifted == {
        "rule": "api-name",
        "compared": 1,
        "drifted": 1,
        "files": ["analysis-skeleton-v2-back-photo-b27b5703.json"],
        "first": {"real": "'another'", "ours": "Analysis-skeleton-v2 or Analysis-skeleton-v2-back (REMO-APINAME)"},
        "names": {},
        "next": "add the name to `api_name.accepted` in schemas/<endpoint>/endpoint.json (L07)",
    }


@pytest.mark.parametrize(("name", "message"), [("", "holds no exchange"), ("nowhere", "no directory. Name one that")])
def test_a_cassette_with_nothing_in_it_is_a_mistake(tmp_path: Path, name: str, message: str) -> None:
    done = run(tmp_path / name)
    assert message in done.output + str(done.exception)
    assert done.exit_code != 0
