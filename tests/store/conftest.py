"""A PostgreSQL whose connections can be cut."""

from collections.abc import Iterator

import pytest

from tests.support.cut_connections import Way, way_to
from tests.support.postgres import Cluster


@pytest.fixture
def way(postgresql: Cluster) -> Iterator[Way]:
    """The way to the server, on which connections can be cut."""
    with way_to(postgresql.port) as way:
        yield way


@pytest.fixture
def far_url(postgresql: Cluster, way: Way) -> str:
    """The URL of a new database at the end of that way."""
    return postgresql.new_database().replace(f":{postgresql.port}/", f":{way.port}/")
