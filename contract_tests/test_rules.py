"""Each grade follows its value by the page's own bands."""

from .concluding import conclude
from .expectations import Settled

LAYER = "rules"


def test_rules(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
