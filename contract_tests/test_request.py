"""A reply fits its request: uuid, fresh results, the code of each cause."""

import pytest

LAYER = "request"


@pytest.mark.usefixtures("keeps")
def test_request(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
