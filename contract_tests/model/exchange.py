"""Owns one request and what came back; knows no check, and keeps no credentials beside the body it was made of."""

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from remo_mock.contract import Endpoint, Json

from .body import Body, read_body
from .causes import Cause
from .photos import Photo

SUCCESS_CODE = 200
# Whose balance a reply tells: that of whoever runs the suite.
CALLER = "caller"
Kind: TypeAlias = Literal["success", "error", "unreadable", "none"]


@dataclass(frozen=True, slots=True)
class Request:
    """What was sent: photos by view, the uuid, and a body for reports in which secrets and photos have names.

    `account` tells whose balance the reply tells; `asked` what a mock of our own was asked for by header.
    """

    path: str
    method: str
    shown_body: str
    content_type: str | None = "application/json"
    photos: dict[str, Photo] = field(default_factory=dict, repr=False)
    uuid: str | None = None
    account: str | None = None
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back, as bytes; `unpacked` if the body came compressed, as its header says, and is plain here."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    unpacked: bool = False


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
    timed_out: bool = False

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
        if not self.fields and self.body.value != {}:
            return "unreadable"
        # Names spelled another way still show what is meant; that they are spelled another way is for the checks.
        plain = {_plain(name): value for name, value in self.fields.items()}
        results = {name for metric in self.endpoint.metrics for name in (metric.value_field, metric.grade_field)}
        results |= {view.coords_field for view in self.endpoint.views}
        code = self.code
        signs = [
            (plain.get("state") is True) - (plain.get("state") is False),
            (code == SUCCESS_CODE) - (code is not None and code != SUCCESS_CODE),
            1 if {_plain(name) for name in results} & plain.keys() else -1,
            -1 if "message" in plain else 0,
            1 if self.cause is None else -1,
        ]
        return "success" if sum(signs) > 0 or (sum(signs) == 0 and self.cause is None) else "error"

    @property
    def code(self) -> int | None:
        """The code that the reply tells, under either key (L01), also if it has the wrong type."""
        plain = {_plain(name): value for name, value in self.fields.items()}
        for key in ("status", "statuscode"):
            value = plain.get(key)
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


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def whole(value: Json) -> int | None:
    """Return a whole number as an int, whatever way it is written, or None."""
    if isinstance(value, int):
        return None if isinstance(value, bool) else value
    return int(value) if isinstance(value, float) and math.isfinite(value) and value == int(value) else None
