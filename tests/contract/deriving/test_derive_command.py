"""`remo-mock contract derive`: from a page to a contract that every command follows, made again with overrides."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from remo_mock.cli.file_writing import FilesDifferError
from remo_mock.cli.group import commands
from remo_mock.contract.deriving.page.source_text import PageError
from remo_mock.exceptions import ContractError
from tests.support.calls import credentials, photo_text
from tests.support.checkout import ROOT

PAGE = ROOT / "fixtures" / "pages" / "analysis-stance.md"
TEXT = PAGE.read_text(encoding="utf-8")
NAME = "analysis-stance"


def contract(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["contract", *map(str, arguments)])


def derive(tmp_path: Path, text: str = TEXT, *options: object) -> Result:
    page = tmp_path / "stance.md"
    page.write_text(text, encoding="utf-8")
    return contract("derive", page, "--out", tmp_path / "mine", *options)


def written(tmp_path: Path, name: str = f"{NAME}/endpoint.json") -> Any:
    return json.loads((tmp_path / "mine" / name).read_bytes())


@contextmanager
def served(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of a mock of the derived contract."""
    app = create_app(Settings(contract_dir=tmp_path / "mine"))
    yield app.test_client()
    app.extensions["remo_mock"].close()


def overrides(tmp_path: Path, document: object) -> Path:
    file = tmp_path / "overrides.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def test_a_page_becomes_a_contract_without_a_problem(tmp_path: Path) -> None:
    done = derive(tmp_path)
    assert (done.exit_code, done.stdout.splitlines()[0]) == (
        0,
        "analysis-stance: 2 photos, 8 metrics, 15 codes, 1 finding, nothing open; see "
        f"{tmp_path / 'mine' / NAME / 'report.md'}",
    )
    assert contract("check", tmp_path / "mine").exit_code == 0
    assert contract("build", tmp_path / "mine", "--check").stdout == "0 stale\n"


def test_the_mock_of_it_answers_charges_and_refuses(tmp_path: Path) -> None:
    derive(tmp_path)
    body = credentials() | {"forigimg": photo_text("front"), "borigimg": photo_text("back")}
    with served(tmp_path) as client:
        reply = client.post(f"/api/{NAME}", json=body).get_json()
        assert (reply["credit_change"], reply["credit"], reply["APIName"]) == (-2, 98, "Analysis-stance")
        assert [name for name in reply if name.endswith("_grade")] == [
            *("bar_left_qang_grade", "bar_pelvic_bal_grade", "bar_shoulder_bal_grade", "bar_tilt_grade"),
            *("far_left_qang_grade", "far_pelvic_bal_grade", "far_shoulder_bal_grade", "far_tilt_grade"),
        ]
        assert client.post(f"/api/{NAME}", json=body | {"borigimg": "*"}).get_json()["status"] == 412
        graded = client.post(f"/api/{NAME}", json=body, headers={"Prefer": "far_tilt=3.5"}).get_json()
        assert (graded["far_tilt_m_"], graded["far_tilt_grade"]) == (3.5, 2)
        example = client.post(f"/api/{NAME}", json=body, headers={"Prefer": "example"}).get_json()
        assert (example["bar_left_qang_m_"], example["bar_left_qang_grade"]) == (4.5, 1)


def test_the_data_states_where_the_page_says_it(tmp_path: Path) -> None:
    derive(tmp_path)
    data = written(tmp_path)
    assert data["price"] == {
        "credits": 2,
        "x-remo-source": {"page": "stance", "section": "Stance of a person from two photos", "evidence": "prose"},
    }
    assert data["codes"][2] == {
        "code": 412,
        "message": "the back photo cannot be decoded",
        "x-remo-source": {"page": "stance", "section": "Error Code Guide; Response Example", "evidence": "table"},
    }
    assert data["bands"]["leg"]["grades"][1] == {
        "grade": -1,
        "exclusiveMinimum": -9,
        "maximum": -4.5,
        "meaning": {"en": "caution: knock-knee (X)", "ko": "주의: X자 다리"},
    }


