"""Images show the photo with a result drawn; joints lie on the person."""

import pytest

LAYER = "content"


@pytest.mark.usefixtures("keeps")
def test_content(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
