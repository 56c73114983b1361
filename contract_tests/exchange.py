"""Owns one request and what came back; knows no check, and keeps no credentials beside the body it was made of."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from mock_server.contract import Endpoint, Json

from .body import Body, read_body
from .causes import Cause
from .photos import Photo

Kind: TypeAlias = Literal["success", "error", "unreadable", "none"]


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent: photos by view, the uuid, and a body for reports in which secrets and photos have names."""

    path: str
    method: str
    shown_body: str
    content_type: str | None = "application/json"
    photos: dict[str, Photo] = field(default_factory=dict, repr=False)
    uuid: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, as bytes."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Exchange:
    """A request with its reply, or with the reason why there is none.

    `number` tells the order of those that were made one after another; 0 for those that ran side by side.
    """

    label: str
    endpoint: Endpoint
    request: Request
    reply: Reply | None
    failure: str = ""
    cause: Cause | None = None
    number: int = 0
    seconds: float = 0.0

    @cached_property
    def body(self) -> Body:
        """The reply's body, parsed once for all checks."""
        return read_body(self.reply.body) if self.reply is not None else Body(None, readable=False)

    @property
    def fields(self) -> dict[str, Json]:
        """The reply's fields, or nothing."""
        return self.body.fields

    @cached_property
    def kind(self) -> Kind:
        """Whether the reply means a success or an error, by most of its signs: any one of them may be the lie."""
        if self.reply is None:
            return "none"
        if not self.fields:
            return "unreadable"
        fields = self.fields
        results = {name for metric in self.endpoint.metrics for name in (metric.value_field, metric.grade_field)}
        results |= {view.coords_field for view in self.endpoint.views}
        code = self.code
        signs = [
            (fields.get("state") is True) - (fields.get("state") is False),
            (code == 200) - (code is not None and code != 200),
            1 if results & fields.keys() else -1,
            -1 if "message" in fields else 0,
        ]
        total = sum(signs)
        if total:
            return "success" if total > 0 else "error"
        return "error" if self.cause is not None else "success"

    @property
    def code(self) -> int | None:
        """The code that the reply tells, under either key (L01), also if it has the wrong type."""
        for key in ("status", "status_code"):
            value = self.fields.get(key)
            if isinstance(value, str) and value.isascii() and value.isdigit():
                return int(value)
            number = whole(value)
            if number is not None:
                return number
        return None

    @property
    def credit(self) -> int | None:
        """The balance that the reply tells, if it is a number."""
        return whole(self.fields.get("credit"))

    @property
    def change(self) -> int | None:
        """The change of the balance that the reply tells, if it is a number."""
        return whole(self.fields.get("credit_change"))


def whole(value: Json) -> int | None:
    """Return a whole number as an int, whatever way it is written, or None."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if abs(value) < 2**63 and value == int(value) else None
