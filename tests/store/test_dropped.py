"""What a mock that was made and dropped leaves behind."""

import gc

from sqlalchemy.event import listen, remove
from sqlalchemy.pool import Pool

from remo_mock import Settings, create_app
from tests.support.calls import BACK


def test_a_mock_that_nobody_closes_closes_its_database() -> None:
    """Else sqlite3 warns at some later moment, in a test that has nothing to do with it (Python 3.13 and later)."""
    closed: list[object] = []

    def note(connection: object, _: object) -> None:
        closed.append(connection)

    listen(Pool, "close", note)
    try:
        app = create_app(Settings())
        app.test_client().get("/__admin/accounts")
        app.test_client().post(BACK, json={})
        assert not closed
        del app
        gc.collect()
        assert closed
    finally:
        remove(Pool, "close", note)
