"""The ledger of contradictions is complete, and each entry can be used by a reader, a switch and a check."""

from dataclasses import asdict
from typing import Any

import pytest

from remo_mock.contract import CHOICES, OBSERVED, Switches
from tests.support.contract_data import endpoint_file, example, schema_file

ENTRIES = schema_file("ledger.json")["entries"]

by_id = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["id"]))


def test_entries_are_numbered_without_a_gap() -> None:
    assert [entry["id"] for entry in ENTRIES] == [f"L{number:02d}" for number in range(1, 48)]


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


def test_switches_are_these() -> None:
    switches = {entry["id"]: tuple(entry["switch"].values()) for entry in ENTRIES if entry["switch"]}
    assert switches == {
        "L01": ("error-shape", ["status", "status_code", "both", "detailed"], "status", "detailed"),
        "L05": ("split-price", ["set", "each"], "set", "each"),
        "L07": ("api-name", ["page", "own"], "page", "own"),
        "L19": ("http-status", ["mirror", "200"], "mirror", "mirror"),
        "L39": ("side-reply", ["page", "observed"], "page", "observed"),
    }


def test_switches_of_the_ledger_are_those_of_the_code() -> None:
    switches = [entry["switch"] for entry in ENTRIES if entry["switch"]]
    assert {one["option"]: tuple(one["values"]) for one in switches} == CHOICES
    assert {one["option"]: one["observed"] for one in switches} == {
        name.replace("_", "-"): value for name, value in asdict(OBSERVED).items()
    }
    assert {one["option"]: one["default"] for one in switches} == {
        name.replace("_", "-"): value for name, value in asdict(Switches()).items()
    }


@pytest.mark.parametrize("entry", ["L11", "L36"])
def test_the_withdrawal_of_page_a_is_told_with_its_date(entry: str) -> None:
    assert "2025-03-04" in next(one["says"] for one in ENTRIES if one["id"] == entry)


def test_the_change_of_the_bands_is_told_with_its_date() -> None:
    assert "2025-04-04" in next(one["says"] for one in ENTRIES if one["id"] == "L11")


@pytest.mark.parametrize(
    ("entry", "keys"),
    [
        ("L01", ["status", "status_code", "both", "detailed"]),
        ("L05", ["set", "each"]),
        ("L06", ["absent", "present"]),
        ("L07", ["absent", "example", "own-name"]),
        ("L08", ["412", "413", "415"]),
        ("L09", ["522", "515"]),
        ("L19", ["mirror", "200", "other"]),
        ("L21", ["printed", "neighbour"]),
        ("L24", ["same", "other"]),
        ("L10", ["412", "415"]),
        ("L39", ["page", "observed"]),
        ("L41", ["absent", "present"]),
        ("L43", ["514", "515"]),
        ("L44", ["414", "413"]),
        ("L46", ["on-photo", "unseen"]),
    ],
)
def test_checks_accept_these_readings(entry: str, keys: list[str]) -> None:
    accepted = {row["id"]: [reading["key"] for reading in row["accepts"]] for row in ENTRIES}
    assert accepted[entry] == keys


def test_example_of_the_back_page_is_cut_from_the_other() -> None:
    """L34: all but the pictures of the one is in the other."""
    whole, cut = example("analysis-skeleton-v2.success.json"), example("analysis-skeleton-v2-back.success.json")
    assert {name: value for name, value in cut.items() if whole[name] != value} == {}


@pytest.mark.parametrize(
    ("endpoint", "sent", "own", "accepted"),
    [
        ("analysis-skeleton-v2-front", "Analysis-skeleton-v2-front", None, ["Analysis-skeleton-v2-front"]),
        (
            "analysis-skeleton-v2-side",
            "Analysis-skeleton-v2",
            "Analysis-skeleton-v2-side",
            ["Analysis-skeleton-v2", "Analysis-skeleton-v2-side"],
        ),
        ("analysis-skeleton", "Analysis_skeleton", None, ["Analysis_skeleton"]),
    ],
)
def test_names_of_the_apis(endpoint: str, sent: str, own: str | None, accepted: list[str]) -> None:
    """L07, L40: what the example shows, what was observed, and what checks accept."""
    data = endpoint_file(endpoint)["api_name"]
    assert (data["sent"], data.get("own"), data["accepted"]) == (sent, own, accepted)


def test_example_names_the_same_api_on_both_pages() -> None:
    """L07: page B's own name was only observed."""
    assert endpoint_file("analysis-skeleton-v2")["api_name"]["accepted"] == ["Analysis-skeleton-v2"]
    assert endpoint_file("analysis-skeleton-v2-back")["api_name"] == {
        "sent": "Analysis-skeleton-v2",
        "own": "Analysis-skeleton-v2-back",
        "accepted": ["Analysis-skeleton-v2", "Analysis-skeleton-v2-back"],
        "x-remo-source": {"page": "B", "section": "응답 예시", "evidence": "example", "ledger": "L07"},
    }
