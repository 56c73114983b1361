"""Defines calls, replies and transmissions: what a door hands in, what the vendor would answer, what is sent."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from remo_mock.contract import SUCCESS_CODE, Code, Endpoint, ErrorShape, Json
from remo_mock.hints.hint import Hint, Hints
from remo_mock.service.messages.json_body import Malformed, parse_object, refused_encoding
from remo_mock.service.messages.json_long_texts import LongTexts
from remo_mock.service.outcomes.delay import Delay

HANG_SECONDS = 60.0
"""Seconds that the fault `hang` holds an answer back: longer than most clients wait, and not for ever."""
CODE_KEYS: Mapping[ErrorShape, tuple[str, ...]] = {
    "status": ("status",),
    "status_code": ("status_code",),
    "both": ("status", "status_code"),
    "detailed": ("status_code",),
}
"""The keys under which an error carries its code, by the switch (L01)."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a door hands it in.

    `body` is None if it is larger than the mock reads, says why it is unusable if it did not come whole, and is as it
    came if it is compressed; `prefer` is the `Prefer` header, None if there is none. `url` returns the address that was
    called, without a query: only a redirect asks for it. `hold` is called before anything is used up or charged, if the
    answer may have to wait; it may raise `CrowdedError`.
    """

    path: str
    method: str
    content_type: str
    body: bytes | Malformed | None = field(repr=False)
    prefer: str | None = None
    content_encoding: str = ""
    url: Callable[[], str] = field(default=lambda: "", repr=False, compare=False)
    hold: Callable[[], None] = field(default=lambda: None, repr=False, compare=False)

    @property
    def https_url(self) -> str | None:
        """The same address by https, if it was called by http."""
        scheme, separator, rest = self.url().partition("://")
        return f"https://{rest}" if separator and scheme == "http" else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the vendor would answer, the body in the page's key order, and what the mock adds.

    That is: hints, the preferences applied, the delay and the faults that were asked for. `entry` is the number of the
    exchange in the journal, `status` a recorded HTTP status, `source` says where the answer comes from, if a cassette
    is replayed.
    """

    code: int
    body: Mapping[str, Json] = field(repr=False)
    hints: Hints = ()
    applied: str = ""
    delay: Delay | None = None
    faults: tuple[str, ...] = ()
    entry: int | None = None
    status: int | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Transmission:
    """Status, headers and body of a response, the body in parts, and how they travel.

    It is sent after `wait` seconds, with `pause` seconds behind each of its pieces (0: in one piece). `cut_at` is the
    number of body bytes after which the connection ends although more were announced. `hang_seconds` is how long the
    fault `hang` holds it back, `https_url` where the fault `redirect` leads, None for a request that came by https.
    """

    status: int
    parts: tuple[bytes, ...]
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pause: float = 0.0
    cut_at: int | None = None
    hang_seconds: float = HANG_SECONDS
    https_url: str | None = None

    @property
    def body(self) -> bytes:
        """The whole body."""
        return self.parts[0] if len(self.parts) == 1 else b"".join(self.parts)

    @property
    def size(self) -> int:
        """The number of the body's bytes."""
        return sum(map(len, self.parts))

    def with_headers(self, headers: Mapping[str, str]) -> "Transmission":
        """Return the same with further headers."""
        return replace(self, headers={**self.headers, **headers})


def error_body(code: Code, credit: int, shape: ErrorShape) -> dict[str, Json]:
    """Make the body of an error (both pages, Response Example).

    `shape` says which key carries the code (L01), and whether the change of the balance is there (L20).
    """
    body: dict[str, Json] = {"state": False, "credit": credit, "message": code.message}
    body |= dict.fromkeys(CODE_KEYS[shape], code.code)
    return body | {"credit_change": 0} if shape == "detailed" else body


def success_body(
    endpoint: Endpoint, *, change: int, credit: int, uuid: str, views: Iterable[Mapping[str, Json]]
) -> dict[str, Json]:
    """Make the body of a success out of each view's fields, in the order of the page's example."""
    values: dict[str, Json] = {
        "state": True,
        "status_code": SUCCESS_CODE,
        "APIName": endpoint.api_name,
        "credit_change": change,
        "credit": credit,
        "uuid": uuid,
    }
    for fields in views:
        values |= fields
    return {name: values[name] for name in endpoint.reply_order if name in values}


def read_body(call: Call, method: str, *, long_texts: LongTexts | None = None) -> dict[str, Json] | Malformed:
    """Read the JSON object that a call carries, or say why there is none: method, headers, size or JSON."""
    if call.method != method:
        return Malformed(Hint("wrong_method", {"method": method}))
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        return Malformed(Hint("wrong_content_type"))
    if refused := refused_encoding(call.content_encoding):
        return refused
    if call.body is None:
        return Malformed(Hint("body_too_large"))
    if isinstance(call.body, Malformed):
        return call.body
    return parse_object(call.body, long_texts=long_texts)
