"""What a mock asks of recordings: whether an answer to the same request is known; knows no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from remo_mock.contract import Endpoint, Json
from remo_mock.service.analyser import ViewResult
from remo_mock.service.json_body import Malformed
from remo_mock.service.messages import Call

MOCK = "mock"
"""The source of what no recording knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedAnswer:
    """A recorded reply that fits a request: code and HTTP status, fields in their order, where they come from."""

    source: str
    code: int
    status: int
    fields: Mapping[str, Json] = field(repr=False)
    succeeded: bool = False
    view_results: tuple[ViewResult, ...] = ()

    def told(self, own: Mapping[str, Json]) -> dict[str, Json]:
        """Return the fields with those of `own` in place of the recorded ones, and none added."""
        return {name: own.get(name, value) for name, value in self.fields.items()}


class Recordings(Protocol):
    """Answers that were recorded."""

    def refusal(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed, condition: str
    ) -> RecordedAnswer | None:
        """Return the recorded error for a request that the mock refuses for `condition`, or None."""

    def result(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json]) -> RecordedAnswer | None:
        """Return what was recorded for a proper request of somebody who may call, or None."""
