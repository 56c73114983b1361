"""Every field of the page's table is there, with its type."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "schema"


def test_schema(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
