"""`remo-mock contract diff` names each edit of a page in an integrator's words, and the replies judged otherwise."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from remo_mock.cli.group import commands
from remo_mock.contract.deriving.page.source_text import PageError
from tests.support.checkout import ROOT
from tests.support.vendor_pages import FORMS as PAGE_FORMS
from tests.support.vendor_pages import Form, page

PAGE = ROOT / "fixtures" / "pages" / "analysis-stance.md"
TEXT = PAGE.read_text(encoding="utf-8")

# An edit of the page: what is replaced, by what, how often; and the line of the diff that names it.
EDITS = {
    "method": ("`POST`", "`PUT`", 1, "the method was POST, is PUT"),
    "path": ("analysis-stance`", "analysis-stance2`", 1, "the path was /api/analysis-stance, is /api/analysis-stance2"),
    "host": (
        "https://api.stance",
        "http://api.stance",
        1,
        "the host was https://api.stance.example, is http://api.stance.example",
    ),
    "request field left": (
        "<tr><td><code>borigimg</code></td><td>string(base64)</td><td>Back photo</td><td>true</td></tr>",
        "",
        1,
        "borigimg left the request",
    ),
    "request field new": (
        "<tr><td><code>uuid</code></td>",
        "<tr><td><code>height</code></td><td>int</td><td>cm</td><td>true</td></tr><tr><td><code>uuid</code></td>",
        1,
        "height is new in the request (int, required)",
    ),
    "request type": (
        "<td>string(base64)</td><td>Front",
        "<td>file</td><td>Front",
        1,
        "forigimg: type was string(base64), is file",
    ),
    "required": (
        "<td>Name of the request</td><td>false",
        "<td>Name of the request</td><td>true",
        1,
        "uuid: is required now",
    ),
    "response field renamed": (
        "<code>far_coords</code>",
        "<code>front_coords</code>",
        1,
        "far_coords is called front_coords in the response now",
    ),
    "response field new": (
        "<tr><td><code>far_coords</code>",
        "<tr><td><code>took</code></td><td>int</td><td>Time</td></tr><tr><td><code>far_coords</code>",
        1,
        "took is new in the response (int)",
    ),
    "response field left": (
        "<tr><td><code>message</code></td><td>string</td><td>What went wrong</td></tr>",
        "",
        1,
        "message left the response",
    ),
    "response type": (
        "<code>far_tilt_m_</code></td><td>float",
        "<code>far_tilt_m_</code></td><td>string",
        1,
        "far_tilt_m_: type was float, is string",
    ),
    "unit": ("Body axis, in degrees", "Body axis, in mm", 1, "far_tilt_m_: unit was degrees, is mm"),
    "description": (
        "<td>Balance</td>",
        "<td>Balance afterwards</td>",
        1,
        "credit: described as 'Balance afterwards', was 'Balance'",
    ),
    "bound": (
        "1.5&#x3C;=value&#x3C;3.5",
        "1.5&#x3C;=value&#x3C;3",
        1,
        "far_tilt: caution (1) was 1.5 <= v < 3.5, is 1.5 <= v < 3: 1 grade may change",
    ),
    "all bounds": (
        "1.5",
        "2",
        10,
        "far_tilt: normal was -1.5 < v < 1.5, is -2 < v < 2; caution (-1) was -3.5 < v <= -1.5, is -3.5 < v <= -2; "
        "caution (1) was 1.5 <= v < 3.5, is 2 <= v < 3.5: 3 grades may change",
    ),
    "side of a bound": (
        "(value>=3.5)",
        "(value>3.5)",
        1,
        "far_tilt: danger (2) was 3.5 <= v, is 3.5 < v: 1 grade may change",
    ),
    "grade left": (
        "<p>2: Left side up, danger (value>=3.5)</p>",
        "",
        1,
        "far_tilt: grade 2 left (was 3.5 <= v): 1 grade may change",
    ),
    "grade new": (
        "<p>2: Left side up, danger (value>=3.5)</p>",
        "<p>2: Left side up, danger (3.5&#x3C;=value&#x3C;9)</p><p>3: Left side up, danger (value>=9)</p>",
        1,
        "far_tilt: danger (2) was 3.5 <= v, is 3.5 <= v < 9; grade 3 is new (9 <= v): 2 grades may change",
    ),
    "level": (
        "2: Left side up, danger (value>=3.5)",
        "2: Left side up, caution (value>=3.5)",
        1,
        "far_tilt: grade 2 was danger, is caution",
    ),
    "direction": (
        "2: Left side up, danger (value>=3.5)",
        "2: Right side up, danger (value>=3.5)",
        1,
        "far_tilt: grade 2 was left up, is right up",
    ),
    "code new": ("| Account |", "|  | Back Image Error | 415 |\n| Account |", 1, "code 415 is new (Back Image Error)"),
    "code left": ("|  | Front Image Error | 413 |\n", "", 1, "code 413 left"),
    "code meaning": (
        "Front Image Error",
        "Side Image Error",
        1,
        "code 413: means something else: was 'Front Image Error', is 'Side Image Error'",
    ),
    "code wording": (
        "No Input Data",
        "Missing Input Data",
        1,
        "code 411: is worded otherwise: was 'No Input Data', is 'Missing Input Data'",
    ),
    "code category": ("| Process |", "| Other |", 1, "code 550: moved from the category process to other"),
    "message": (
        "the back photo cannot be decoded",
        "broken back photo",
        1,
        "code 412: message was 'the back photo cannot be decoded', is 'broken back photo'",
    ),
    "example of an error": ('"status_code": 412', '"status_code": 413', 1, "code 412: has no example any more"),
    "price": ("costs 2 credits", "costs 3 credits", 1, "the price was 2 credits a request; is 3 credits a request"),
    "APIName": ('"Analysis-stance"', '"Stance"', 1, "APIName: 'Stance' in the example, was 'Analysis-stance'"),
    "example value": ('"credit_change": -2', '"credit_change": -4', 1, "credit_change: -4 in the example, was -2"),
    "example field": ('  "status_code": 200,\n', "", 1, "status_code: is no longer in the example"),
    "order of the reply": (
        '  "state": true,\n  "status_code": 200,',
        '  "status_code": 200,\n  "state": true,',
        1,
        "the order of the reply is another: status_code, state,",
    ),
    "sample": (
        'post("https://api.stance.example/api/analysis-stance"',
        'post("https://api.stance.example/api/old"',
        1,
        "the python code of Example Code no longer posts to https://api.stance.example/api/analysis-stance, "
        "posts to https://api.stance.example/api/old",
    ),
    "sample sends": (
        '    "APIKey": "a",\n    "forigimg": photos',
        '    "APIKey": "a",\n    "uuid": "1",\n    "forigimg": photos',
        1,
        "the python code of Example Code sends uuid",
    ),
    "caption": ("<p>forigimg</p>", "<p>result</p>", 1, "the captions of pictures were forigimg; are result"),
    "prose": (
        "Takes a front photo and",
        "Reads a front photo and",
        1,
        "the text says: Reads a front photo and a back photo, and grades how the person stands.",
    ),
    "contradiction": (
        '"bar_tilt_grade": 0',
        '"bar_tilt_grade": 1',
        1,
        "a contradiction is new: The example breaks the bands of bar_tilt_grade",
    ),
}


def diff(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["contract", "diff", *map(str, arguments)])


def edited(tmp_path: Path, name: str) -> Path:
    old, new, times, _line = EDITS[name]
    assert old in TEXT
    file = tmp_path / "edited.md"
    file.write_text(TEXT.replace(old, new, times), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_is_named(tmp_path: Path, name: str) -> None:
    done = diff(PAGE, edited(tmp_path, name))
    assert done.exit_code == 1
    assert [line for line in done.stdout.splitlines() if line.strip().startswith(EDITS[name][3])] != [], done.stdout


@pytest.mark.parametrize("name", ["bound", "code new", "price", "request type", "description", "caption", "level"])
def test_nothing_else_is_named(tmp_path: Path, name: str) -> None:
    told = [line for line in diff(PAGE, edited(tmp_path, name)).stdout.splitlines() if "contradiction" not in line]
    assert told[0] == "analysis-stance"
    assert told[1].strip() == EDITS[name][3]
    assert len(told) == 3


def test_the_same_page_has_not_moved() -> None:
    done = diff(PAGE, PAGE)
    assert (done.exit_code, done.stdout) == (0, "no change\n")


def test_space_and_tables_in_another_style_are_no_change(tmp_path: Path) -> None:
    file = tmp_path / "other.md"
    file.write_text(TEXT.replace("<tr>", "\n<tr>").replace("| 400 |", "|   400   |"), encoding="utf-8")
    assert diff(PAGE, file).stdout == "no change\n"


@pytest.mark.parametrize(
    "name", ["as today, Korean", "swagger", "pipe table, Korean", "merged categories, Korean", "ranges"]
)
def test_a_page_in_another_language_or_form_is_no_change(tmp_path: Path, name: str) -> None:
    for file, form in (("old.md", Form()), ("new.md", PAGE_FORMS[name])):
        (tmp_path / file).write_text(page(form), encoding="utf-8")
    assert diff(tmp_path / "old.md", tmp_path / "new.md").stdout == "no change\n"


def test_json_has_what_programs_need(tmp_path: Path) -> None:
    done = diff(PAGE, edited(tmp_path, "bound"), "--format", "json")
    (change,) = [one for one in json.loads(done.stdout)["changes"] if one["kind"] == "bands"]
    assert (change["endpoint"], change["about"]) == ("analysis-stance", "far_tilt")
    assert (change["was"]["1"], change["is"]["1"]) == ("1.5 <= v < 3.5", "1.5 <= v < 3")


def test_markdown_is_a_list_with_a_title(tmp_path: Path) -> None:
    done = diff(PAGE, edited(tmp_path, "bound"), "--format", "markdown")
    assert done.stdout.startswith(
        "## analysis-stance\n\n- far\\_tilt: caution (1) was 1.5 &lt;= v &lt; 3.5, is 1.5 &lt;= v &lt; 3: "
    )


REPLY = {"state": True, "status_code": 200, "APIName": "Analysis-stance", "far_tilt_m_": 3.2, "far_tilt_grade": 1}
FORMS = {
    "body": REPLY,
    "cassette": {"version": 1, "endpoint": "analysis-stance", "request": {}, "reply": {"status": 200, "json": REPLY}},
    "HAR": {"log": {"entries": [{"response": {"content": {"text": json.dumps(REPLY)}}}]}},
    "list": [REPLY],
}


@pytest.mark.parametrize("form", FORMS)
def test_replies_that_are_judged_otherwise_are_named(tmp_path: Path, form: str) -> None:
    reply = tmp_path / "reply.json"
    reply.write_text(json.dumps(FORMS[form]), encoding="utf-8")
    lines = diff(PAGE, edited(tmp_path, "bound"), "--replies", reply).stdout.splitlines()
    assert "1 of 1 replies are judged otherwise" in lines
    told = "  reply.json: far_tilt_grade: was right, is wrong: 1 for 3.2, which no band holds"
    assert told in lines


def test_replies_of_several_files_are_judged(tmp_path: Path) -> None:
    for name, body in (
        ("a.json", REPLY | {"far_tilt_m_": 1.7}),
        ("b.json", {"state": False, "credit": 1, "message": "x", "status": 413}),
        ("c.json", {"state": False, "credit": 1, "message": "x", "status": 411}),
    ):
        (tmp_path / name).write_text(json.dumps(body), encoding="utf-8")
    files = [tmp_path / name for name in ("a.json", "b.json", "c.json")]
    assert "0 of 3 replies" in diff(PAGE, PAGE, "--replies", *files).stdout
    lines = diff(PAGE, edited(tmp_path, "all bounds"), "--replies", *files).stdout.splitlines()
    assert "  a.json: far_tilt_grade: was right, is wrong: 1 for 1.7, which is 0" in lines
    assert "1 of 3 replies are judged otherwise" in lines
    lines = diff(PAGE, edited(tmp_path, "code left"), "--replies", *files).stdout.splitlines()
    assert "  b.json: code 413: was right, is unknown" in lines


def test_a_contract_folder_and_its_page_are_the_same(tmp_path: Path) -> None:
    out = tmp_path / "mine"
    assert CliRunner().invoke(commands, ["contract", "derive", str(PAGE), "--out", str(out)]).exit_code == 0
    assert diff(PAGE, out).stdout == "no change\n"
    assert diff(out, out).stdout == "no change\n"
    moved = edited(tmp_path, "all bounds")
    assert "far_tilt: normal was -1.5 < v < 1.5, is -2 < v < 2" in diff(out, moved).stdout


def test_endpoints_of_folders_are_paired_by_name(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "stance.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "new" / "other.md").write_text(TEXT.replace("analysis-stance", "analysis-other"), encoding="utf-8")
    assert diff(tmp_path / "old", tmp_path / "new").stdout.splitlines() == [
        "analysis-other",
        "  POST /api/analysis-other is new",
        "1 change",
    ]


@pytest.mark.parametrize(
    ("content", "says"),
    [("{", "is not JSON"), ("{}", "holds no reply"), ("[1]", "holds no reply"), ("\xff", "is not JSON")],
)
def test_a_file_without_a_reply_is_refused(tmp_path: Path, content: str, says: str) -> None:
    file = tmp_path / "reply.json"
    file.write_bytes(content.encode("latin-1"))
    done = diff(PAGE, PAGE, "--replies", file)
    assert isinstance(done.exception, PageError)
    assert (done.exception.exit_code, says in str(done.exception)) == (2, True)


def test_usage_is_told(tmp_path: Path) -> None:
    assert diff(PAGE, PAGE, PAGE).exit_code == 2
    assert diff(PAGE, tmp_path / "missing.md").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert isinstance(diff(PAGE, tmp_path / "empty").exception, PageError)
