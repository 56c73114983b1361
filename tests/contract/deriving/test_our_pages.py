"""The committed contract is what the program makes of committed facts and overrides, and the facts are the pages'."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import derive_contract
from remo_mock.cli.group import commands
from remo_mock.contract.building.json_text import dump
from remo_mock.contract.deriving.endpoint.conventions import read_conventions
from remo_mock.contract.deriving.endpoint.overrides import Overrides
from remo_mock.contract.deriving.endpoint.whole import derive_endpoint
from remo_mock.contract.deriving.facts_file import facts_document, read_facts
from tests.support.checkout import ROOT
from tests.support.contract_data import ALL, BACK, SCHEMAS, V2, schema_file

PAGES = ROOT.parent / "shared" / "docs"
FILES = {V2: PAGES / "analysis-skeleton-v2.en.md", BACK: PAGES / "analysis-skeleton-v2-back.ko.md"}
WITH_PAGES = pytest.mark.skipif(not PAGES.is_dir(), reason="the vendor's pages are not beside the checkout")

# The entries of the ledger that the two pages show by themselves, and the findings that say so.
FOUND = {
    "L01": {"code-key"},
    "L02": {"notation:python"},
    "L03": {"parameter:uuid"},
    "L05": {"price"},
    "L06": {"impossible:forigimg", "impossible:sorigimg"},
    "L07": {"not-listed:APIName", "api-name"},
    "L08": {"example-code:413"},
    "L09": {"example-code:515"},
    "L11": {"bands:analysis-skeleton-v2~analysis-skeleton-v2-back"},
    "L12": {"sample-url:/api/analysis-skeleton"},
    "L13": {"undefined:split_b64_video"},
    "L14": {"prose-views"},
    "L15": {"notation:typographic-quotes"},
    "L16": {"foreign:javascript", "unused:task_uuid:python", "unused:task_uuid:javascript"},
    "L17": {"http"},
    "L18": {"caption:fronigimg"},
}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The reports of a derivation of both pages together, without any override."""
    out = tmp_path_factory.mktemp("derived")
    pages = [str(file) for file in FILES.values()]
    done = CliRunner().invoke(commands, ["contract", "derive", *pages, "--out", str(out)])
    assert done.exit_code == 0, done.output
    return {name: (out / name / "report.md").read_text(encoding="utf-8") for name in FILES}


@WITH_PAGES
@pytest.mark.parametrize("name", FILES)
def test_the_page_gives_the_committed_facts(name: str) -> None:
    facts = derive_contract.facts_of(PAGES)[name]
    assert json.loads(json.dumps(facts)) == schema_file(f"{name}/facts.json")


@WITH_PAGES
@pytest.mark.parametrize("entry", FOUND)
def test_the_report_finds_what_the_ledger_has(reports: dict[str, str], entry: str) -> None:
    text = "\n".join(reports.values())
    assert {key for key in FOUND[entry] if f"- `{key}`: " not in text} == set()


@WITH_PAGES
def test_nothing_of_the_two_pages_is_open(reports: dict[str, str]) -> None:
    assert [("## Open: 0" in text) for text in reports.values()] == [True, True]


@pytest.mark.parametrize("name", ALL)
def test_facts_and_overrides_give_the_committed_data(name: str) -> None:
    derived = derive_contract.derived(SCHEMAS, name)
    assert derived.problems == ()
    assert dump(derived.data) == (SCHEMAS / name / "endpoint.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_no_override_restates_what_the_page_says(name: str) -> None:
    """Each override changes something; without one the data would be another."""
    overrides = schema_file(f"{name}/overrides.json")
    patch = overrides["endpoint"]
    pages = read_facts(name, schema_file(f"{name}/facts.json"))
    conventions = read_conventions(schema_file("conventions.json"))
    plain = derive_endpoint(pages, conventions, schema_file("errors.json"), Overrides(overrides["pages"])).data
    assert [way for way, value in leaves(patch) if at(plain, way) == value and way[-1] not in ("code", "url")] == []


@pytest.mark.parametrize("name", ALL)
def test_facts_hold_none_of_the_pages_prose(name: str) -> None:
    texts = [text for text in strings(schema_file(f"{name}/facts.json")) if not text.startswith(("[[", "In the "))]
    assert [text for text in texts if len(text) > 60] == []


@pytest.mark.parametrize("name", ALL)
def test_every_finding_is_answered_by_an_entry_of_the_ledger(name: str) -> None:
    entries = {entry["id"] for entry in schema_file("ledger.json")["entries"]}
    answered = schema_file(f"{name}/overrides.json")["findings"]
    assert set(answered.values()) <= entries
    pages = read_facts(name, schema_file(f"{name}/facts.json"))
    assert facts_document(pages) == schema_file(f"{name}/facts.json")
    assert derive_contract.unanswered(SCHEMAS, name) == []


def test_the_script_writes_what_is_stale(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(SCHEMAS, tmp_path / "schemas")
    changed = tmp_path / "schemas" / BACK / "overrides.json"
    document = json.loads(changed.read_bytes())
    document["endpoint"]["api_name"]["own"] = "Another"
    changed.write_text(json.dumps(document), encoding="utf-8")
    assert derive_contract.main(["--root", str(tmp_path), "--check"]) == 1
    assert capsys.readouterr().out == f"stale: schemas/{BACK}/endpoint.json\n"
    assert derive_contract.main(["--root", str(tmp_path)]) == 0
    assert json.loads((tmp_path / "schemas" / BACK / "endpoint.json").read_bytes())["api_name"]["own"] == "Another"
    assert derive_contract.main(["--root", str(tmp_path), "--check"]) == 0


def strings(value: Any) -> list[str]:
    """Return every text in a document."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return [value] if isinstance(value, str) else []


def leaves(value: Any, way: tuple[Any, ...] = ()) -> list[tuple[tuple[Any, ...], Any]]:
    """Return every value of a patch with the way to it, a source as one; rows of lists are named by code or URL."""
    if isinstance(value, dict) and way[-1:] != ("x-remo-source",):
        return [leaf for key, part in value.items() for leaf in leaves(part, (*way, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [leaf for part in value for leaf in leaves(part, (*way, part.get("code", part.get("url"))))]
    return [(way, value)]


def at(value: Any, way: tuple[Any, ...]) -> Any:
    """Return what a document has at the end of a way, None where it ends before."""
    for step in way:
        if isinstance(value, list):
            value = next((row for row in value if step in (row.get("code"), row.get("url"))), None)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value
