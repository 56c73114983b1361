"""Runs what is answered in steps: each step ends with what has to be settled before the answer goes on."""

from collections.abc import Generator
from typing import TypeVar

from remo_mock.store.store import Settled, Settlement, Store

Result = TypeVar("Result")

InSteps = Generator[Settlement, Settled | None, Result]
"""Something that yields what it wants settled, is sent what came of it, and returns its result.

So whoever runs several of them can have the store settle all of theirs in one transaction.
"""


def settle_alone(steps: InSteps[Result], store: Store) -> Result:
    """Run it to its end, with a transaction for each of its settlements. Raises what it raises, and the store."""
    settled: Settled | None = None
    while True:
        try:
            wanted = steps.send(settled)
        except StopIteration as end:
            result: Result = end.value
            return result
        settled = store.settle(wanted.effects, wanted.entry)
