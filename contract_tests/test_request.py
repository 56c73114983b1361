"""A reply fits its request: uuid, fresh results, the code of each cause."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "request"


def test_request(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
