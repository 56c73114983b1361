"""Every field of the page's table is there, with its type."""

import pytest

LAYER = "schema"


@pytest.mark.usefixtures("keeps")
def test_schema(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
