"""From a reply to what goes over the wire: status, bytes, delay and faults; knows no server."""

import random

from mock_server.contract import HttpStatus
from mock_server.delay import Delay
from mock_server.faults import Transmission, apply
from mock_server.replies import SUCCESS, Reply
from mock_server.wire import dump


def transmit(reply: Reply, *, http_status: HttpStatus, delay: Delay) -> Transmission:
    """Make the transmission of a reply; a delay that was asked for counts instead of the mock's own (L19)."""
    status = reply.code if http_status == "mirror" else SUCCESS
    wait = (reply.delay or delay).seconds(random.random())
    return apply(reply.faults, Transmission(status=status, body=dump(reply.body), wait=wait))
