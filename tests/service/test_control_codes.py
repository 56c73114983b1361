"""Every documented code is reached by header, queue and plus-address: its body, its status, no charge."""

import pytest

from tests.support.contract_data import accepts
from tests.support.control import EVERY_CODE, NAMES, Person, new_person, status_and_code

WAYS = ("prefer", "queue", "plus-address")


@pytest.fixture(scope="module")
def person(shared_url: str) -> Person:
    return new_person(shared_url, credit=77)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("path", "code"), EVERY_CODE)
def test_a_code_comes_back_by_each_way(person: Person, path: str, code: int, way: str) -> None:
    reply = person.ask(way, path, code)
    assert status_and_code(reply) == (code, code)
    assert (reply.json()["state"], reply.json()["credit"]) == (False, 77)
    assert accepts(NAMES[path], "error.strict", reply.json())
    assert reply.headers.get("Preference-Applied") == {"prefer": f"code={code}"}.get(way)
    origin = {"prefer": "header"}.get(way, way)
    assert reply.headers["X-Remo-Mock-Hint"] == f"asked for by {origin}: code={code}"
    assert (person.credit(), person.charges(), person.waiting()) == (77, [], [])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("path", NAMES)
def test_a_success_can_be_asked_for_too(person: Person, path: str, way: str) -> None:
    somebody = new_person(person.url, credit=5)
    reply = somebody.ask(way, path, 200)
    assert status_and_code(reply) == (200, 200)
    assert accepts(NAMES[path], "response.strict", reply.json())
    assert (somebody.credit(), somebody.charges()) == (4, [-1])


@pytest.mark.parametrize(
    ("path", "code", "message"),
    [
        ("/api/analysis-skeleton-v2", 413, "error from front image decoding b64"),
        ("/api/analysis-skeleton-v2", 515, "In the side image, the model is not facing side "),
        ("/api/analysis-skeleton-v2-back", 413, "error from back image decoding b64"),
        ("/api/analysis-skeleton-v2-back", 515, "In the back image, the model is not facing side "),
        ("/api/analysis-skeleton-v2-front", 413, "error from front image decoding b64"),
        ("/api/analysis-skeleton-v2-front", 515, "In the front image, the model is not facing side "),
        ("/api/analysis-skeleton-v2-side", 413, "error from front image decoding b64"),
        ("/api/analysis-skeleton-v2-side", 515, "In the side image, the model is not facing side "),
        ("/api/analysis-skeleton", 413, "error from front image decoding b64"),
        ("/api/analysis-skeleton", 515, "In the side image, the model is not facing side "),
    ],
)
def test_the_messages_of_the_pages_examples(person: Person, path: str, code: int, message: str) -> None:
    assert person.send(path, prefer=f"code={code}").json()["message"] == message
