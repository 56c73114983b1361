"""Replaces what differs in each recording although nothing moved: balances, and the texts of uuids."""

import re

from remo_mock.cassettes.exact_json import Number
from remo_mock.cassettes.request_shape import UUID, Labels
from remo_mock.contract import Json
from remo_mock.contract.suite import api

BALANCE = "<balance>"
"""Stands for the credits of an account after a request, which depend on all requests before it."""

_CREDIT = "credit"
_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-([1-8])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def without_passing_values(name: str, value: Json, labels: Labels) -> Json:
    """Return a field of a reply as it would be in every recording of the same service.

    A balance is left out. A uuid that was sent has the label that it has in the request (L03), one that the service
    made is described by its form. What a check may find fault with stays: other types, negative credits, an empty uuid.
    """
    if name == _CREDIT and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return BALANCE
    if name == _CREDIT and isinstance(value, Number) and value.text.isdecimal():
        return BALANCE
    if name == UUID and isinstance(value, str):
        return labels.known(UUID, value) or _form(value)
    return value


def _form(uuid: str) -> str:
    """Describe a uuid that the service made; return one that says nothing as it is."""
    if not api.says_something(uuid) or not uuid.strip("0-"):
        return uuid
    canonical = _CANONICAL.fullmatch(uuid)
    return f"made-uuid-v{canonical[1]}" if canonical else f"made-text-of-{len(uuid)}"
