"""Credits add up, and failures cost nothing."""

import pytest

LAYER = "credits"


@pytest.mark.usefixtures("keeps")
def test_credits(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
