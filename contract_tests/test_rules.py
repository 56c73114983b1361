"""Each grade follows its value by the page's own bands."""

import pytest

LAYER = "rules"


@pytest.mark.usefixtures("keeps")
def test_rules(check: object) -> None:
    """Keep one promise of this layer; the fixture fails where the run says so."""
    assert check
