"""The bytes of a reply are strict JSON, and say so."""

import pytest

LAYER = "bytes"


@pytest.mark.usefixtures("keeps")
def test_bytes(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
