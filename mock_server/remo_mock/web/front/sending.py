"""Sends answers as they are to travel, and keeps a large one's memory counted until its client has taken it."""

import time

from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.web.front.bodies import SlownessWatch, TooSlowError
from remo_mock.web.front.memory import Share
from remo_mock.web.front.protocol import Exchange, Headers
from remo_mock.web.pieces import FLUSH, pieces
from remo_mock.web.waiting import WaitingRoom

# Bytes of an answer from which on it is handed over as it lies, part by part, and not put together before.
_IN_ONE_PIECE = 256 * 1024


def is_sent_at_once(sent: Transmission) -> bool:
    """Tell whether nothing of an answer is held back or left out."""
    return not (sent.wait or sent.pause) and sent.cut_at is None


async def send(sent: Transmission, exchange: Exchange, share: Share, watch: SlownessWatch, room: WaitingRoom) -> None:
    """Send an answer, which may wait in the `room` before and between its pieces."""
    if sent.wait or sent.pause:
        share.keep(sent.size)
        room.hold_back(sent.wait)
    if sent.cut_at is not None or sent.pause:
        await _send_pieces(sent, exchange, room)
    elif sent.size < _IN_ONE_PIECE:
        exchange.response_bytes(sent.status, _headers(sent), sent.body)
    else:
        await _send_parts(sent, exchange, share, watch)


async def _send_pieces(sent: Transmission, exchange: Exchange, room: WaitingRoom) -> None:
    # Announcing the whole and sending less is what a client meets when the connection ends.
    stream = exchange.response_stream(sent.status, _headers(sent))
    try:
        for piece in pieces(sent):
            await stream.send_bytes(piece)
            room.hold_back(sent.pause)
    except RuntimeError:  # the client is gone
        return
    if sent.cut_at is not None:
        time.sleep(FLUSH)


async def _send_parts(sent: Transmission, exchange: Exchange, share: Share, watch: SlownessWatch) -> None:
    """Hand all parts to granian, which copies them, and wait until it has passed them on.

    A client that takes them too slowly is not waited for any longer; granian goes on to send.
    """
    stream = exchange.response_stream(sent.status, _headers(sent))
    try:
        for part in sent.parts:
            await stream.send_bytes(part)
        del stream  # the end of the answer
        share.keep(sent.size)
        with watch.reading() as reading:
            reading.gives(sent.size)
            reading.awaited = exchange.client_disconnect()
            await reading.awaited
    except (RuntimeError, TooSlowError):  # the client is gone, or slow
        return


def _headers(sent: Transmission) -> Headers:
    return [("content-type", sent.content_type), ("content-length", str(sent.size)), *sent.headers.items()]
