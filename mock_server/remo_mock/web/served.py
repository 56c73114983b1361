"""What a server serves: the vendor's paths by their door, all others by a Flask application, made when it is needed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from remo_mock.assembly import Mock, make_mock
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.web.vendor_door import VENDOR_DOOR, VendorDoor

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class Served:
    """An application, which `app` makes at its first call, and the door that answers without it; `limit` is in bytes.

    Without a door, as in the recorder, all paths are the application's.
    """

    app: "Callable[[], Flask]"
    limit: int
    door: VendorDoor | None = None

    @classmethod
    def of(cls, app: "Flask") -> "Served":
        """Serve an application that is there already, with its door if it has one."""
        return cls(lambda: app, app.config["MAX_CONTENT_LENGTH"], app.extensions.get(VENDOR_DOOR))


def load_mock(settings: Settings) -> Served:
    """Make a mock that answers at the vendor's paths before Flask is loaded, which takes 0.1 s more.

    Raises `ContractError`, `StoreError`, `CassetteError`.
    """
    mock = make_mock(settings)
    door = VendorDoor(mock.responder, settings)
    return Served(_Once(partial(_make_app, settings, mock, door)), settings.max_body * MEGABYTE, door)


def _make_app(settings: Settings, mock: Mock, door: VendorDoor) -> "Flask":
    from remo_mock.web.app import create_app

    return create_app(settings, mock=mock, door=door)


class _Once:
    """Makes an application at the first call; whoever calls meanwhile, in another thread, waits for it."""

    def __init__(self, make: "Callable[[], Flask]") -> None:
        self._make = make
        self._made: Flask | None = None
        self._lock = Lock()

    def __call__(self) -> "Flask":
        with self._lock:
            self._made = self._made or self._make()
            return self._made
