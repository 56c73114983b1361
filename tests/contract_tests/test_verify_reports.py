"""The reports of `remo-mock verify` show the expectations, and the curl line of each request once."""

import json
import xml.etree.ElementTree as ElementTree

import pytest

from contract_tests.selftest.changes import all_of, on_success, setting
from tests.support.broken_server import broken_server, misgrading
from tests.support.verifying import verify

# One broken promise is expected. The last two expectations do not come true.
BROKEN = on_success(
    all_of(
        misgrading("bar_tilt_grade"),
        setting("far_coords", "[]"),
        setting("bar_coords", "[]"),
    )
)
EXPECTED = """\
REMO-GRADE-bar_tilt: ticket <4711>
REMO-UUID-ECHO[analysis-skeleton-v2]: fixed <long> ago
REMO-NOPE: renamed
"""


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reports")
    (folder / "expected").write_text(EXPECTED)
    names = ["--endpoint", "analysis-skeleton-v2", "--endpoint", "analysis-skeleton-v2-back"]
    names += [f"--report={folder / f'report.{form}'}" for form in ("json", "md", "html")]
    names += ["--junitxml", str(folder / "report.xml"), "--xfails", str(folder / "expected")]
    with broken_server(BROKEN) as server:
        ended = verify(server.url, "--budget", "5", *names)
    assert ended.returncode == 1, ended.stderr
    files = {path.suffix: path.read_text(encoding="utf-8") for path in folder.glob("report.*")}
    return files | {"terminal": ended.stdout}


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (
            ".html",
            [
                "<h2>Expectations that failed</h2>",
                "<li>REMO-UUID-ECHO (analysis-skeleton-v2): expected to fail (fixed &lt;long&gt; ago), but it passes",
                "<li>REMO-NOPE: expected to fail (renamed), but there is no such check: take it off the list</li>",
                "Expected to fail: ticket &lt;4711&gt;",
            ],
        ),
        (
            ".md",
            [
                "## Expectations that failed",
                "- REMO-UUID-ECHO (analysis-skeleton-v2): expected to fail (fixed \\<long\\> ago), but it passes",
                "- REMO-NOPE: expected to fail (renamed), but there is no such check: take it off the list",
                "It was expected to fail: ticket \\<4711\\>",
            ],
        ),
        (
            "terminal",
            [
                "FAILED  REMO-UUID-ECHO (analysis-skeleton-v2): expected to fail (fixed <long> ago), but it passes",
                "FAILED  REMO-NOPE: expected to fail (renamed), but there is no such check: take it off the list",
            ],
        ),
    ],
)
def test_expectations_are_in_every_report(reports: dict[str, str], form: str, lines: list[str]) -> None:
    assert [line for line in lines if line not in reports[form]] == []


@pytest.mark.parametrize(("form", "line"), [(".html", "<pre>"), (".md", "```sh"), ("terminal", "  again ")])
def test_a_request_is_shown_once_for_all_problems_of_its_reply(reports: dict[str, str], form: str, line: str) -> None:
    part = reports[form].partition("REMO-COORDS-COUNT")[2].partition("REMO-COORDS")[0].partition("REMO-GRADE")[0]
    assert (part.count("has 0"), part.count(line)) == (2, 1)


@pytest.mark.parametrize("form", [".html", ".md", ".xml", "terminal"])
def test_fields_are_called_as_people_call_them(reports: dict[str, str], form: str) -> None:
    plain = reports[form].replace("\\", "")  # Markdown escapes
    assert "far_coords: front / 정면" in plain


def test_names_are_data_in_the_json_report(reports: dict[str, str]) -> None:
    checks = json.loads(reports[".json"])["checks"]
    assert {"en": "front", "ko": "정면"} in [check["names"].get("far_coords") for check in checks]


def test_the_junit_report_is_xml(reports: dict[str, str]) -> None:
    root = ElementTree.fromstring(reports[".xml"])  # noqa: S314 - written by pytest a moment ago
    suite = root[0]
    assert int(suite.attrib["failures"]) >= 3
