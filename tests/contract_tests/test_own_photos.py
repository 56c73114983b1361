"""The photos that a budget pays for have angles by which wrong grades show, on each endpoint and for each metric."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from contract_tests.checks.drawn_images import distance
from contract_tests.model.own_photos import fixture_photos, person_moved, with_other_angles
from contract_tests.model.photos import Photo, moved, with_comment
from contract_tests.run.verification import Target, verify_target
from contract_tests.selftest.changes import in_success
from contract_tests.selftest.mutation import Fields, Memory, ReceivedRequest
from tests.support.broken_server import broken_server
from tests.support.calls import PHOTOS
from tests.support.paid_replies import METRICS, grades, of_the_view, paid_replies, values, with_the_same_grades

PAGE_A = "analysis-skeleton-v2"
LATER = [row for row in METRICS if row[0] != PAGE_A]
ONE_VIEW = ["analysis-skeleton-v2-back", "analysis-skeleton-v2-front", "analysis-skeleton-v2-side"]
# How the later pages' bands grade page A's angles, and page A's bands theirs (all tables, Response).
BETWEEN = {"line": ((1, 1.5), (4, 5)), "qang": ((5, 6), (10, 12))}
LINES = [row for row in METRICS if row[1].endswith(("_bal", "ar_tilt")) and row[1] != "sar_tilt"]
LEGS = [row for row in METRICS if row[1].endswith("qang")]
SIDES = {"round_shoulder": ((5, 8),), "turtle_neck": ((30, 34),), "sar_head_tilt": BETWEEN["line"]}
SIDE_ENDPOINTS = ["analysis-skeleton", "analysis-skeleton-v2", "analysis-skeleton-v2-side"]
AGAIN = "photos or generator changed: run scripts/choose_comments.py"


def is_between(value: float, gaps: tuple[tuple[float, float], ...]) -> bool:
    return any(low < abs(value) < high for low, high in gaps)


def test_the_successes_of_each_endpoint_are_those_of_the_usual_budget() -> None:
    assert {name: len(replies) for name, replies in paid_replies().items()} == {
        "analysis-skeleton": 2,
        "analysis-skeleton-v2": 2,
        "analysis-skeleton-v2-back": 3,
        "analysis-skeleton-v2-front": 3,
        "analysis-skeleton-v2-side": 3,
    }


@pytest.mark.parametrize(("endpoint", "metric"), METRICS)
def test_no_grade_may_always_be_0(endpoint: str, metric: str) -> None:
    assert any(grades(endpoint, metric)), AGAIN


@pytest.mark.parametrize(("endpoint", "metric"), LATER)
def test_no_grade_may_be_that_of_another_metric_of_the_view(endpoint: str, metric: str) -> None:
    assert with_the_same_grades(endpoint, metric) & of_the_view(endpoint, metric) == set(), AGAIN


def test_few_grades_of_page_a_may_be_those_of_another_metric() -> None:
    assert sum(len(with_the_same_grades(*row)) for row in METRICS if row[0] == PAGE_A) <= 30, AGAIN


@pytest.mark.parametrize(("endpoint", "metric"), LINES)
def test_a_line_is_graded_differently_by_page_a_and_the_later_ones(endpoint: str, metric: str) -> None:
    assert any(is_between(value, BETWEEN["line"]) for value in values(endpoint, metric)), AGAIN


@pytest.mark.parametrize(("endpoint", "metric"), LEGS)
def test_a_leg_is_graded_differently_by_page_a_and_the_later_ones(endpoint: str, metric: str) -> None:
    assert any(is_between(value, BETWEEN["qang"]) for value in values(endpoint, metric)), AGAIN


@pytest.mark.parametrize("endpoint", SIDE_ENDPOINTS)
@pytest.mark.parametrize("metric", SIDES)
def test_a_side_is_graded_differently_by_page_a_and_the_later_ones(endpoint: str, metric: str) -> None:
    assert any(is_between(value, SIDES[metric]) for value in values(endpoint, metric)), AGAIN


@pytest.mark.parametrize("endpoint", SIDE_ENDPOINTS)
def test_sar_tilt_is_graded_differently_by_symmetric_bands(endpoint: str) -> None:
    assert any(1.5 <= value < 3 or 5 <= value < 10 for value in values(endpoint, "sar_tilt")), AGAIN


def test_each_stuck_grade_is_reported_on_a_foreign_server() -> None:
    assert _violated_by_grades(lambda _fields, _name: 0) == _every_grade_check()


def test_each_grade_of_the_next_metric_is_reported_on_a_foreign_server() -> None:
    assert _violated_by_grades(_of_the_next) >= {
        (endpoint, f"REMO-GRADE-{metric}") for endpoint, metric in LATER if endpoint in ONE_VIEW
    }


def _of_the_next(reply: Fields, name: str) -> int:
    names = [field for field in reply if field.endswith("_grade")]
    return int(reply[names[(names.index(name) + 1) % len(names)]])


def _every_grade_check() -> set[tuple[str, str]]:
    return {(endpoint, f"REMO-GRADE-{metric}") for endpoint, metric in METRICS}


def _violated_by_grades(grade: Callable[[Fields, str], int]) -> set[tuple[str, str]]:
    """Judge a server whose grades are others, within the usual budget, and return the violated checks by endpoint."""

    def regrade(_request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
        reply |= {name: grade(reply, name) for name in tuple(reply) if name.endswith("_grade")}

    with broken_server(in_success(regrade)) as server:
        report = verify_target(Target(url=server.url, budget=13))
    return {(one.endpoint, one.check.id) for one in report.violations}


@pytest.mark.parametrize("view", ["front", "side", "back"])
@pytest.mark.parametrize("change", [lambda photo: photo, with_other_angles], ids=["first", "second"])
def test_a_comment_changes_no_pixel(view: str, change: Callable[[Photo], Photo]) -> None:
    sent = change(fixture_photos()[view]).data
    assert sent != (PHOTOS / f"{view}.jpg").read_bytes()
    with Image.open(PHOTOS / f"{view}.jpg") as one, Image.open(BytesIO(sent)) as two:
        assert b"remo-mock" in two.info["comment"]
        assert ImageChops.difference(one.convert("RGB"), two.convert("RGB")).getbbox() is None


@pytest.mark.parametrize("view", ["front", "side", "back"])
def test_a_moved_photo_is_the_one_that_was_made_of_this_photo(view: str) -> None:
    photo = fixture_photos()[view]
    kept, made = person_moved(photo), moved(photo)
    assert kept.size == made.size
    assert distance(kept.thumbnail, made.thumbnail) < 1


def test_a_photo_of_the_user_has_no_variants() -> None:
    photo = Photo("mine.jpg", with_comment((PHOTOS / "front.jpg").read_bytes(), "mine"))
    assert with_other_angles(photo) is photo
    assert person_moved(photo) is moved(photo)
