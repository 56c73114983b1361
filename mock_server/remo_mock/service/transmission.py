"""From a reply to what goes over the wire: status, bytes, headers of ours, delay and faults; knows no server."""

import random
import re

from remo_mock.contract import HttpStatus
from remo_mock.service.delay import Delay
from remo_mock.service.faults import HELD_BACK, Transmission, apply
from remo_mock.service.json_body import dump
from remo_mock.service.messages import SUCCESS, Reply

SIGNATURE = "X-Remo-Mock"
"""The header with our version, on every answer."""
# What no header may hold: all but printable ASCII.
_FOREIGN = re.compile(r"[^ -~]")


def transmit(reply: Reply, *, http_status: HttpStatus, delay: Delay) -> Transmission:
    """Make the transmission of a reply; a delay that was asked for counts instead of the mock's own (L19)."""
    status = reply.status or (reply.code if http_status == "mirror" else SUCCESS)
    wait = (reply.delay or delay).seconds(random.random())
    patience = wait if reply.delay else HELD_BACK
    return apply(reply.faults, Transmission(status=status, body=dump(reply.body), wait=wait, patience=patience))


def own_headers(reply: Reply) -> dict[str, str]:
    """Return the headers that are ours: the hint, the source, and which preferences were applied."""
    told = {
        "X-Remo-Mock-Hint": reply.hint,
        "X-Remo-Mock-Source": reply.source,
        "Preference-Applied": reply.applied or None,
    }
    return {name: _FOREIGN.sub("?", text) for name, text in told.items() if text is not None}
