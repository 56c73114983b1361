"""What a recorded reply and the mock's answer must have in common, rule by rule; knows no file and no mock."""

from collections.abc import Iterator

from remo_mock.cassettes.drift_pairs import Difference, Finding, Pair, Reading
from remo_mock.cassettes.exact_json import Number
from remo_mock.cassettes.files import is_image
from remo_mock.cassettes.request_shape import UUID, main_type
from remo_mock.contract import SUCCESS_CODE, Json

_CODE_KEYS = ("status", "status_code")
_HIDDEN = ("$REMO_API_", "<sent>", "<base64")
# Headers that change what a client gets; the mock sends the first one only.
_HEADERS = ("content-type", "content-encoding", "location", "retry-after", "www-authenticate")
_SHOWN = 80


def outcome(pair: Pair) -> Iterator[Finding]:
    """Compare whether the request succeeds."""
    if pair.recorded.code is not None and pair.recorded.succeeded is not pair.ours.succeeded:
        real = _told(pair.recorded.code, succeeded=pair.recorded.succeeded)
        yield Difference(real, _told(pair.ours.code, succeeded=pair.ours.succeeded))


def body(pair: Pair) -> Iterator[Finding]:
    """Compare that the reply is a JSON object that tells a code."""
    if pair.recorded.fields is None:
        yield Difference(f"no JSON object, HTTP {pair.recorded.status}", "a JSON object")
    elif pair.recorded.code is None:
        yield Difference("no code under status or status_code", f"code {pair.ours.code}")


def codes(pair: Pair) -> Iterator[Finding]:
    """Compare the code of an error; what the same ledger entry accepts instead is a reading (L08, L09)."""
    real, ours, known = pair.recorded.code, pair.ours.code, pair.recorded.endpoint.codes
    if real not in known:
        yield Difference(f"{real}, which the page does not list", f"{ours}")
        return
    entry = known[ours].source.get("ledger")
    others = {code.code for code in known.values() if code.only_when_asked and code.source.get("ledger") == entry}
    if entry and others and real in {ours, *others}:
        yield Reading(entry, f"{real}")
    elif real != ours:
        yield Difference(f"{real}", f"{ours}")


def messages(pair: Pair) -> Iterator[Finding]:
    """Compare the words of errors of one code; a message with something taken out cannot be compared."""
    real, ours = pair.real.get("message"), pair.ours.fields.get("message")
    hidden = isinstance(real, str) and any(mark in real for mark in _HIDDEN)
    if pair.recorded.code == pair.ours.code and real != ours and not hidden:
        yield Difference(_show(real), _show(ours))


def http_status(pair: Pair) -> Iterator[Finding]:
    """Compare the HTTP status: of an error, its code and 200 are readings (L19)."""
    status, code = pair.recorded.status, pair.recorded.code
    if pair.recorded.succeeded:
        if status != SUCCESS_CODE:
            yield Difference(f"HTTP {status} for a success", f"HTTP {SUCCESS_CODE}")
    elif status in (code, SUCCESS_CODE):
        yield Reading("L19", "mirror" if status == code else f"{status}")
    else:
        yield Difference(f"HTTP {status} for code {code}", f"HTTP {pair.ours.status}, or {SUCCESS_CODE}")


def headers(pair: Pair) -> Iterator[Finding]:
    """Compare the headers that change what a client gets."""
    real = {name: pair.recorded.headers[name] for name in _HEADERS if name in pair.recorded.headers}
    kind = real.pop("content-type", "")
    if main_type(kind) != main_type(pair.ours.content_type):
        yield Difference(f"content-type: {kind or 'none'}", f"content-type: {pair.ours.content_type}")
    for name, value in real.items():
        yield Difference(f"{name}: {value[:_SHOWN]}", f"no {name}")


def error_shape(pair: Pair) -> Iterator[Finding]:
    """Compare under which key an error tells its code: either, or both with one value, are readings (L01)."""
    told = {name: pair.real[name] for name in _CODE_KEYS if name in pair.real}
    if len(set(map(str, told.values()))) > 1:
        yield Difference(
            ", ".join(f"{name} {_show(value)}" for name, value in told.items()), "the same code under both"
        )
    else:
        yield Reading("L01", "both" if len(told) > 1 else next(iter(told), "neither"))


def api_name(pair: Pair) -> Iterator[Finding]:
    """Compare the APIName; its absence and the accepted names are readings (L07)."""
    name = pair.real.get("APIName")
    if name is None or name in pair.api_names:
        yield Reading("L07", "no APIName" if name is None else f"APIName {name}")
    else:
        yield Difference(_show(name), " or ".join(pair.api_names))


def keys(pair: Pair) -> Iterator[Finding]:
    """Compare which fields there are, but for those that the ledger disputes (L01, L06, L07)."""
    real, ours = set(pair.real), set(pair.ours.fields)
    images = {view.image_field for one in pair.contract.endpoints for view in one.views} if pair.both_succeed else set()
    disputed = {"APIName"} if pair.both_succeed else set(_CODE_KEYS)
    for name in sorted(real - ours - disputed - images):
        yield Difference(f"has {_show(name)}", f"has no {_show(name)}")
    for name in sorted(ours - real - disputed):
        yield Difference(f"has no {name}", f"has {name}")
    for name in sorted((real - ours) & images):
        yield Reading("L06", f"{name} is sent")


def order(pair: Pair) -> Iterator[Finding]:
    """Compare the order of the fields that both have."""
    real = [name for name in pair.real if name in pair.ours.fields]
    ours = [name for name in pair.ours.fields if name in pair.real]
    at = next((at for at, (one, other) in enumerate(zip(real, ours, strict=True)) if one != other), None)
    if at is not None:
        before = real[at - 1] if at else "the beginning"
        yield Difference(f"{real[at]} follows {before}", f"{ours[at]} follows {ours[at - 1] if at else before}")


def types(pair: Pair) -> Iterator[Finding]:
    """Compare the JSON types of the fields that both have; a whole number is a fine value where we send decimals."""
    for name, value in pair.real.items():
        if name not in pair.ours.fields:
            continue
        real, ours = _type(value), _type(pair.ours.fields[name])
        if real != ours and (real, ours) != ("integer", "number"):
            yield Difference(f"{name} is {real}", f"{name} is {ours}")


def uuids(pair: Pair) -> Iterator[Finding]:
    """Compare what comes back for a uuid: the one sent, or a made one (L03)."""
    shape = pair.recorded.shape if isinstance(pair.recorded.shape, dict) else {}
    sent, told = shape.get(UUID), pair.real.get(UUID)
    if not isinstance(sent, str) or not sent:
        yield Reading("L03", "made when none is sent" if isinstance(told, str) and told else "none is made")
    elif told == sent:
        yield Reading("L03", "echoed")
    else:
        yield Difference("another uuid than the one sent", "the uuid that was sent")


def _type(value: Json) -> str:
    match value:
        case bool():
            return "boolean"
        case None:
            return "null"
        case int():
            return "integer"
        case Number():
            return "number"
        case list():
            return "array"
        case dict():
            return "string" if is_image(value) else "object"
        case _:
            return "string"


def _told(code: int | None, *, succeeded: bool) -> str:
    return "a success" if succeeded else f"error {code}"


def _show(value: Json) -> str:
    text = value.text if isinstance(value, Number) else repr(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
