"""The package passes the checks of package indexes, and its metadata and long description say what they should."""

import subprocess
import sys
import zipfile
from email.message import Message
from email.parser import Parser
from pathlib import Path

import pytest

import package_metadata
from package_metadata import long_description, urls
from remo_mock._version import __version__
from tests.support.checkout import ROOT
from tests.support.waiting import TIMEOUT

REPOSITORY = "https://git.example.com/ann/remo-mock"


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        return Parser().parsestr(archive.read(f"remo_mock-{__version__}.dist-info/METADATA").decode())


@pytest.mark.parametrize("command", [["twine", "check", "--strict"], ["check_wheel_contents"]], ids=lambda one: one[0])
def test_package_indexes_accept_the_wheel(wheel: Path, command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command, wheel], capture_output=True, text=True, cwd=ROOT, timeout=TIMEOUT, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "classifier",
    [
        "Framework :: Pytest",
        "Programming Language :: Python :: 3.11",
        "Programming Language :: Python :: 3.14",
        "Typing :: Typed",
    ],
)
def test_the_metadata_says_what_it_is_for(metadata: Message, classifier: str) -> None:
    assert classifier in metadata.get_all("Classifier", [])


def test_the_metadata_leads_to_the_documentation_of_the_api(metadata: Message) -> None:
    assert "API documentation (Korean), https://github.com/newtechremo/RemoAPIDocs" in metadata.get_all(
        "Project-URL", []
    )


def test_the_long_description_leads_nowhere_that_is_not_there(metadata: Message) -> None:
    text = metadata.get_payload()
    assert isinstance(text, str)
    assert text.startswith("# remo-mock")
    assert package_metadata._LINK.search(package_metadata._FENCE.sub("", text)) is None


def test_the_changelog_has_this_version() -> None:
    assert f"\n## {__version__} - " in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


README = """# x

[한국어](README.ko.md)

See [the docs](docs/testing.md#server) and [below](#below), or [the API](https://example.com/a).
![A picture: of it](docs/x.png)

```md
[as it is](docs/testing.md)
```
"""


def test_links_to_files_are_text_where_nobody_knows_the_repository() -> None:
    assert long_description(README) == (
        "# x\n\n\nSee the docs and below, or [the API](https://example.com/a).\n\n"
        "```md\n[as it is](docs/testing.md)\n```\n"
    )


def test_links_to_files_lead_to_the_repository_where_it_is_known() -> None:
    text = long_description(README, REPOSITORY)
    assert f"[한국어]({REPOSITORY}/blob/HEAD/README.ko.md)" in text
    assert f"See [the docs]({REPOSITORY}/blob/HEAD/docs/testing.md#server) and below, or [the API](https://" in text
    assert f"![A picture: of it]({REPOSITORY}/raw/HEAD/docs/x.png)" in text


def test_the_addresses_of_the_project_are_those_of_its_repository() -> None:
    known = urls(REPOSITORY)
    assert (known["Source"], known["Changelog"]) == (REPOSITORY, f"{REPOSITORY}/blob/HEAD/CHANGELOG.md")
    assert [*urls("")] == ["API documentation (English)", "API documentation (Korean)"]
