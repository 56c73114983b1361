"""The bytes of a reply are strict JSON, and say so."""

from .concluding import conclude
from .expectations import Settled

LAYER = "bytes"


def test_bytes(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
