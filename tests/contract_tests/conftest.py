"""Fixtures of the suite's tests: a server that keeps every promise, and one that breaks one."""

from collections.abc import Iterator

import pytest

from contract_tests.selftest.changes import on_success
from tests.support.broken_server import broken_server, misgrading


@pytest.fixture(scope="module")
def good() -> Iterator[str]:
    """The URL of a mock that keeps every promise."""
    with broken_server() as server:
        yield server.url


@pytest.fixture(scope="module")
def bad() -> Iterator[str]:
    """The URL of a mock that grades every back tilt as a danger."""
    with broken_server(on_success(misgrading("bar_tilt_grade"))) as server:
        yield server.url
