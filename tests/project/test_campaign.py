"""The campaign finds what it looks for: its comparison counts each way in which books and answers can disagree."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from campaign.books import NO_ANSWER, Sent, broken_promises, compared
from campaign.hostile_pictures import line_of
from campaign.parts import run
from remo_mock.contract import Price
from remo_mock.store.account import Account
from remo_mock.store.charges import Purchase
from remo_mock.store.database import Database
from remo_mock.store.store import Effects, Store
from tests.support.settling import an_entry, charge

ALONE, IN_A_SET, QUEUED = (f"{name}@example.com" for name in ("alone", "set", "queued"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "mock.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    store = Store(Database(str(file)))
    store.accounts.prepare([Account(email, "u", "a", 10) for email in (ALONE, IN_A_SET, QUEUED)])
    store.queue.add(QUEUED, endpoint=None, terms={"code": 518}, times=5)
    yield store
    store.database.close()


def pay(store: Store, email: str, uuid: str) -> None:
    price, family = (Price(1, 2, "split"), "split") if email == IN_A_SET else (Price(1), None)
    assert charge(store, Purchase(email=email, endpoint="e", uuid=uuid, family=family, price_of=price.of))


def take_turn(store: Store) -> None:
    turn = store.queue.peek(QUEUED, "e", photos="p", fits=lambda _terms: True)
    assert store.settle(Effects(turn=turn), an_entry(QUEUED, code=518))


def change(store: Store, statement: str) -> None:
    with store.database.write() as connection:
        connection.execute(text(statement))


Step = Callable[[Store], None]


def paid(email: str, uuid: str) -> Step:
    return lambda store: pay(store, email, uuid)


def changed(statement: str) -> Step:
    return lambda store: change(store, statement)


CASES: dict[str, tuple[list[Step], list[Sent], dict[str, int]]] = {
    "all is well": ([paid(ALONE, "u")], [Sent(ALONE, "u", 200)], {}),
    "a set": ([paid(IN_A_SET, "s")] * 2, [Sent(IN_A_SET, "s", 200)] * 2, {}),
    "a turn": ([take_turn], [Sent(QUEUED, "u", 518, "asked for by queue: code=518")], {}),
    "no charge": ([], [Sent(ALONE, "u", 200)], {"lost": 1}),
    "a set without its charge": ([], [Sent(IN_A_SET, "s", 200)], {"lost": 1}),
    "two charges": (
        [paid(ALONE, "u")] * 2,
        [Sent(ALONE, "u", 200)],
        {"twice": 1},
    ),
    "an error with a charge": ([paid(ALONE, "u")], [Sent(ALONE, "u", 559)], {"error charged": 1}),
    "an unknown end": (
        [paid(ALONE, "u")],
        [Sent(ALONE, "u", 559, "It is unknown whether this request was charged")],
        {"none charged": 1},
    ),
    "a charge without an answer": (
        [paid(ALONE, "u")],
        [Sent(ALONE, "u", NO_ANSWER)],
        {"none charged": 1},
    ),
    "a set at a wrong price": (
        [paid(IN_A_SET, "s"), changed("UPDATE charges SET change = -2")],
        [Sent(IN_A_SET, "s", 200)],
        {"sets": 1, "balance": 1},
    ),
    "a charge without its exchange": (
        [paid(ALONE, "u"), changed("DELETE FROM requests")],
        [Sent(ALONE, "u", 200)],
        {"journal": 1},
    ),
    "a turn without an answer": ([take_turn], [Sent(QUEUED, "u", NO_ANSWER)], {"turns spent": 1}),
    "a turn for two": (
        [take_turn],
        [Sent(QUEUED, uuid, 518, "asked for by queue: code=518") for uuid in ("u", "v")],
        {"turns twice": 1},
    ),
    "a credit from nowhere": ([changed("UPDATE accounts SET credit = 11")], [], {"balance": 3}),
}
COUNTED = ("lost", "twice", "error charged", "none charged", "sets", "journal", "turns spent", "turns twice", "balance")


@pytest.mark.parametrize(("happens", "sent", "found"), CASES.values(), ids=CASES)
def test_what_does_not_agree_is_counted(
    store: Store, file: Path, happens: list[Step], sent: list[Sent], found: dict[str, int]
) -> None:
    for step in happens:
        step(store)
    counts = compared(str(file), sent, alone=ALONE, in_a_set=IN_A_SET, queued=(QUEUED, 5))
    assert {name: counts[name] for name in COUNTED if counts[name]} == found
    promised = {name: count for name, count in found.items() if name not in ("none charged", "turns spent")}
    assert broken_promises(counts | Counter({"200": 1})) == [f"{name}: {count}" for name, count in promised.items()]


def test_a_part_that_finds_something_wrong_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def rows(_seconds: float, wrong: list[str]) -> Iterator[str]:
        yield "a figure"
        wrong.append("lost: 1")

    monkeypatch.setattr("campaign.spends.rows", rows)
    with pytest.raises(SystemExit) as end:
        run("spends", 0)
    assert end.value.code == 1
    assert capsys.readouterr().out.splitlines()[2:] == ["a figure", "WRONG: lost: 1", "(0 s, 1 wrong)"]


def test_that_nothing_succeeded_is_wrong() -> None:
    assert broken_promises(Counter()) == ["no request succeeded"]


def test_pictures_that_cost_too_much_or_break_the_contract_are_wrong() -> None:
    wrong: list[str] = []
    assert line_of("a", [0.5, 2.5], Counter(["412", "BROKEN: no JSON"]), wrong)
    assert wrong == ["a: BROKEN: no JSON", "a: 2.50 s of CPU time"]
