"""The GitHub action, and the jobs of docs/ci.md, are run: their own lines, by the shell that CI would take."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from image.dockerfile import read_stages
from remo_mock import Settings
from remo_mock._version import __version__
from remo_mock.web.server import free_address
from tests.support.checkout import ROOT
from tests.support.documents import blocks
from tests.support.programs import on_path
from tests.support.waiting import TIMEOUT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS: dict[str, Any] = {step["name"]: step for step in ACTION["runs"]["steps"]}
GITHUB, GITLAB, BITBUCKET, SERVICE = [
    yaml.safe_load(block.text) for block in blocks("docs/ci.md") if block.language == "yaml"
]


def run(lines: str, folder: Path, variables: Mapping[str, str]) -> str:
    """Run lines as GitHub does, in a folder, with the commands of this venv; return what they print."""
    on_path("curl", "curl")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", lines],
        cwd=folder,
        env=os.environ | {"PATH": path} | dict(variables),
        capture_output=True,
        text=True,
        timeout=2 * TIMEOUT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def read_variables(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text().splitlines())


def github(folder: Path, **more: str) -> dict[str, str]:
    """Return the variables that a runner sets."""
    for name in ("env", "output"):
        (folder / name).touch()
    return {
        "RUNNER_TEMP": str(folder),
        "GITHUB_ENV": str(folder / "env"),
        "GITHUB_OUTPUT": str(folder / "output"),
        **more,
    }


def test_the_action_starts_the_mock_for_the_steps_and_keeps_the_journal(tmp_path: Path) -> None:
    variables = github(tmp_path, OPTIONS="--as-observed --error-shape both")
    run(STEPS["Start, and wait"]["run"], tmp_path, variables)
    ready = json.loads((tmp_path / "remo-mock-ready.json").read_text())
    try:
        given = read_variables(tmp_path / "env")
        (tests,) = [step["run"] for step in GITHUB["jobs"]["client"]["steps"] if "run" in step]
        assert run(tests, tmp_path, given) == '"state":true\n'
    finally:
        run(STEPS["Stop, and keep the journal"]["run"], tmp_path, variables)
    kept = tmp_path / "remo-mock"
    assert given["REMO_API_URL"] == ready["url"] == read_variables(tmp_path / "output")["url"]
    assert sorted(path.name for path in kept.iterdir()) == ["journal.json", "serve.log"]
    assert [one["code"] for one in json.loads((kept / "journal.json").read_text())["requests"]] == [200]
    assert "--error-shape both" in (kept / "serve.log").read_text()
    assert not (tmp_path / "remo-mock-ready.json").exists()


def test_the_action_says_why_there_is_no_mock(tmp_path: Path) -> None:
    step = STEPS["Start, and wait"]["run"].replace("--wait 60", "--wait 0.5")
    with pytest.raises(AssertionError, match=r"No such option '?--nonsense"):
        run(step, tmp_path, github(tmp_path, OPTIONS="--nonsense"))


def test_the_action_installs_its_own_checkout(tmp_path: Path) -> None:
    assert ACTION["inputs"]["install"]["default"] == "${{ github.action_path }}"
    dry = {f"PIP_{name}": "1" for name in ("DRY_RUN", "NO_DEPS", "NO_INDEX", "FORCE_REINSTALL")}
    dry["PIP_NO_BUILD_ISOLATION"] = "0"  # pip reads it the other way round
    run(STEPS["Install"]["run"], tmp_path, dry | {"PIP_REPORT": "report.json", "INSTALL": str(ROOT)})
    (installed,) = json.loads((tmp_path / "report.json").read_text())["install"]
    assert (installed["metadata"]["name"], installed["metadata"]["version"]) == ("remo-mock", __version__)


def test_each_step_of_the_action_is_for_one_command() -> None:
    assert [step["if"].split(" && ")[0] for step in ACTION["runs"]["steps"]] == [
        "inputs.command == 'start'",
        "inputs.command == 'start'",
        "inputs.command == 'stop'",
        "inputs.command == 'stop'",
    ]


def test_the_job_on_github_gives_the_action_inputs_that_it_has() -> None:
    ours = [step for step in GITHUB["jobs"]["client"]["steps"] if step.get("uses") == "./remo-mock"]
    assert [sorted(step["with"]) for step in ours] == [["options"], ["command"]]
    assert {"options", "command"} <= set(ACTION["inputs"])


def without_install(lines: list[str]) -> str:
    """Return the lines of a job but for the first, on the port PORT, and with the mock ended at their end."""
    assert lines[0] == "pip install --quiet ./remo-mock"
    script = "\n".join(["trap 'kill $(jobs -p)' EXIT", *lines[1:]])
    return script.replace("127.0.0.1:4420", "127.0.0.1:$REMO_MOCK_PORT")


def port() -> dict[str, str]:
    return {"REMO_MOCK_PORT": str(free_address("127.0.0.1", 0)[1])}


def test_the_job_on_gitlab_passes(tmp_path: Path) -> None:
    job, variables = GITLAB["client"], port()
    variables["REMO_API_URL"] = job["variables"]["REMO_API_URL"].replace("4420", variables["REMO_MOCK_PORT"])
    said = run(without_install([*job["before_script"], *job["script"]]), tmp_path, variables)
    assert said.splitlines()[-1] == '"state":true'
    assert [name for name in job["artifacts"]["paths"] if not (tmp_path / name).stat().st_size] == []


def test_the_job_on_bitbucket_passes(tmp_path: Path) -> None:
    (step,) = [one["step"] for one in BITBUCKET["pipelines"]["default"]]
    said = run(without_install([*step["script"], *step["after-script"]]), tmp_path, port())
    assert said.splitlines()[-1] == '"state":true'
    assert [name for name in step["artifacts"] if not (tmp_path / name).stat().st_size] == []


def test_the_service_is_the_image() -> None:
    service = SERVICE["jobs"]["client"]["services"]["remo-mock"]
    image = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))[-1]
    assert service["image"].endswith(f"/remo-mock:{__version__}")
    assert service["ports"] == [f"4420:{image.last('EXPOSE')}"]
    assert f'--health-cmd "{shlex.join(image.health_command)}"' in service["options"]
    assert Settings.from_environment(service["env"]).admin_token == "of-this-job-alone"


DOCKER = [
    line for block in blocks("docs/containers.md") if block.language == "docker" for line in block.text.splitlines()
]


@pytest.mark.parametrize("line", DOCKER)
def test_a_line_about_the_image_names_what_there_is(line: str) -> None:
    image = read_stages((ROOT / "Dockerfile").read_text(encoding="utf-8"))[-1]
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    profiles = {name for service in compose.values() for name in service.get("profiles", [])}
    variables = dict(pair.split("=", 1) for pair in re.findall(r"\bREMO_MOCK_\w+=\S+", line))
    assert Settings.from_environment(variables) is not None
    assert set(re.findall(r"--profile (\w+)", line)) <= profiles
    assert set(re.findall(r"-v \w+:(/\w+)", line)) <= {image.last("VOLUME")}
    assert set(re.findall(r":(\d+) ", line)) <= {image.last("EXPOSE")}
    assert set(re.findall(r"remo_mock-([\d.]+)-py3", line)) <= {__version__}
