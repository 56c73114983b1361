"""HTTP statuses and whole replies."""

from .concluding import conclude
from .expectations import Settled

LAYER = "http"


def test_http(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