def test_the_report_shows_what_the_page_states_with_its_lines(tmp_path: Path) -> None:
    derive(tmp_path)
    lines = (tmp_path / "mine" / NAME / "report.md").read_text(encoding="utf-8").splitlines()
    assert "| 19 | borigimg | string(base64) | yes |" in lines
    assert (
        "| 23 | far_tilt_grade | int |  | -2: v <= -3.5; -1: -3.5 < v <= -1.5; 0: -1.5 < v < 1.5; 1: 1.5 <= v < 3.5; "
        "2: 3.5 <= v |"
    ) in lines
    assert "| 141 | 519 | analysis | no person of front, back |" in lines
    assert "| 14 | a request | 2 |" in lines


def test_facts_stand_for_their_page(tmp_path: Path) -> None:
    derive(tmp_path)
    facts = tmp_path / "mine" / NAME / "facts.json"
    again = contract("derive", facts, "--out", tmp_path / "again")
    assert again.exit_code == 0
    assert (tmp_path / "again" / NAME / "endpoint.json").read_bytes() == (
        tmp_path / "mine" / NAME / "endpoint.json"
    ).read_bytes()


def test_what_is_open_is_answered_by_overrides(tmp_path: Path) -> None:
    silent = TEXT.replace("One request costs 2 credits.", "").replace('"credit_change": -2,', "")
    silent = silent.replace("1.5&#x3C;=value&#x3C;3.5", "1.5&#x3C;=value&#x3C;3", 1)
    done = derive(tmp_path, silent)
    assert done.exit_code == 1
    assert "  stance.md: no page says what a success costs. Give `price` in the overrides" in done.stdout
    assert "line 23: far_tilt_grade: a gap from 3 to 3.5, between grades 1 and 2." in done.stdout
    assert not (tmp_path / "mine" / NAME / "endpoint.json").exists()
    source = {"page": None, "section": "we asked", "evidence": "assumed"}
    grades = [{"grade": 1, "exclusiveMaximum": 3.5}]
    file = overrides(
        tmp_path,
        {
            "about": "what we asked the vendor",
            "endpoint": {
                "price": {"credits": 3, "x-remo-source": source},
                "bands": {"axis": {"grades": grades}},
            },
            "ledger": {"bands/axis": "L11", "codes/412": "L10"},
            "findings": {"seam:far_tilt_grade": "L11"},
        },
    )
    done = derive(tmp_path, silent, "--overrides", file)
    assert done.exit_code == 0, done.stdout
    data = written(tmp_path)
    assert data["price"] == {"credits": 3, "x-remo-source": source}
    assert data["codes"][2]["x-remo-source"]["ledger"] == "L10"
    assert [row.get("exclusiveMaximum") for row in data["bands"]["axis"]["grades"]] == [None, None, 1.5, 3.5, None]
    assert "`seam:far_tilt_grade`: far_tilt_grade: bands that do not fit together (L11)" in (
        tmp_path / "mine" / NAME / "report.md"
    ).read_text(encoding="utf-8")


def test_a_field_without_a_place_may_be_left_out(tmp_path: Path) -> None:
    text = TEXT.replace(
        "<tr><td><code>far_coords</code>",
        "<tr><td><code>took</code></td><td>int</td><td>x</td></tr><tr><td><code>far_coords</code>",
    )
    done = derive(tmp_path, text)
    assert done.exit_code == 1
    assert "line 23: response field took has no place in the contract. Name took in `left_out`" in done.stdout
    file = overrides(tmp_path, {"left_out": {"took": "milliseconds, of no use to us"}})
    assert derive(tmp_path, text, "--overrides", file).exit_code == 0


def test_both_languages_are_one_endpoint_and_differences_are_found(tmp_path: Path) -> None:
    korean = TEXT.replace("(value>=3.5)", "(value>=4)").replace("|  | Front Image Error | 413 |\n", "")
    korean = korean.replace(
        "Takes a front photo and a back photo", "정면 사진과 후면 사진을 입력 받아 자세를 분석합니다"
    )
    (tmp_path / "stance.ko.md").write_text(korean, encoding="utf-8")
    done = contract("derive", PAGE, tmp_path / "stance.ko.md", "--out", tmp_path / "mine")
    assert done.exit_code == 0, done.stdout
    report = (tmp_path / "mine" / NAME / "report.md").read_text(encoding="utf-8")
    assert "- `languages:bands:far_tilt_grade`: The pages grade far_tilt_grade differently" in report
    assert "bounds -3.5, -1.5, 1.5, 3.5, 4 (stance.ko, line 23, Response(json), far_tilt_grade)" in report
    assert "- `languages:code:413`: Only one page has code 413" in report
    assert written(tmp_path)["page"] == "analysis-stance,stance.ko"


