"""`remo-mock contract` starts, builds and checks a folder of contract data, and reports every problem of it at once."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from remo_mock.cli.group import commands
from remo_mock.contract.packaged import CONTRACT_DIR_VARIABLE
from remo_mock.exceptions import ContractError
from remo_mock.settings import Settings
from tests.support.contract_data import BACK, SCHEMAS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The packaged contract, in a folder of the user's."""
    made = tmp_path / "mine"
    assert contract("init", made).exit_code == 0
    return made


def contract(command: str, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(commands, ["contract", command, str(folder), *options])


def change(folder: Path, name: str, by: Callable[[Any], object]) -> None:
    """Change a file of the folder."""
    path = folder / name
    data = json.loads(path.read_bytes())
    by(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_init_copies_the_packaged_contract(folder: Path) -> None:
    names = [path.relative_to(SCHEMAS) for path in sorted(SCHEMAS.rglob("*.json"))]
    assert [path.relative_to(folder) for path in sorted(folder.rglob("*.json"))] == names
    assert [name for name in names if (folder / name).read_bytes() != (SCHEMAS / name).read_bytes()] == []


def test_init_overwrites_nothing_unless_told_to(folder: Path) -> None:
    (folder / "errors.json").write_text("{}\n", encoding="utf-8")
    done = CliRunner().invoke(commands, ["contract", "init", str(folder)])
    assert "has other files named errors.json; nothing was written" in str(done.exception)
    assert contract("init", folder, "--force").exit_code == 0
    assert contract("check", folder).exit_code == 0


def test_a_folder_as_it_was_made_has_no_problem(folder: Path) -> None:
    assert contract("check", folder).stdout.startswith(f"{folder}: 5 endpoints, no problem.")
    assert contract("build", folder).stdout == "0 written\n"


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_folder_without_contract_data_is_told_how_to_begin(tmp_path: Path, command: str) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "endpoint.json").write_bytes((SCHEMAS / BACK / "endpoint.json").read_bytes())
    done = contract(command, tmp_path)
    assert isinstance(done.exception, ContractError)
    assert done.exception.exit_code == 2
    assert "it has no errors.json" in str(done.exception)
    assert f"Write the packaged contract there: remo-mock contract init {tmp_path}." in str(done.exception)


def test_every_problem_is_reported(folder: Path) -> None:
    change(folder, "analysis-skeleton/endpoint.json", lambda data: data.pop("price"))
    change(folder, f"{BACK}/endpoint.json", lambda data: data["metrics"][0].update(measure="grip"))
    change(folder, f"{BACK}/endpoint.json", lambda data: data["codes"][0].update(code=499))
    (folder / "analysis-skeleton-v2-side" / "endpoint.json").write_text("{", encoding="utf-8")
    done = contract("check", folder)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1] == "4 problems"
    assert "analysis-skeleton/endpoint.json\n  'price' is missing\n    Add 'price' there.\n" in done.stdout
    assert "  measure of bar_head_bal: 'grip' is unknown\n    Known: head_bal, " in done.stdout
    assert "  code: 499 is unknown\n    Known: 400, " in done.stdout
    assert "analysis-skeleton-v2-side/endpoint.json\n  not JSON: " in done.stdout


def test_what_only_the_whole_contract_shows_is_reported_beside_the_rest(folder: Path) -> None:
    change(folder, "analysis-skeleton/endpoint.json", lambda data: data.pop("price"))
    change(folder, f"{BACK}/endpoint.json", lambda data: data["codes"].pop(0))
    done = contract("check", folder)
    assert "'price' is missing" in done.stdout
    assert "needs exactly one code for 'protocol'" in done.stdout


def test_a_stale_schema_is_a_problem(folder: Path) -> None:
    change(folder, f"{BACK}/endpoint.json", lambda data: data["api_name"].update(accepted=["Other"]))
    done = contract("check", folder)
    assert done.stdout.splitlines() == [
        f"{BACK}/response.schema.json",
        "  is not what endpoint.json gives",
        "    Run `remo-mock contract build` on the folder, which makes it out of endpoint.json.",
        "",
        "1 problem",
    ]
    assert contract("build", folder).stdout == f"wrote: {BACK}/response.schema.json\n1 written\n"
    assert contract("check", folder).exit_code == 0


def test_a_schema_that_cannot_be_read_is_built_anew(folder: Path) -> None:
    (folder / BACK / "request.schema.json").write_text("<<<<<<<", encoding="utf-8")
    assert "request.schema.json\n  not JSON: " in contract("check", folder).stdout
    assert contract("build", folder).stdout == f"wrote: {BACK}/request.schema.json\n1 written\n"
    assert contract("check", folder).exit_code == 0


@pytest.mark.parametrize(
    ("name", "by", "problem"),
    [
        (f"{BACK}/endpoint.json", lambda data: data.pop("codes"), "'codes' is missing"),
        (f"{BACK}/endpoint.json", lambda data: data["codes"][0].update(code=499), "code: 499 is unknown"),
        (f"{BACK}/endpoint.json", lambda data: data["metrics"][0].update(bands="b"), "'b' is unknown"),
        (f"{BACK}/endpoint.json", lambda data: data["metric_fields"].update(value="{}_{m}"), "metric_fields.value is"),
        ("common.schema.json", lambda data: data["$defs"].pop("photo"), "'photo' is missing in $defs"),
        ("errors.json", lambda data: data["codes"][0].pop("meaning"), "'meaning' is missing in codes[0]"),
    ],
    ids=["key", "code", "bands", "pattern", "definition", "errors"],
)
def test_nothing_is_built_of_data_with_a_problem(
    folder: Path, name: str, by: Callable[[Any], object], problem: str
) -> None:
    change(folder, name, by)
    (folder / BACK / "request.schema.json").unlink()
    done = contract("build", folder)
    assert (done.exit_code, problem in done.stdout) == (1, True)
    assert not (folder / BACK / "request.schema.json").exists()


def test_the_variable_is_that_of_the_settings(folder: Path) -> None:
    assert Settings.from_environment({CONTRACT_DIR_VARIABLE: str(folder)}).contract_dir == folder
