"""However many requests come at once, the cache makes each result once, keeps no failure, and stays within its size."""

from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import Barrier
from typing import NoReturn, TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remo_mock.service.analysis.cache import BoundedCache
from tests.support.waiting import TIMEOUT

Result = TypeVar("Result")


class Making:
    """Starts makings that end when a test says so, and counts them."""

    def __init__(self) -> None:
        self.started: list[Future[bytes]] = []

    def __call__(self) -> Future[bytes]:
        self.started.append(Future())
        return self.started[-1]


def cache_of(capacity: int) -> BoundedCache[bytes]:
    return BoundedCache(capacity=capacity, size_of=len)


def kept(cache: BoundedCache[bytes], key: str, value: bytes) -> None:
    """Make a value at once."""
    done: Future[bytes] = Future()
    done.set_result(value)
    cache.make(key, lambda: done)


def kept_all(cache: BoundedCache[bytes], values: Iterable[tuple[str, bytes]]) -> None:
    for key, value in values:
        kept(cache, key, value)


def forbidden() -> NoReturn:
    raise AssertionError("made again")


def obtained(cache: BoundedCache[bytes], key: int, made: list[int], makers: Executor) -> bytes:
    """Ask the way the mock does, and write down each making."""

    def make() -> bytes:
        made.append(key)
        return b"0123456789"

    return cache.find(key) or cache.make(key, lambda: makers.submit(make)).result(TIMEOUT)


def all_at_once(threads: int, work: Callable[[int], Result]) -> list[Result]:
    """Call `work` with 0, 1, ... in so many threads, none of which begins before all are there."""
    barrier = Barrier(threads)

    def begin(number: int) -> Result:
        barrier.wait(TIMEOUT)
        return work(number)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(begin, range(threads)))


def test_each_key_is_made_once_however_many_ask() -> None:
    cache, makings = cache_of(1000), [Making() for _ in range(4)]
    asked = all_at_once(32, lambda number: cache.make(number % 4, makings[number % 4]))
    assert [len(making.started) for making in makings] == [1, 1, 1, 1]
    assert [future is makings[number % 4].started[0] for number, future in enumerate(asked)] == [True] * 32
    makings[0].started[0].set_result(b"made")
    assert asked[28].result(0) == b"made"
    assert (cache.find(0), cache.find(1)) == (b"made", None)


def test_a_request_while_the_making_ends_gets_what_was_made() -> None:
    cache, making = cache_of(1000), Making()
    cache.make("key", making)
    assert cache.find("key") is None
    making.started[0].set_result(b"made")
    assert cache.make("key", forbidden).result(0) == b"made"


def test_each_key_is_made_once_by_threads_that_finish_at_any_moment() -> None:
    cache, made = cache_of(10**6), list[int]()
    with ThreadPoolExecutor(2) as makers:
        answers = all_at_once(8, lambda _: [obtained(cache, key, made, makers) for key in range(200)])
    assert sorted(made) == list(range(200))
    assert answers == [[b"0123456789"] * 200] * 8
    assert cache.size == 2000


def test_a_failed_making_raises_for_all_who_waited_and_is_not_kept() -> None:
    cache, making = cache_of(1000), Making()
    asked = all_at_once(16, lambda _: cache.make("key", making))
    making.started[0].set_exception(OSError("no memory"))
    assert [type(future.exception(0)) for future in asked] == [OSError] * 16
    assert (cache.find("key"), cache.size) == (None, 0)
    kept(cache, "key", b"second try")
    assert cache.find("key") == b"second try"


def test_a_cancelled_making_is_not_kept() -> None:
    cache, making = cache_of(1000), Making()
    assert cache.make("key", making).cancel()
    kept(cache, "key", b"second try")
    assert cache.find("key") == b"second try"


def test_a_making_that_cannot_start_leaves_nothing_behind() -> None:
    cache = cache_of(1000)
    with pytest.raises(AssertionError, match="made again"):
        cache.make("key", forbidden)
    kept(cache, "key", b"second try")
    assert cache.find("key") == b"second try"


def test_what_was_used_last_is_kept_up_to_the_capacity() -> None:
    cache = cache_of(10)
    kept(cache, "a", b"1234")
    kept(cache, "b", b"1234")
    assert cache.find("a") == b"1234"
    kept(cache, "c", b"1234")
    assert [cache.find(key) for key in "abc"] == [b"1234", None, b"1234"]
    assert cache.size == 8


def test_a_value_larger_than_the_capacity_drives_nothing_out() -> None:
    cache = cache_of(10)
    kept(cache, "small", b"1234")
    kept(cache, "large", b"12345678901")
    assert (cache.find("small"), cache.find("large"), cache.size) == (b"1234", None, 4)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(asked=st.lists(st.tuples(st.sampled_from("abcdef"), st.binary(max_size=12))), capacity=st.integers(0, 30))
def test_the_bytes_kept_are_counted_and_bounded(asked: list[tuple[str, bytes]], capacity: int) -> None:
    cache = cache_of(capacity)
    kept_all(cache, asked)
    assert cache.size == sum(len(cache.find(key) or b"") for key in "abcdef")
    assert cache.size <= capacity
