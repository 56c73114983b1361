"""CONTRIBUTING.md names folders and files that are there, and each room of both packages."""

import re

import pytest

from tests.support.checkout import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
TOPS = "mock_server|contract_tests|schemas|fixtures|tests|scripts|benchmarks|docs"
PATHS = sorted(set(re.findall(rf"`((?:{TOPS})/[\w./-]*)`", TEXT)))
ANSWERS = re.findall(r"^\| (.+?) \| `(.+?)` \|$", TEXT.partition("| where is | there |")[2], flags=re.MULTILINE)
FOLDERS = re.findall(r"^\| `(.+?)/` \| ", TEXT, flags=re.MULTILINE)
ROOMS = [
    path.relative_to(ROOT).as_posix()
    for package in (ROOT / "mock_server" / "remo_mock", ROOT / "contract_tests")
    for path in sorted(package.iterdir())
    if (path / "__init__.py").is_file()
]


@pytest.mark.parametrize("path", PATHS)
def test_a_named_path_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_is_described(room: str) -> None:
    assert room in FOLDERS


def test_ten_questions_and_more_are_answered_by_a_file_each() -> None:
    assert len(ANSWERS) >= 10
    assert [question for question, path in ANSWERS if not (ROOT / path).is_file()] == []


WORDS = {
    "the price of a set": "per_views",
    "the text of code 518": "518",
    "the width of a drawn line": "width",
    "how a photo is opened": "Image.open",
    "the SQL of a charge": "insert(charge_table)",
    "the syntax of the `Prefer` header": "Prefer",
    "the console's Korean words": "사진",
    "the fixture `remo`": "def remo(",
    "the check of a grade": "grade",
    "the curl line that repeats a request": "curl",
    "the HTML report": "<html",
}


@pytest.mark.parametrize("question", WORDS)
def test_an_answer_holds_what_was_asked_for(question: str) -> None:
    assert WORDS[question] in (ROOT / dict(ANSWERS)[question]).read_text(encoding="utf-8")
