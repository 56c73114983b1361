"""The front as granian calls it (RSGI): reads a request's body, chooses its lane, and answers it there."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from remo_mock.service.messages.call_and_reply import Transmission
from remo_mock.service.settling import InSteps, settle_alone
from remo_mock.store.patience import WouldWaitError, without_waiting
from remo_mock.web.front.bodies import Body, BodyReader, SlownessWatch, TooSlowError
from remo_mock.web.front.group import Group
from remo_mock.web.front.lanes import Lane
from remo_mock.web.front.memory import SMALL, Memory, NoMemoryError, Share
from remo_mock.web.front.problems import TOO_MANY_TOKENS, TOO_SLOW, no_memory, refuse
from remo_mock.web.front.protocol import Exchange, RequestHeaders, Scope
from remo_mock.web.front.refusals import Refusals
from remo_mock.web.front.sending import is_sent_at_once, send
from remo_mock.web.front.steps import StepLoop
from remo_mock.web.front.wsgi import called, environ_of
from remo_mock.web.report import report
from remo_mock.web.served import Served
from remo_mock.web.vendor_door import VendorDoor
from remo_mock.web.waiting import LAST_ANSWERS, PLACES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# Threads for the vendor's paths: those whose answers may be held back, and some for all other requests.
_VENDOR_THREADS = PLACES + 64
# Threads for all other paths: however many requests the vendor's have, /__admin answers.
_OTHER_THREADS = 32
_JOINED = ", "

_UNAUTHORIZED = 401


class Front:
    """Serves what a `VendorDoor` answers, and a Flask application at all other paths.

    Without a door, as in the recorder, the application has all threads. `workers` is the number of processes like this
    one. The application is not asked for before a request needs it. `at_start` is called once connections are accepted.
    """

    def __init__(self, served: Served, *, workers: int = 1, at_start: Callable[[], object] = lambda: None) -> None:
        self._app = served.app
        self._door = door = served.door
        self._at_start = at_start
        self._paths = self._door.paths if self._door else frozenset()
        self._memory = Memory.of_worker(workers)
        self._watch = SlownessWatch(crowded=self._memory.expire)
        self._bodies = BodyReader(served.limit, self._watch)
        self._vendor_lane = Lane("vendor", _VENDOR_THREADS)
        self._refusals = Refusals()
        self._other_lane = Lane("other", _OTHER_THREADS) if self._door else self._vendor_lane
        self._under_way: set[int] = set()
        self._group = Group(door.store.settle_all if door else lambda _wanted: [])

    def __rsgi_init__(self, loop: object) -> None:
        self._watch.start()
        self._group.start()
        if isinstance(loop, StepLoop):
            loop.at_stop = self._stop
            loop.call_soon(self._at_start)  # granian calls this just before it listens

    def __rsgi_del__(self, loop: object) -> None:
        self._watch.stop()
        self._group.stop()
        self._vendor_lane.close()
        self._other_lane.close()
        self._refusals.close()

    def _stop(self) -> None:
        """Send what is held back at once: it is charged, and the server is about to end."""
        if self._under_way:
            said = f"{len(self._under_way)} requests are under way, and get {LAST_ANSWERS} seconds"
            report(f"{said}; no answer is held back any longer.")
        if self._door is not None:
            self._door.room.close()

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        share = Share(self._memory)
        try:
            await self._answer(scope, exchange, share)
        except TooSlowError:
            refuse(exchange, TOO_SLOW, self._permission(scope))
        except NoMemoryError:
            refuse(exchange, no_memory(self._memory), self._permission(scope))
        finally:
            share.end()

    def _permission(self, scope: Scope) -> Iterable[tuple[str, str]]:
        """Let a web page read why its call failed, if it may read the answers at this path."""
        return self._door.permission(_header(scope)).items() if self._door and scope.path in self._paths else ()

    async def _answer(self, scope: Scope, exchange: Exchange, share: Share) -> None:
        door = self._door
        if door is None or scope.path not in self._paths:
            body = await self._read(scope, exchange, share)
            await self._answer_as_flask(scope, exchange, body, share)
            return
        if _is_small(scope.headers):
            self._group.expect(share)
        try:
            body = await self._read(scope, exchange, share)
            done = await self._answer_at_once(door, scope, body, share)
        finally:
            self._group.leave(share)
        if isinstance(done, Transmission) and is_sent_at_once(done):
            await send(done, exchange, share, self._watch, door.room)
            return
        await self._vendor_lane
        self._under_way.add(id(scope))
        try:
            with door.room.place() as place:
                done = done or self._attempt(door, scope, body, hold=place.take)
                if isinstance(done, Exception):
                    exchange.response_bytes(*called(self._handling(done), environ_of(scope, body)))
                    return
                del body  # nobody else has it, and the answer may be held back
                await send(done, exchange, share, self._watch, door.room)
        finally:
            self._under_way.discard(id(scope))

    async def _read(self, scope: Scope, exchange: Exchange, share: Share) -> Body:
        return await self._bodies.read(scope.headers, exchange, share, framed=scope.http_version == "2")

    async def _answer_at_once(
        self, door: VendorDoor, scope: Scope, body: Body, share: Share
    ) -> Transmission | Exception | None:
        """Answer in this thread, through which all requests pass; return None if that would have to wait.

        A change of threads costs more than a small request itself, and so does a transaction (benchmarks/README.md).
        """
        if body.size > SMALL or not door.answers_at_once:
            return None
        steps, settled = _steps(door, scope, body, hold=_would_wait), None
        try:
            while True:
                with without_waiting():
                    wanted = steps.send(settled)
                settled = await self._group.settle(share, wanted)
        except StopIteration as end:
            done: Transmission = end.value
            return done
        except WouldWaitError:
            return None
        except Exception as error:  # noqa: BLE001 - as in `_attempt`
            return error

    def _attempt(
        self, door: VendorDoor, scope: Scope, body: Body, *, hold: Callable[[], None]
    ) -> Transmission | Exception:
        """Return the answer, or the error that has to be answered: what was done must not be done once more."""
        try:
            return settle_alone(_steps(door, scope, body, hold=hold), door.store)
        except Exception as error:  # noqa: BLE001 - the edge: whatever it is, it is logged and answered
            return error

    async def _answer_as_flask(self, scope: Scope, exchange: Exchange, body: Body, share: Share) -> None:
        has_token, address = "authorization" in scope.headers, scope.client.rpartition(":")[0]
        if has_token and self._refusals.come_too_fast_from(address):
            refuse(exchange, TOO_MANY_TOKENS)
            return
        await self._other_lane
        status, headers, answer = called(self._app(), environ_of(scope, body))
        del body
        share.end()
        if has_token and status == _UNAUTHORIZED:
            await self._refusals.turn(address)
        exchange.response_bytes(status, headers, answer)

    def _handling(self, error: Exception) -> "WSGIApplication":
        """Return the application that answers for an error as Flask's own does for one of a view."""
        app = self._app()

        def handle(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            with app.request_context(environ):
                try:
                    try:
                        raise error  # Flask raises again what no handler of its knows
                    except Exception as raised:  # noqa: BLE001 - it is the one that was raised in a view's place
                        response = app.finalize_request(app.handle_user_exception(raised), from_error_handler=True)
                except Exception as unknown:  # noqa: BLE001 - it becomes the answer of a defect, and is logged
                    response = app.handle_exception(unknown)
                return response(environ, start_response)

        return handle


def _steps(door: VendorDoor, scope: Scope, body: Body, *, hold: Callable[[], None]) -> InSteps[Transmission]:
    return door.answer(
        path=scope.path,
        method=scope.method,
        header=_header(scope),
        body=body.data,
        url=lambda: f"{scope.scheme}://{scope.headers.get('host') or scope.authority}{quote(scope.path)}",
        hold=hold,
    )


def _is_small(headers: RequestHeaders) -> bool:
    """Tell whether a body is announced that comes at once, if nothing is wrong."""
    announced = headers.get("content-length")
    return announced is not None and int(announced) <= SMALL


def _would_wait() -> None:
    raise WouldWaitError


def _header(scope: Scope) -> Callable[[str], str | None]:
    headers = scope.headers

    def header(name: str) -> str | None:
        """Return a header's values, joined as HTTP has it; of one that is not ASCII nothing is left."""
        values = headers.get_all(name)
        if len(values) == 1:
            return values[0]
        return _JOINED.join(values) if name in headers else None

    return header
