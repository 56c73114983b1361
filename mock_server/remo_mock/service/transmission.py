"""Describes an answer on its way: what a door sends, when, and where the connection ends."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HANG_SECONDS = 60.0
"""Seconds that the fault `hang` holds an answer back: longer than most clients wait, and not for ever."""


@dataclass(frozen=True, slots=True)
class Transmission:
    """Status, headers and body of a response, and how they travel.

    It is sent after `wait` seconds, with `pause` seconds behind each of its pieces (0: in one piece). `cut_at` is the
    number of body bytes after which the connection ends although more were announced. `hang_seconds` is how long the
    fault `hang` holds it back.
    """

    status: int
    body: bytes
    content_type: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    pause: float = 0.0
    cut_at: int | None = None
    hang_seconds: float = HANG_SECONDS
