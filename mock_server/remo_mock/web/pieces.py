"""Cuts an answer into the pieces in which it is sent."""

from collections.abc import Iterator

from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.service.outcomes.faults import PIECES

FLUSH = 0.1
"""Seconds that a connection lives on after the last byte of an answer that is cut short."""

_CHUNK = 1024 * 1024


def pieces(sent: Transmission) -> Iterator[bytes]:
    """Yield what of the body is sent, piece by piece."""
    size = max(1, -(-sent.size // PIECES)) if sent.pause else _CHUNK
    body = sent.body[: sent.cut_at]
    for at in range(0, len(body), size):
        yield body[at : at + size]
