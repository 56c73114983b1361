"""Defines what the mock asks of recordings: whether a reply to the same request was recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from remo_mock.contract import Endpoint, Json
from remo_mock.service.analysis.photo_results import ViewResult
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.json_body import Malformed

MOCK = "mock"
"""The source of a reply that was not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedReply:
    """A recorded reply to the same request: code and HTTP status, fields in their order, and where they come from."""

    source: str
    code: int
    status: int
    fields: Mapping[str, Json] = field(repr=False)
    succeeded: bool = False
    view_results: tuple[ViewResult, ...] = ()

    def fields_with(self, own: Mapping[str, Json]) -> dict[str, Json]:
        """Return the fields with those of `own` in place of the recorded ones; none is added."""
        return {name: own.get(name, value) for name, value in self.fields.items()}


class Recordings(Protocol):
    """Replies that were recorded, found by the request that they answer."""

    def refusal(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed, condition: str
    ) -> RecordedReply | None:
        """Return the recorded error for a request that the mock refuses because of `condition`, or None."""

    def result(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json]) -> RecordedReply | None:
        """Return the recorded success or error for a well-formed request of a known caller, or None."""
