"""Holds an exchange that was read from a file, or the reason why a file cannot be judged."""

from collections.abc import Mapping
from dataclasses import dataclass

from remo_mock.contract import Endpoint, Json

from ..model.credentials import Credentials
from ..model.exchange import Exchange
from ..model.promises import show

_LEAST_STATUS, _MOST_STATUS = 100, 999


@dataclass
class RecordingError(Exception):
    """A file, or a part of one, that cannot be judged: which, why, and what to do."""

    where: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.why}. {self.remedy}."


@dataclass(frozen=True, slots=True)
class Recording:
    """An exchange of a file, and the layers of checks for which the file keeps too little of it.

    `also_of` has the other endpoints that may have sent the reply: an error alone may be of several. `sent_by` are the
    credentials in the file, for its reply may repeat them.
    """

    exchange: Exchange
    layers_left_out: tuple[str, ...] = ()
    also_of: tuple[Endpoint, ...] = ()
    sent_by: Credentials | None = None


def read_status(where: str, key: str, value: Json) -> int:
    """Return a saved HTTP status. Raises `RecordingError` if it is none."""
    if isinstance(value, int) and not isinstance(value, bool) and _LEAST_STATUS <= value <= _MOST_STATUS:
        return value
    remedy = f"An HTTP status is a whole number from {_LEAST_STATUS} to {_MOST_STATUS}"
    raise RecordingError(where, f"{key} is {show(value)}", remedy)


def read_headers(where: str, key: str, value: Json) -> Mapping[str, str]:
    """Return saved headers. Raises `RecordingError` if they are not texts by name."""
    if isinstance(value, dict) and all(isinstance(text, str) for text in value.values()):
        return value
    raise RecordingError(where, f"{key} is {show(value)}", "Headers are an object of texts, or are left out")
