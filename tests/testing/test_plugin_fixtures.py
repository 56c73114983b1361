"""The fixtures and the marker of the pytest plugin do in a user's project what they promise."""

import subprocess
import sys
from dataclasses import fields

import pytest

from remo_mock.contract import Switches
from tests.support.plugin_projects import client_project, run

pytest_plugins = ["pytester"]


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    return client_project(pytester, monkeypatch)


def outcomes(project: pytest.Pytester, source: str, *options: str) -> dict[str, int]:
    project.makepyfile(test_client="import os, pytest\nfrom client import analyse\n" + source)
    return counted(run(project, *options))


def counted(result: pytest.RunResult) -> dict[str, int]:
    """Return how many tests came to what; pytest warns that our plugin was imported before."""
    return {name: number for name, number in result.parseoutcomes().items() if name != "warnings"}


@pytest.mark.parametrize(
    "source",
    [
        # the mock in process, with the published account
        "def test_it(remo):\n    assert analyse()['credit'] == 99\n    assert remo.credits_spent == 1",
        # an account of the test's own
        "def test_it(remo_account):\n    assert analyse()['credit'] == 99\n    assert remo_account.credit == 99",
        "def test_it(remo, remo_account):\n    analyse()\n    assert [c.change for c in remo_account.charges] == [-1]",
        # a real server, which the environment leads to
        "def test_it(remo_server):\n    assert analyse()['state']\n"
        "    assert os.environ['REMO_API_URL'] == remo_server.url",
        "def test_it(remo_server, remo_account):\n    analyse()\n    assert remo_account.credit == 99",
        "def test_it(remo, remo_server):\n    analyse()\n    assert remo is remo_server and remo.credits_spent == 1",
        # the marker, with each fixture and with none
        "@pytest.mark.remo(code=518)\ndef test_it():\n    assert analyse()['status'] == 518",
        "@pytest.mark.remo(code=518)\ndef test_it(remo):\n    assert analyse()['status'] == 518",
        "@pytest.mark.remo(code=518)\ndef test_it(remo_server):\n    assert analyse()['status'] == 518",
        "@pytest.mark.remo(credit=1)\ndef test_it(remo):\n    analyse()\n    assert analyse()['status'] == 422",
        "@pytest.mark.remo(credit=0)\ndef test_it(remo_account):\n    assert analyse()['status'] == 422",
        "@pytest.mark.remo(profile='danger')\ndef test_it():\n    assert abs(analyse()['bar_tilt_grade']) == 2",
        "@pytest.mark.remo(error_shape='status_code', http_status=200)\ndef test_it():\n"
        "    assert analyse(Email='')['status_code'] == 411",
        "@pytest.mark.remo(as_observed=True, http_status=200)\ndef test_it():\n"
        "    assert analyse()['APIName'] == 'Analysis-skeleton-v2-back'\n"
        "    assert analyse(Email='')['credit_change'] == 0",
        "@pytest.mark.remo(split_price='each')\ndef test_it():\n"
        "    assert [analyse(uuid='one')['credit_change'] for _ in range(2)] == [-1, -1]",
        "@pytest.mark.remo(code=518, times=2)\nclass TestIt:\n    @pytest.mark.remo(code=522)\n    def test_it(self):\n"
        "        assert [analyse()['status'] for _ in range(2)] == [522, 522]",
        # fixtures of the user's own on top of ours
        "@pytest.fixture\ndef broke(remo_account, remo):\n    remo.next(code=422)\n    return remo_account\n\n"
        "def test_it(broke):\n    assert analyse()['status'] == 422",
    ],
)
def test_a_client_is_answered(project: pytest.Pytester, source: str) -> None:
    assert outcomes(project, source) == {"passed": 1}


def test_the_seed_decides_the_metrics(project: pytest.Pytester) -> None:
    source = """
SEEN = []

@pytest.mark.parametrize("again", [1, 2])
@pytest.mark.remo(seed=1)
def test_one(again):
    SEEN.append(analyse()["bar_tilt_m_"])

@pytest.mark.remo(seed=2)
def test_other():
    SEEN.append(analyse()["bar_tilt_m_"])
    assert SEEN[0] == SEEN[1] != SEEN[2]
"""
    assert outcomes(project, source) == {"passed": 3}


