"""`RemoMock`: a mock inside a test, for which outcomes are queued and whose exchanges and charges can be read."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any

from remo_mock.addresses import is_base_url
from remo_mock.assembly import Mock, make_mock
from remo_mock.contract import Json
from remo_mock.contract.packaged import chosen_directory
from remo_mock.exceptions import NoServerError, NotRunningError
from remo_mock.service.outcomes.endpoints import fitting_endpoint
from remo_mock.service.outcomes.queued import parse_duration
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.store.account import FIRST_CREDIT, make_account
from remo_mock.store.charges import Charge
from remo_mock.store.outcome_queue import QueuedOutcome
from remo_mock.store.personas import personas
from remo_mock.testing.account import AccountHandle
from remo_mock.testing.adapter import make_send
from remo_mock.testing.interception import Interceptor, start_intercepting, stop_intercepting
from remo_mock.testing.usage import UsageMeter

if TYPE_CHECKING:
    from flask import Flask


@dataclass(frozen=True, slots=True)
class History:
    """What remains readable after a mock ended: exchanges, charges, and outcomes that were not used; oldest first."""

    requests: tuple[dict[str, Json], ...] = ()
    charges: tuple[Charge, ...] = ()
    unused: tuple[QueuedOutcome, ...] = ()


class RemoMock:
    """The mock for tests: `with RemoMock() as remo:` answers every `requests` client that calls the vendor's URL.

    No socket is opened; requests to other hosts, and mocks of `responses`, work as without it. Mocks may be nested and
    run side by side: a request goes to the last one that its own task or thread started, else to the last one of all.
    Each start begins with the accounts of a fresh mock. Exchanges and charges can still be read after the end.

    `settings` are the defaults if none are given, with the contract that REMO_MOCK_CONTRACT_DIR names; `options` are
    fields of `Settings` by name in their place: `RemoMock(as_observed=True, http_status="200")`. `urls` are further
    base URLs to answer at, such as a gateway's; `persona_seed` seeds the invented accounts (None: the settings' seed);
    `sleep` is called with the seconds that a reply is delayed. Raises `SettingsError` for a value that an option does
    not take, `ValueError` for `urls` that are none, `TypeError` for an unknown option, and for options beside
    `settings`.
    """

    def __init__(
        self,
        settings: Settings | None = None,
        *,
        urls: Sequence[str] = (),
        persona_seed: int | str | None = None,
        sleep: Callable[[float], object] = time.sleep,
        **options: Any,
    ) -> None:
        if settings is not None and options:
            raise TypeError(f"give RemoMock either Settings(...) or options by name ({', '.join(options)}), not both")
        self.settings = settings or Settings.from_environment({}, **({"contract_dir": chosen_directory()} | options))
        if isinstance(urls, str) or not all(map(is_base_url, urls)):
            raise ValueError(f'base URLs are given as in urls=["https://gateway.example.com"]; got {urls!r}')
        self._further_urls = tuple(urls)
        self._persona_seed = self.settings.seed if persona_seed is None else persona_seed
        self._sleep = sleep
        self._served_at: str | None = None
        self._mock: Mock | None = None
        self._app: Flask | None = None
        self._making = Lock()
        self._starts = 0
        self._interceptors: list[Interceptor] = []
        self._history = History()
        self._meter = UsageMeter()
        self._accounts: list[AccountHandle] = []

    def __enter__(self) -> "RemoMock":
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> "RemoMock":
        """Start answering; each start needs its `stop()`. Raises `ContractError`, `StoreError`."""
        mock = self._open()
        urls = (*mock.responder.contract.servers, *self._further_urls)
        self._interceptors.append(Interceptor(urls, make_send(mock, self.settings, urls=urls, sleep=self._sleep)))
        start_intercepting(self._interceptors[-1])
        return self

    def stop(self) -> None:
        """Undo the last `start()`. Raises `NotRunningError` if there is none."""
        self.running("stop()")
        stop_intercepting(self._interceptors.pop())
        self._close()

    @contextmanager
    def serving(self, *, host: str = "127.0.0.1", port: int = 0) -> Iterator["RemoMock"]:
        """Answer as a real HTTP server in a thread instead, at `.url`, for clients that do not use `requests`."""
        from remo_mock.testing.thread_server import serving_in_thread
        from remo_mock.web.served import Served
        from remo_mock.web.vendor_door import VendorDoor

        with self.opened():
            door = VendorDoor(self.running("serving()").responder, self.settings)
            limit = self.settings.max_body * MEGABYTE
            with serving_in_thread(Served(lambda: self.app, limit, door), host=host, port=port) as url:
                outer, self._served_at = self._served_at, url
                try:
                    yield self
                finally:
                    self._served_at = outer

    @contextmanager
    def opened(self) -> Iterator["RemoMock"]:
        """Have accounts, outcomes and history without intercepting requests; only `.app` answers."""
        self._open()
        try:
            yield self
        finally:
            self._close()

    @property
    def url(self) -> str:
        """The base URL for clients: that of the server in a thread, else the vendor's own, else the first of `urls`.

        Raises `NoServerError` if there is none.
        """
        servers = self.running("url").responder.contract.servers
        encrypted = [url for url in servers if url.startswith("https:")]
        for url in (self._served_at, *encrypted, *servers, *self._further_urls):
            if url is not None:
                return url.rstrip("/")
        raise NoServerError

    @property
    def app(self) -> "Flask":
        """This mock as a WSGI application, for `httpx.Client(transport=httpx.WSGITransport(remo.app))` and the like."""
        with self._making:  # a server's first requests ask for it together
            mock = self.running("app")
            if self._app is None:
                from remo_mock.web.app import create_app

                self._app = create_app(self.settings, mock=mock)
            return self._app

    def account(self, *, credit: int = FIRST_CREDIT, email: str | None = None) -> AccountHandle:
        """Open an account with `credit` credits; its credentials are invented, the address too unless it is given.

        Raises `AccountExistsError`, and `ValueError` for an address or credits that no account has.
        """
        mock = self.running("account()")
        invented = next(self._personas)
        keys = {"user_key": invented.user_key, "api_key": invented.api_key}
        account = make_account({"email": invented.email if email is None else email, **keys, "credit": credit})
        self._accounts.append(AccountHandle(mock.accounts.add(account), self))
        return self._accounts[-1]

    @property
    def caller(self) -> AccountHandle:
        """The account that was opened last, else the first one of a fresh mock (the demo account)."""
        mock = self.running("caller")
        return self._accounts[-1] if self._accounts else AccountHandle(mock.first_accounts[0], self)

    def next(
        self,
        *,
        account: AccountHandle | str | None = None,
        endpoint: str | None = None,
        times: int = 1,
        until: str | None = None,
        **terms: Json,
    ) -> QueuedOutcome:
        """Queue an outcome for the next requests of an account, by default `caller`; the queue is first in, first out.

        It is for one request, for as many as `times` says, or with `until="photo changes"` for every request with the
        same photos: a client that tries again after an error then meets the same error.
        `terms` are those of `Prefer`: `code=518`, `fault="drop"`, `delay=800`, `profile="danger"`, `back="no_person"`,
        `bar_tilt_m_=6.0`. Raises `OutcomeError` for unknown or impossible terms, `AccountUnknownError`.
        """
        mock = self.running("next()")
        fitting = fitting_endpoint(mock.responder.contract, endpoint, terms)
        holder = self.caller if account is None else account
        email = holder.email if isinstance(holder, AccountHandle) else holder
        given: dict[str, Json] = {"times": times} if until is None else {"until": until}
        if times != 1:
            given["times"] = times
        number, end = parse_duration(given)
        return mock.queue.add(email, endpoint=fitting, terms=terms, times=number, until=end)

    @property
    def requests(self) -> tuple[dict[str, Json], ...]:
        """The last 1000 exchanges, without keys and photos, oldest first: account, endpoint, code, price, ..."""
        if self._mock is None:
            return self._history.requests
        return tuple(reversed(self._mock.journal.entries()))

    @property
    def charges(self) -> tuple[Charge, ...]:
        """The charges to all accounts, oldest first."""
        if self._mock is None:
            return self._history.charges
        return tuple(self._mock.accounts.all_charges())

    @property
    def credits_spent(self) -> int:
        """The sum of all charges."""
        return -sum(charge.change for charge in self.charges)

    @property
    def unused(self) -> tuple[QueuedOutcome, ...]:
        """The queued outcomes that no request has used."""
        if self._mock is None:
            return self._history.unused
        return tuple(one for one in self._mock.queue.waiting() if not one.taken)

    def publish_usage(self) -> None:
        """Publish to listeners, such as the pytest plugin's bill, what is new since the last time, as the end does."""
        self._publish(History(self.requests, self.charges))

    def _publish(self, history: History) -> None:
        contract = self.running("publish_usage()").responder.contract
        documented = {endpoint.name: tuple(endpoint.codes) for endpoint in contract.endpoints}
        self._meter.publish(history.requests, charges=history.charges, documented=documented)

    def _open(self) -> Mock:
        if self._mock is None:
            self._mock = make_mock(self.settings)
            opened = {account.email for account in self._mock.first_accounts}
            invented = personas(self._persona_seed, locale=self.settings.accounts_locale)
            self._personas = (account for account in invented if account.email not in opened)
            self._accounts.clear()
            self._meter = UsageMeter()
        self._starts += 1
        return self._mock

    def _close(self) -> None:
        self._starts -= 1
        if self._starts or self._mock is None:
            return
        try:
            self._history = History(self.requests, self.charges, self.unused)
            self._publish(self._history)
        finally:
            self._mock.close()
            with self._making:
                self._mock = self._app = None

    def running(self, asked: str) -> Mock:
        """Return the running mock for the use that `asked` names. Raises `NotRunningError` if it does not run."""
        if self._mock is None:
            raise NotRunningError(asked)
        return self._mock
