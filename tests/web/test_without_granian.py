"""Where granian has no wheel (Windows on ARM) waitress serves the same answers: tried here by hiding granian."""

import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator

import pytest
import requests
from packaging.requirements import Requirement

from tests.support.calls import BACK
from tests.support.checkout import ROOT
from tests.support.control import Person, new_person
from tests.support.servers import Server, announced_url
from tests.support.waiting import TIMEOUT, wait_until

HIDE = "import sys; sys.modules['granian'] = None"


def start(*options: str) -> Server:
    program = f"{HIDE}; sys.argv = ['remo-mock', 'serve', '--port', '0', *sys.argv[1:]]"
    code = f"{program}\nfrom remo_mock.cli import main\nmain()"
    process = subprocess.Popen(
        [sys.executable, "-c", code, *options], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return Server(announced_url(process), process)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = start()
    yield running
    running.process.kill()
    running.process.communicate(timeout=TIMEOUT)


@pytest.fixture
def caller(server: Server) -> Person:
    return new_person(server.url)


def post(server: Server, person: Person, preference: str = "") -> requests.Response:
    headers = {"Prefer": preference} if preference else {}
    return requests.post(server.url + BACK, json=person.body(), headers=headers, timeout=TIMEOUT)


def test_a_photo_is_analysed_and_charged(server: Server, caller: Person) -> None:
    reply = post(server, caller)
    assert (reply.status_code, reply.json()["state"], reply.json()["credit"]) == (200, True, 99)
    assert "server" not in {name.lower() for name in reply.headers}


def test_a_code_is_the_http_status(server: Server, caller: Person) -> None:
    reply = post(server, caller, "code=518")
    assert (reply.status_code, reply.json()["status"], reply.headers["Preference-Applied"]) == (518, 518, "code=518")


@pytest.mark.parametrize("fault", ["drop", "truncate", "charged-then-lost"])
def test_a_cut_answer_is_cut(server: Server, caller: Person, fault: str) -> None:
    with pytest.raises(requests.RequestException):
        post(server, caller, f"fault={fault}").json()


def test_a_large_body_is_answered_as_the_page_has_it(server: Server, caller: Person) -> None:
    body = caller.body() | {"borigimg": "A" * 65 * 1024 * 1024}
    reply = requests.post(server.url + BACK, json=body, timeout=TIMEOUT)
    assert (reply.status_code, reply.json()["status"]) == (400, 400)


@pytest.mark.parametrize("path", ["/", "/__admin/health", "/__admin/docs", "/__admin/openapi.json"])
def test_pages_are_there(server: Server, path: str) -> None:
    assert requests.get(server.url + path, timeout=TIMEOUT).status_code == 200


def test_an_answer_that_is_held_back_is_sent_at_the_signal_to_stop() -> None:
    running = start("--workers", "2")
    person = new_person(running.url)
    code = f"import requests; print(requests.post('{running.url + BACK}', json={person.body()}, timeout={TIMEOUT},"
    code += " headers={'Prefer': 'delay=60000'}).json()['credit'])"
    with subprocess.Popen([sys.executable, "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as client:
        assert client.stdin is not None
        client.stdin.write(code)
        client.stdin.close()
        wait_until(lambda: person.credit() == 99, what="it is charged")
        running.process.send_signal(signal.SIGTERM)
        answered = client.stdout.read() if client.stdout else ""
    # Not communicate(), which does not see what came with the first line.
    with running.process:
        said = running.process.stdout.read() if running.process.stdout else ""
    assert (answered, running.process.returncode) == ("99\n", 0)
    assert "one process instead of several" in said


def test_tests_have_a_server_in_a_thread() -> None:
    code = f"{HIDE}\nimport requests\nfrom remo_mock import RemoMock\nwith RemoMock().serving() as mock:\n"
    code += "    print(requests.get(mock.url + '/__admin/health').json()['status'])\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("ok\n", "", 0)


def test_without_any_server_it_says_what_to_install() -> None:
    code = f"{HIDE}; sys.modules['waitress'] = None; sys.argv = ['remo-mock', 'serve', '--port', '0']"
    code += "\nfrom remo_mock.cli import main\nmain()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=TIMEOUT, check=False)
    assert (done.returncode, "or where that has no wheel: pip install waitress" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("system", "machine", "server"),
    [("win32", "ARM64", "waitress"), ("win32", "AMD64", "granian"), ("linux", "aarch64", "granian")],
)
def test_each_platform_gets_one_server(system: str, machine: str, server: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [Requirement(text) for text in project["dependencies"]]
    platform = {"sys_platform": system, "platform_machine": machine}
    chosen = [one.name for one in wanted if one.marker is not None and one.marker.evaluate(platform)]
    assert chosen == [server]
