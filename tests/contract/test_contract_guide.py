"""CONTRIBUTING's guide to another endpoint names every key and measure; its commands run from an installed wheel."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from remo_mock.contract.bands import seams
from remo_mock.contract.file_layouts import ENDPOINT, MEASURES, PLAUSIBLE
from remo_mock.contract.layout import Layout, ListOf, MapOf, Object, OrNull
from tests.support.checkout import ROOT
from tests.support.fresh_venv import run

GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Another endpoint")[2].split("\n## ")[0]
NAMED = set(re.findall(r"`([\w-]+)`", GUIDE))


def block(language: str) -> str:
    """Return the guide's only block of code in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE, flags=re.DOTALL)
    return str(found)


def keys(layout: Layout) -> Iterator[str]:
    """Yield each key that a file of this layout can have, at any depth."""
    match layout:
        case ListOf(item=item) | MapOf(item) | OrNull(item):
            yield from keys(item)
        case Object(required, optional):
            for name, part in {**required, **optional}.items():
                yield name
                yield from keys(part)


@pytest.mark.parametrize("key", sorted(set(keys(ENDPOINT))))
def test_a_key_of_an_endpoint_is_explained(key: str) -> None:
    assert key in NAMED


@pytest.mark.parametrize("key", sorted(set(keys(PLAUSIBLE)) - {"about", "x-remo-source", "page", "section"}))
def test_a_key_of_plausible_ranges_is_explained(key: str) -> None:
    assert key in NAMED | {"evidence", "ledger"}


@pytest.mark.parametrize(
    ("view", "measure"), [(view, measure) for view, measures in MEASURES.items() for measure in measures]
)
def test_a_measure_is_listed_with_its_views(view: str, measure: str) -> None:
    rows = re.findall(r"^\| (.*?) \| (.*?) \| .*? \|$", GUIDE.partition("### Measures")[2], flags=re.MULTILINE)
    assert [views for names, views in rows if f"`{measure}`" in names and view in views] != []


def test_the_bands_of_the_guide_hold_each_number_once() -> None:
    grades = json.loads("{" + block("json") + "}")["grades"]
    assert (len(grades), list(seams(grades))) == (3, [])


def test_the_commands_run_from_an_installed_wheel(installed: Path, tmp_path: Path) -> None:
    script = f'set -e; PATH="{installed.parent}:$PATH"\n{block("sh")}'
    ended = run(["bash", "-c", script], tmp_path)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "my-contract: 6 endpoints, no problem." in ended.stdout
    assert "0 violated, 0 with notes, 0 skipped" in ended.stdout
