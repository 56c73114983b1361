"""`remo-mock photos` writes good photos, a card for each view's verdict that has a code, and overwrites nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from remo_mock.cli.file_writing import CannotWriteError, FilesDifferError
from remo_mock.cli.group import commands
from remo_mock.photos.base64_text import Unusable, decode_base64
from remo_mock.photos.cards.payload import Card
from remo_mock.photos.decoding import open_photo
from tests.support.card_pictures import read_cards
from tests.support.checkout import ROOT

CARDS = {
    "front-no-person-511.jpg": Card("no_person", "front"),
    "side-no-person-512.jpg": Card("no_person", "side"),
    "back-no-person-518.jpg": Card("no_person", "back"),
    "front-wrong-angle-514.jpg": Card("wrong_angle", "front"),
    "side-wrong-angle-515.jpg": Card("wrong_angle", "side"),
    "back-wrong-angle-522.jpg": Card("wrong_angle", "back"),
    "front-tilted-418.jpg": Card("tilted", "front"),
    "front-not-a-pose-517.jpg": Card("not_a_pose", "front"),
}
GOOD = {"front.jpg", "side.jpg", "back.jpg"}
POSTURES = {
    f"{person}-{posture}-{view}.jpg"
    for person in ("man", "woman")
    for posture in ("normal", "caution", "danger")
    for view in ("front", "side", "back")
}
BROKEN = {"truncated.jpg", "not-an-image.jpg", "broken-base64.txt"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["photos", *arguments])


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("made") / "photos"
    assert run(str(directory)).exit_code == 0
    return directory


@pytest.fixture(scope="module")
def printed(photos: Path) -> list[str]:
    return [" ".join(line.split()) for line in run(str(photos)).output.splitlines()]


def test_the_set_is_complete(photos: Path) -> None:
    assert {path.name for path in photos.iterdir()} == GOOD | set(CARDS) | BROKEN | POSTURES


@pytest.mark.parametrize("name", CARDS)
def test_a_card_says_what_its_name_says(photos: Path, name: str) -> None:
    with Image.open(photos / name) as image:
        assert (image.format, image.size, read_cards(image)) == ("JPEG", (853, 1280), [CARDS[name]])


@pytest.mark.parametrize("name", CARDS)
def test_a_card_is_small(photos: Path, name: str) -> None:
    assert (photos / name).stat().st_size <= 60_000


@pytest.mark.parametrize("name", sorted(GOOD))
def test_a_good_photo_is_the_fixture(photos: Path, name: str) -> None:
    fixture = ROOT / "fixtures" / "photos" / name
    assert (photos / name).read_bytes() == fixture.read_bytes()


@pytest.mark.parametrize("name", ["truncated.jpg", "not-an-image.jpg"])
def test_a_broken_file_is_no_image(photos: Path, name: str) -> None:
    found = open_photo((photos / name).read_bytes(), max_pixels=50_000_000)
    assert isinstance(found, Unusable)
    assert found.verdict == "not_image"


def test_the_broken_text_is_undecodable(photos: Path) -> None:
    found = decode_base64((photos / "broken-base64.txt").read_text(encoding="ascii"))
    assert isinstance(found, Unusable)
    assert found.verdict == "undecodable"


@pytest.mark.parametrize(
    "line",
    [
        "file what it is analysis- v2 v2-back v2-front v2-side",
        "The endpoints are named without analysis-skeleton-.",
        "front.jpg good front photo success success - success -",
        "man-danger-side.jpg man, danger posture success success - - success",
        "People in postures get the degrees that they show, with grades of that size.",
        "back-no-person-518.jpg back card, no person - 518 518 - -",
        "front-not-a-pose-517.jpg front card, not A-pose 517 517 - 517 -",
        "truncated.jpg photo cut in half 412 412 412 412 412",
        "broken-base64.txt base64 without its end front 413 front 413 412 413 414",
        "no person: front + side 513, front + back 519, side + back 520, front + side + back 521",
        "http://127.0.0.1:4420/api/analysis-skeleton-v2-back",
    ],
)
def test_the_table_says_what_each_file_does(printed: list[str], line: str) -> None:
    assert line in printed


def test_no_line_is_wider_than_100_columns(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(photos)
    assert [line for line in run(".").output.splitlines() if len(line) > 100] == []


def test_files_that_differ_are_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "side.jpg").write_bytes(b"mine")
    result = run(str(tmp_path))
    assert isinstance(result.exception, FilesDifferError)
    assert str(result.exception) == (
        f"{tmp_path} has other files named side.jpg; nothing was written. "
        "Name another directory, or overwrite them with --force."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["side.jpg"]
    assert (tmp_path / "side.jpg").read_bytes() == b"mine"


def test_force_overwrites(tmp_path: Path) -> None:
    (tmp_path / "side.jpg").write_bytes(b"mine")
    assert run(str(tmp_path), "--force").exit_code == 0
    assert (tmp_path / "side.jpg").stat().st_size > 10_000


def test_a_place_that_is_a_file_is_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "photos").write_bytes(b"a file")
    result = run(str(tmp_path / "photos"))
    assert isinstance(result.exception, CannotWriteError)
    assert "Name another directory" in str(result.exception)


def test_the_command_line_starts_without_pillow() -> None:
    program = "import sys, remo_mock.cli.group; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
