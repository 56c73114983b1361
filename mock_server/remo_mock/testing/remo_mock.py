"""RemoMock: a mock that runs inside a test, with what testers ask it for and read from it; knows no pytest."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING

from remo_mock.assembly import Mock, make_mock
from remo_mock.contract import Json
from remo_mock.exceptions import NotRunningError
from remo_mock.service.outcome_syntax import fitting_endpoint, turns
from remo_mock.settings import Settings
from remo_mock.store.accounts import Account, Charge
from remo_mock.store.outcome_queue import Waiting
from remo_mock.store.personas import FIRST_CREDIT, personas
from remo_mock.testing.adapter import make_send
from remo_mock.testing.interception import Taker, begin, end
from remo_mock.testing.receipts import hand_out, write_receipt

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class History:
    """What had happened when a mock ended: exchanges, charges, and the outcomes that still waited; oldest first."""

    requests: tuple[dict[str, Json], ...] = ()
    charges: tuple[Charge, ...] = ()
    unused: tuple[Waiting, ...] = ()


class RemoMock:
    """The mock for tests: `with RemoMock() as remo:` answers every `requests` client that calls the vendor's URL.

    No socket is opened; other hosts are left alone, and so are mocks of `responses`. Mocks may be nested and run side
    by side: a request goes to the last one that its own task or thread started, else to the last one of all. Each
    start begins anew with the accounts of a fresh mock. What was asked and charged can still be read after the end.

    `urls` are further base URLs to answer at, such as a gateway's; `persona_seed` decides who is invented (None: the
    settings' seed); `sleep` is given the seconds that an answer waits.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        urls: Sequence[str] = (),
        persona_seed: int | str | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self.settings = settings or Settings()
        self._further_urls = tuple(urls)
        self._persona_seed = self.settings.seed if persona_seed is None else persona_seed
        self._sleep = sleep
        self._served_at: str | None = None
        self._mock: Mock | None = None
        self._app: Flask | None = None
        self._starts = 0
        self._takers: list[Taker] = []
        self._history = History()
        self._callers: list[Caller] = []

    def __enter__(self) -> "RemoMock":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> "RemoMock":
        """Begin to answer; each start wants its stop. Raises `ContractError`, `StoreError`."""
        mock = self._open()
        urls = (*mock.responder.contract.servers, *self._further_urls)
        self._takers.append(Taker(urls, make_send(mock, self.settings, urls=urls, sleep=self._sleep)))
        begin(self._takers[-1])
        return self

    def stop(self) -> None:
        """End what the last start began."""
        end(self._takers.pop())
        self._close()

    @contextmanager
    def serving(self, *, host: str = "127.0.0.1", port: int = 0) -> Iterator["RemoMock"]:
        """Answer as a real server in a thread instead, at `.url`, for clients that are no `requests`."""
        from remo_mock.testing.thread_server import serving_in_thread

        with self.opened(), serving_in_thread(self.app, host=host, port=port) as url:
            self._served_at = url
            try:
                yield self
            finally:
                self._served_at = None

    @contextmanager
    def opened(self) -> Iterator["RemoMock"]:
        """Have accounts, outcomes and history, without answering anywhere yet but as `.app`."""
        self._open()
        try:
            yield self
        finally:
            self._close()

    @property
    def url(self) -> str:
        """Where a client finds this mock: the thread server's base URL, or else the vendor's own."""
        servers = self.running("url").responder.contract.servers
        encrypted = [url for url in servers if url.startswith("https:")]
        return self._served_at or (encrypted or list(servers))[0]

    @property
    def app(self) -> "Flask":
        """This mock as a WSGI application, as for `httpx.Client(transport=httpx.WSGITransport(remo.app))`."""
        mock = self.running("app")
        if self._app is None:
            from remo_mock.web.app import create_app

            self._app = create_app(self.settings, mock=mock)
        return self._app

    def account(self, *, credit: int = FIRST_CREDIT, email: str | None = None) -> "Caller":
        """Open an account with so many credits, invented unless `email` is given, and return who may now call.

        Raises `AccountExistsError`, and `ValueError` for fewer credits than none.
        """
        mock = self.running("account()")
        if credit < 0:
            raise ValueError(f"an account is opened with 0 credits or more, not {credit}")
        invented = next(self._personas)
        account = Account(email or invented.email, invented.user_key, invented.api_key, credit)
        self._callers.append(Caller(mock.accounts.add(account), self))
        return self._callers[-1]

    @property
    def caller(self) -> "Caller":
        """The account opened last, or the first of a fresh mock (the demo account)."""
        mock = self.running("caller")
        return self._callers[-1] if self._callers else Caller(mock.first_accounts[0], self)

    def next(
        self,
        *,
        account: "Caller | str | None" = None,
        endpoint: str | None = None,
        times: int = 1,
        **terms: Json,
    ) -> Waiting:
        """Ask for the outcome of an account's next requests, those of `caller` by default; several wait in line.

        `terms` are those of `Prefer`: `code=518`, `fault="drop"`, `delay=800`, `profile="danger"`, `back="no_person"`,
        `bar_tilt_m_=6.0`. Raises `OutcomeError` for what cannot be asked for, `AccountUnknownError`.
        """
        mock = self.running("next()")
        fitting = fitting_endpoint(mock.responder.contract, endpoint, terms)
        who = self.caller if account is None else account
        email = who.email if isinstance(who, Caller) else who
        return mock.queue.add(email, endpoint=fitting, terms=terms, times=turns(times))

    @property
    def requests(self) -> tuple[dict[str, Json], ...]:
        """The exchanges, redacted, oldest first: account, endpoint, code, price, balance, digests of the photos, ..."""
        if self._mock is None:
            return self._history.requests
        return tuple(reversed(self._mock.journal.entries()))

    @property
    def charges(self) -> tuple[Charge, ...]:
        """What was charged to all accounts, oldest first."""
        if self._mock is None:
            return self._history.charges
        accounts = self._mock.accounts
        charges = [charge for account in accounts.accounts() for charge in accounts.charges(account.email)]
        return tuple(sorted(charges, key=lambda charge: charge.at))

    @property
    def credits_spent(self) -> int:
        """The sum of all charges."""
        return -sum(charge.change for charge in self.charges)

    @property
    def unused(self) -> tuple[Waiting, ...]:
        """The outcomes that were asked for and met no request."""
        if self._mock is None:
            return self._history.unused
        return tuple(self._mock.queue.waiting())

    def _open(self) -> Mock:
        if self._mock is None:
            self._mock = make_mock(self.settings)
            self._personas = personas(self._persona_seed)
            self._callers.clear()
        self._starts += 1
        return self._mock

    def _close(self) -> None:
        self._starts -= 1
        if self._starts or self._mock is None:
            return
        self._history = History(self.requests, self.charges, self.unused)
        contract = self._mock.responder.contract
        known = {endpoint.name: tuple(endpoint.codes) for endpoint in contract.endpoints}
        self._mock.close()
        self._mock = self._app = None
        if self._history.requests:
            charged = [(charge.endpoint, charge.change) for charge in self._history.charges]
            hand_out(write_receipt(self._history.requests, charged=charged, known=known))

    def running(self, asked: str) -> Mock:
        """Return the mock behind this one. Raises `NotRunningError`, naming what was asked for."""
        if self._mock is None:
            raise NotRunningError(asked)
        return self._mock


@dataclass(frozen=True, slots=True)
class Caller:
    """An account of a mock: its credentials, and what became of it."""

    _account: Account
    _remo: RemoMock

    @property
    def email(self) -> str:
        """What requests carry as `Email`."""
        return self._account.email

    @property
    def user_key(self) -> str:
        """What requests carry as `UserKey`."""
        return self._account.user_key

    @property
    def api_key(self) -> str:
        """What requests carry as `APIKey`."""
        return self._account.api_key

    @property
    def fields(self) -> dict[str, str]:
        """All three, by the names that requests carry them under."""
        return self._account.fields

    @property
    def credit(self) -> int:
        """The balance now."""
        return self._remo.running("credit").accounts.account(self.email).credit

    @property
    def charges(self) -> tuple[Charge, ...]:
        """What was charged to this account, oldest first."""
        return tuple(self._remo.running("charges").accounts.charges(self.email))

    def next(self, *, endpoint: str | None = None, times: int = 1, **terms: Json) -> Waiting:
        """Ask for the outcome of this account's next requests, as `RemoMock.next` does."""
        return self._remo.next(account=self, endpoint=endpoint, times=times, **terms)
