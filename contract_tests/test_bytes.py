"""The bytes of a reply are strict JSON, and say so."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "bytes"


def test_bytes(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
