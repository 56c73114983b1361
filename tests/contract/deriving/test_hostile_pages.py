"""A page that is broken, huge or no page at all gets a clear message with the line, and never a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st

from remo_mock.cli.group import commands
from remo_mock.contract.deriving.derivation import Input, derive
from remo_mock.contract.deriving.endpoint.overrides import Overrides
from remo_mock.contract.deriving.facts_file import facts_document, read_facts
from remo_mock.contract.deriving.page.source_text import PageError, page_text
from remo_mock.contract.deriving.reading import read_facts_of
from remo_mock.contract.deriving.report import report
from remo_mock.contract.packaged import contract_documents
from tests.support.vendor_pages import FORMS, Form, page

WHOLE = page(Form())
PIECES = [
    *(
        "<",
        "</td>",
        "|",
        "```",
        "{%",
        "%}",
        "<table>",
        "</table>",
        "{",
        "}",
        "'",
        "&#x3C;",
        "<td rowspan=9>",
        "<td colspan=0>",
    ),
    *(
        "-",
        "5",
        "~",
        "이상",
        ":",
        "\n",
        "\n\n",
        "**",
        "#",
        "(",
        ")",
        "<br",
        "...",
        "\\",
        "²",
        "9" * 400,
        "0: ",
        "\u202e",
    ),
]


def derived(tmp_path: Path, data: bytes) -> Result:
    file = tmp_path / "page.md"
    file.write_bytes(data)
    return CliRunner().invoke(commands, ["contract", "derive", str(file), "--out", str(tmp_path / "out")])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "page.md: is empty"),
        (b" \n\n", "page.md: is empty"),
        (b"# A page\n\nwith \xff in it", "page.md, line 3: is not UTF-8"),
        (b"# A page\n\x00\x01", "page.md, line 2: has a control character (U+0000)"),
        (b"\x89PNG\r\n\x1a\n\x00", "page.md, line 1: is not UTF-8"),
        (b"x" * 5_000_000, "page.md: has more than 1 MB, which no page of documentation has"),
    ],
    ids=["empty", "blank", "encoding", "binary", "picture", "5 MB"],
)
def test_what_is_no_page_is_refused_with_the_line(tmp_path: Path, data: bytes, says: str) -> None:
    done = derived(tmp_path, data)
    assert isinstance(done.exception, PageError)
    assert done.exception.exit_code == 2
    assert str(done.exception).startswith(says)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Only words.\n", "page.md, line 2: the page has no table of error codes"),
        ("Only words.\n", "page.md, line 1: the page states neither a method with a URL nor a sample that has one"),
        (WHOLE[: WHOLE.index("far_tilt_grade") + 90], "page.md, line 11: the table is not closed"),
        (WHOLE + "```json\n{'a': 1", "the block of code is not closed"),
        (
            WHOLE + "```json\n{\n  'a': 1,\n  'b' 2\n}\n```\n",
            "line 26: an example can be read line by line alone from here on",
        ),
        (WHOLE.replace("<td>float", "<td colspan=4000>float", 1), "line 11: a cell has colspan='4000'"),
        (
            WHOLE + "\n| x | y |\n| --- | --- |\n| a b | c d |\n",
            "line 24: a table that is none of fields or codes (columns: x, y)",
        ),
        (WHOLE.replace("| 413 |", "| soon |"), "line 19: a row of the table of codes whose code is 'soon'"),
        (WHOLE.replace("(value&#x3C;=-5)", "(value?)"), "line 11: far_head_bal_grade: 1 of 5 grades has no limits"),
        (WHOLE + "{% mystery %}\n", "line 23: a block {% mystery %} that is not known"),
        (WHOLE + "\n`POST` `/api/another`\n", "line 24: a second address, POST /api/another"),
    ],
)
def test_what_cannot_be_placed_is_told_with_the_line(tmp_path: Path, text: str, says: str) -> None:
    done = derived(tmp_path, text.encode())
    assert done.exit_code == 1, done.output
    assert says in done.stdout
    assert json.loads(next((tmp_path / "out").rglob("facts.json")).read_bytes())["pages"][0]["file"] == "page.md"


@pytest.mark.parametrize("name", ["merged categories", "hidden headings"])
@pytest.mark.parametrize("percent", range(2, 100, 7))
def test_a_page_cut_before_its_codes_says_so(name: str, percent: int) -> None:
    text = page(FORMS[name]).partition("**Error Code Guide**")[0]
    assert read_facts_of("page.md", text[: len(text) * percent // 100]).unplaced != ()


@pytest.mark.parametrize(
    "text",
    [">" * 500_000, "<table><tr><td>" * 60_000, "<div>" * 100_000, "[" * 500_000, "**a" * 200_000, "{% a %}" * 50_000],
    ids=["quotes", "tables", "depth", "brackets", "stars", "tags"],
)
def test_half_a_megabyte_of_nonsense_is_read_in_bounded_time(text: str) -> None:
    assert read_facts_of("page.md", text).codes == ()


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["cut", "drop", "insert", "repeat"]),
        st.integers(0, 10_000),
        st.integers(0, 300),
        st.sampled_from(PIECES),
    ),
    min_size=1,
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(name=st.sampled_from(sorted(FORMS)), edits=EDITS)
@example(name="as today, English", edits=[("insert", 1200, 0, "9" * 400)])
def test_no_edit_of_a_page_is_a_traceback(name: str, edits: list[tuple[str, int, int, str]]) -> None:
    text = page(FORMS[name])
    for kind, at, length, piece in edits:
        at %= len(text) + 1
        text = {
            "cut": text[:at],
            "drop": text[:at] + text[at + length :],
            "insert": text[:at] + piece + text[at:],
            "repeat": text[:at] + text[at : at + length] + text[at:],
        }[kind]
    facts = (read_facts_of("page.md", text),)
    document = json.loads(json.dumps(facts_document(facts)))
    assert facts_document(read_facts("facts.json", document)) == document
    done = derive([Input(facts, Overrides())], contract_documents())
    assert [report(outcome, done.between).startswith("# ") for outcome in done.outcomes] == [True]


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=400))
def test_no_bytes_are_a_traceback(data: bytes) -> None:
    try:
        text = page_text("page.md", data)
    except PageError as error:
        text = str(error)
    assert read_facts_of("page.md", text).codes == ()
