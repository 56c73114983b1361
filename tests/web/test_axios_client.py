"""A client as the public one is, with axios in Node: five endpoints, both HTTP statuses, retries and redirects."""

import base64
import json
import subprocess
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from tests.support.calls import BACK, FRONT, PHOTOS, SIDE, V1, V2, blank_text
from tests.support.contract_data import example
from tests.support.control import EVERY_CODE, FIELDS, NAMES, Person, new_person
from tests.support.programs import left_out_because, on_path
from tests.support.servers import serving
from tests.support.waiting import TIMEOUT

CLIENT = Path(__file__).parents[1] / "support" / "axios_client.mjs"
AXIOS = "axios@1.13"
KNOWN = (400, 411, 412, 413, 414, 415, 418, 420, 421, 422, 511, 512, 514, 515, 517, 518, 522, 550, 559)
"""The codes that the public client tells its users apart by."""
KNOWN_CODES = [(path, code) for path, code in EVERY_CODE if code in KNOWN]
LONGEST = 1920
"""Pixels to which the public client shrinks a photo."""
PHOTO_CHANGES = "photo changes"

Step = list[dict[str, Any]]
Run = Callable[..., list[list[dict[str, Any]]]]


@cache
def shrunk(view: str, *, mirrored: bool = False) -> str:
    """Return a fixture photo as the public client sends it: a progressive JPEG of 1920 pixels, plain base64."""
    with Image.open(PHOTOS / f"{view}.jpg") as photo:
        image = ImageOps.mirror(photo) if mirrored else photo
        width, height = image.size
        image = image.resize((round(width * LONGEST / height), LONGEST))
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=85, progressive=True)
    return base64.b64encode(buffer.getvalue()).decode()


def photos() -> dict[str, str]:
    """Return the photos by the names that steps use."""
    return {
        "front": shrunk("front"),
        "side": shrunk("side"),
        "other side": shrunk("side", mirrored=True),
        "back": shrunk("back"),
        "other back": shrunk("back", mirrored=True),
        "empty": blank_text(),
    }


