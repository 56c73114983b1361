"""A joint at [-1, -1] was not seen, which is a note; any other place beside the photo is a violation."""

import json
from typing import Any

import pytest

from contract_tests.run.assertion import assert_contract
from tests.support import live_replies as live


def reply(**places: list[int]) -> dict[str, Any]:
    """Return a success of v2-front with some joints, such as `joint16`, in other places."""
    moved = {int(name.removeprefix("joint")): place for name, place in places.items()}
    joints = [moved.get(at, list(place)) for at, place in enumerate(live.STANDING)]
    return live.front() | {"far_coords": json.dumps(joints)}


@pytest.mark.parametrize("joint", [f"joint{at}" for at in range(22)])
def test_a_joint_that_is_not_seen_is_a_note(joint: str) -> None:
    assert_contract("analysis-skeleton-v2-front", None, reply(**{joint: [-1, -1]}))
    with pytest.raises(AssertionError, match="REMO-COORDS-PHOTO"):
        assert_contract("analysis-skeleton-v2-front", None, reply(**{joint: [-1, -1]}), strict=True)


@pytest.mark.parametrize("place", [[-1, 125], [240, -1], [-2, -2], [-12, 300]])
def test_a_place_beside_the_photo_is_a_violation(place: list[int]) -> None:
    with pytest.raises(AssertionError, match="REMO-COORDS-PHOTO"):
        assert_contract("analysis-skeleton-v2-front", None, reply(joint16=place))


def test_a_person_of_whom_no_joint_is_seen_is_a_violation() -> None:
    with pytest.raises(AssertionError, match="REMO-COORDS-SPREAD"):
        assert_contract("analysis-skeleton-v2-front", None, reply(**{f"joint{at}": [-1, -1] for at in range(22)}))
