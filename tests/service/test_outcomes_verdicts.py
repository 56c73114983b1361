"""Verdicts asked for view by view compose to the one code that tells them."""

import pytest

from tests.support.calls import BACK, V2
from tests.support.contract_data import accepts
from tests.support.control import NAMES, Person, new_person, status_and_code


@pytest.fixture(scope="module")
def person(shared_url: str) -> Person:
    return new_person(shared_url, credit=500)


SUBSETS = [
    ("front=no_person", 511),
    ("side=no_person", 512),
    ("front=no_person, side=no_person", 513),
    ("back=no_person", 518),
    ("front=no_person, back=no_person", 519),
    ("side=no_person, back=no_person", 520),
    ("front=no_person, side=no_person, back=no_person", 521),
    ("front=wrong_angle", 514),
    ("side=wrong_angle", 515),
    ("front=wrong_angle, side=wrong_angle", 516),
    ("back=wrong_angle", 522),
    ("front=wrong_angle, back=wrong_angle", 523),
    ("side=wrong_angle, back=wrong_angle", 524),
    ("front=wrong_angle, side=wrong_angle, back=wrong_angle", 525),
]
OTHERS = [
    ("front=undecodable", 413),
    ("side=undecodable", 414),
    ("back=undecodable", 412),
    ("front=not_image", 412),
    ("side=not_image", 412),
    ("back=not_image", 412),
    ("front=tilted", 418),
    ("front=not_a_pose", 517),
    ("front=ok, side=ok, back=no_person", 518),
]
# The first in the order of errors is reported (L23), and the others do not show.
HIDING = [
    ("front=wrong_angle, back=no_person", 518, "back=no_person"),
    ("front=tilted, side=no_person", 418, "front=tilted"),
    ("front=not_a_pose, back=wrong_angle", 522, "back=wrong_angle"),
    ("side=undecodable, back=not_image", 414, "side=undecodable"),
    ("back=no_person, far_tilt=3, delay=1", 518, "back=no_person, delay=1"),
    ("front=no_person, profile=danger", 511, "front=no_person"),
]


@pytest.mark.parametrize(("verdicts", "code"), [*SUBSETS, *OTHERS])
def test_verdicts_of_three_views_compose(person: Person, verdicts: str, code: int) -> None:
    reply = person.send(V2, prefer=verdicts)
    assert status_and_code(reply) == (code, code)
    assert accepts(NAMES[V2], "error.strict", reply.json())
    assert reply.headers["Preference-Applied"] == verdicts


@pytest.mark.parametrize(("verdicts", "code", "applied"), HIDING)
def test_what_an_error_before_it_hides_was_not_applied(person: Person, verdicts: str, code: int, applied: str) -> None:
    reply = person.send(V2, prefer=verdicts)
    assert (status_and_code(reply), reply.headers["Preference-Applied"]) == ((code, code), applied)
    assert person.journal()[0]["asked"] == f"header: {applied}"


@pytest.mark.parametrize(
    ("verdict", "code"), [("no_person", 518), ("wrong_angle", 522), ("undecodable", 412), ("not_image", 412)]
)
def test_a_verdict_of_the_back_alone(person: Person, verdict: str, code: int) -> None:
    assert status_and_code(person.send(BACK, prefer=f"back={verdict}")) == (code, code)


@pytest.mark.parametrize(("verdicts", "code"), SUBSETS[2:7:4])
def test_verdicts_are_words_of_a_plus_address(person: Person, verdicts: str, code: int) -> None:
    assert status_and_code(person.send(V2, words=verdicts.replace(", ", "+"))) == (code, code)


def test_verdicts_wait_in_the_queue(person: Person) -> None:
    person.queue(front="wrong_angle", back="wrong_angle")
    assert status_and_code(person.send(V2)) == (523, 523)


def test_no_verdict_costs(person: Person) -> None:
    somebody = new_person(person.url, credit=1)
    somebody.send(V2, prefer="front=tilted")
    assert (somebody.credit(), somebody.charges()) == (1, [])
