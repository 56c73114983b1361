"""The files of the image fit together: Dockerfile, what its build sees, compose.yaml, and the proxy in it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import yaml

from image.dockerfile import DockerfileError, read_stages
from remo_mock import Settings
from remo_mock.cli.options import SERVE
from remo_mock.web.server import free_address
from tests.support.calls import BACK, credentials, photo_text
from tests.support.checkout import ROOT
from tests.support.programs import on_path
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT, wait_until

DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
BUILD, IMAGE = read_stages(DOCKERFILE)
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
HADOLINT = str(Path(sys.executable).with_name("hadolint"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def test_hadolint_finds_nothing() -> None:
    done = subprocess.run(
        [HADOLINT, "--no-color", "Dockerfile"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_container_runs_serve_as_a_user_without_rights() -> None:
    assert IMAGE.command == ["remo-mock", "serve"]
    assert IMAGE.last("USER") == "10001:10001"
    assert IMAGE.health_command == ["remo-mock", "health"]


def test_the_variables_of_the_image_are_options_of_serve() -> None:
    variables = IMAGE.environment({"PATH": "/bin"})
    ours = {name: value for name, value in variables.items() if name.startswith("REMO_MOCK_")}
    settings = Settings.from_environment(ours)
    assert (settings.host, settings.port) == ("0.0.0.0", int(IMAGE.last("EXPOSE")))  # noqa: S104 - not bound
    assert variables["PATH"] == "/opt/remo-mock/bin:/bin"


def test_the_build_sees_all_that_the_package_is_made_of() -> None:
    seen = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    wheel = project[
        project.index("[tool.hatch.build.targets.wheel]") : project.index("[tool.hatch.build.targets.sdist]")
    ]
    made_of = {path.split("/")[0] for path in re.findall(r'"([\w/]+)"(?: =|\])', wheel)}
    assert made_of == {"mock_server", "schemas", "fixtures", "contract_tests"}
    assert seen == made_of | {"pyproject.toml", "README.md", "LICENSE", "scripts/package_metadata.py"}


def test_an_instruction_that_is_not_understood_is_refused() -> None:
    with pytest.raises(DockerfileError, match="ONBUILD is not understood"):
        read_stages("FROM x\nONBUILD RUN y")


def test_a_dockerfile_is_read_as_engines_read_it() -> None:
    (stage,) = read_stages('# a\nFROM x AS y\nENV A=1 \\\n    B="2 $A"\n\nRUN a \\\n  && b\nRUN c\n')
    assert (stage.base, stage.name, stage.last("RUN")) == ("x", "y", "c")
    assert stage.steps[1] == ("RUN", "a && b")
    assert stage.environment({"A": "0"}) == {"A": "1", "B": "2 1"}


@pytest.mark.parametrize("name", [*SERVICES])
def test_a_service_names_only_what_there_is(name: str) -> None:
    service = SERVICES[name]
    volumes = [text.split(":")[0] for text in service.get("volumes", [])]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert [one for one in volumes if not one.startswith("./") and one not in COMPOSE["volumes"]] == []
    assert [one for one in volumes if one.startswith("./") and not (ROOT / one).is_file()] == []


@pytest.mark.parametrize("name", ["mock", "mock-1", "mock-2"])
def test_the_variables_of_a_mock_are_options_of_serve(name: str) -> None:
    given = {one for one in SERVICES[name]["environment"] if one.startswith("REMO_MOCK_")}
    assert given <= {f"REMO_MOCK_{option.upper()}" for option in SERVE}
    assert "REMO_MOCK_DB" in given


def test_nothing_is_published_to_other_machines() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports == ["127.0.0.1:4420:4420", "127.0.0.1:4430:8080"]


def test_the_crowd_is_not_started_unasked() -> None:
    assert [name for name, service in SERVICES.items() if "profiles" not in service] == ["mock"]


@pytest.mark.parametrize("name", ["mock", "mock-1", "mock-2"])
def test_a_mock_has_no_more_rights_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the proxy of compose.yaml before two mocks on one database."""
    nginx, folder = on_path("nginx", "nginx", "/usr/sbin/nginx"), tmp_path_factory.mktemp("nginx")
    port, database = free_address("127.0.0.1", 0)[1], str(folder / "accounts.sqlite")
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    with serving("--db", database) as one, serving("--db", database) as two:
        for name, server in (("mock-1:4420", one), ("mock-2:4420", two)):
            text = text.replace(name, server.url.removeprefix("http://"))
        text = text.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/tmp/nginx.pid", "nginx.pid")  # noqa: S108
        (folder / "nginx.conf").write_text(f"daemon off;\n{text}", encoding="utf-8")
        folder.chmod(0o777)
        log = ["-e", "stderr", "-p", str(folder), "-c", "nginx.conf"]
        with subprocess.Popen([nginx, *log], stderr=subprocess.DEVNULL) as process:
            try:
                url = f"http://127.0.0.1:{port}"
                wait_until(lambda: is_open(url), what="the proxy answers", within=TIMEOUT)
                yield url
            finally:
                process.terminate()


def is_open(url: str) -> bool:
    try:
        return requests.get(f"{url}/__admin/health", timeout=TIMEOUT).status_code == 200
    except requests.ConnectionError:
        return False


def test_the_proxy_leads_to_mocks_that_share_their_accounts(proxy: str) -> None:
    body = credentials() | {"borigimg": photo_text("back")}
    replies = [requests.post(proxy + BACK, json=body, timeout=TIMEOUT).json() for _ in range(4)]
    assert [reply["credit"] for reply in replies] == [99, 98, 97, 96]


@pytest.mark.parametrize(("megabytes", "status", "code"), [(60, 412, 412), (64.5, 400, 400)])
def test_the_proxy_takes_what_the_mock_takes(proxy: str, megabytes: float, status: int, code: int) -> None:
    body = credentials() | {"borigimg": "A" * (int(megabytes * 1024 * 1024) & ~3)}
    reply = requests.post(proxy + BACK, json=body, timeout=TIMEOUT)
    assert (reply.status_code, reply.json()["status"]) == (status, code)


def test_the_proxy_sends_no_request_twice_and_a_fault_arrives_as_one(proxy: str) -> None:
    person = {"Email": "example@email.com", "UserKey": "userkey", "APIKey": "apikey"}
    body, header = person | {"borigimg": photo_text("back")}, {"Prefer": "fault=charged-then-lost"}
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        requests.post(proxy + BACK, json=body, headers=header, timeout=TIMEOUT)
    account = requests.get(f"{proxy}/__admin/accounts/example@email.com", timeout=TIMEOUT).json()
    assert account["credit"] == 99
