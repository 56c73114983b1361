"""One content in all the forms of the vendor's documentation, old and new, in both languages, gives the same facts."""

import codecs

import pytest

from remo_mock.contract.deriving.endpoint.bands import with_sides
from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.contract.deriving.page.source_text import page_text
from remo_mock.contract.deriving.reading import read_facts_of
from tests.support.vendor_pages import EXPECTED_BANDS, EXPECTED_CODES, FORMS, Form, page

BYTES = {
    "CRLF": page(Form()).replace("\n", "\r\n").encode(),
    "byte order mark": codecs.BOM_UTF8 + page(Form(korean=True)).encode(),
    "UTF-16": page(Form(korean=True)).encode("utf-16"),
}


def read(name: str) -> PageFacts:
    return read_facts_of("stance.md", page_text("stance.md", page(FORMS[name]).encode()))


def bands(facts: PageFacts) -> dict[str, list[tuple[object, ...]]]:
    return {
        field.name: [(row.grade, row.low, row.has_low, row.high, row.has_high) for row in with_sides(field.grades)]
        for field in facts.response
        if field.grades
    }


def codes(facts: PageFacts) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(code.code, code.cause, code.views) for code in facts.codes]


@pytest.mark.parametrize("name", FORMS)
def test_bands_and_codes_are_right_to_the_digit(name: str) -> None:
    facts = read(name)
    assert bands(facts) == EXPECTED_BANDS
    assert codes(facts) == EXPECTED_CODES


@pytest.mark.parametrize("name", FORMS)
def test_request_and_address_are_read(name: str) -> None:
    facts = read(name)
    assert facts.address is not None
    assert (facts.address.method, facts.address.path) == ("POST", "/api/analysis-stance")
    assert [(field.name, field.required, field.photo) for field in facts.request] == [
        ("Email", True, False),
        ("UserKey", True, False),
        ("APIKey", True, False),
        ("forigimg", True, True),
    ]


@pytest.mark.parametrize("name", FORMS)
def test_levels_and_directions_are_understood_and_nothing_is_left(name: str) -> None:
    facts = read(name)
    assert {(row.grade, row.level, row.direction) for field in facts.response for row in field.grades} == {
        (-2, "danger", "right_up"),
        (-1, "caution", "right_up"),
        (0, "normal", ""),
        (1, "caution", "left_up"),
        (2, "danger", "left_up"),
    }
    assert facts.unplaced == ()


@pytest.mark.parametrize("name", BYTES)
def test_bytes_of_other_editors_are_read(name: str) -> None:
    assert bands(read_facts_of("stance.md", page_text("stance.md", BYTES[name]))) == EXPECTED_BANDS


TABS = """# Stance

**POST** `https://api.stance.example/api/analysis-stance`

{% tabs %}
{% tab title="200: OK" %}
| Name | Type | Description |
| --- | --- | --- |
| state | bool | Whether it worked |
| credit | int | Balance |
{% endtab %}
{% tab title="400" %}
| Name | Type | Description |
| --- | --- | --- |
| state | bool | False |
| message | string | What went wrong |
{% endtab %}
{% endtabs %}

#### Headers

| Name | Value |
| --- | --- |
| Content-Type | `application/json` |

#### Body

| Name | Type | Description |
| --- | --- | --- |
| `Email`<mark style="color:red;">*</mark> | string | Address of the account |
| `forigimg`* | string | Front photo in Base64 |
"""


def test_tables_in_tabs_of_statuses_and_stars_of_required_fields_are_read() -> None:
    facts = read_facts_of("stance.md", TABS)
    assert [field.name for field in facts.response] == ["state", "credit", "message"]
    assert [(field.name, field.required, field.photo) for field in facts.request] == [
        ("Email", True, False),
        ("forigimg", True, True),
    ]
    assert [one.problem for one in facts.unplaced] == ["the page has no table of error codes"]


def test_each_fact_has_its_place() -> None:
    facts = read("pipe table with breaks")
    text = page(FORMS["pipe table with breaks"]).split("\n")
    assert [text[field.source.line - 1].split("`")[1] for field in facts.response] == [
        field.name for field in facts.response
    ]
    assert [str(code.code) in text[code.source.line - 1] for code in facts.codes] == [True] * 6
    assert {code.source.section for code in facts.codes} == {"Error Code Guide"}