def test_each_test_has_an_account_of_its_own_also_side_by_side(project: pytest.Pytester) -> None:
    source = """
@pytest.mark.parametrize("number", range(6))
def test_one(remo_account, number):
    assert [analyse()["credit"] for _ in range(3)] == [99, 98, 97]
    with open("seen.txt", "a") as seen:
        seen.write(remo_account.email + "\\n")
"""
    assert outcomes(project, source, "-n", "2") == {"passed": 6}
    assert len(set((project.path / "seen.txt").read_text().split())) == 6


def test_the_environment_is_as_before_afterwards(project: pytest.Pytester) -> None:
    source = """
def test_one(remo_server):
    analyse()

def test_two():
    assert [name for name in os.environ if name.startswith("REMO_API")] == []
"""
    assert outcomes(project, source) == {"passed": 2}


def test_an_unused_outcome_fails_the_test_and_is_named(project: pytest.Pytester) -> None:
    project.makepyfile("""
        def test_it(remo, remo_account):
            remo.next(code=518, times=3)
            remo.next(code=519)
            remo.next(code=550, until="photo changes")
        """)
    result = run(project)
    assert counted(result) == {"failed": 1}
    result.stdout.fnmatch_lines(
        [
            "asked of remo-mock, and never used by a request:",
            "  code=518 for *@example.com, 3 times",
            "  code=519 for *@example.com on analysis-skeleton-v2",
            "  code=550 for *@example.com, until photo changes",
        ]
    )


def test_a_marked_outcome_may_last_until_the_photo_changes(project: pytest.Pytester) -> None:
    source = """
@pytest.mark.remo(code=518, until="photo changes")
def test_it(remo_server, remo_account):
    assert [analyse()['status'] for _ in range(3)] == [518, 518, 518]
    assert remo_account.credit == 100
"""
    assert outcomes(project, source) == {"passed": 1}


def test_a_failed_test_keeps_its_own_reason(project: pytest.Pytester) -> None:
    project.makepyfile("def test_it(remo):\n    remo.next(code=518)\n    assert 'its own' == 'reason'")
    result = run(project)
    result.stdout.no_fnmatch_line("*never used*")
    assert counted(result) == {"failed": 1}


@pytest.mark.parametrize(
    ("marker", "line"),
    [
        ("518", "*takes names, as in remo(credit=3, code=518)*"),
        ("code=999", "*code=999*"),
        ("flavour='sweet'", "*flavour=sweet*"),
        ("http_status=404", "*http_status: '404' is not one of 'mirror', '200'*"),
    ],
)
def test_an_impossible_marker_is_refused(project: pytest.Pytester, marker: str, line: str) -> None:
    project.makepyfile(f"import pytest\n@pytest.mark.remo({marker})\ndef test_it(): pass")
    result = run(project)
    assert counted(result) == {"errors": 1}
    result.stdout.fnmatch_lines([line])


def test_the_marker_and_the_fixtures_are_documented(project: pytest.Pytester) -> None:
    markers = run(project, "--markers").stdout
    markers.fnmatch_lines(["@pytest.mark.remo(credit=3, code=518, seed=1):*"])
    assert [switch.name for switch in fields(Switches) if switch.name not in str(markers)] == []
    printed = run(project, "--fixtures").stdout
    # pytest sorts them by their line numbers, as text.
    printed.fnmatch_lines_random(["remo -- *", "remo_server -- *", "remo_account -- *"])


@pytest.mark.parametrize(
    ("source", "loaded"),
    [
        ("def test_it(): pass", "[]"),
        ("def test_it(remo): pass", "['requests', 'sqlalchemy']"),
    ],
)
def test_nothing_heavy_is_imported_until_it_is_used(project: pytest.Pytester, source: str, loaded: str) -> None:
    project.makeconftest("""
        import sys
        HEAVY = ("PIL", "faker", "flask", "jsonschema", "requests", "responses", "sqlalchemy", "werkzeug", "granian")

        def pytest_unconfigure():
            print("loaded:", sorted(name for name in HEAVY if name in sys.modules and name != "jsonschema"))
        """)
    project.makepyfile(source)
    result = project.runpytest_subprocess("-p", "remo_mock.testing.pytest_plugin")
    result.stdout.fnmatch_lines([f"*loaded: {loaded}".replace("[", "[[]")])


def test_importing_the_plugin_imports_no_other_module_of_ours() -> None:
    program = (
        "import sys, remo_mock.testing.pytest_plugin\n"
        "print(sorted(name for name in sys.modules if name.startswith(('remo_mock', 'contract_tests'))))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(
        ["remo_mock", "remo_mock._version", "remo_mock.testing", "remo_mock.testing.pytest_plugin"]
    )


