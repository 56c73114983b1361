"""HTTP statuses and whole replies."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "http"


def test_http(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
