"""Assembles a mock from settings, packaged data and a database."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from remo_mock.contract import Contract, Json, read_contract, switched, switched_replies
from remo_mock.contract.additions import examples_of, plausible_ranges
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.exceptions import AccountExistsError
from remo_mock.service.analysis.analyser import Analyser
from remo_mock.service.analysis.metrics import read_plausible
from remo_mock.service.decision.recordings import Recordings
from remo_mock.service.responder import Responder
from remo_mock.settings import Settings
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts
from remo_mock.store.database import IN_MEMORY, Database
from remo_mock.store.journal import Journal
from remo_mock.store.outcome_queue import OutcomeQueue
from remo_mock.store.personas import first_personas
from remo_mock.store.store import Store

if TYPE_CHECKING:
    from remo_mock.photos.samples import SamplePhoto
    from remo_mock.service.analysis.examiner import Examiner


@dataclass(frozen=True, slots=True)
class Mock:
    """A mock with its stores; close it to end its threads and connections.

    `first_accounts` are those of a fresh mock. `published` are the packaged ones, whose keys everybody may see; the
    first of them has credits, and none of the user's own accounts replaced it, if that can be.
    """

    responder: Responder
    store: Store
    first_accounts: tuple[Account, ...]
    published: tuple[Account, ...]

    @property
    def accounts(self) -> Accounts:
        """The accounts."""
        return self.store.accounts

    @property
    def queue(self) -> OutcomeQueue:
        """The outcomes that wait."""
        return self.store.queue

    @property
    def journal(self) -> Journal:
        """The exchanges."""
        return self.store.journal

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
        self.store.database.close()


def make_mock(settings: Settings) -> Mock:
    """Make a mock. Raises `ContractError`, `StoreError`, `CassetteError`."""
    store = Store(Database(settings.db or IN_MEMORY))
    published = [Account(**row) for row in fixture("accounts.json")["accounts"]]
    invented = _by_email(invented_accounts(settings))
    own = _by_email((*settings.file_accounts, *settings.first_accounts))
    first_accounts = tuple((_by_email(published) | invented | own).values())
    store.accounts.prepare(first_accounts)
    if settings.db and (invented or own):
        _complete(store.accounts, invented=invented, own=own)
    pages, examples = _packaged() if settings.contract_dir is None else _read(settings.contract_dir)
    contract = switched(pages, settings.switches)
    responder = Responder(
        contract=contract,
        store=store,
        analyser=make_analyser(settings, switched_replies(pages, examples, settings.switches)),
        recordings=_recordings(settings, contract),
        error_shape=settings.error_shape,
    )
    published.sort(key=lambda account: (account.email in own, account.credit == 0))
    return Mock(responder, store, first_accounts, tuple(published))


def _read(folder: Path | None) -> tuple[Contract, dict[str, Json]]:
    """Read a contract, and examples of its successes by endpoint."""
    contract = read_contract(contract_documents(folder))
    return contract, examples_of(contract, folder)


@cache
def _packaged() -> tuple[Contract, dict[str, Json]]:
    """Read the packaged contract once in a process, which may start a mock for each of its tests."""
    return _read(None)


def _recordings(settings: Settings, contract: Contract) -> Recordings | None:
    if settings.replay is None:
        return None
    from remo_mock.cassettes.replay import Replay  # with all that a cassette's files need, and few mocks replay one

    return Replay(settings.replay, contract)


def _by_email(accounts: Iterable[Account]) -> dict[str, Account]:
    return {account.email: account for account in accounts}


def _complete(accounts: Accounts, *, invented: dict[str, Account], own: dict[str, Account]) -> None:
    """Open the accounts that a database of an earlier start lacks; the user's own get the keys that were given now."""
    for email, account in (invented | own).items():
        known = accounts.find(email)
        if known is None:
            with suppress(AccountExistsError):  # another worker was faster
                accounts.add(account)
        elif email in own and account.fields != known.fields:
            accounts.change(email, user_key=account.user_key, api_key=account.api_key)


def make_analyser(settings: Settings, examples: Mapping[str, Mapping[str, Json]]) -> Analyser:
    """Make the analyser of photos; `examples` are successes by endpoint. Raises `ContractError`."""
    plausible = read_plausible(plausible_ranges(settings.contract_dir))

    def make_examiner() -> "Examiner":
        examiner, read_samples = _examining()
        return examiner(
            plausible=plausible,
            examples=examples,
            samples=read_samples(fixture("photos/postures.json")),
            seed=settings.seed,
            max_pixels=settings.max_pixels,
            marked=settings.mark,
        )

    return Analyser(make_examiner, cache_bytes=settings.cache_bytes // settings.workers)


@cache
def _examining() -> "tuple[type[Examiner], Callable[[Json], tuple[SamplePhoto, ...]]]":
    """Import Pillow and all else that photos need, a quarter of what a first mock would import.

    It is kept: zxing-cpp cannot be imported again, should a test that patches `sys.modules` have it forgotten.
    """
    from remo_mock.photos.samples import read_samples
    from remo_mock.service.analysis.examiner import Examiner

    return Examiner, read_samples


def invented_accounts(settings: Settings) -> tuple[Account, ...]:
    """Invent `settings.accounts` accounts; the seed decides them, so that all workers have the same."""
    return first_personas(settings.accounts, seed=settings.seed, locale=settings.accounts_locale)
