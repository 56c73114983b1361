"""Broken servers that ignore the request: stale replies, half a rollout, and errors that are overlooked."""

from collections.abc import Callable
from functools import partial

from ..changes import code_of, dropping, in_success, on_success
from ..mutation import A, B, Change, Fields, Memory, ReceivedRequest, Response, mutation
from .pages import with_names

_row = partial(mutation, layer="request")
_FRONT_AND_SIDE = ("far_", "sar_", "forigimg", "sorigimg", "round_", "turtle_")


def overlooking(*codes: int) -> Change:
    """Return the change that answers requests that must fail with these codes as if nothing were wrong with them."""

    def change(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
        wrong = not response.fields["state"] and code_of(response.fields) in codes and request.is_proper
        return request.succeed() if wrong else response

    return change


def _refusing(code: int, message: str, when: Callable[[ReceivedRequest, Memory], bool]) -> Change:
    def change(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        reply = response.fields
        if not reply["state"] or not when(request, memory):
            return response
        refusal = {
            "state": False,
            "credit": reply["credit"] - reply["credit_change"],
            "message": message,
            "status": code,
        }
        return Response(code, response.headers, b"").with_fields(refusal)

    return change


def _back_only(_request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    """Give page A's endpoint the reply of page B's."""
    reply = response.fields
    if not reply["state"]:
        return response
    return response.with_fields({name: reply[name] for name in reply if not name.startswith(_FRONT_AND_SIDE)})


def _cached_success(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Send the endpoint's first success as every success."""
    if not response.fields["state"]:
        return response
    cached: Response = memory.values.setdefault(request.page, response)
    return cached


def _results_of_before(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    """Send the results of the request before, with the right credits."""
    results = {name: value for name, value in reply.items() if name.endswith(("_m_", "_grade", "_coords", "origimg"))}
    reply.update(memory.swap(request.page, results, results))


def _every_second(change: Change) -> Change:
    """Return the change limited to every second success of an endpoint: half of the machines are new."""

    def changed(request: ReceivedRequest, response: Response, memory: Memory) -> Response:
        if not response.fields["state"] or memory.count("half" + request.page) % 2:
            return response
        return change(request, response, memory)

    return changed


MUTANTS = (
    _row(
        "results-of-before",
        "The results are of the request before.",
        "REMO-COORDS-STALE REMO-IMAGE-PHOTO REMO-COORDS-DRAWN",
        in_success(_results_of_before),
    ),
    _row(
        "cached-success",
        "Every success is the first one, from a cache.",
        "REMO-UUID-ECHO REMO-CREDIT-BALANCE REMO-COORDS-STALE",
        _cached_success,
    ),
    _row(
        "back-alone",
        "Three photos are answered with the back's results.",
        "REMO-FIELD-far_coords",
        _back_only,
        pages=A,
    ),
    _row(
        "half-without-front",
        "Every second reply has the back alone.",
        "REMO-FIELD-far_coords REMO-STABLE-SHAPE",
        _every_second(_back_only),
        pages=A,
    ),
    _row(
        "half-without-uuid",
        "Every second reply has no uuid.",
        "REMO-FIELD-uuid",
        _every_second(on_success(dropping("uuid"))),
    ),
    _row(
        "half-without-a-metric",
        "Every second reply lacks a metric.",
        "REMO-FIELD-{line}_m_",
        with_names(lambda names: _every_second(on_success(dropping(f"{names.line}_m_")))),
    ),
    _row(
        "any-api-key",
        "A wrong API key is good enough.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-421",
        overlooking(421),
    ),
    _row(
        "any-user",
        "An unknown user is good enough.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-420",
        overlooking(420),
    ),
    _row(
        "missing-key",
        "A request without its keys is good enough.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-411",
        overlooking(411),
    ),
    _row(
        "any-type",
        "A field of a wrong type is good enough.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-400",
        overlooking(400),
    ),
    _row(
        "cached-for-missing-photos",
        "A missing photo is answered with the last success.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-411",
        overlooking(411),
    ),
    _row(
        "cached-for-bad-photos",
        "Undecodable photos are answered with the last success.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-412",
        overlooking(412, 413, 414),
    ),
    _row(
        "cached-for-nobody",
        "An empty room is answered with the last person.",
        "REMO-ERROR-ACCEPTED REMO-ERROR-518",
        overlooking(511, 512, 513, 518, 519, 520, 521),
    ),
    _row(
        "refuses-all",
        "Every proper request is a process error.",
        "REMO-SUCCESS-REFUSED",
        _refusing(550, "process error", lambda _a, _m: True),
    ),
    _row(
        "refuses-uuid",
        "A request with a uuid is a protocol error.",
        "REMO-SUCCESS-REFUSED",
        _refusing(400, "protocol error", lambda a, _m: "uuid" in a.fields),
    ),
    _row(
        "refuses-without-uuid",
        "A request without a uuid lacks input.",
        "REMO-SUCCESS-REFUSED",
        _refusing(411, "no input data", lambda a, _m: "uuid" not in a.fields),
    ),
    _row(
        "refuses-second",
        "The second request of an account is refused.",
        "REMO-SUCCESS-REFUSED",
        _refusing(421, "invalid APIKey", lambda _a, m: m.count("calls") > 1),
    ),
    _row(
        "finds-nobody",
        "Nobody is found in a good photo.",
        "REMO-SUCCESS-REFUSED",
        _refusing(518, "no person in the back image", lambda _a, _m: True),
        pages=B,
    ),
    _row(
        "wants-no-back",
        "A good back photo is an image error.",
        "REMO-SUCCESS-REFUSED",
        _refusing(412, "attached image error", lambda _a, _m: True),
        pages=A,
    ),
)
