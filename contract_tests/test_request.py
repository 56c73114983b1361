"""A reply fits its request: uuid, fresh results, the code of each cause."""

from .concluding import conclude
from .expectations import Settled

LAYER = "request"


def test_request(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
