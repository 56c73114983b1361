"""Each kind of contradiction is found by itself, with both readings; a page without one has none of them."""

import pytest

from remo_mock.contract.deriving.endpoint.conventions import read_conventions
from remo_mock.contract.deriving.endpoint.overrides import Overrides
from remo_mock.contract.deriving.endpoint.whole import derive_endpoint, page_set
from remo_mock.contract.deriving.findings.checks import findings_of
from remo_mock.contract.deriving.findings.finding import Derived, Finding
from remo_mock.contract.deriving.reading import read_facts_of
from tests.support.checkout import ROOT
from tests.support.contract_data import schema_file

TEXT = (ROOT / "fixtures" / "pages" / "analysis-stance.md").read_text(encoding="utf-8")
UNLISTED = "<tr><td><code>APIName</code></td><td>string</td><td>Name of the API</td></tr>"
UUID = "<tr><td><code>uuid</code></td><td>string</td><td>Name of the request</td><td>false</td></tr>"
SIDE = "<tr><td><code>far_coords</code>"

# An edit of the page, the key of the finding that it makes, and what its readings say.
CONTRADICTIONS = {
    "key of the code": (
        '"status_code": 412',
        '"status": 412',
        "code-key",
        ["the table has status_code", "the error examples have status"],
    ),
    "Python literal": ('"state": false', '"state": False', "notation:python", ["is a Python literal", "are JSON"]),
    "quotes": (
        '"UserKey": "u",\n',
        '"UserKey": “u”,\n',
        "notation:typographic-quotes",
        ["has typographic quotes", "are JSON"],
    ),
    "trailing comma": (
        '"status_code": 412',
        '"status_code": 412,',
        "notation:trailing-comma",
        ["has a comma before", "are JSON"],
    ),
    "a key twice": (
        '  "credit": 98,\n',
        '  "credit": 98,\n  "credit": 98,\n',
        "notation:twice",
        ["the example of a success has a key more than once"],
    ),
    "joints": ('"far_coords": "[[100, 50], ', '"far_coords": "[', "joints:far_coords", ["far_coords are not 22 pairs"]),
    "no comma": ('"credit": 100,', '"credit": 100', "notation:not-json", ["is no JSON", "are JSON"]),
    "grade": (
        '"bar_left_qang_grade": 1',
        '"bar_left_qang_grade": 0',
        "grade:bar_left_qang_grade",
        ["the table gives 1 for 4.5", "the example has 0 beside 4.5"],
    ),
    "code of no table": (
        '"status_code": 412',
        '"status_code": 415',
        "example-code:415",
        ["the table has no 415", "answers 415"],
    ),
    "code of another photo": (
        '"status_code": 412',
        '"status_code": 413',
        "example-code:413",
        ["the table has 413 for front", "the example answers 413"],
    ),
    "field of no table": (
        UNLISTED,
        "",
        "not-listed:APIName",
        ["the table has no APIName", "the example of a success has APIName"],
    ),
    "field of no example": (
        '  "APIName": "Analysis-stance",\n',
        "",
        "not-shown:APIName",
        ["lists APIName", "has no APIName"],
    ),
    "type": (
        '"far_tilt_m_": -3.5',
        '"far_tilt_m_": "-3.5"',
        "type:far_tilt_m_",
        ["the table says float", "the example has str: -3.5"],
    ),
    "request lacks a field": (
        '  "UserKey": "u",\n',
        "",
        "request-example:UserKey",
        ["UserKey is required", "has no UserKey"],
    ),
    "request has a field": (
        '  "UserKey": "u",\n',
        '  "UserKey": "u",\n  "age": 3,\n',
        "request-example:age",
        ["the table has no age", "the example sends age"],
    ),
    "APIName": (
        '"Analysis-stance"',
        '"Analysis-skeleton"',
        "api-name",
        ["the endpoint is analysis-stance", "'Analysis-skeleton'"],
    ),
    "impossible": (
        SIDE,
        f"<tr><td><code>sorigimg</code></td><td>string</td><td>Side</td></tr>{SIDE}",
        "impossible:sorigimg",
        ["the response has sorigimg, of the side photo", "the request has photos of back, front"],
    ),
    "prose": (
        "a front photo and a back photo",
        "a front photo and a side photo",
        "prose-views",
        ["names front, side", "back, front"],
    ),
    "price": ("One request costs 2 credits", "One request costs 3 credits", "price", ["a request cost 3", "has -2"]),
    "gap": (
        "4.5&#x3C;=value",
        "5&#x3C;=value",
        "seam:far_left_qang_grade",
        ["a gap from 4.5 to 5, between grades 0 and 1"],
    ),
    "caption": ("<p>forigimg</p>", "<p>fronigimg</p>", "caption:fronigimg", ["no field has this name"]),
    "http": ("`https://", "`http://", "http", ["begins with http://api.stance.example"]),
    "another endpoint": (
        '.post("https://api.stance.example/api/analysis-stance"',
        '.post("https://api.stance.example/api/old"',
        "sample-url:/api/old",
        ["the endpoint is /api/analysis-stance", "this python sample posts to https://api.stance.example/api/old"],
    ),
    "undefined in Python": (
        "timeout=10).json())",
        "timeout=10).json(), shown)",
        "undefined:shown",
        ["this python sample uses shown"],
    ),
    "undefined in JavaScript": (
        "console.log(reply)",
        "render(reply)",
        "undefined:render",
        ["this javascript sample uses render"],
    ),
    "foreign": (
        "import fs from 'fs';",
        "import fs from 'fs';\ncv2.imshow('a', b)",
        "foreign:javascript",
        ["are no javascript"],
    ),
    "unused": (
        "import base64\n",
        "import base64\nimport uuid\n\ntask = uuid.uuid4()\n",
        "unused:task:python",
        ["makes task and does not send it"],
    ),
    "not sent": (
        '    "APIKey": "a",\n    "forigimg": photos',
        '    "forigimg": photos',
        "not-sent:APIKey:python",
        ["APIKey is required", "does not send it"],
    ),
}


