"""Owns what one use of a mock came to, and who wants to hear of it; light, so that anybody may listen."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the requests of one mock would have cost on the real service, and which error codes they were shown.

    `successes` counts them by endpoint, `repeats` those of them that paid again for the same photos; `shown` holds the
    error codes that reached the client, `known` all that the endpoint documents, for each endpoint that was called.
    """

    credits: int
    successes: Mapping[str, int]
    repeats: Mapping[str, int]
    shown: Mapping[str, tuple[int, ...]]
    known: Mapping[str, tuple[int, ...]]


def write_receipt(
    entries: Sequence[Mapping[str, Any]],
    *,
    charged: Sequence[tuple[str, int]],
    known: Mapping[str, tuple[int, ...]],
) -> Receipt:
    """Write the receipt for the journal's entries.

    `charged` holds endpoint and change of each success, `known` the error codes of each endpoint.
    """
    called = {entry["endpoint"] for entry in entries}
    # What a fault has eaten or replaced, no client was shown.
    arrived = {(entry["endpoint"], entry["code"]) for entry in entries if "fault=" not in (entry["asked"] or "")}
    return Receipt(
        credits=-sum(change for _, change in charged),
        successes=Counter(endpoint for endpoint, _ in charged),
        repeats=Counter(entry["endpoint"] for entry in entries if entry["repeats"] is not None),
        shown={name: tuple(code for code in known[name] if (name, code) in arrived) for name in sorted(called)},
        known={name: known[name] for name in sorted(called)},
    )


listeners: list[Callable[[Receipt], None]] = []
"""Called with the receipt of each mock that ends, if somebody had called it."""


def hand_out(receipt: Receipt) -> None:
    """Tell everybody who listens."""
    for listen in listeners:
        listen(receipt)
