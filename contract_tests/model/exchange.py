"""Holds a request, without its secrets, and the reply to it, and reads what the reply says."""

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias, TypeGuard

from remo_mock.contract import SUCCESS_CODE, Endpoint, Json

from .body import Body, read_body
from .causes import Cause
from .photos import Photo

# The account whose credits the run may spend.
RUN_ACCOUNT = "caller"
CODE_KEYS = ("status", "status_code")
"""The keys under which an error tells its code (L01)."""
# Python reads no longer number from a text.
_MOST_DIGITS = 4300
Kind: TypeAlias = Literal["success", "error", "unreadable", "none"]


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was sent: photos by view, the uuid, and the body with names in place of secrets and photos.

    `account` names the account whose balance the reply has; `preference` is the Prefer header for a mock of our own;
    `known` is false if a reply was saved without its request; `whole` if the body shown lacks nothing but credentials.
    `for_file` returns the body that was sent, with placeholders for credentials and for the user's own photos.
    """

    path: str
    method: str
    shown_body: str
    content_type: str | None = "application/json"
    photos: dict[str, Photo] = field(default_factory=dict, repr=False)
    uuid: str | None = None
    account: str | None = None
    preference: str = ""
    known: bool = True
    whole: bool = False
    for_file: Callable[[], bytes] | None = field(default=None, repr=False, compare=False)

    @property
    def has_body(self) -> bool:
        """Whether a body was sent: the pages' methods have one, and the other one that is tried has none."""
        return self.method != "GET"


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply as bytes; `decompressed` if it was compressed, as its header says, and is plain here."""

    status: int
    headers: dict[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    decompressed: bool = False


@dataclass(frozen=True)
class Exchange:
    """A request with its reply, or with the reason why there is none.

    `number` counts the requests that were sent one after another; 0 for those sent side by side.
    `withheld` names the fields of the reply whose values a recording does not keep; they are not in `fields`.
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
    withheld: frozenset[str] = frozenset()

    @property
    def has_own_method(self) -> bool:
        """Whether the request had the endpoint's method: the pages describe no other."""
        return self.request.method == self.endpoint.method

    @cached_property
    def body(self) -> Body:
        """The reply's body, parsed once for all checks."""
        return read_body(self.reply.body) if self.reply is not None else Body(None, readable=False)

    @cached_property
    def fields(self) -> dict[str, Json]:
        """The reply's fields, or nothing."""
        return {name: value for name, value in self.body.fields.items() if name not in self.withheld}

    @property
    def names(self) -> frozenset[str]:
        """The names of all fields of the reply, also of those whose values are withheld."""
        return self.withheld | self.fields.keys()

    @cached_property
    def kind(self) -> Kind:
        """Whether the reply means a success or an error, by the majority of its signs: any one of them may be wrong."""
        if self.reply is None:
            return "none"
        if not self.fields and self.body.value != {}:
            return "unreadable"
        # A field with a misspelled name still shows what is meant; the spelling is for the checks.
        plain = {_plain(name): self.fields.get(name) for name in self.names}
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

    @cached_property
    def code(self) -> int | None:
        """The code in the reply, under either key (L01), even if it has the wrong type."""
        return code_of(self.fields)

    @cached_property
    def credit(self) -> int | None:
        """The balance in the reply, if it is a whole number."""
        return whole_number(self.fields.get("credit"))

    @cached_property
    def change(self) -> int | None:
        """The change of the balance in the reply, if it is a whole number."""
        return whole_number(self.fields.get("credit_change"))


def code_of(fields: Mapping[str, Json]) -> int | None:
    """Return the code in the fields of a reply, under either key (L01), even if it has the wrong type."""
    plain = {_plain(name): value for name, value in fields.items()}
    for key in map(_plain, CODE_KEYS):
        value = plain.get(key)
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
            return int(value)
        number = whole_number(value)
        if number is not None:
            return number
    return None


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def is_finite(value: Json) -> TypeGuard[float]:
    """Tell whether a value is a number that a double holds: JSON may have an int of hundreds of digits."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def whole_number(value: Json) -> int | None:
    """Return a whole number as an int, however it is written, or None."""
    if isinstance(value, int):
        return None if isinstance(value, bool) else value
    return int(value) if isinstance(value, float) and math.isfinite(value) and value == int(value) else None
