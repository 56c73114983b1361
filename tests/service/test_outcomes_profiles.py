"""Profiles, the pages' example, single metrics at the exact bounds: degrees as asked, and the grade that follows."""

from typing import Any

import pytest
import requests

from remo_mock import Settings, create_app
from tests.support.calls import BACK, V2, credentials, photo_text
from tests.support.contract_data import accepts
from tests.support.control import NAMES, Person, new_person

# Degrees at each bound of the pages' tables and the grade that follows: page A, then page B.
#   lines and axes (bounds 1 and 4),  legs (6 and 12), round shoulder (8 and 15), turtle neck (34 and 40)
BOUNDS_A = [
    ((-4, -2), (-12, -2), (8, 0), (34, 0)),
    ((-3.999, -1), (-11.999, -1), (7.999, 0), (33.999, 0)),
    ((-1, -1), (-6, -1), (8.001, 1), (34.001, 1)),
    ((-0.999, 0), (-5.999, 0), (14.999, 1), (39.999, 1)),
    ((0.999, 0), (5.999, 0), (15, 2), (40, 2)),
    ((1, 1), (6, 1), (15.001, 2), (40.001, 2)),
    ((3.999, 1), (11.999, 1), (0, 0), (0, 0)),
    ((4, 2), (12, 2), (-90, 0), (-90, 0)),
]
#   lines and axes (1.5 and 5), legs (5 and 10)
BOUNDS_B = [
    ((-5, -2), (-10, -2)),
    ((-4.999, -1), (-9.999, -1)),
    ((-1.5, -1), (-5, -1)),
    ((-1.499, 0), (-4.999, 0)),
    ((1.499, 0), (4.999, 0)),
    ((1.5, 1), (5, 1)),
    ((4.999, 1), (9.999, 1)),
    ((5, 2), (10, 2)),
]
LINES = ("head_bal", "shoulder_bal", "pelvic_bal", "knee_bal", "tilt")
LEGS = ("left_qang", "right_qang")
KINDS_A = (
    [*(f"{view}_{name}" for view in ("far", "bar") for name in LINES), "sar_head_tilt", "sar_tilt"],
    [f"{view}_{name}" for view in ("far", "bar") for name in LEGS],
    ["round_shoulder"],
    ["turtle_neck"],
)
KINDS_B = ([f"bar_{name}" for name in LINES], [f"bar_{name}" for name in LEGS])

EXAMPLE_BACK = {
    "bar_head_bal_m_": -0.011,
    "bar_knee_bal_m_": -0.312,
    "bar_left_qang_m_": 0.665,
    "bar_pelvic_bal_m_": 0.299,
    "bar_right_qang_m_": 2.109,
    "bar_shoulder_bal_m_": 0.544,
    "bar_tilt_m_": -0.125,
}
EXAMPLE_THREE = EXAMPLE_BACK | {
    "far_head_bal_m_": 1.393,
    "far_knee_bal_m_": 0.57,
    "far_left_qang_m_": -2.529,
    "far_pelvic_bal_m_": 1.153,
    "far_right_qang_m_": -4.368,
    "far_shoulder_bal_m_": 0.483,
    "far_tilt_m_": 0.958,
    "round_shoulder_m_": 2.698,
    "sar_head_tilt_m_": -2.227,
    "sar_tilt_m_": 6.37,
    "turtle_neck_m_": 29.711,
}


@pytest.fixture(scope="module")
def person(shared_url: str) -> Person:
    return new_person(shared_url, credit=10_000)


def degrees(reply: requests.Response) -> dict[str, float]:
    return {name: value for name, value in reply.json().items() if name.endswith("_m_")}


def grades(reply: requests.Response) -> dict[str, int]:
    return {name.removesuffix("_grade"): value for name, value in reply.json().items() if name.endswith("_grade")}


def sizes(reply: requests.Response) -> list[int]:
    return [abs(grade) for grade in grades(reply).values()]


def ask(person: Person, way: str, path: str, **terms: Any) -> requests.Response:
    """Ask in one of the three ways for terms, such as profile="danger" or bar_tilt=-5, and send a request."""
    if way == "queue":
        assert person.queue(endpoint=NAMES[path], **terms).status_code == 201
        return person.send(path)
    spelled = [name if value is True else f"{name}={value}" for name, value in terms.items()]
    return (
        person.send(path, prefer=",".join(spelled)) if way == "header" else person.send(path, words="+".join(spelled))
    )


def all_at_once(kinds: tuple[list[str], ...], bound: tuple[tuple[float, int], ...]) -> tuple[str, dict[str, int]]:
    """Return a header that asks for every metric at its kind's bound, and the grades that should follow."""
    pairs = [(name, *values) for names, values in zip(kinds, bound, strict=True) for name in names]
    return ", ".join(f"{name}={value}" for name, value, _ in pairs), {name: grade for name, _, grade in pairs}