def found(*texts: str) -> dict[str, Finding]:
    facts = tuple(read_facts_of(f"{number}.md", text) for number, text in enumerate(texts, 1))
    conventions = read_conventions(schema_file("conventions.json"))
    data = derive_endpoint(facts, conventions, schema_file("errors.json"), Overrides()).data
    return {one.key: one for one in findings_of(Derived(page_set(facts, Overrides()), conventions, data))}


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_found_with_both_readings(name: str) -> None:
    old, new, key, says = CONTRADICTIONS[name]
    assert old in TEXT
    finding = found(TEXT.replace(old, new, 1))[key]
    told = [reading.says for reading in finding.readings]
    assert [part for part in says if not any(part in one for one in told)] == []


def test_the_page_as_it_is_has_none_of_them() -> None:
    assert found(TEXT).keys() == {"sign:credit_change"}


def test_a_parameter_that_no_table_has_is_found_with_the_samples_that_send_it() -> None:
    text = TEXT.replace(UUID, "").replace("<td>Name of the request</td>", "<td>UUID received as parameter</td>")
    text = text.replace(
        '    "APIKey": "a",\n    "forigimg": photos', '    "APIKey": "a",\n    "uuid": "1",\n    "forigimg": photos'
    )
    assert [reading.says for reading in found(text)["parameter:uuid"].readings] == [
        "uuid is received as a parameter",
        "the table of the request has no uuid",
        "this sample sends uuid",
    ]


def test_a_bound_without_a_side_is_found_unless_its_neighbour_has_one() -> None:
    silent = TEXT.replace("4.5&#x3C;=value&#x3C;9)", "4.5 이상 ~ 9)", 1)
    assert "side:far_left_qang_grade:9" not in found(silent)
    assert "side:far_left_qang_grade:9" in found(silent.replace("(value>=9)", "(9 ~)", 1))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("(value>=3.5)", "(value>=4)", "languages:bands:far_tilt_grade"),
        ("|  | Front Image Error | 413 |\n", "", "languages:code:413"),
        ("Front Image Error", "Side Image Error", "languages:cause:413"),
        (UUID, "", "languages:request field:uuid"),
        (UNLISTED, "", "languages:response field:APIName"),
        ("`https://api.stance", "`https://api2.stance", "languages:address"),
    ],
)
def test_pages_of_one_endpoint_are_compared(old: str, new: str, key: str) -> None:
    assert key in found(TEXT, TEXT.replace(old, new, 1))
    assert key not in found(TEXT, TEXT)
