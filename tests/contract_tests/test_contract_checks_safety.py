"""Nothing leaves this machine, in clear text or for credits, unless options allow it."""

from dataclasses import replace
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from contract_tests.model.expectations import ExpectationsError, read_expectations
from contract_tests.run.options import Options, UsageError, check_options
from contract_tests.run.safety import UnsafeError, check_target
from contract_tests.run.verification import Target, verify_target
from contract_tests.selftest.mutation import Memory, ReceivedRequest, Response
from remo_mock.cli.group import commands
from tests.support.broken_server import broken_server
from tests.support.calls import BACK, FRONT, PHOTOS, SIDE, V1, V2
from tests.support.verifying import verify
from tests.support.waiting import TIMEOUT

PATHS = {"A": V2, "B": BACK, "C": FRONT, "D": SIDE, "E": V1}
LONGEST = "give seconds, more than 0 and at most 3600"
ELSEWHERE = "https://api.example.com"
# The endpoints whose replies a broken server changes.
BROKEN = ("analysis-skeleton-v2", "analysis-skeleton-v2-back")


def check(url: str, **options: object) -> None:
    given = {"live": False, "allow_http": False, "budget": 0, "has_credentials": True} | options
    check_target(url, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", ["http://127.0.0.1:4420", "http://localhost:4420", "http://[::1]:4420"])
def test_this_machine_needs_no_permission(url: str) -> None:
    check(url)


@pytest.mark.parametrize(
    ("url", "options", "remedy"),
    [
        (ELSEWHERE, {}, "--live"),
        ("http://api.example.com", {"live": True}, "--allow-http"),
        (ELSEWHERE, {"live": True, "has_credentials": False}, "REMO_API_EMAIL"),
        ("https://me:secret@api.example.com", {"live": True}, "REMO_API_EMAIL"),
        ("ftp://127.0.0.1", {}, "http://127.0.0.1:4420"),
        ("127.0.0.1:4420", {}, "http://127.0.0.1:4420"),
        ("http://127.0.0.1:4420", {"budget": -1}, "--budget"),
        ("http://127.0.0.1:4420?key=1", {}, "base URL"),
        ("http://localhost.example.com", {}, "--live"),
        ("http://127.0.0.1.example.com", {}, "--live"),
        ("api.example.com", {}, "Give https://api.example.com$"),
        ("api.example.com:8443/remo", {}, "Give https://api.example.com:8443/remo$"),
        ("localhost:4420", {}, "Give http://localhost:4420$"),
        ("[::1]:4420", {}, r"Give http://\[::1\]:4420$"),
        ("http://::1:4420", {}, r"http://\[::1\]:4420"),
        ("http://[::1", {}, r"http://\[::1\]:4420"),
        ("http://127.0.0.1:99999", {}, "a port up to 65535"),
        ("http://127.0.0.1:http", {}, "a port up to 65535"),
        ("http://0.0.0.0:4420", {}, "no address to call. Give one such as http://127.0.0.1:4420"),
        ("http://[::]:4420", {}, "no address to call"),
        ("http://exa mple.com", {}, "Give one such as"),
        ("http://example.com\\@127.0.0.1", {}, "REMO_API_EMAIL"),
        ("http://127.0.0.1:4420?", {}, "base URL"),
        ("http://127.0.0.1:4420/#part", {}, "base URL"),
        (
            "http://127.0.0.1:4420/api/analysis-skeleton-v2/",
            {"paths": ["/api/analysis-skeleton-v2"]},
            "Give the base URL alone: http://127.0.0.1:4420$",
        ),
        (
            "http://api.example.com",
            {"has_credentials": False},
            "Add --live .* Use https, or add --allow-http .* Set REMO_API_EMAIL",
        ),
    ],
)
def test_the_rest_is_refused_with_a_remedy(url: str, options: dict[str, object], remedy: str) -> None:
    with pytest.raises(UnsafeError, match=remedy):
        check(url, **options)


@pytest.mark.parametrize(
    "url",
    [
        "http://me:hunter2@localhost:4420",
        "https://hunter2@api.example.com",
        "me:hunter2@api.example.com",
        "http://me:hun/ter2@localhost:99999",
        "http://localhost:4420/?key=hunter2",
        "http://localhost:4420/#hunter2",
        "hunter2",
        "ftp://hunter2",
        "http:// hunter2",
        "http://localhost:hunter2",
    ],
)
def test_a_refusal_repeats_no_secret(url: str) -> None:
    with pytest.raises(UnsafeError) as refused:
        check(url)
    assert "hun" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:4420/", "http://localhost/remo", "https://[::1]", "HTTP://LOCALHOST"]
)
def test_a_base_url_may_have_a_path(url: str) -> None:
    check(url, paths=["/api/analysis-skeleton-v2"])


def test_an_empty_url_is_not_our_own_mock() -> None:
    ended = verify("")
    assert ended.returncode == 2
    assert "The URL is empty. Give one, or leave it out to judge a mock of our own" in ended.stderr


