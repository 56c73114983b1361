"""Images show the photo with a result drawn; joints lie on the person."""

from .concluding import conclude
from .expectations import Settled

LAYER = "content"


def test_content(settled: Settled) -> None:
    """Keep one promise of this layer."""
    conclude(settled)
