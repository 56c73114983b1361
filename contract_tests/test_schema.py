"""Every field of the page's table is there, with its type."""

from .concluding import conclude
from .expectations import Settled

LAYER = "schema"


def test_schema(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