@pytest.mark.parametrize("way", ["header", "queue", "plus-address"])
@pytest.mark.parametrize(("profile", "size"), [("normal", 0), ("caution", 1), ("danger", 2)])
@pytest.mark.parametrize(("path", "metrics"), [(V2, 18), (BACK, 7)])
def test_a_profile_gives_only_grades_of_its_size(
    person: Person, path: str, metrics: int, profile: str, size: int, way: str
) -> None:
    reply = ask(person, way, path, profile=profile)
    assert sizes(reply) == [size] * metrics
    assert accepts(NAMES[path], "response.strict", reply.json())


@pytest.mark.parametrize("profile", ["caution", "danger"])
@pytest.mark.parametrize("seed", range(6))
def test_both_legs_bow_or_both_knock(seed: int, profile: str) -> None:
    body = credentials() | {"borigimg": photo_text("back")}
    app = create_app(Settings(seed=seed)).test_client()
    reply = app.post(BACK, json=body, headers={"Prefer": f"profile={profile}"}).get_json()
    assert reply["bar_left_qang_grade"] == reply["bar_right_qang_grade"]
    assert reply["bar_left_qang_m_"] != reply["bar_right_qang_m_"]


@pytest.mark.parametrize("word", ["normal", "caution", "danger"])
def test_a_profile_is_a_word_of_a_plus_address(person: Person, word: str) -> None:
    assert set(sizes(person.send(words=word))) == {("normal", "caution", "danger").index(word)}


@pytest.mark.parametrize("photo", ["front", "side", "back"])
def test_a_profile_holds_for_any_photo(person: Person, photo: str) -> None:
    assert sizes(person.send(prefer="profile=danger", borigimg=photo_text(photo))) == [2] * 7


@pytest.mark.parametrize("way", ["header", "queue", "plus-address"])
@pytest.mark.parametrize(("path", "values"), [(V2, EXAMPLE_THREE), (BACK, EXAMPLE_BACK)])
def test_the_example_gives_the_pages_numbers(person: Person, path: str, values: dict[str, float], way: str) -> None:
    reply = ask(person, way, path, example=True)
    assert degrees(reply) == values
    assert accepts(NAMES[path], "response.strict", reply.json())


def test_the_examples_grades_are_the_pages(person: Person) -> None:
    worse = {name: grade for name, grade in grades(person.send(V2, prefer="example")).items() if grade != 0}
    assert worse == {"far_head_bal": 1, "far_pelvic_bal": 1, "sar_head_tilt": -1, "sar_tilt": 2}


@pytest.mark.parametrize("bound", BOUNDS_A, ids=[str(bound[0][0]) for bound in BOUNDS_A])
def test_every_bound_of_page_a(person: Person, bound: tuple[tuple[float, int], ...]) -> None:
    header, expected = all_at_once(KINDS_A, bound)
    reply = person.send(V2, prefer=header)
    assert grades(reply) == expected
    assert accepts("analysis-skeleton-v2", "response.strict", reply.json())


@pytest.mark.parametrize("bound", BOUNDS_B, ids=[str(bound[0][0]) for bound in BOUNDS_B])
def test_every_bound_of_page_b(person: Person, bound: tuple[tuple[float, int], ...]) -> None:
    header, expected = all_at_once(KINDS_B, bound)
    reply = person.send(BACK, prefer=header)
    assert grades(reply) == expected
    assert accepts("analysis-skeleton-v2-back", "response.strict", reply.json())


@pytest.mark.parametrize("way", ["header", "queue", "plus-address"])
@pytest.mark.parametrize(
    ("path", "metric", "value", "grade"),
    [(BACK, "bar_tilt", -5, -2), (V2, "bar_tilt", -4, -2), (V2, "turtle_neck", 34.001, 1), (V2, "sar_tilt_m_", 1, 1)],
)
def test_a_single_metric_leaves_the_others_alone(
    person: Person, path: str, metric: str, value: float, grade: int, way: str
) -> None:
    natural, reply = person.send(path), ask(person, way, path, **{metric: value})
    name = metric.removesuffix("_m_")
    assert degrees(reply) == degrees(natural) | {f"{name}_m_": value}
    assert grades(reply) == grades(natural) | {name: grade}


def test_a_metric_stands_out_of_its_profile(person: Person) -> None:
    reply = person.send(prefer="profile=danger, bar_tilt=0")
    assert (reply.json()["bar_tilt_grade"], sorted(sizes(reply))) == (0, [0, 2, 2, 2, 2, 2, 2])


def test_a_profile_goes_with_the_code_of_a_success(person: Person) -> None:
    assert set(sizes(person.send(prefer="code=200, profile=caution"))) == {1}


def test_what_was_asked_for_once_is_natural_again(person: Person) -> None:
    before = degrees(person.send())
    person.send(prefer="profile=danger")
    assert degrees(person.send()) == before
