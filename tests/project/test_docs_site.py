"""`make docs` builds pages that open from disk: each link leads somewhere, and nothing comes from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.documents import KOREAN, PAGES, README, prose


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the pages in strict mode, in which a link or an anchor without a target is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    return folder


def test_every_page_and_picture_is_built(site: Path) -> None:
    assert (site / "index.html").is_file()
    pages = [path for path in PAGES if path.startswith("docs/")]
    assert [path for path in pages if not (site / path).with_suffix(".html").is_file()] == []
    assert "한국어" in (site / "README.ko.html").read_text(encoding="utf-8")
    assert (site / "docs" / "demo.png").read_bytes() == (ROOT / "docs" / "demo.png").read_bytes()


def test_a_page_loads_nothing_from_elsewhere(site: Path) -> None:
    loading = re.compile(
        r"""<(?:script|img|iframe|source)[^>]*src="(?:https?:)?//|<link[^>]*href="(?:https?:)?//|url\(["']?(?:https?:)?//"""
    )
    files = [path for path in site.rglob("*") if path.suffix in {".html", ".css"}]
    assert len(files) > len(PAGES)
    assert [path.name for path in files if loading.search(path.read_text(encoding="utf-8"))] == []


def test_a_page_opens_from_disk(site: Path) -> None:
    # A browser shows no index.html for a folder that it opens from disk.
    links = re.findall(r'<a[^>]* href="([^"#:]*)[^":]*"', (site / "docs" / "testing.html").read_text(encoding="utf-8"))
    assert [link for link in links if link and not (site / "docs" / link).is_file()] == []
    assert "outcomes.html" in links


@pytest.mark.parametrize("page", [*PAGES, KOREAN])
def test_a_file_of_the_checkout_that_is_named_is_there(page: str) -> None:
    named = re.findall(r"`((?:schemas|fixtures|scripts|benchmarks|examples)/[\w./-]*)", prose(page))
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_each_page_is_linked_from_both_readmes() -> None:
    assert [path for path in PAGES[1:] if f"]({path})" not in prose(README)] == []
    assert [path for path in PAGES[1:] if f"]({path})" not in prose(KOREAN)] == []


def test_the_readmes_are_short() -> None:
    assert len((ROOT / README).read_text(encoding="utf-8").splitlines()) <= 250
    assert len((ROOT / KOREAN).read_text(encoding="utf-8").splitlines()) <= 250


def test_the_first_lines_say_what_it_is_and_show_it_working() -> None:
    top = "\n".join((ROOT / README).read_text(encoding="utf-8").splitlines()[:40])
    assert "does not" in top
    assert "make run" in top
    assert top.count("\n$ ") >= 5
