"""Every tool follows a further endpoint: by REMO_MOCK_CONTRACT_DIR, or by an argument, which wins."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from click.testing import CliRunner, Result
from faker import Faker

from contract_tests.run.verification import Target, verify_target
from remo_mock import RemoMock, Settings, assert_contract, create_app
from remo_mock.cli.group import commands
from remo_mock.exceptions import ContractError, NoServerError
from remo_mock.faker_provider import RemoProvider
from tests.support.broken_server import broken_server
from tests.support.calls import credentials, photo_text
from tests.support.plugin_projects import client_project, run
from tests.support.third_endpoint import FRONT, NAME, third_endpoint
from tests.support.upstreams import recording, upstream
from tests.support.verifying import verify

pytest_plugins = ["pytester"]

VARIABLE = "REMO_MOCK_CONTRACT_DIR"
BODY = credentials() | {"forigimg": photo_text("front")}


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return third_endpoint(tmp_path_factory.mktemp("contract"))


@pytest.fixture
def environment(schemas: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The variable, set in this process, too."""
    monkeypatch.setenv(VARIABLE, str(schemas))
    return {VARIABLE: str(schemas)}


@pytest.fixture(scope="module")
def success(schemas: Path) -> Iterator[dict[str, Any]]:
    app = create_app(Settings(contract_dir=schemas))
    yield app.test_client().post(FRONT, json=BODY).get_json()
    app.extensions["remo_mock"].close()


def command(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments, prog_name="remo-mock")


def test_verify_judges_a_mock_of_its_own(environment: dict[str, str]) -> None:
    ended = verify("--endpoint", NAME, environment=environment)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert f"{NAME}: all 26 documented codes seen" in ended.stdout
    assert "0 violated, 0 with notes, 0 skipped" in ended.stdout


def test_verify_judges_a_url(schemas: Path, environment: dict[str, str]) -> None:
    with upstream(settings=Settings(contract_dir=schemas)) as real:
        ended = verify(real.url, "--budget", "40", "--endpoint", NAME, environment=environment)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "0 violated, 0 with notes" in ended.stdout


def test_verify_judges_saved_replies(tmp_path: Path, environment: dict[str, str], success: dict[str, Any]) -> None:
    good, bad = tmp_path / f"{NAME}.good.json", tmp_path / f"{NAME}.bad.json"
    good.write_text(json.dumps(success), encoding="utf-8")
    bad.write_text(json.dumps(success | {"far_tilt_grade": 7}), encoding="utf-8")
    assert verify("--saved", str(good), environment=environment).returncode == 0
    ended = verify("--saved", str(bad), environment=environment)
    assert (ended.returncode, f"REMO-GRADE-far_tilt ({NAME})" in ended.stdout) == (1, True)


def test_verify_plans_and_explains(environment: dict[str, str]) -> None:
    assert f"{NAME}: success" in verify("--plan", environment=environment).stdout
    assert f"REMO-GRADE-far_tilt  {NAME}" in verify("--explain", "REMO-GRADE-far_tilt", environment=environment).stdout


def test_verify_refuses_a_folder_that_holds_no_contract(tmp_path: Path) -> None:
    ended = verify(environment={VARIABLE: str(tmp_path)})
    assert ended.returncode == 2
    assert "is no folder of contract data: it has no errors.json" in ended.stderr


@pytest.mark.usefixtures("environment")
def test_the_self_test_judges_by_the_packaged_contract() -> None:
    with broken_server() as server:
        report = verify_target(Target(url=server.url, budget=20, endpoints=("analysis-skeleton-v2-back",)))
    assert (report.violations, report.incomplete) == ((), "")


def test_what_is_recorded_does_not_drift(tmp_path: Path, schemas: Path, environment: dict[str, str]) -> None:
    with (
        upstream(settings=Settings(contract_dir=schemas)) as real,
        recording(real.url, tmp_path, contract_dir=schemas) as recorder,
    ):
        assert recorder.client.post(FRONT, json=BODY).get_json()["state"] is True
        assert recorder.client.post(FRONT, json=BODY | {"forigimg": ""}).get_json()["status"] == 411
        assert [line.split(";")[0].split(", ")[0] for line in recorder.lines] == [
            f"{NAME}: HTTP 200",
            f"{NAME}: HTTP 411",
        ]
        assert all("pass (" in line for line in recorder.lines)
    done = command("drift", str(tmp_path))
    assert (done.exit_code, "no drift: 2 exchanges" in done.output) == (0, True), done.output
    assert verify("--saved", str(tmp_path), environment=environment).returncode == 0


def test_record_refuses_a_folder_that_holds_no_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    done = command("record", "--upstream", "http://127.0.0.1:9", "--cassette", str(tmp_path / "kept"), "--port", "0")
    assert isinstance(done.exception, ContractError)