def test_a_project_that_never_uses_us_pays_for_five_small_modules(project: pytest.Pytester) -> None:
    project.makeconftest("""
        import sys

        def pytest_unconfigure():
            print("ours:", *sorted(name for name in sys.modules if name.startswith(("remo_mock.", "contract_tests"))))
        """)
    project.makepyfile("def test_it(): pass")
    result = project.runpytest_subprocess("-p", "remo_mock.testing.pytest_plugin")
    names = [
        "_version",
        "testing",
        *(f"testing.{name}" for name in ("pytest_bill", "pytest_plugin", "usage_listeners")),
    ]
    result.stdout.fnmatch_lines([f"*ours: {' '.join(f'remo_mock.{name}' for name in names)}"])


def test_proxies_of_the_environment_are_not_asked_for_the_server(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "elsewhere.test")
    project.makepyfile("""
        import os
        from client import analyse

        def test_over_a_socket(remo_server):
            assert analyse()["credit"] == 99
            assert os.environ["no_proxy"] == "127.0.0.1,elsewhere.test"

        def test_in_process(remo):
            assert analyse()["credit"] == 99
            assert os.environ["no_proxy"] == "elsewhere.test"
        """)
    assert counted(run(project)) == {"passed": 2}


def test_the_first_mock_of_a_process_loads_nothing_that_only_some_need() -> None:
    program = (
        "import sys\nfrom remo_mock import RemoMock\nwith RemoMock() as remo: remo.next(code=518)\n"
        "names = {'PIL', 'faker', 'flask', 'granian', 'jsonschema', 'numpy', 'responses', 'yaml', 'zxingcpp'}\n"
        "names |= {'remo_mock.cassettes', 'remo_mock.reference', 'remo_mock.web'}\n"
        "print(sorted(names & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "module", ["remo_mock.testing.pytest_plugin", "remo_mock.testing.pytest_bill", "contract_tests.conftest"]
)
def test_what_pytest_loads_needs_no_name_that_its_lowest_version_lacks(module: str) -> None:
    program = (
        "import pytest\n"
        "for name in ('TerminalReporter', 'RaisesExc', 'RaisesGroup', 'HIDDEN_PARAM'): vars(pytest).pop(name, None)\n"
        f"import {module}"
    )
    subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)


DOCTESTS = """
'''A module with a marker.

>>> 1 + 1
2
'''
import pytest
from client import analyse
pytestmark = pytest.mark.remo(code=518)

def twice(number):
    '''Double it.

    >>> twice(2)
    4
    '''
    return 2 * number

class Doubling:
    '''Doubles.

    >>> twice(3)
    6
    '''
"""
OWN_USE = "\n>>> _ = getfixture('remo')\n>>> analyse()['status']\n518\n"


@pytest.mark.parametrize(
    ("files", "passed"),
    [
        ({"test_client": DOCTESTS + "\ndef test_it():\n    assert analyse()['status'] == 518"}, 4),
        ({"__init__": DOCTESTS.replace("from client import analyse", "")}, 3),
        ({"test_client": DOCTESTS, "conftest": "import pytest\n@pytest.fixture(autouse=True)\ndef own(remo): pass"}, 3),
        (
            {
                "test_client": DOCTESTS,
                "conftest": "import pytest\n@pytest.fixture(autouse=True)\ndef own(remo_session_server): pass",
            },
            3,
        ),
        ({"test_client": DOCTESTS.replace("\n>>> 1 + 1\n2\n", OWN_USE)}, 3),
    ],
    ids=["a module", "a package", "a fixture for all tests", "one server for all tests", "asked for in a doctest"],
)
def test_doctests_pass_beside_marked_tests(project: pytest.Pytester, files: dict[str, str], passed: int) -> None:
    project.makepyfile(**files)
    assert counted(run(project, "--doctest-modules", "--ignore=client.py")) == {"passed": passed}


def test_what_a_doctest_queued_itself_fails_it_if_it_is_not_used(project: pytest.Pytester) -> None:
    queuing = "\n>>> _ = getfixture('remo').next(code=422)\n"
    project.makepyfile(test_client=DOCTESTS.replace("\n>>> 1 + 1\n2\n", queuing))
    result = run(project, "--doctest-modules")
    assert counted(result) == {"passed": 2, "failed": 1}
    result.stdout.fnmatch_lines(["asked of remo-mock, and never used by a request:", "  code=422 for *"])
    result.stdout.no_fnmatch_line("*code=518 for*")
