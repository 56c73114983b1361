"""Sums up what a mock was used for, and publishes it to listeners such as the pytest plugin."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from remo_mock.store.charges import Charge
from remo_mock.testing.usage_listeners import publish


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What the requests to one mock would have cost on the real service, and which error codes they received.

    All by endpoint, for endpoints that were called: `successes` counts the successes, `repeats` those that paid again
    for the same photos; `received` are the error codes that reached the client, `documented` all of the contract.
    """

    credits: int
    successes: Mapping[str, int]
    repeats: Mapping[str, int]
    received: Mapping[str, tuple[int, ...]]
    documented: Mapping[str, tuple[int, ...]]


def summarize(
    entries: Sequence[Mapping[str, Any]],
    *,
    charges: Sequence[Charge],
    documented: Mapping[str, tuple[int, ...]],
) -> Usage:
    """Sum up the journal's entries and the charges; `documented` are the error codes of each endpoint."""
    called = {entry["endpoint"] for entry in entries} | {charge.endpoint for charge in charges}
    # A fault that was asked for replaced the reply, or cut it off.
    arrived = {(entry["endpoint"], entry["code"]) for entry in entries if "fault=" not in (entry["asked"] or "")}
    return Usage(
        credits=-sum(charge.change for charge in charges),
        successes=Counter(charge.endpoint for charge in charges),
        repeats=Counter(entry["endpoint"] for entry in entries if entry["repeats"] is not None),
        received={name: tuple(code for code in documented[name] if (name, code) in arrived) for name in sorted(called)},
        documented={name: documented[name] for name in sorted(called)},
    )


class UsageMeter:
    """Publishes what a mock was used for, each exchange and charge once, however often it is read."""

    def __init__(self) -> None:
        self._entries: set[tuple[int, str]] = set()
        self._charges: Counter[Charge] = Counter()

    def publish(
        self,
        entries: Sequence[Mapping[str, Any]],
        *,
        charges: Sequence[Charge],
        documented: Mapping[str, tuple[int, ...]],
    ) -> None:
        """Publish what is new among all entries and charges, which are those of `summarize`."""
        # Compared one by one: a test may delete some of them, and after a reset the numbers of entries begin anew.
        new_entries = [entry for entry in entries if (entry["id"], entry["at"]) not in self._entries]
        new_charges = list((Counter(charges) - self._charges).elements())
        self._entries = {(entry["id"], entry["at"]) for entry in entries}
        self._charges = Counter(charges)
        if new_entries or new_charges:
            publish(summarize(new_entries, charges=new_charges, documented=documented))
