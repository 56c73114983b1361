"""Compares what clients were answered with what the books of a mock say."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from remo_mock.store.database import Database

NO_ANSWER = 0
"""The code of a request that got no answer: its process was killed, or there was none."""

COLUMNS = (
    "sent",
    "200",
    "error",
    "none",
    "charges",
    "lost",
    "twice",
    "error charged",
    "none charged",
    "sets",
    "journal",
    "turns spent",
    "turns twice",
    "balance",
)
"""What is counted: requests, by how they were answered, and charges; then what does not agree.

Answered successes without a charge, requests charged twice, error replies that were charged, requests charged whose
answer did not come (they may be), sets at a wrong price, charges without an exchange in the journal, turns of the queue
that were used without an answer (they may be), turns used twice, accounts whose balance is wrong.
"""


PROMISED_NOT = ("lost", "twice", "error charged", "sets", "journal", "turns twice", "balance")
"""The columns of what never happens: the others that disagree are of requests that were killed before their answer."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One request and what came of it; `hint` is the mock's own word on it."""

    email: str
    uuid: str
    code: int
    hint: str = ""

    @property
    def is_known(self) -> bool:
        """Whether the mock says what became of it."""
        return self.code != NO_ANSWER and "unknown" not in self.hint


def compared(db: str, sent: Sequence[Sent], *, alone: str, in_a_set: str, queued: tuple[str, int]) -> Counter[str]:
    """Count what does not agree, for three accounts of one round of a campaign.

    The requests of `alone` have each a uuid of its own, those of `in_a_set` have one in common, and those of the last
    account meet an error that was queued for it as often as the number says.
    """
    database = Database(db)
    try:
        with database.read() as connection:
            rows = list(connection.execute(text("SELECT email, uuid, position, change FROM charges ORDER BY id")))
            kept = Counter(
                email for (email,) in connection.execute(text("SELECT account FROM requests WHERE code = 200"))
            )
            accounts = list(connection.execute(text("SELECT email, credit, granted FROM accounts")))
            turns = list(connection.execute(text("SELECT account, times FROM outcomes")))
    finally:
        database.close()
    ours = (alone, in_a_set, queued[0])
    charges = [row for row in rows if row.email in ours]
    counts = Counter(dict.fromkeys(COLUMNS, 0))
    counts["sent"] = len(sent)
    counts["200"] = sum(one.code == 200 for one in sent)
    counts["none"] = sum(one.code == NO_ANSWER for one in sent)
    counts["error"] = counts["sent"] - counts["200"] - counts["none"]
    counts["charges"] = len(charges)
    counts += _of_single_requests([one for one in sent if one.email == alone], charges)
    counts += _of_a_set(
        [one for one in sent if one.email == in_a_set], [row for row in charges if row.email == in_a_set]
    )
    counts += _of_turns([one for one in sent if one.email == queued[0]], turns, queued)
    counts["journal"] += sum(abs(sum(row.email == email for row in charges) - kept[email]) for email in ours)
    for email, credit, granted in accounts:
        counts["balance"] += credit != granted + sum(row.change for row in rows if row.email == email)
    return counts


def broken_promises(counts: Counter[str]) -> list[str]:
    """Name each promise that was broken, and how often; that nothing succeeded proves nothing, and is named as well."""
    found = [f"{name}: {counts[name]}" for name in PROMISED_NOT if counts[name]]
    return found if counts["200"] else [*found, "no request succeeded"]


def _of_single_requests(sent: Iterable[Sent], charges: Iterable[Any]) -> Counter[str]:
    paid, counts = Counter(row.uuid for row in charges), Counter[str]()
    for one in sent:
        counts["lost"] += one.code == 200 and not paid[one.uuid]
        counts["twice"] += paid[one.uuid] > 1
        counts["error charged"] += one.code not in (200, NO_ANSWER) and one.is_known and paid[one.uuid] > 0
        counts["none charged"] += not one.is_known and paid[one.uuid] > 0
    return counts


def _of_a_set(sent: Sequence[Sent], charges: Sequence[Any]) -> Counter[str]:
    """Count for a set of which every second request costs a credit."""
    counts, successes = Counter[str](), sum(one.code == 200 for one in sent)
    priced = [(row.position, row.change) for row in sorted(charges, key=lambda row: int(row.position))]
    counts["sets"] = int(priced != [(at, -1 if at % 2 == 0 else 0) for at in range(len(charges))])
    counts["lost"] = max(0, successes - len(charges))
    more = max(0, len(charges) - successes)
    counts["none charged"] = min(more, sum(not one.is_known for one in sent))
    counts["twice"] = more - counts["none charged"]
    return counts


def _of_turns(sent: Sequence[Sent], turns: Iterable[Any], queued: tuple[str, int]) -> Counter[str]:
    email, number = queued
    used = number - sum(row.times for row in turns if row.account == email)
    answered = sum(one.code not in (200, NO_ANSWER) and "queue" in one.hint for one in sent)
    return Counter({"turns spent": max(0, used - answered), "turns twice": max(0, answered - used)})
