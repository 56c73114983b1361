"""Each grade follows its value by the page's own bands."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "rules"


def test_rules(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
