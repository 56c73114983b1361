"""The handle of an account for tests: its credentials, its balance and charges, and outcomes for its requests."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from remo_mock.contract import Json
from remo_mock.store.account import Account
from remo_mock.store.charges import Charge
from remo_mock.store.outcome_queue import QueuedOutcome

if TYPE_CHECKING:
    from remo_mock.testing.remo_mock import RemoMock


@dataclass(frozen=True, slots=True)
class AccountHandle:
    """An account of a mock."""

    _account: Account
    _remo: "RemoMock"

    @property
    def email(self) -> str:
        """The value of `Email` in requests."""
        return self._account.email

    @property
    def user_key(self) -> str:
        """The value of `UserKey` in requests."""
        return self._account.user_key

    @property
    def api_key(self) -> str:
        """The value of `APIKey` in requests."""
        return self._account.api_key

    @property
    def fields(self) -> dict[str, str]:
        """All three by name, as the body of a request carries them."""
        return self._account.fields

    @property
    def credit(self) -> int:
        """The current balance."""
        return self._remo.running("credit").accounts.account(self.email).credit

    @property
    def charges(self) -> tuple[Charge, ...]:
        """The charges to this account, oldest first."""
        return tuple(self._remo.running("charges").accounts.charges(self.email))

    def next(
        self, *, endpoint: str | None = None, times: int = 1, until: str | None = None, **terms: Json
    ) -> QueuedOutcome:
        """Queue an outcome for this account's next requests, as `RemoMock.next` does."""
        return self._remo.next(account=self, endpoint=endpoint, times=times, until=until, **terms)
