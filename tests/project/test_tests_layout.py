"""Tests lie in rooms like the package's, their helpers in tests/support; none has the name of a user's module."""

import pytest

from tests.support.checkout import ROOT

TESTS = ROOT / "tests"
ROOMS = sorted(path for path in TESTS.iterdir() if path.is_dir() and path.name not in ("__pycache__", "samples"))
SERVER_ROOMS = {path.parent.name for path in (ROOT / "mock_server" / "remo_mock").glob("*/__init__.py")}


@pytest.mark.parametrize("room", [TESTS, *ROOMS], ids=lambda room: room.name)
def test_a_room_is_a_package_so_that_its_modules_have_no_names_of_users_modules(room: object) -> None:
    assert (TESTS / str(room) / "__init__.py").is_file()


def test_the_rooms_are_those_of_what_they_test() -> None:
    assert {room.name for room in ROOMS} == SERVER_ROOMS | {"contract_tests", "project", "support"}


def test_helpers_lie_in_support_alone() -> None:
    others = [path for path in TESTS.rglob("*.py") if not {"support", "samples"} & {*path.relative_to(TESTS).parts}]
    known = ("test_", "__init__", "conftest")
    assert [path for path in others if not path.stem.startswith(known)] == []


def test_support_holds_no_tests() -> None:
    assert sorted((TESTS / "support").glob("test_*")) == []
