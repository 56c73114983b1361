"""The fixture `remo_session_server` is one server for a whole run, and keeps its tests apart all the same."""

import pytest

from tests.support.plugin_projects import client_project, run

pytest_plugins = ["pytester"]

ONE_PROGRAM = """
import os
import subprocess
import sys

import pytest
from client import analyse

SEEN = set()


@pytest.fixture(scope="session")
def program(remo_session_server):
    # Somebody's program, which is started once and told its environment once.
    line = "import sys; from client import analyse; [print(analyse(**eval(one))) for one in sys.stdin]"
    with subprocess.Popen([sys.executable, "-uc", line], text=True, stdin=subprocess.PIPE, stdout=-1) as process:

        def ask(fields):
            process.stdin.write(f"{fields}\\n")
            process.stdin.flush()
            return eval(process.stdout.readline())

        yield ask
        process.stdin.close()


@pytest.fixture(autouse=True)
def remember(remo_session_server):
    SEEN.add(remo_session_server.url)


def test_one(program, remo_account):
    assert program(remo_account.fields)["credit"] == 99


def test_two(program, remo_account):
    assert [program(remo_account.fields)["credit"] for _ in range(2)] == [99, 98]


@pytest.mark.remo(credit=3, code=518)
def test_three(program, remo_account):
    assert program(remo_account.fields)["status"] == 518
    assert remo_account.credit == 3
    assert [os.environ["REMO_API_EMAIL"], os.environ["REMO_API_URL"]] == [remo_account.email, *SEEN]


def test_four(program, remo_session_server):
    remo_session_server.next(code=522, account="demo@example.com")
    assert program({})["status"] == 522
"""


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    return client_project(pytester, monkeypatch)


def outcomes(result: pytest.RunResult) -> dict[str, int]:
    return {name: number for name, number in result.parseoutcomes().items() if name != "warnings"}


def test_a_program_that_is_started_once_meets_each_tests_account_and_outcome(project: pytest.Pytester) -> None:
    project.makepyfile(test_client=ONE_PROGRAM)
    result = run(project)
    assert outcomes(result) == {"passed": 4}
    result.stdout.fnmatch_lines(
        [
            "*3 credits on the real service: 3 successes on analysis-skeleton-v2-back in 2 tests",
            "paid again for the same photos: test_client.py::test_two, 1 time on analysis-skeleton-v2-back",
            "your client was shown 2 of * codes; never: *",
        ]
    )


def test_what_a_test_leaves_in_the_queue_fails_it_and_no_other(project: pytest.Pytester) -> None:
    project.makepyfile("""
        from client import analyse

        def test_one(remo_session_server):
            remo_session_server.next(code=518)

        def test_two(remo_session_server):
            assert analyse()["state"]

        def test_three(remo_session_server, remo_account):
            assert remo_session_server.unused == ()
            remo_account.next(code=522)
        """)
    result = run(project)
    assert outcomes(result) == {"failed": 2, "passed": 1}
    result.stdout.fnmatch_lines(["  code=518 for demo@example.com", "  code=522 for *"])


def test_all_tests_have_the_settings_of_the_run(project: pytest.Pytester) -> None:
    project.makeconftest("""
        import pytest
        from remo_mock import Settings

        @pytest.fixture(scope="session")
        def remo_session_settings():
            return Settings(error_shape="status_code", http_status="200")
        """)
    project.makepyfile("""
        import pytest
        from client import analyse

        @pytest.mark.remo(code=518)
        def test_one(remo_session_server):
            assert analyse()["status_code"] == 518

        @pytest.mark.remo(seed=3)
        def test_two(remo_session_server):
            pass
        """)
    result = run(project)
    assert outcomes(result) == {"passed": 1, "errors": 1}
    result.stdout.fnmatch_lines(
        [
            "*the mock of the whole run cannot change seed; override the fixture remo_session_settings for all tests, "
            "or use remo_server in this one"
        ]
    )


def test_tests_with_a_mock_of_their_own_are_left_alone(project: pytest.Pytester) -> None:
    project.makepyfile("""
        import os
        from client import analyse

        def test_one(remo_session_server):
            assert analyse()["credit"] == 99

        def test_two(remo):
            assert os.environ["REMO_API_URL"] == remo.url == "https://api.remo.re.kr"
            assert analyse()["credit"] == 99

        def test_three(remo_session_server, remo_server, remo_account):
            assert os.environ["REMO_API_URL"] == remo_server.url != remo_session_server.url
            analyse()
            assert [remo_server.credits_spent, remo_session_server.credits_spent] == [1, 1]

        def test_four():
            assert analyse()["credit"] == 98
        """)
    assert outcomes(run(project)) == {"passed": 4}


def test_the_environment_is_as_before_after_the_run(project: pytest.Pytester) -> None:
    project.makeconftest("""
        import os

        def pytest_unconfigure():
            print([name for name in os.environ if name.startswith("REMO_API")])
        """)
    project.makepyfile("""
        def test_one(remo_session_server, remo_account):
            pass
        """)
    run(project).stdout.fnmatch_lines(["[[]]"])