@pytest.fixture(scope="session")
def axios(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the client, with axios beside it; without npm or a registry the test is left out, but not in CI."""
    npm, folder = on_path("npm", "npm"), tmp_path_factory.mktemp("axios")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", AXIOS]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT * 2, check=False)
    if done.returncode:
        left_out_because(f"npm cannot install {AXIOS}: {done.stderr.strip().splitlines()[-1:]}")
    (folder / CLIENT.name).write_bytes(CLIENT.read_bytes())
    return folder


@pytest.fixture(scope="session")
def run(axios: Path) -> Run:
    """Send the requests of each step at once, the steps in turn; return what became of each."""
    node = on_path("Node.js", "node")

    def send(*steps: Step) -> list[list[dict[str, Any]]]:
        job = axios / "job.json"
        job.write_text(json.dumps({"photos": photos(), "steps": steps}), encoding="utf-8")
        command = [node, CLIENT.name, job.name]
        done = subprocess.run(command, cwd=axios, capture_output=True, text=True, timeout=TIMEOUT * 2, check=False)
        assert done.returncode == 0, done.stderr
        return list(json.loads(done.stdout))

    return send


@pytest.fixture(scope="module")
def always_200_url() -> Iterator[str]:
    with serving("--http-status", "200") as server:
        yield server.url


@pytest.fixture(scope="module", params=["mirror", "200"])
def url(request: pytest.FixtureRequest) -> str:
    """A mock under each HTTP status of errors (L19)."""
    name = "shared_url" if request.param == "mirror" else "always_200_url"
    return str(request.getfixturevalue(name))


def asking(person: Person, path: str = BACK, *, words: str = "", **changes: str) -> dict[str, Any]:
    """Return a request with an account's credentials and the photos of its path, some of them changed."""
    credentials = {"Email": person.address(words), **person.keys}
    return {"url": person.url + path, "credentials": credentials, "photos": FIELDS[path] | changes}


def one_person(person: Person) -> Step:
    """Return the four requests for one person: both sides go to v2-side."""
    sides = [asking(person, SIDE), asking(person, SIDE, sorigimg="other side")]
    return [asking(person, FRONT), *sides, asking(person, BACK)]


def picture(text: str) -> tuple[str | None, tuple[int, int]]:
    """Return format and size of an image whose data prefix was stripped."""
    with Image.open(BytesIO(base64.b64decode(text, validate=True))) as image:
        return image.format, image.size


def drawn(reply: dict[str, Any], path: str) -> list[tuple[str | None, tuple[int, int]]]:
    return [picture(reply["fields"][field]) for field in FIELDS[path]]


def test_one_persons_four_requests_at_once_are_drawn_graded_and_charged(url: str, run: Run) -> None:
    person = new_person(url)
    ((front, side, other_side, back),) = run(one_person(person))
    assert [reply["ok"] for reply in (front, side, other_side, back)] == [True] * 4
    paths = (FRONT, SIDE, SIDE, BACK)
    for_each = list(zip((front, side, other_side, back), paths, strict=True))
    assert [drawn(reply, path) for reply, path in for_each] == [[("JPEG", (1280, 1920))]] * 4
    assert [list(reply["fields"]) for reply, _ in for_each] == [
        list(example(f"{NAMES[path]}.success.json")) for path in paths
    ]
    assert [reply["fields"]["credit_change"] for reply, _ in for_each] == [-1] * 4  # no uuid, so no set
    assert sorted(reply["fields"]["credit"] for reply, _ in for_each) == [96, 97, 98, 99]
    assert person.credit() == 96


@pytest.mark.parametrize("path", [V1, V2])
def test_several_photos_in_one_request_are_drawn_graded_and_charged(url: str, run: Run, path: str) -> None:
    person = new_person(url)
    ((reply,),) = run([asking(person, path)])
    assert reply["ok"]
    assert list(reply["fields"]) == list(example(f"{NAMES[path]}.success.json"))
    assert drawn(reply, path) == [("JPEG", (1280, 1920))] * len(FIELDS[path])
    assert (reply["fields"]["credit_change"], person.credit()) == (-1, 99)


def test_each_code_that_the_client_knows_reaches_it(url: str, run: Run) -> None:
    person = new_person(url)
    (replies,) = run([asking(person, path, words=f"{code}") for path, code in KNOWN_CODES])
    assert [(path, reply["code"]) for (path, _), reply in zip(KNOWN_CODES, replies, strict=True)] == KNOWN_CODES
    assert [reply["known"] for reply in replies] == [True] * len(KNOWN_CODES)
    assert person.credit() == 100


def test_an_error_with_status_200_has_its_text_and_no_second_try(always_200_url: str, run: Run) -> None:
    ((reply,),) = run([asking(new_person(always_200_url), words="518")])
    assert (reply["status"], reply["tries"], reply["code"]) == (200, 1, 518)
    assert reply["text"] == "In the back image, no person is detected"


def test_the_trap_a_code_that_is_queued_once_is_tried_again_and_paid(shared_url: str, run: Run) -> None:
    person = new_person(shared_url)
    person.queue(code=518)
    ((reply,),) = run([asking(person)])
    assert (reply["ok"], reply["tries"], person.charges()) == (True, 2, [-1])


def test_three_times_hold_as_long_as_the_client_tries(shared_url: str, run: Run) -> None:
    person = new_person(shared_url)
    person.queue(code=518, times=3)
    (first,), (second,) = run([asking(person)], [asking(person)])
    assert (first["code"], first["tries"]) == (518, 3)
    assert (second["ok"], second["tries"], person.charges()) == (True, 1, [-1])


def test_until_the_photo_changes_holds_however_often_the_client_tries(shared_url: str, run: Run) -> None:
    person = new_person(shared_url)
    person.queue(code=518, until=PHOTO_CHANGES)
    same = [asking(person)]
    changed = [asking(person, borigimg="other back")]
    (first,), (second,), (third,), (fourth,) = run(same, same, changed, same)
    assert [(reply["code"], reply["tries"]) for reply in (first, second)] == [(518, 3), (518, 3)]
    assert [(reply["ok"], reply["tries"]) for reply in (third, fourth)] == [(True, 1), (True, 1)]
    assert person.charges() == [-1, -1]


def test_until_the_photo_changes_holds_beside_the_persons_other_views(shared_url: str, run: Run) -> None:
    person = new_person(shared_url)
    person.queue(code=515, endpoint="analysis-skeleton-v2-back", until=PHOTO_CHANGES)
    ((front, side, other_side, back),) = run(one_person(person))
    assert [reply["ok"] for reply in (front, side, other_side)] == [True] * 3
    assert (back["code"], back["tries"], person.charges()) == (515, 3, [-1] * 3)


def test_an_error_that_was_not_asked_for_is_tried_again_too(shared_url: str, run: Run) -> None:
    person = new_person(shared_url)
    ((reply,),) = run([asking(person, FRONT, forigimg="empty")])
    assert (reply["code"], reply["tries"]) == (511, 3)
    assert person.charges() == []


@pytest.mark.parametrize("fault", ["drop", "charged-then-lost", "html-503"])
def test_what_is_no_answer_is_tried_three_times(shared_url: str, run: Run, fault: str) -> None:
    person = new_person(shared_url)
    person.queue(fault=fault, times=3)
    (first,), (second,) = run([asking(person)], [asking(person)])
    assert (first["ok"], first["tries"], first["error"]) == (False, 3, "ERR_BAD_RESPONSE")
    assert (second["ok"], second["tries"]) == (True, 1)


def test_a_redirect_to_https_is_followed_and_ends_at_a_mock_without_it(url: str, run: Run) -> None:
    """L17: the public client followed the vendor's 308 on each call; the mock speaks no TLS."""
    person = new_person(url)
    ((reply,),) = run([asking(person, words="redirect")])
    assert (reply["ok"], reply["tries"]) == (False, 3)
    assert reply["error"] in {"EPROTO", "ECONNRESET", "ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG"}
    assert person.charges() == []


@pytest.mark.parametrize("path", ["/api/analysis-skeleton-v2-bak", f"{BACK}/", "/api/golf"])
def test_a_wrong_path_is_a_404_each_time(url: str, run: Run, path: str) -> None:
    wrong = asking(new_person(url)) | {"url": url + path}
    steps = run(*[[wrong] * 4] * 5)
    assert {(reply["status"], reply["error"]) for step in steps for reply in step} == {(404, "ERR_BAD_REQUEST")}