def test_several_endpoints_have_overrides_by_name(tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(TEXT.replace("analysis-stance", "analysis-other").replace("3.5", "4"), encoding="utf-8")
    file = overrides(tmp_path, {"analysis-other": {"endpoint": {"api_name": {"own": "Other"}}}})
    done = contract("derive", PAGE, other, "--out", tmp_path / "mine", "--overrides", file)
    assert done.exit_code == 0
    assert written(tmp_path, "analysis-other/endpoint.json")["api_name"]["own"] == "Other"
    report = (tmp_path / "mine" / "analysis-other" / "report.md").read_text(encoding="utf-8")
    assert "- `bands:analysis-other~analysis-stance`: Pages that grade the same angles differently" in report


def test_overrides_of_several_endpoints_stand_below_their_names(tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text(TEXT.replace("analysis-stance", "analysis-other"), encoding="utf-8")
    file = overrides(tmp_path, {"endpoint": {"api_name": {"own": "Other"}}})
    done = contract("derive", PAGE, other, "--out", tmp_path / "mine", "--overrides", file)
    assert isinstance(done.exception, ContractError)
    assert "'endpoint' is none of the endpoints of these pages. Put what you decided below the name" in str(
        done.exception
    )


@pytest.mark.parametrize("path", ["/api/..", "/..", "/", "/api/.", "/api/a%2e%2e"])
def test_no_page_writes_outside_of_the_folder(tmp_path: Path, path: str) -> None:
    derive(tmp_path, TEXT.replace("api.stance.example/api/analysis-stance`", f"api.stance.example{path}`"))
    made = {found.relative_to(tmp_path).parts[0] for found in tmp_path.rglob("*") if found.is_file()}
    assert made == {"mine", "stance.md"}
    assert [found for found in tmp_path.parent.iterdir() if found.name in ("endpoint.json", "facts.json")] == []


def test_overrides_that_name_another_page_are_told(tmp_path: Path) -> None:
    file = overrides(tmp_path, {"pages": {"stance.md": "S"}})
    assert derive(tmp_path, TEXT, "--overrides", file).exit_code == 0
    assert written(tmp_path)["price"]["x-remo-source"]["page"] == "S"
    file = overrides(tmp_path, {"pages": {"old.md": "S"}})
    done = derive(tmp_path, TEXT, "--overrides", file, "--force")
    assert "  the overrides name the page old.md, which is none of these. Give it the name of the file." in done.stdout


def test_a_new_code_extends_the_errors_of_the_folder(tmp_path: Path) -> None:
    text = TEXT.replace("| Process |", "|  | Weather Too Bad | 530 |\n| Process |")
    done = derive(tmp_path, text)
    assert done.exit_code == 1
    assert "code 530 is new, and when it arises is not understood: the mock sends it when asked" in done.stdout
    assert contract("check", tmp_path / "mine").exit_code == 0
    body = credentials() | {"forigimg": photo_text("front"), "borigimg": photo_text("back")}
    with served(tmp_path) as client:
        assert client.post(f"/api/{NAME}", json=body, headers={"Prefer": "code=530"}).get_json()["status"] == 530


def test_codes_that_a_page_lacks_are_the_familys_and_told(tmp_path: Path) -> None:
    text = TEXT.replace("| Account | User Not Verified | 420 |\n", "").replace(
        "|  | Attached Image Error | 412 |\n", ""
    )
    done = derive(tmp_path, text)
    assert done.exit_code == 1
    assert "the page's table has no code for unknown user: 420 of the family is taken. Answer it" in done.stdout
    assert "the page's table has no code for undecodable of back: 412 of an example is taken." in done.stdout
    rows = {row["code"]: row for row in written(tmp_path)["codes"]}
    assert rows[420]["x-remo-source"]["evidence"] == "assumed"
    assert (rows[412]["x-remo-source"]["evidence"], "only_when_asked" in rows[412]) == ("example", False)
    assert contract("check", tmp_path / "mine").exit_code == 0
    answers = {"answers": {"the page's table has no code for unknown user: 420 of the family is taken": "as elsewhere"}}
    done = derive(tmp_path, text, "--overrides", overrides(tmp_path, answers), "--force")
    assert "unknown user" not in done.stdout


def test_what_a_person_changed_is_not_overwritten_unasked(tmp_path: Path) -> None:
    derive(tmp_path)
    data = tmp_path / "mine" / NAME / "endpoint.json"
    data.write_text("{}\n", encoding="utf-8")
    assert isinstance(derive(tmp_path).exception, FilesDifferError)
    assert derive(tmp_path, TEXT, "--force").exit_code == 0
    assert contract("check", tmp_path / "mine").exit_code == 0


def test_it_is_derived_into_a_folder_with_other_endpoints(tmp_path: Path) -> None:
    assert contract("init", tmp_path / "mine").exit_code == 0
    assert derive(tmp_path).exit_code == 0
    assert contract("check", tmp_path / "mine").stdout.startswith(f"{tmp_path / 'mine'}: 6 endpoints, no problem.")


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ({"endpont": {}}, "'endpont' is no key that is known. Did you mean 'endpoint'?"),
        ({"ledger": {"codes/999": "L01"}}, "ledger: 'codes/999' leads to nothing that has a source"),
        ({"ledger": {"codes/400/code": "L01"}}, "ledger: 'codes/400/code' leads to nothing that has a source"),
        ({"endpoint": {"codes": 3}}, "endpoint: '3' stands where rows belong that each have 'code'"),
        ({"endpoint": {"codes": [{"message": "x"}]}}, "stands where rows belong that each have 'code'"),
        ({"endpoint": {"codes": [{"code": "x"}]}}, "stands where rows belong that each have 'code'"),
        ({"endpoint": {"price": []}}, "endpoint: '[]' stands where an object with credits, x-remo-source belongs"),
        ({"endpoint": {"price": {"credits": "two"}}}, "endpoint: price.credits is 'two'. Write a whole number"),
        ({"endpoint": {"also_at": 5}}, "endpoint: also_at is 5. Write an array"),
        ([], "the file is []"),
    ],
)
def test_overrides_that_do_not_fit_are_refused(tmp_path: Path, document: object, says: str) -> None:
    done = derive(tmp_path, TEXT, "--overrides", overrides(tmp_path, document))
    assert isinstance(done.exception, ContractError)
    assert (done.exception.exit_code, says in str(done.exception)) == (2, True), str(done.exception)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("overrides.json", "{", "overrides.json, line 1: is not JSON"),
        ("facts.json", "{}", "facts.json: is JSON, but no file of facts"),
        ("facts.json", '{"pages": [{"file": 3}]}', "is no file of facts"),
        ("facts.json", '{"pages": []}', "it has no page"),
        ("missing.md", None, "missing.md: cannot be read: No such file or directory"),
    ],
)
def test_files_that_cannot_be_read_are_named(tmp_path: Path, name: str, content: str | None, says: str) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_text(content, encoding="utf-8")
    arguments = [PAGE, "--overrides", file] if name == "overrides.json" else [file]
    done = contract("derive", *arguments, "--out", tmp_path / "mine")
    assert isinstance(done.exception, PageError | ContractError)
    assert says in str(done.exception)


WITHOUT_PARSERS = """
import sys


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"lxml", "markdown_it", "pygments"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Missing())
from remo_mock.cli import main

main()
"""


def test_without_the_extra_only_pages_cannot_be_read(tmp_path: Path) -> None:
    derive(tmp_path)

    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", WITHOUT_PARSERS, "contract", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run("derive", PAGE, "--out", tmp_path / "mine")
    assert (done.returncode, done.stderr) == (
        2,
        "remo-mock: Pages are read by markdown_it: that needs the extra derive. "
        "Install it: pip install 'remo-mock[derive]'.\n",
    )
    facts = tmp_path / "mine" / NAME / "facts.json"
    assert run("derive", facts, "--out", tmp_path / "again").returncode == 0
    assert run("check", tmp_path / "again").returncode == 0
