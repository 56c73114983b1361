"""Credits add up, and failures cost nothing."""

from .concluding import conclude
from .expectations import Settled

LAYER = "credits"


def test_credits(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
