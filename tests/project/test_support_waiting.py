"""The helper that waits returns as soon as its condition holds, and names what it waited for in vain."""

import pytest

from tests.support.waiting import wait_until


def test_it_returns_what_the_condition_returned_once_that_is_true() -> None:
    answers = iter([0, None, "", "there"])
    assert wait_until(lambda: next(answers), what="somebody is there") == "there"


def test_a_condition_that_holds_is_asked_once_even_without_time_left() -> None:
    answers = iter(["there"])
    assert wait_until(lambda: next(answers), what="somebody is there", within=0) == "there"


def test_what_was_waited_for_in_vain_is_named() -> None:
    with pytest.raises(AssertionError, match=r"waited 0\.1 seconds until all are charged; .* returns \[\]"):
        wait_until(list, what="all are charged", within=0.1)
