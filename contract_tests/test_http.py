"""HTTP statuses and whole replies."""

import pytest

LAYER = "http"


@pytest.mark.usefixtures("keeps")
def test_http(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
