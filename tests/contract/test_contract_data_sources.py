"""Every constraint and every entry of the contract says where it comes from."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.contract_data import ALL, BACK, DATA_FILES, SCHEMA_FILES, endpoint_file, schema_file

SOURCE = "x-remo-source"
EVIDENCE = {"table", "example", "prose", "observed", "assumed"}
# Pages C, D and E are read in two languages, whose headings differ: their sections have names of ours.
OF_THE_FAMILY = {
    "Prose",
    "Request table",
    "Response table",
    "Response example",
    "Error table",
    "Viewing sample",
}
SECTIONS = {
    "A": {
        "Image Skeleton Analysis Request",
        "Parameters(json)",
        "Response(json)",
        "Request Example",
        "Example Code",
        "Result Images",
        "Response Example",
        "Error Code Guide",
        "Viewing Request Image Results",
    },
    "B": {
        "후면 이미지 골격 분석 요청",
        "파라미터(json)",
        "응답(json)",
        "요청 예시",
        "예시 코드",
        "응답 예시",
        "에러 코드 안내",
        "요청 이미지 결과 보기",
        "결과 이미지",
    },
    **dict.fromkeys(("C", "D", "E"), OF_THE_FAMILY),
}
# Keywords below which a subschema belongs to the constraint around it and has that one's source.
INHERITING = ("if", "then", "else", "not", "items", "contentSchema")


@pytest.mark.parametrize("name", SCHEMA_FILES)
def test_every_constraint_has_a_source(name: str) -> None:
    assert list(unsourced(schema_file(name))) == []


STRIPPINGS: list[tuple[str, Callable[[Any], Any]]] = [
    ("", lambda schema: schema),
    ("/properties/credit", lambda schema: schema["properties"]["credit"]),
    ("/properties/bar_tilt_m_", lambda schema: schema["properties"]["bar_tilt_m_"]),
    ("/allOf/3", lambda schema: schema["allOf"][3]),
    ("/$defs/coords", lambda schema: schema["$defs"]["coords"]),
]


@pytest.mark.parametrize(("where", "pick"), STRIPPINGS, ids=[where or "root" for where, _ in STRIPPINGS])
def test_constraint_stripped_of_its_source_is_found(where: str, pick: Callable[[Any], Any]) -> None:
    schema = schema_file(f"{BACK}/response.schema.json")
    del pick(schema)[SOURCE]
    assert list(unsourced(schema)) == [where]


def test_alternative_stripped_of_its_source_is_found() -> None:
    schema = schema_file("common.schema.json")
    del schema["$defs"]["error_body"]["anyOf"][1][SOURCE]
    del schema["$defs"]["credentials"]["properties"]["Email"][SOURCE]
    assert list(unsourced(schema)) == ["/$defs/credentials/properties/Email", "/$defs/error_body/anyOf/1"]


@pytest.mark.parametrize("endpoint", ALL)
def test_every_entry_of_an_endpoint_has_a_source(endpoint: str) -> None:
    data = endpoint_file(endpoint)
    entries = [
        data,
        data["api_name"],
        data["price"],
        data["metric_fields"],
        *data["sources"].values(),
        *data.get("also_at", []),
        *data.get("absent", []),
        *([data["order"]] if "order" in data else []),
        *(variant for values in data.get("variants", {}).values() for variant in values.values()),
        *data["servers"],
        *data["views"],
        *data["bands"].values(),
        *data["metrics"],
        *data["codes"],
    ]
    assert [entry for entry in entries if SOURCE not in entry] == []


@pytest.mark.parametrize(("name", "rows"), [("errors.json", "codes"), ("ledger.json", "entries")])
def test_every_row_has_a_source(name: str, rows: str) -> None:
    assert [row for row in schema_file(name)[rows] if SOURCE not in row] == []


@pytest.mark.parametrize("name", DATA_FILES)
def test_every_source_is_well_formed(name: str) -> None:
    assert [problem for source in sources(schema_file(name)) for problem in malformed(source)] == []


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ({"page": "F", "section": "x", "evidence": "table"}, "page F"),
        ({"page": "C", "section": "Response(json)", "evidence": "table"}, "section Response(json)"),
        (
            {"page": "C,D,E", "section": "Prose / Prose / Prose", "evidence": "prose"},
            "3 sections for pages of 1 naming",
        ),
        ({"page": "A", "section": "x", "evidence": "table"}, "section x"),
        ({"page": "A,B", "section": "Response(json)", "evidence": "table"}, "1 sections for pages of 2 namings"),
        ({"page": "A", "section": "Response(json)", "evidence": "hearsay"}, "evidence hearsay"),
        ({"page": None, "section": "x", "evidence": "table"}, "documented on no page"),
        ({"page": "A", "section": "Response(json)", "evidence": "table", "ledger": "L99"}, "ledger L99"),
        ({"page": "A", "section": "Response(json)", "evidence": "table", "line": 3}, "keys"),
    ],
)
def test_malformed_source_is_seen(source: dict[str, Any], problem: str) -> None:
    assert list(malformed(source)) == [problem]


def unsourced(schema: Any, where: str = "") -> Iterator[str]:
    """Yield the place of each constraint without a source: the root, and members of properties, $defs, allOf, anyOf."""
    if SOURCE not in schema:
        yield where
    for keyword in ("properties", "patternProperties", "$defs", "allOf", "anyOf", "oneOf"):
        members = schema.get(keyword, {})
        named = members.items() if isinstance(members, dict) else enumerate(members)
        for name, member in named:
            yield from unsourced(member, f"{where}/{keyword}/{name}")
    for keyword in INHERITING:
        if keyword in schema:
            yield from unsourced_alternatives(schema[keyword], f"{where}/{keyword}")


def unsourced_alternatives(schema: Any, where: str) -> Iterator[str]:
    """Yield the places inside an inheriting subschema that state alternatives of their own without a source."""
    for keyword in ("allOf", "anyOf", "oneOf"):
        for position, member in enumerate(schema.get(keyword, [])):
            yield from unsourced(member, f"{where}/{keyword}/{position}")


def sources(document: Any) -> Iterator[dict[str, Any]]:
    """Yield every source in a document, however deep."""
    members = list(document.values()) if isinstance(document, dict) else document if isinstance(document, list) else []
    if isinstance(document, dict):
        yield from (value for key, value in document.items() if key in (SOURCE, "x-remo-message-source"))
    for member in members:
        yield from sources(member)


def malformed(source: dict[str, Any]) -> Iterator[str]:
    """Yield what is wrong with a source: unknown page, section, evidence, ledger entry, or key.

    Pages whose sections are named alike share one part of `section`.
    """
    page, parts = source["page"], source["section"].split(" / ")
    pages = page.split(",") if page else []
    if not {*pages} <= SECTIONS.keys():
        yield f"page {page}"
    elif pages and len(parts) != len(namings := list({id(SECTIONS[name]): SECTIONS[name] for name in pages}.values())):
        yield f"{len(parts)} sections for pages of {len(namings)} naming{'s' * (len(namings) > 1)}"
    elif pages:
        named = [(known, section) for known, part in zip(namings, parts, strict=True) for section in part.split("; ")]
        yield from (f"section {section}" for known, section in named if section not in known)
    if source["evidence"] not in EVIDENCE:
        yield f"evidence {source['evidence']}"
    if not pages and source["evidence"] in {"table", "example", "prose"}:
        yield "documented on no page"
    if source.get("ledger", "L01") not in {entry["id"] for entry in schema_file("ledger.json")["entries"]}:
        yield f"ledger {source['ledger']}"
    if not {*source} <= {"page", "section", "evidence", "ledger"}:
        yield "keys"
