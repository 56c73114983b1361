"""Puts a mock together out of settings and packaged data: the one place where the stores and the contract meet."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from remo_mock.cassettes.replay import Replay
from remo_mock.contract import Json, read_contract, switched, switched_replies
from remo_mock.contract.packaged import contract_documents, example_replies, fixture
from remo_mock.exceptions import AccountExistsError
from remo_mock.service.analyser import Analyser
from remo_mock.service.metrics import from_json as read_plausible
from remo_mock.service.responder import Responder
from remo_mock.settings import Settings
from remo_mock.store.accounts import Account, Accounts
from remo_mock.store.database import IN_MEMORY, Database
from remo_mock.store.journal import Journal
from remo_mock.store.outcome_queue import OutcomeQueue


@dataclass(frozen=True, slots=True)
class Mock:
    """A mock with everything it keeps; close it to let go of threads and connections."""

    responder: Responder
    database: Database
    first_accounts: tuple[Account, ...]

    @property
    def accounts(self) -> Accounts:
        """The accounts."""
        return self.responder.accounts

    @property
    def queue(self) -> OutcomeQueue:
        """The outcomes that wait."""
        return self.responder.queue

    @property
    def journal(self) -> Journal:
        """What was asked and answered."""
        return self.responder.journal

    def close_account(self, email: str) -> None:
        """Delete an account, its charges and its waiting outcomes. Raises `AccountUnknownError`."""
        self.accounts.remove(email)
        self.journal.close_account(email)

    def reset(self, only: str | None = None) -> None:
        """Bring back the start state, or only that of `requests`, `outcomes` or `accounts`. Raises `KeyError`."""
        resets: dict[str, Callable[[], object]] = {
            "requests": self.journal.clear,
            "outcomes": self.queue.clear,
            "accounts": self._reset_accounts,
        }
        for name in resets if only is None else [only]:
            resets[name]()

    def _reset_accounts(self) -> None:
        self.accounts.reset(self.first_accounts)
        self.journal.close_account()

    def close(self) -> None:
        """End threads, close connections."""
        self.responder.close()
        self.database.close()


def make_mock(settings: Settings) -> Mock:
    """Make a mock. Raises `ContractError`, `StoreError`, `CassetteError`."""
    database = Database(settings.db or IN_MEMORY)
    accounts = Accounts(database)
    published = [Account(**row) for row in fixture("accounts.json")["accounts"]]
    invented = invented_accounts(settings)
    first_accounts = (*published, *invented)
    accounts.prepare(first_accounts)
    if invented and settings.db:  # a database of an earlier start may lack them
        known = {account.email for account in accounts.accounts()}
        for account in invented:
            if account.email not in known:
                with suppress(AccountExistsError):  # another worker was faster
                    accounts.add(account)
    pages = read_contract(contract_documents(settings.contract_dir))
    contract = switched(pages, settings.switches)
    responder = Responder(
        contract=contract,
        accounts=accounts,
        queue=OutcomeQueue(database),
        journal=Journal(database),
        analyser=make_analyser(settings, switched_replies(pages, example_replies(), settings.switches)),
        recordings=None if settings.replay is None else Replay(settings.replay, contract),
        error_shape=settings.error_shape,
    )
    return Mock(responder, database, first_accounts)


def make_analyser(settings: Settings, examples: Mapping[str, Mapping[str, Json]] | None = None) -> Analyser:
    """Make what looks at photos; `examples` are the pages' successes, None: as they are."""
    return Analyser(
        plausible=read_plausible(fixture("plausible.json")),
        examples=example_replies() if examples is None else examples,
        seed=settings.seed,
        max_pixels=settings.max_pixels,
        cache_bytes=settings.cache_bytes,
    )


def invented_accounts(settings: Settings) -> tuple[Account, ...]:
    """Invent as many accounts as the settings want; the seed decides them, so that all workers have the same."""
    if not settings.accounts:
        return ()
    from remo_mock.store.personas import first_personas  # Faker takes long to import, and few want it

    return first_personas(settings.accounts, seed=settings.seed)
