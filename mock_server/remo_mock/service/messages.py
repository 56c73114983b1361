"""The shapes of calls and replies; knows no account, no photo and no server."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from remo_mock.contract import Code, Endpoint, ErrorShape, Json
from remo_mock.service.delay import Delay
from remo_mock.service.json_body import Malformed, parse_object

SUCCESS = 200


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a door hands it in; `body` is None if it was larger than the mock reads.

    `hold` is called before anything is used up or charged, if the answer may have to wait. What it raises, goes on.
    """

    path: str
    method: str
    content_type: str
    body: bytes | None = field(repr=False)
    prefer: str = ""
    hold: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the vendor would answer: the code, the body in the page's key order.

    And what is ours: a hint or none, the preferences applied, how long the answer waits, the faults that happen to it.
    `status` is a recorded HTTP status, `source` says where the answer comes from, if a cassette is replayed.
    """

    code: int
    body: Mapping[str, Json] = field(repr=False)
    hint: str | None = None
    applied: str = ""
    delay: Delay | None = None
    faults: tuple[str, ...] = ()
    status: int | None = None
    source: str | None = None


def error_body(code: Code, credit: int, shape: ErrorShape) -> dict[str, Json]:
    """Shape an error (both pages, Response Example); the key of the code is L01, the change of the balance L20."""
    body: dict[str, Json] = {"state": False, "credit": credit, "message": code.message}
    if shape in ("status", "both"):
        body["status"] = code.code
    if shape != "status":
        body["status_code"] = code.code
    if shape == "detailed":
        body["credit_change"] = 0
    return body


def success_body(
    endpoint: Endpoint, *, change: int, credit: int, uuid: str, views: Iterable[Mapping[str, Json]]
) -> dict[str, Json]:
    """Shape a success out of each view's fields, in the order of the page's example."""
    values: dict[str, Json] = {
        "state": True,
        "status_code": SUCCESS,
        "APIName": endpoint.api_name,
        "credit_change": change,
        "credit": credit,
        "uuid": uuid,
    }
    for fields in views:
        values |= fields
    return {name: values[name] for name in endpoint.reply_order if name in values}


def read_body(call: Call, method: str) -> dict[str, Json] | Malformed:
    """Read the JSON object that a call carries, if it comes by this method and says that it is JSON."""
    if call.method != method:
        return Malformed(f"the method is not {method}")
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        return Malformed("the Content-Type is not application/json")
    if call.body is None:
        return Malformed("the body is larger than the mock's limit (L22)")
    return parse_object(call.body)
