"""Makes the photos and cards of `remo-mock photos` out of the packaged photos."""

from mock_server.card_set import PhotoFile, card_set
from mock_server.contract import Contract
from mock_server.resources import fixture, good_photo


def packaged_cards(contract: Contract) -> tuple[PhotoFile, ...]:
    """Draw the files of the set, good photos first."""
    joints = fixture("photos/joints.json")
    photos = {view: good_photo(view) for view in joints}
    return card_set(contract, photos=photos, front_joints=tuple((x, y) for x, y in joints["front"]))
