"""The ledger of contradictions is complete, and each entry can be used by a reader, a switch and a check."""

from typing import Any

import pytest

from tests.support.contract_data import endpoint_file, example, schema_file

ENTRIES = schema_file("ledger.json")["entries"]

by_id = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))


def test_entries_are_numbered_without_a_gap() -> None:
    assert [entry["id"] for entry in ENTRIES] == [f"L{number:02d}" for number in range(1, 36)]


@by_id
def test_entry_has_the_same_fields_as_all(entry: dict[str, Any]) -> None:
    assert list(entry) == ["id", "title", "pages", "says", "reading", "switch", "accepts", "touches", "x-remo-source"]


@by_id
def test_entry_says_something_in_each_field(entry: dict[str, Any]) -> None:
    said = [entry["title"], entry["says"], entry["reading"], *entry["accepts"], *entry["touches"]]
    assert all(said)
    assert entry["accepts"]
    assert entry["touches"]


@by_id
def test_entry_stands_on_the_pages_of_its_source(entry: dict[str, Any]) -> None:
    assert ",".join(entry["pages"]) == entry["x-remo-source"]["page"]


@by_id
def test_reading_has_a_key_of_its_own(entry: dict[str, Any]) -> None:
    keys = [reading["key"] for reading in entry["accepts"]]
    assert len(keys) == len(set(keys))


def test_switches_are_these_two() -> None:
    assert {entry["id"]: entry["switch"] for entry in ENTRIES if entry["switch"]} == {
        "L01": {"option": "error-shape", "values": ["status", "status_code", "both"], "default": "status"},
        "L19": {"option": "http-status", "values": ["mirror", "200"], "default": "mirror"},
    }


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        ("L01", ["status", "status_code", "both"]),
        ("L05", ["set", "each"]),
        ("L06", ["absent", "present"]),
        ("L07", ["absent", "example", "own-name"]),
        ("L08", ["412", "413"]),
        ("L09", ["522", "515"]),
        ("L19", ["mirror", "200", "other"]),
        ("L21", ["printed", "neighbour"]),
        ("L24", ["same", "other"]),
    ],
)
def test_checks_accept_these_readings(entry: str, keys: list[str]) -> None:
    accepted = {row["id"]: [reading["key"] for reading in row["accepts"]] for row in ENTRIES}
    assert accepted[entry] == keys


def test_example_of_the_back_page_is_cut_from_the_other() -> None:
    """L34: all but the pictures of the one is in the other."""
    whole, cut = example("analysis-skeleton-v2.success.json"), example("analysis-skeleton-v2-back.success.json")
    assert {name: value for name, value in cut.items() if whole[name] != value} == {}


def test_example_names_the_same_api_on_both_pages() -> None:
    """L07: page B's own name was only observed."""
    assert endpoint_file("analysis-skeleton-v2")["api_name"]["accepted"] == ["Analysis-skeleton-v2"]
    assert endpoint_file("analysis-skeleton-v2-back")["api_name"] == {
        "sent": "Analysis-skeleton-v2",
        "accepted": ["Analysis-skeleton-v2", "Analysis-skeleton-v2-back"],
        "x-remo-source": {"page": "B", "section": "응답 예시", "evidence": "example", "ledger": "L07"},
    }
