"""Answers requests at the vendor's paths, for Flask's routes and for the server's front alike."""

from collections.abc import Callable

from remo_mock.service.exchange import exchange_in_steps
from remo_mock.service.messages.call_and_reply import Call, Transmission
from remo_mock.service.messages.headers import PREFER
from remo_mock.service.messages.json_body import Malformed
from remo_mock.service.responder import Responder
from remo_mock.service.settling import InSteps
from remo_mock.settings import Settings
from remo_mock.web.cors import Header, is_preflight, permission
from remo_mock.web.waiting import WaitingRoom

VENDOR_DOOR = "remo_mock_vendor_door"
"""The extension of the Flask application that is its `VendorDoor`."""

_NO_CONTENT = 204


class VendorDoor:
    """Answers requests at the vendor's paths, whichever way they came: by Flask, or straight from the server's front.

    `room` limits how many answers wait at once. `answers_at_once` says that most requests need not wait for anything.
    """

    def __init__(self, responder: Responder, settings: Settings) -> None:
        self._responder = responder
        self._settings = settings
        self.paths = frozenset(responder.contract.paths)
        self.room = WaitingRoom()
        self.store = responder.store
        # Replaying opens and draws photos each time, without asking whether the thread may.
        self.answers_at_once = responder.store.database.is_near and responder.recordings is None

    def answer(
        self,
        *,
        path: str,
        method: str,
        header: Header,
        body: bytes | Malformed | None,
        url: Callable[[], str],
        hold: Callable[[], None],
    ) -> InSteps[Transmission]:
        """Answer a request; `body`, `url` and `hold` are those of a `Call`. Raises what `Responder.respond` raises."""
        settings = self._settings
        if is_preflight(method, header, settings):
            return Transmission(_NO_CONTENT, (), content_type="text/plain", headers=self.permission(header))
        call = Call(
            path=path,
            method=method,
            content_type=header("Content-Type") or "",
            content_encoding=header("Content-Encoding") or "",
            body=body,
            prefer=header(PREFER),
            url=url,
            hold=hold,
        )
        steps = exchange_in_steps(self._responder, call, http_status=settings.http_status, delay=settings.delay)
        sent = yield from steps
        return sent.with_headers(self.permission(header)) if settings.cors else sent

    def permission(self, header: Header) -> dict[str, str]:
        """Return the headers that let a web page read an answer, if it may."""
        return permission(header, self._settings)
