"""Credits add up, and failures cost nothing."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "credits"


def test_credits(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
