"""Turns a call into what is sent: the one mapping behind the Flask app, the in-process adapter and the console."""

import random
import re

from remo_mock._version import __version__
from remo_mock.contract import SUCCESS_CODE, HttpStatus
from remo_mock.exceptions import CrowdedError, EndedError, OutcomeError
from remo_mock.hints.texts import english
from remo_mock.service.messages.call_and_reply import HANG_SECONDS, Call, Reply, Transmission
from remo_mock.service.messages.headers import ENTRY, HINT, PREFERENCE_APPLIED, SIGNATURE, SOURCE
from remo_mock.service.messages.json_body import dump_parts
from remo_mock.service.messages.problem import (
    CONTENT_TYPE,
    Problem,
    cannot_be_asked_for,
    mock_ended,
    too_many_waiting,
)
from remo_mock.service.messages.unknown_path import unknown_path
from remo_mock.service.outcomes.delay import Delay
from remo_mock.service.outcomes.faults import apply
from remo_mock.service.responder import Responder
from remo_mock.service.settling import InSteps, settle_alone

# What no header may hold: all but printable ASCII.
_UNPRINTABLE = re.compile(r"[^ -~]")
# So that connections do not pile up behind answers that wait.
_CLOSE = {"Connection": "close"}


def exchange(responder: Responder, call: Call, *, http_status: HttpStatus, delay: Delay) -> Transmission:
    """Answer a call: with the vendor's reply, or with a problem if it asks for something impossible.

    `http_status` says which status an error has (L19), `delay` how long answers wait for which no delay was asked for.
    """
    return settle_alone(exchange_in_steps(responder, call, http_status=http_status, delay=delay), responder.store)


def exchange_in_steps(
    responder: Responder, call: Call, *, http_status: HttpStatus, delay: Delay
) -> InSteps[Transmission]:
    """Do as `exchange` does, but leave settling to who runs it."""
    if not responder.contract.at(call.path):
        return _send_problem(unknown_path(call.path, responder.contract.paths))
    try:
        if delay.longest:
            call.hold()
        reply = yield from responder.respond_in_steps(call)
        return transmit(reply, http_status=http_status, delay=delay, https_url=call.https_url if reply.faults else None)
    except OutcomeError as error:
        return _send_problem(cannot_be_asked_for(error))
    except CrowdedError as error:
        return _send_problem(too_many_waiting(error), _CLOSE)
    except EndedError as error:
        return _send_problem(mock_ended(error), _CLOSE)


def transmit(reply: Reply, *, http_status: HttpStatus, delay: Delay, https_url: str | None = None) -> Transmission:
    """Make the transmission of a reply; a delay that was asked for counts instead of the mock's own (L19).

    `https_url` is where the fault `redirect` leads.
    """
    wait = (reply.delay or delay).seconds(random.random())
    sent = Transmission(
        status=reply.status or (reply.code if http_status == "mirror" else SUCCESS_CODE),
        parts=dump_parts(reply.body),
        headers=reply_headers(reply),
        wait=wait,
        hang_seconds=wait if reply.delay else HANG_SECONDS,
        https_url=https_url,
    )
    return apply(reply.faults, sent)


def reply_headers(reply: Reply) -> dict[str, str]:
    """Return the headers of a reply: version, hints, number in the journal, source, and the preferences applied."""
    values = {
        SIGNATURE: __version__,
        HINT: english(*reply.hints) or None,
        ENTRY: None if reply.entry is None else str(reply.entry),
        SOURCE: reply.source,
        PREFERENCE_APPLIED: reply.applied or None,
    }
    return {name: _UNPRINTABLE.sub("?", text) for name, text in values.items() if text is not None}


def _send_problem(problem: Problem, headers: dict[str, str] | None = None) -> Transmission:
    own = {SIGNATURE: __version__, **({HINT: english(problem.hint)} if problem.hint else {})}
    return Transmission(
        status=problem.status,
        parts=(problem.to_json(),),
        content_type=CONTENT_TYPE,
        headers={**own, **(headers or {})},
    )