@pytest.fixture(scope="module")
def nowhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A contract that names no server of the vendor."""
    folder = third_endpoint(tmp_path_factory.mktemp("contract"))
    for file in folder.glob("*/endpoint.json"):
        data = json.loads(file.read_text(encoding="utf-8"))
        del data["servers"]
        file.write_text(json.dumps(data), encoding="utf-8")
    return folder


def test_without_servers_a_mock_in_process_has_the_urls_that_it_was_given(nowhere: Path) -> None:
    with RemoMock(contract_dir=nowhere, urls=["https://gateway.test/remo/"]) as remo:
        assert remo.url == "https://gateway.test/remo"
        assert requests.post(remo.url + FRONT, json=BODY, timeout=5).json()["state"] is True


def test_without_servers_and_urls_a_mock_in_process_says_what_to_do(nowhere: Path) -> None:
    with (
        RemoMock(contract_dir=nowhere) as remo,
        pytest.raises(NoServerError, match=r"Add `servers` to an endpoint\.json"),
    ):
        _ = remo.url


def test_assert_contract_takes_the_folder(schemas: Path, success: dict[str, Any]) -> None:
    assert_contract(FRONT, BODY, success, contract_dir=schemas)
    with pytest.raises(AssertionError, match="REMO-GRADE-far_knee_bal"):
        assert_contract(NAME, BODY, success | {"far_knee_bal_grade": 7}, contract_dir=str(schemas))


@pytest.mark.usefixtures("environment")
def test_assert_contract_follows_the_environment_and_its_argument_wins(tmp_path: Path, success: dict[str, Any]) -> None:
    assert_contract(FRONT, BODY, success)
    with pytest.raises(ContractError, match="is no folder of contract data"):
        assert_contract(FRONT, BODY, success, contract_dir=tmp_path)


def test_without_a_folder_the_endpoint_is_unknown(success: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="analysis-skeleton-v3-front is no endpoint"):
        assert_contract(FRONT, BODY, success)


@pytest.mark.usefixtures("environment")
def test_faker_follows_the_environment() -> None:
    fake: Any = Faker()
    fake.add_provider(RemoProvider)
    assert list(fake.remo_request(NAME)) == ["Email", "UserKey", "APIKey", "forigimg"]
    assert_contract(NAME, None, fake.remo_success(NAME, far_tilt_m_=6.5))
    assert fake.remo_error(NAME, code=511)["status"] == 511


def test_a_provider_can_have_its_own_folder(schemas: Path) -> None:
    class Provider(RemoProvider):
        contract_dir = schemas

    fake: Any = Faker()
    fake.add_provider(Provider)
    assert fake.remo_success(NAME, far_tilt_m_=6.5)["far_tilt_grade"] == 2


@pytest.mark.usefixtures("environment")
def test_a_mock_without_settings_follows_the_environment() -> None:
    with RemoMock() as remo:
        assert remo.app.test_client().post(FRONT, json=BODY).get_json()["credit_change"] == -3


CALL = """
import requests

BODY = {body!r}


def analysed(remo):
    return requests.post(remo.url + {path!r}, json=BODY, timeout=30).json()
"""
BY_ENVIRONMENT = """
import pytest
from call import analysed


def test_in_process(remo):
    assert analysed(remo)["credit_change"] == -3


def test_over_http(remo_server):
    assert analysed(remo_server)["credit_change"] == -3


@pytest.mark.remo(code=514, endpoint="analysis-skeleton-v3-front")
def test_marked(remo):
    assert analysed(remo)["status"] == 514
"""
BY_MARKER = """
import pytest
from call import analysed


@pytest.mark.remo(contract_dir={folder!r}, far_tilt_m_=6.5)
def test_marked(remo):
    assert analysed(remo)["far_tilt_grade"] == 2
"""


@pytest.mark.usefixtures("environment")
def test_the_fixtures_follow_the_environment(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    project = client_project(pytester, monkeypatch)
    project.makepyfile(call=CALL.format(body=BODY, path=FRONT), test_it=BY_ENVIRONMENT)
    assert run(project).parseoutcomes()["passed"] == 3


def test_the_marker_takes_the_folder(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, schemas: Path) -> None:
    project = client_project(pytester, monkeypatch)
    project.makepyfile(call=CALL.format(body=BODY, path=FRONT), test_it=BY_MARKER.format(folder=str(schemas)))
    assert run(project).parseoutcomes()["passed"] == 1


@pytest.mark.usefixtures("environment")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [(("openapi",), FRONT), (("codes", "--endpoint", NAME), "v3-front"), (("ledger", "--json"), "L01")],
    ids=["openapi", "codes", "ledger"],
)
def test_the_reference_follows_the_environment(arguments: tuple[str, ...], shown: str) -> None:
    done = command(*arguments)
    assert (done.exit_code, shown in done.output) == (0, True)


@pytest.mark.usefixtures("environment")
def test_the_export_follows_the_environment(tmp_path: Path) -> None:
    assert f"POST {FRONT}: a success, and 26 codes" in command("export", "wiremock", str(tmp_path)).output


def test_the_console_follows_the_folder(schemas: Path) -> None:
    client = create_app(Settings(contract_dir=schemas)).test_client()
    assert NAME in client.get("/console/contract.json").get_data(as_text=True)
