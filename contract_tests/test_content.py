"""Images show the photo with a result drawn; joints lie on the person."""

from .model.expectations import Settled
from .reports.concluding import conclude

LAYER = "content"


def test_content(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
