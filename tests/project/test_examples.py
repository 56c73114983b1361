"""Each example of examples/ does what its row says, where its language is on the machine."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from build_postman import COLLECTION, collection
from build_postman import main as build_postman
from remo_mock.reference.openapi import make_openapi
from tests.support.calls import PHOTOS
from tests.support.checkout import ROOT
from tests.support.programs import left_out_because, on_path
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT

EXAMPLES = ROOT / "examples"
LANGUAGES = {".mjs", ".java", ".go", ".php", ".kt", ".swift", ".py"}
FILES = sorted(path.relative_to(EXAMPLES).as_posix() for path in EXAMPLES.rglob("*.*") if path.suffix in LANGUAGES)
# The commands are ours, wherever the tests were started from.
HERE = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
COLLECTED = [
    pytest.param(one, id=f"{folder['name'].rsplit('/', 1)[-1]} {one['name'].partition(':')[0]}")
    for folder in json.loads(COLLECTION.read_bytes())["item"]
    for one in folder["item"]
]


def run(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a copy of an example."""
    return subprocess.run(
        command, cwd=folder, env=HERE | environment, capture_output=True, text=True, timeout=TIMEOUT * 2, check=False
    )


@pytest.fixture
def copied(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Copy an example, so that what it makes does not lie in the checkout."""
    return Path(shutil.copytree(EXAMPLES / request.param, tmp_path / request.param))


@pytest.mark.parametrize("copied", ["node"], indirect=True)
def test_node_passes_its_tests(copied: Path) -> None:
    npm = on_path("npm", "npm")
    node = on_path("Node.js", "node")
    installed = run([npm, "install", "--no-audit", "--no-fund", "--ignore-scripts"], copied)
    if installed.returncode:
        left_out_because(f"npm cannot install axios: {installed.stderr.strip().splitlines()[-1:]}")
    temporary = copied / "temporary"
    temporary.mkdir()
    done = run([node, "--test"], copied, TMPDIR=str(temporary))
    assert "# pass 4\n# fail 0" in done.stdout, done.stdout
    assert list(temporary.glob("remo-mock-*")) == []


@pytest.mark.parametrize("copied", ["java"], indirect=True)
def test_java_prints_a_success_and_an_error(copied: Path) -> None:
    temporary = copied / "temporary"
    temporary.mkdir()
    done = run([on_path("Java", "java"), f"-Djava.io.tmpdir={temporary}", "RemoExample.java"], copied)
    assert done.stdout == "tilt -1.427, credits left 99\ncode 518: In the back image, no person is detected\n", done
    assert list(temporary.glob("remo-mock-*")) == []


@pytest.mark.parametrize("copied", ["go"], indirect=True)
def test_go_passes_its_test(copied: Path) -> None:
    go = on_path("Go", "go")
    done = run([go, "test", "-count=1", "./..."], copied, GOPROXY="off")
    assert done.stdout.startswith("ok "), done


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serving() as server:
        yield server.url


@pytest.mark.parametrize("copied", ["php"], indirect=True)
def test_php_draws_a_success_and_tells_an_error(copied: Path, url: str) -> None:
    command = [on_path("PHP", "php"), "remo.php", str(PHOTOS / "back.jpg")]
    done = run(command, copied, REMO_API_URL=url)
    assert (done.returncode, done.stdout) == (0, "tilt -1.427, grade 0, credits left 99\n"), done
    assert (copied / "drawn.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    refused = run([*command, "demo+518@example.com"], copied, REMO_API_URL=url)
    assert (refused.returncode, refused.stderr) == (1, "518: In the back image, no person is detected\n"), refused


@pytest.mark.parametrize("copied", ["phone"], indirect=True)
def test_the_sheet_shows_every_card(copied: Path) -> None:
    done = run([sys.executable, "cards.py"], copied)
    assert done.stdout.startswith("cards.html: 8 cards, back-no-person-518, "), done
    assert (copied / "cards.html").read_text(encoding="utf-8").count("<img ") == 8


def test_the_collection_is_fresh() -> None:
    assert build_postman(["--check"]) == 0


def test_the_collection_has_every_endpoint_and_every_code() -> None:
    document = make_openapi(None, servers=[])
    assert {folder["name"]: len(folder["item"]) for folder in collection(document)["item"]} == {
        path: len(operations["post"]["responses"]) for path, operations in document["paths"].items()
    }


@pytest.mark.parametrize("item", COLLECTED)
def test_a_request_of_the_collection_gets_what_it_expects(client: FlaskClient, item: dict) -> None:  # type: ignore[type-arg]
    variables = {one["key"]: one["value"] for one in json.loads(COLLECTION.read_bytes())["variable"]}
    asked = item["request"]
    url = asked["url"].removeprefix("{{baseUrl}}")
    body = re.sub(r"{{(\w+)}}", lambda found: variables[found[1]], asked["body"]["raw"])
    reply = client.post(url, data=body, headers={one["key"]: one["value"] for one in asked["header"]}).get_json()
    expected = int(re.findall(r"answers (\d+)", "".join(item["event"][0]["script"]["exec"]))[0])
    assert reply.get("status", 200) == expected
    assert reply["state"] is (expected == 200)


@pytest.mark.parametrize("file", FILES)
def test_an_example_is_short_and_has_a_row(file: str) -> None:
    assert len((EXAMPLES / file).read_text(encoding="utf-8").splitlines()) <= 60
    assert f"]({file})" in (EXAMPLES / "README.md").read_text(encoding="utf-8")
