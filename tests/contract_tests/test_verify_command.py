"""`remo-mock verify` on servers of its own and of others: what it prints and writes, and its exit code."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from contract_tests.selftest.changes import on_success, setting
from contract_tests.selftest.mutation import Memory, ReceivedRequest, Response
from tests.support.broken_server import broken_server
from tests.support.checkout import ROOT
from tests.support.verifying import Ended, verify
from tests.support.waiting import RUN_TIMEOUT, TIMEOUT

STRANGER = {"REMO_API_EMAIL": "me@example.com", "REMO_API_USER_KEY": "mine", "REMO_API_KEY": "mine-too"}
OTHER_MOCKS = {"REMO_MOCK_ERROR_SHAPE": "both", "REMO_MOCK_HTTP_STATUS": "200"}


@pytest.fixture(scope="module")
def own() -> Ended:
    return verify()


@pytest.fixture(scope="module")
def free(good: str) -> Ended:
    return verify(good)


@pytest.fixture(scope="module")
def paid(good: str) -> Ended:
    return verify(good, "--budget", "13")


@pytest.fixture(scope="module")
def violating(bad: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ended, dict[str, str]]:
    """A run with a violation, and its reports by suffix."""
    folder = tmp_path_factory.mktemp("reports")
    names = [f"--report={folder / f'report.{form}'}" for form in ("json", "md", "html")]
    ended = verify(bad, "--budget", "13", *names, "--junitxml", str(folder / "report.xml"))
    return ended, {path.suffix: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize(
    "said",
    [
        "analysis-skeleton-v2: all 26 documented codes seen",
        "analysis-skeleton-v2-back: all 13 documented codes seen",
        "analysis-skeleton-v2-front: all 14 documented codes seen",
        "analysis-skeleton-v2-side: all 12 documented codes seen",
        "analysis-skeleton: all 18 documented codes seen",
        "0 violated, 0 with notes, 0 skipped",
    ],
)
def test_our_own_mock_conforms_in_everything(own: Ended, said: str) -> None:
    assert own.returncode == 0, own.stdout + own.stderr
    assert said in own.stdout


def test_proxies_habits_of_other_tests_and_the_terminal_change_nothing() -> None:
    environment = {
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
        "PYTEST_ADDOPTS": "-n2 -v --nonsense",
        "PYTEST_PLUGINS": "nonexistent",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "",
        "PYTHONIOENCODING": "ascii",
    }
    ended = verify("--endpoint", "analysis-skeleton-v2-back", environment=environment)
    assert (ended.returncode, ended.stderr.count("\n")) == (0, 1)
    assert ended.stdout.splitlines()[1].startswith("====")
    assert "0 violated, 0 with notes, 0 skipped" in ended.stdout


def test_a_reader_who_goes_away_during_a_run_is_no_error_of_the_suite() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "remo_mock", "verify", "--endpoint", "analysis-skeleton-v2-back"]
    try:
        ended = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, text=True, timeout=RUN_TIMEOUT)
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr.count("\n")) == (141, 1)


def test_no_temporary_folder_is_needed(good: str) -> None:
    program = "import tempfile; tempfile._candidate_tempdir_list = lambda: []; from remo_mock.cli import main; main()"
    command = [sys.executable, "-c", program, "verify", good, "--endpoint", "analysis-skeleton-v2-back"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=RUN_TIMEOUT, check=False)
    assert (ended.returncode, "suite itself failed" in ended.stderr) == (0, False)


def test_a_self_test_that_cannot_have_processes_is_refused_in_a_line() -> None:
    program = (
        "import errno, multiprocessing.synchronize as synchronize\n"
        "def refuse(*_, **__): raise OSError(errno.EROFS, 'Read-only file system')\n"
        "synchronize.SemLock.__init__ = refuse\n"
        "from remo_mock.cli import main; main()"
    )
    command = [sys.executable, "-c", program, "verify", "--self-test"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=RUN_TIMEOUT, check=False)
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
    assert "--self-test needs semaphores for its processes: Read-only file system." in ended.stderr


def test_without_a_budget_nothing_is_spent_and_the_rest_is_named(free: Ended) -> None:
    assert free.returncode == 0
    assert "credits   0 spent, budget 0, a full run may cost 13" in free.stdout
    assert "left out  26 requests for want of a budget; --budget 13 makes them all:" in free.stdout


def test_a_full_budget_conforms_and_states_what_was_spent(paid: Ended) -> None:
    assert paid.returncode == 0
    assert "credits   10 spent, budget 13" in paid.stdout


def test_a_budget_below_the_first_successes_is_incomplete(good: str) -> None:
    ended = verify(good, "--budget", "1")
    assert ended.returncode == 3
    assert "--budget 5 or more is needed" in ended.stdout


def test_wrong_credentials_are_incomplete_and_no_violation(good: str) -> None:
    ended = verify(good, environment=STRANGER)
    assert ended.returncode == 3
    assert "the credentials are refused" in ended.stdout


def test_a_violation_names_check_promise_and_how_to_repeat_it(
    bad: str, violating: tuple[Ended, dict[str, str]]
) -> None:
    ended, _ = violating
    assert ended.returncode == 1
    assert "REMO-GRADE-bar_tilt (analysis-skeleton-v2-back)" in ended.stdout
    assert "promised in B: 응답(json) (table, L26, L21)" in ended.stdout
    assert f'curl -X POST "{bad}/api/analysis-skeleton-v2-back"' in ended.stdout


def test_one_endpoint_can_be_judged_alone(bad: str) -> None:
    ended = verify(bad, "--budget", "13", "--endpoint", "analysis-skeleton-v2-back")
    assert ended.returncode == 1
    assert "REMO-GRADE-bar_tilt (analysis-skeleton-v2)" not in ended.stdout


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ("# known\nREMO-GRADE-bar_tilt: ticket 4711\n", 0, "ticket 4711"),
        (
            "REMO-GRADE-bar_tilt[analysis-skeleton-v2]: ticket 4711\n",
            1,
            "REMO-GRADE-bar_tilt (analysis-skeleton-v2-back)",
        ),
        ("REMO-GRADE-bar_tilt: ticket\nREMO-UUID-ECHO: fixed\n", 1, "expected to fail (fixed), but it passes"),
        ("REMO-GRADE-bar_tilt: ticket\nREMO-NO-SUCH: gone\n", 1, "there is no such check"),
        ("REMO-GRADE-bar_tilt\n", 2, "the reason is needed"),
    ],
)
def test_expected_failures(bad: str, tmp_path: Path, lines: str, code: int, said: str) -> None:
    (tmp_path / "expected").write_text(lines)
    pages = ("--endpoint", "analysis-skeleton-v2", "--endpoint", "analysis-skeleton-v2-back")
    ended = verify(bad, *pages, "--budget", "13", "--xfails", str(tmp_path / "expected"))
    assert ended.returncode == code
    assert said in ended.stdout + ended.stderr


@pytest.fixture(scope="module")
def reports(violating: tuple[Ended, dict[str, str]]) -> dict[str, str]:
    return violating[1]


@pytest.mark.parametrize("form", [".json", ".md", ".html", ".xml"])
def test_every_report_has_the_violation(reports: dict[str, str], form: str) -> None:
    assert "REMO-GRADE-bar_tilt" in reports[form]


@pytest.mark.parametrize("form", [".json", ".md", ".html"])
@pytest.mark.parametrize("fact", ["pytest", "remo-mock", "Analysis-skeleton-v2", "L05", "http://127.0.0.1"])
def test_every_report_states_target_versions_and_readings(reports: dict[str, str], form: str, fact: str) -> None:
    assert fact in reports[form]


def test_the_json_report_counts_what_the_pages_promise(reports: dict[str, str]) -> None:
    report = json.loads(reports[".json"])
    assert report["exit_code"] == 1
    assert report["credits"] == {"spent": 10, "balance_drop": 10, "budget": 13, "full_run": 13}
    assert report["sections"]["B: 응답(json)"]["violation"] == 1


def test_the_html_report_loads_nothing(reports: dict[str, str]) -> None:
    assert re.findall(r"(?:src|href)=|@import|url\(|<script", reports[".html"]) == []


def test_strict_lets_notes_fail() -> None:
    with broken_server(on_success(setting("extra", 1))) as server:
        back = (server.url, "--endpoint", "analysis-skeleton-v2-back", "--budget", "13")
        assert verify(*back).returncode == 0
        assert verify(*back, "--strict").returncode == 1


def test_the_plan_sends_nothing_and_shows_the_price() -> None:
    ended = verify("http://127.0.0.1:9", "--plan", "--budget", "13")
    assert ended.returncode == 0
    assert "With --budget 13, 194 of 194 requests are sent, and spend 13 credits at most." in ended.stdout


def test_the_price_is_printed_before_the_run(free: Ended, paid: Ended) -> None:
    all_sent = "plan: 194 of 194 requests are sent, and spend 13 credits at most; the budget is 13"
    some_sent = "plan: 168 of 194 requests are sent, and spend no credit; the budget is 0; --budget 13 sends all"
    assert all_sent in paid.stderr.splitlines()
    assert some_sent in free.stderr.splitlines()


def test_a_check_explains_itself() -> None:
    ended = verify("--explain", "REMO-CREDIT-SET")
    assert ended.returncode == 0
    assert "B: 후면 이미지 골격 분석 요청" in ended.stdout
    assert "L05" in ended.stdout


def test_an_unknown_check_is_answered_with_similar_ones() -> None:
    ended = verify("--explain", "grade-bar")
    assert ended.returncode == 2
    assert "REMO-GRADE-bar_tilt" in ended.stdout


def test_the_url_may_stand_in_the_environment(good: str) -> None:
    ended = verify("--endpoint", "analysis-skeleton-v2-back", environment={"REMO_API_URL": good})
    assert f"target    {good}" in ended.stdout


def test_settings_of_other_mocks_do_not_reach_our_own() -> None:
    ended = verify("--endpoint", "analysis-skeleton-v2-back", environment=OTHER_MOCKS)
    assert ended.returncode == 0, ended.stdout
    assert "L01: status (v2-back)" in ended.stdout


def test_a_checkout_runs_the_suite_with_pytest_itself() -> None:
    suite = ROOT / "contract_tests"
    command = [sys.executable, "-m", "pytest", str(suite), "--remo-url=http://127.0.0.1:9"]
    command += ["--remo-endpoint", "analysis-skeleton-v2-back"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert ended.returncode == 3
    assert "cannot connect" in ended.stdout


@pytest.mark.parametrize(
    ("chosen", "number"),
    [("REMO-UUID-ECHO", 1), ("REMO-UUID-ECHO@analysis-skeleton-v2-back", 1), ("credits:", 9), ("rules:", 7)],
)
def test_a_check_is_chosen_by_its_id_its_endpoint_or_its_layer(chosen: str, number: int) -> None:
    command = [sys.executable, "-m", "pytest", str(ROOT / "contract_tests"), "--collect-only", "-q", "-k", chosen]
    command += ["--remo-endpoint", "analysis-skeleton-v2-back"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert len([line for line in ended.stdout.splitlines() if chosen in line]) == number, ended.stdout


def test_a_slow_endpoint_shows_progress() -> None:
    def slow(_request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        if memory.count("requests") == 1:
            time.sleep(2.1)
        return response

    with broken_server(slow) as server:
        ended = verify(server.url, "--endpoint", "analysis-skeleton-v2-back")
    assert re.search(r"1/\d+  analysis-skeleton-v2-back: probe, undecodable-back  \d+\.\d s", ended.stderr)


def test_a_failure_of_the_suite_itself_ends_with_4(tmp_path: Path) -> None:
    # A mock that cannot start is nobody's violation: here what would serve it is hidden behind broken modules.
    for server in ("granian", "waitress"):
        (tmp_path / server).mkdir()
        (tmp_path / server / "__init__.py").write_text("raise ImportError('broken on purpose')")
    environment = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    ended = verify("--endpoint", "analysis-skeleton-v2-back", environment=environment)
    assert ended.returncode == 4
    assert "remo-mock serve did not start" in ended.stderr
