"""Large requests take a bounded memory together: who is over it waits, or is told so and not charged."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext

import pytest
import requests

from remo_mock import Settings
from remo_mock.assembly import make_analyser
from remo_mock.contract import read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.settings import MEGABYTE
from remo_mock.store.patience import WouldWaitError, without_waiting
from remo_mock.web.front.bodies import BodyReader, SlownessWatch
from remo_mock.web.front.memory import SMALL, TIMES_THE_BODY, Memory, NoMemoryError, Share
from remo_mock.web.front.steps import Steps
from tests.support.calls import BACK
from tests.support.control import Person, new_person
from tests.support.front_requests import Fields, There
from tests.support.hostile_wire import Server, measured
from tests.support.servers import announced_url
from tests.support.waiting import TIMEOUT, wait_until

BODY = 100_000


@pytest.fixture
def memory() -> Memory:
    """Memory for two requests of `BODY` bytes."""
    return Memory(2 * BODY * TIMES_THE_BODY, patience=60)


class Request:
    """A request that asks for memory; `has` says whether it got some, None while it waits."""

    def __init__(self, memory: Memory, body: int = BODY) -> None:
        self.share = Share(memory)
        self.has: bool | None = None
        Steps(self._ask(body)).go_on()

    async def _ask(self, body: int) -> None:
        try:
            await self.share.take_for(body)
        except NoMemoryError:
            self.has = False
        else:
            self.has = True


def test_a_request_waits_until_another_ends(memory: Memory) -> None:
    first, second, third = (Request(memory) for _ in range(3))
    assert (first.has, second.has, third.has) == (True, True, None)
    second.share.end()
    assert third.has
    first.share.end()
    third.share.end()
    assert memory.taken == 0


def test_a_request_that_is_larger_than_all_is_served_alone(memory: Memory) -> None:
    large = Request(memory, 50 * BODY)
    other = Request(memory)
    assert (large.has, other.has) == (True, None)
    large.share.end()
    assert other.has


def test_nobody_is_overtaken(memory: Memory) -> None:
    first, large, little = Request(memory), Request(memory, 2 * BODY), Request(memory)
    assert (large.has, little.has) == (None, None)
    first.share.end()
    assert (large.has, little.has) == (True, None)


def test_an_ordinary_request_does_not_wait_behind_large_ones_that_fill_the_memory() -> None:
    memory = Memory.of_worker(1)
    large = [Request(memory, 55 * MEGABYTE) for _ in range(3)]
    assert [one.has for one in large] == [True, None, None]
    photos = [Request(memory, 4 * MEGABYTE) for _ in range(5)]
    assert [one.has for one in photos] == [True, True, True, True, None]
    photos[0].share.end()
    assert photos[4].has
    for one in photos:
        one.share.end()
    growing = Share(memory)
    growing.grow_for(2 * MEGABYTE)
    growing.end()
    for one in large:
        assert one.has
        one.share.end()
    assert memory.taken == 0


def test_an_ordinary_request_waits_its_turn_while_there_is_memory() -> None:
    memory = Memory.of_worker(1)
    at_work = [Request(memory, MEGABYTE) for _ in range(9)]
    assert [one.has for one in at_work] == [*[True] * 8, None]


def test_small_bodies_are_not_counted(memory: Memory) -> None:
    assert all(Request(memory, SMALL).has for _ in range(1000))
    assert memory.taken == 0


def test_an_answer_that_is_held_back_keeps_its_own_size_alone(memory: Memory) -> None:
    held, _, third = (Request(memory) for _ in range(3))
    held.share.keep(1)
    assert third.has is None
    held.share.end()
    assert third.has


@pytest.mark.parametrize(("workers", "megabytes", "at_work"), [(1, 192, 8), (2, 96, 4), (8, 96, 4)])
def test_workers_share_the_memory_of_a_server(workers: int, megabytes: int, at_work: int) -> None:
    memory = Memory.of_worker(workers)
    assert (memory.total, memory.at_work) == (megabytes * 1024 * 1024, at_work)


def test_only_so_many_are_at_work_however_much_memory_there_is() -> None:
    memory = Memory(100 * BODY, at_work=2, soon=60)
    first, second, third = (Request(memory) for _ in range(3))
    assert (first.has, second.has, third.has) == (True, True, None)
    assert not Share(memory).take_at_once(BODY)
    second.share.keep(1)  # its answer is on its way, or held back
    assert third.has
    for request in (first, second, third):
        request.share.end()
    assert Share(memory).take_at_once(BODY)


def test_nobody_waits_long_for_the_slow_while_there_is_memory() -> None:
    patient, memory = (Memory(2 * BODY * TIMES_THE_BODY, at_work=1, soon=soon) for soon in (60, 0))
    waiting = [Request(patient) for _ in range(2)]
    assert not patient.expire()
    assert waiting[1].has is None
    _, second, third = (Request(memory) for _ in range(3))
    assert memory.expire(), "the third waits for memory, which slow bodies may hold"
    assert (second.has, third.has) == (True, None)
    second.share.end()
    assert third.has
    assert not memory.expire()


@pytest.mark.parametrize(("workers", "remembered"), [(1, True), (2, False)])
def test_workers_share_what_may_be_kept_of_photos(workers: int, remembered: bool) -> None:
    analyser = make_analyser(Settings(workers=workers, cache_bytes=2000), {})  # a refusal takes 1,024
    endpoint, photos = read_contract(contract_documents()).at(BACK)[0], {"back": "AAAA"}
    analyser.examine(endpoint, photos)
    with nullcontext() if remembered else pytest.raises(WouldWaitError), without_waiting():
        analyser.examine(endpoint, photos)
    analyser.close()


def test_who_waited_for_too_long_gets_none(memory: Memory) -> None:
    impatient = Memory(BODY, patience=0)
    first, second = Request(impatient), Request(impatient)
    impatient.expire()
    assert (first.has, second.has) == (True, False)
    patient = [Request(memory) for _ in range(3)]
    memory.expire()
    assert patient[2].has is None


def test_a_body_of_unknown_length_takes_more_as_it_grows_and_never_waits(memory: Memory) -> None:
    growing, other = Share(memory), Request(memory)
    for received in (1, SMALL, BODY):
        growing.grow_for(received)
    assert memory.taken == 2 * BODY * TIMES_THE_BODY
    with pytest.raises(NoMemoryError):
        growing.grow_for(BODY + 1)
    growing.end()
    other.share.end()
    assert memory.taken == 0


def test_an_answer_that_is_larger_than_its_request_took_holds_nobody_up() -> None:
    memory = Memory(10 * BODY * TIMES_THE_BODY, at_work=1, soon=60)
    first, second = Request(memory), Request(memory)
    assert (first.has, second.has) == (True, None)
    first.share.keep(BODY * TIMES_THE_BODY + 1)
    assert second.has
    first.share.end()
    second.share.end()
    assert (memory.taken, Request(memory).has) == (0, True)


class Piece(bytes):
    """A piece of a body; `kept` is how many of them somebody keeps."""

    kept = 0

    def __init__(self, _octets: bytes) -> None:
        Piece.kept += 1

    def __del__(self) -> None:
        Piece.kept -= 1


class InPieces:
    """A body that comes in ten pieces of 1000 bytes; `kept` is how many earlier ones were kept before each."""

    def __init__(self) -> None:
        self.kept: list[int] = []

    def __aiter__(self) -> "InPieces":
        return self

    def __anext__(self) -> There:
        if len(self.kept) == 10:
            raise StopAsyncIteration
        self.kept.append(Piece.kept)
        return There(Piece(bytes(1000)))


@pytest.mark.parametrize(
    ("headers", "kept"),
    [({"transfer-encoding": "chunked"}, [*range(10)]), ({"content-length": "1000001"}, [0, *[1] * 9])],
    ids=["of unknown length", "too large"],
)
def test_a_body_that_is_announced_as_too_large_is_not_kept(
    memory: Memory, headers: dict[str, str], kept: list[int]
) -> None:
    coming, reader = InPieces(), BodyReader(1_000_000, SlownessWatch())
    reading = reader.read(Fields(headers), coming, Share(memory), framed=False)  # type: ignore[arg-type]
    assert sum(1 for _ in reading.__await__()) == len(kept)
    assert coming.kept == kept


# Workers that are spawned, which is usual from Python 3.14 on, would not have what is changed here.
LITTLE = (
    "import multiprocessing; multiprocessing.set_start_method('fork'); "
    "from remo_mock.web.front import memory; memory.TOTAL = memory.LEAST = 2_000_000; "
    "memory.Memory.__init__.__kwdefaults__['patience'] = 0; from remo_mock.cli import main; main()"
)


@pytest.fixture
def little() -> Iterator[Person]:
    """A caller of a server that has memory for one large request at a time, and waits for none."""
    command = [sys.executable, "-c", LITTLE, "serve", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield new_person(announced_url(process))
        process.terminate()


@pytest.mark.parametrize("in_chunks", [False, True])
def test_who_gets_no_memory_is_told_so_before_anything_is_charged(little: Person, in_chunks: bool) -> None:
    body = json.dumps(little.body()).encode().ljust(1_000_000)
    replies: list[requests.Response] = []

    def refused() -> bool:
        sent = iter([body]) if in_chunks else body
        headers = {"Content-Type": "application/json"}
        replies.append(requests.post(little.url + BACK, data=sent, headers=headers, timeout=TIMEOUT))
        return replies[-1].status_code == 503

    with Server(little.url).lines(1) as (first,):
        first.send(measured(body)[:-1])
        wait_until(refused, what="the first request has the memory")
        assert requests.get(f"{little.url}/__admin/health", timeout=TIMEOUT).status_code == 200
        first.send(b" ")
        assert first.answer().status == 200
    problem = replies[-1].json()
    assert problem["title"] == "Too many large requests"
    assert "Nothing was looked at or charged. Send fewer at once, or start" in problem["detail"]
    assert len(little.charges()) == len(replies)