@pytest.mark.parametrize("seconds", ["0", "-3", "nan", "inf", "1e300"])
def test_an_impossible_timeout_is_refused(seconds: str) -> None:
    with pytest.raises(UsageError, match=LONGEST):
        check_options(Options(url="http://127.0.0.1:9", timeout=float(seconds)), known=())


def test_a_live_host_with_credentials_is_allowed() -> None:
    check(ELSEWHERE, live=True)


def test_plain_http_elsewhere_is_allowed_by_an_option() -> None:
    check("http://api.example.com", live=True, allow_http=True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([ELSEWHERE], "--live"),
        (["http://127.0.0.1:9", "-p", "xdist", "-n", "2"], ""),
        (["http://127.0.0.1:9", "--photo", "top=x.jpg"], "VIEW=FILE"),
        (["http://127.0.0.1:9", "--report", "report.pdf"], ".html"),
        (["http://127.0.0.1:9", "--timeout", "nan"], LONGEST),
        (["http://127.0.0.1:9", "--endpoint", "v3"], "analysis-skeleton-v2-back"),
        (["http://127.0.0.1:9", "--xfails", "no-such-file"], "no-such-file cannot be read: No such file or directory;"),
    ],
)
def test_impossible_options_end_with_2(arguments: list[str], said: str) -> None:
    ended = verify(*arguments)
    assert ended.returncode == 2
    assert said in ended.stderr


@pytest.mark.parametrize(
    ("file", "problem"), [("no-such-file", "No such file or directory"), (__file__, "no photo that can be opened")]
)
def test_a_plan_names_a_photo_that_cannot_be_read(file: str, problem: str) -> None:
    done = CliRunner().invoke(commands, ["verify", "http://127.0.0.1:9", "--plan", "--photo", f"back={file}"])
    assert f"Before it is sent: --photo: {file}: {problem}; name a photo." in done.stdout


def test_expectations_that_are_no_text_are_refused() -> None:
    with pytest.raises(ExpectationsError, match=r"^back\.jpg is no text in UTF-8; write one with an id and a reason"):
        read_expectations(PHOTOS / "back.jpg")


def test_incomplete_credentials_are_a_mistake() -> None:
    ended = verify("http://127.0.0.1:9", environment={"REMO_API_EMAIL": "me@example.com"})
    assert ended.returncode == 2
    assert "REMO_API_USER_KEY, REMO_API_KEY" in ended.stderr


def test_a_server_that_is_not_there_ends_with_3_and_one_line() -> None:
    ended = verify("http://127.0.0.1:9")
    assert ended.returncode == 3
    assert "cannot connect to http://127.0.0.1:9" in ended.stdout
    assert len(ended.stdout.strip().splitlines()) <= 2


def test_a_server_without_tls_is_incomplete_and_no_violation(good: str) -> None:
    url = good.replace("http:", "https:")
    ended = verify(url, "--endpoint", "analysis-skeleton-v2-back")
    assert ended.returncode == 3
    assert "incomplete: cannot connect by TLS (" in ended.stdout  # OpenSSL's versions give different reasons
    assert f") to {url}: correct the URL, or the server's certificate" in ended.stdout


def test_credentials_follow_no_redirect() -> None:
    visits: list[str] = []

    def visited(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        visits.append(request.page)
        return response

    with broken_server(visited) as elsewhere:

        def moved(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
            return replace(response, status=307).with_header("Location", elsewhere.url + PATHS[request.page])

        with broken_server(moved) as server:
            report = verify_target(Target(url=server.url, budget=20, endpoints=BROKEN))
    assert visits == []
    assert "REMO-HTTP-REDIRECT" in {result.check.id for result in report.violations}
    assert "redirects to" in report.incomplete


@pytest.mark.parametrize("budget", [0, 1, 2, 3, 4, 5])
def test_a_budget_is_never_exceeded(budget: int) -> None:
    with broken_server() as server:
        before = 100
        report = verify_target(Target(url=server.url, budget=budget))
        after = requests.get(f"{server.url}/__admin/accounts/demo@example.com", timeout=TIMEOUT).json()["credit"]
    assert report.spent == before - after
    assert report.spent <= budget


def test_a_reply_that_never_comes_counts_as_spent_and_is_not_sent_again() -> None:
    succeeded: list[str] = []

    def silent(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        if not response.fields["state"]:
            return response
        succeeded.append(request.page)
        return replace(response, status=0)

    with broken_server(silent) as server:
        report = verify_target(Target(url=server.url, budget=2, endpoints=BROKEN))
    assert report.spent == 2
    assert len(succeeded) == 2


def test_pytest_in_parallel_is_refused(tmp_path: Path) -> None:
    ended = verify("http://127.0.0.1:9", environment={"PYTEST_XDIST_WORKER": "gw0", "HOME": str(tmp_path)})
    assert ended.returncode == 2
    assert "xdist" in ended.stderr
