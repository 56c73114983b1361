"""The drawn people in postures are recognised, and give the degrees of their bodies, with the skeleton on them."""

from __future__ import annotations

import json
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageEnhance, ImageOps

from drawing.samples import SAMPLES as DRAWN
from remo_mock import Settings, create_app
from remo_mock.contract.packaged import fixture
from remo_mock.photos.joints import JOINTS
from remo_mock.photos.lines import LINES
from remo_mock.photos.samples import read_samples, recognised
from remo_mock.photos.skeleton import angle
from remo_mock.store.account import Account
from tests.support.calls import BACK, FRONT, PHOTOS, SIDE, V1, V2, credentials, photo_text
from tests.support.control import FIELDS
from tests.support.silhouettes import astray, near_posture

POSTURES: dict[str, dict[str, Any]] = fixture("photos/postures.json")
SAMPLES = read_samples(POSTURES)
SIZES = {"normal": 0, "caution": 1, "danger": 2}
PERSON_AND_POSTURE = [(person, posture) for person in ("man", "woman") for posture in SIZES]

every_sample = pytest.mark.parametrize("name", POSTURES)


def opened(name: str) -> Image.Image:
    return Image.open(PHOTOS / "postures" / f"{name}.jpg").convert("RGB")


def delivered(image: Image.Image, *, width: int = 640, quality: int = 60) -> Image.Image:
    """Return a picture as an app delivers it: scaled, and compressed anew."""
    buffer = BytesIO()
    image.resize((width, width * 3 // 2), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=quality)
    return Image.open(buffer).convert("RGB")


@cache
def client(seed: int) -> FlaskClient:
    return create_app(
        Settings(seed=seed, first_accounts=(Account("ann@example.com", "ann-user-key", "ann-api-key", 1000),))
    ).test_client()


def answer(path: str, person: str, posture: str, *, prefer: str = "", seed: int = 0) -> dict[str, Any]:
    photos = {field: photo_text(f"postures/{person}-{posture}-{view}") for field, view in FIELDS[path].items()}
    headers = {"Prefer": prefer} if prefer else {}
    reply: dict[str, Any] = client(seed).post(path, json=credentials("ann") | photos, headers=headers).get_json()
    return reply


def grades(reply: dict[str, Any]) -> set[int]:
    return {abs(value) for name, value in reply.items() if name.endswith("_grade")}


def test_there_are_two_people_in_three_postures_from_three_views() -> None:
    views = ("front", "side", "back")
    assert list(POSTURES) == [f"{person}-{posture}-{view}" for person, posture in PERSON_AND_POSTURE for view in views]


@every_sample
def test_a_sample_is_a_small_plain_jpeg(name: str) -> None:
    file = PHOTOS / "postures" / f"{name}.jpg"
    with Image.open(file) as photo:
        assert (photo.format, photo.mode, photo.size) == ("JPEG", "RGB", (640, 960))
    assert file.stat().st_size < 40_000


@every_sample
@pytest.mark.parametrize(("width", "quality"), [(640, 50), (400, 70), (1440, 85)])
def test_a_sample_is_recognised_as_apps_deliver_it(name: str, width: int, quality: int) -> None:
    found = recognised(delivered(opened(name), width=width, quality=quality), SAMPLES, view=POSTURES[name]["view"])
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("name", [name for name in POSTURES if name.endswith("side")])
def test_the_other_side_is_recognised_too(name: str) -> None:
    image = ImageOps.mirror(opened(name))
    found = recognised(image, SAMPLES, view="side")
    assert found is not None
    assert (found.name, found.facing) == (name, -1)
    nose, ear = (found.figure((320, 480)).landmarks[joint][0] for joint in ("Nose", "LeftEar"))
    assert nose < ear < 320


@every_sample
def test_no_other_photo_is_taken_for_a_sample(name: str) -> None:
    view = POSTURES[name]["view"]
    others = [
        ImageOps.flip(opened(name)),
        ImageEnhance.Brightness(opened(name)).enhance(0.8),
        opened(name).crop((60, 90, 640, 960)),
        Image.open(PHOTOS / f"{view}.jpg").convert("RGB"),
    ]
    assert [recognised(other, SAMPLES, view=view) for other in others] == [None] * 4


@pytest.mark.parametrize("path", [FRONT, SIDE, BACK, V1, V2])
@pytest.mark.parametrize(("person", "posture"), PERSON_AND_POSTURE)
def test_a_posture_has_grades_of_its_size_on_every_page(person: str, posture: str, path: str) -> None:
    assert grades(answer(path, person, posture)) == {SIZES[posture]}


@pytest.mark.parametrize("view", ["front", "side", "back"])
@pytest.mark.parametrize("person", ["man", "woman"])
def test_the_skeleton_of_a_danger_lies_where_the_joints_are(person: str, view: str) -> None:
    path, coords = {"front": (FRONT, "far"), "side": (SIDE, "sar"), "back": (BACK, "bar")}[view]
    placed = json.loads(answer(path, person, "danger")[f"{coords}_coords"])
    true = POSTURES[f"{person}-danger-{view}"]["joints"]
    assert max(max(abs(x - a), abs(y - b)) for (x, y), (a, b) in zip(placed, true, strict=True)) <= 2


@every_sample
def test_the_degrees_are_those_of_the_joints(name: str) -> None:
    row = POSTURES[name]
    joints = tuple((x, y) for x, y in row["joints"])
    measured = {measure: angle(joints, view=row["view"], measure=measure) for measure in LINES[row["view"]]}
    # Joints are whole pixels, half a degree on the short lines of the head.
    assert measured == pytest.approx(row["degrees"], abs=1.5)
    assert len(joints) == len(JOINTS)


def test_degrees_of_a_sample_depend_on_no_seed() -> None:
    first, second = answer(BACK, "woman", "caution"), answer(BACK, "woman", "caution", seed=7)
    assert {name: first[name] for name in first if name.startswith("bar_")} == {
        name: second[name] for name in second if name.startswith("bar_")
    }


def test_what_is_asked_for_wins_over_what_a_sample_shows() -> None:
    assert grades(answer(V2, "man", "danger", prefer="profile=normal")) == {0}
    assert answer(BACK, "man", "danger", prefer="bar_tilt=1.2")["bar_tilt_m_"] == 1.2


@every_sample
@pytest.mark.parametrize("asked", ["", "profile=normal", "profile=danger", "example"])
def test_every_joint_is_on_the_posed_body(name: str, asked: str) -> None:
    person, posture, view = name.split("-")
    path, coords = {"front": (FRONT, "far"), "side": (SIDE, "sar"), "back": (BACK, "bar")}[view]
    placed = json.loads(answer(path, person, posture, prefer=asked)[f"{coords}_coords"])
    assert astray(near_posture(name), dict(zip(JOINTS, placed, strict=True))) == []


def test_the_hint_names_the_sample() -> None:
    body = credentials("ann") | {"borigimg": photo_text("postures/man-danger-back")}
    hint = client(0).post(BACK, json=body).headers["X-Remo-Mock-Hint"]
    assert "borigimg is the sample man-danger-back: it shows its own degrees, danger" in hint


@pytest.mark.parametrize("view", ["front", "side"])
@pytest.mark.parametrize(("person", "posture"), PERSON_AND_POSTURE)
def test_the_drawn_degrees_are_those_that_the_renderer_states(person: str, posture: str, view: str) -> None:
    stated = DRAWN[f"{person}-{posture}"].degrees[view]
    assert POSTURES[f"{person}-{posture}-{view}"]["degrees"] == pytest.approx(dict(stated), abs=0.011)
