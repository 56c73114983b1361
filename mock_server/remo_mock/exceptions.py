"""The errors that remo-mock raises, one class for each remedy; errors that the vendor documents are replies."""

from dataclasses import dataclass
from typing import ClassVar

from remo_mock.hints.hint import Hint
from remo_mock.hints.texts import english


class UnknownVariableWarning(UserWarning):
    """An environment variable begins with REMO_MOCK_ and belongs to no option; the text names the nearest."""


_LONGEST = 200


class RemoMockError(Exception):
    """Base of all errors of remo-mock; the text says what was wrong and what to do."""

    exit_code: ClassVar[int] = 2
    """Exit code of the command line: 2 for what the user can mend."""


@dataclass
class ContractError(RemoMockError):
    """The contract data under `schemas/` does not hold together."""

    where: str
    problem: str
    remedy: str = "Correct the file"

    @property
    def advice(self) -> str:
        """The remedy as a sentence."""
        return self.remedy if self.remedy.endswith("?") else f"{self.remedy}."

    def __str__(self) -> str:
        shown = "The packaged contract, which `remo-mock contract init DIR` writes, shows how the data is laid out."
        return f"{self.where}: {self.problem}. {self.advice} {shown}"


@dataclass
class ResourceMissingError(RemoMockError):
    """A packaged file is not where it should be."""

    name: str

    def __str__(self) -> str:
        return f"remo-mock's own file {self.name!r} is missing. Run: pip install --force-reinstall remo-mock"


@dataclass
class MissingExtraError(RemoMockError, ImportError):
    """Something was asked for that needs packages of one of our extras, which is not installed."""

    extra: str
    what: str

    def __str__(self) -> str:
        return f"{self.what}: that needs the extra {self.extra}. Install it: pip install 'remo-mock[{self.extra}]'."


@dataclass
class SettingsError(RemoMockError):
    """A setting or an environment variable has a value that it does not take."""

    name: str
    problem: str

    def __str__(self) -> str:
        return f"{self.name}: {self.problem}"


@dataclass
class PortInUseError(RemoMockError):
    """Another program listens on the port already."""

    host: str
    port: int

    def __str__(self) -> str:
        other = self.port + 1 if self.port < 65535 else self.port - 1
        return (
            f"Port {self.port} on {self.host} is in use. Stop the other program, choose another port "
            f"(--port {other}), or let the system choose one (--port 0)."
        )


@dataclass
class AddressError(RemoMockError):
    """The address to listen on does not belong to this machine, or this user may not take it."""

    host: str
    port: int
    reason: str
    remedy: str = "Try --host 127.0.0.1."

    def __str__(self) -> str:
        return f"Cannot listen on {self.host}, port {self.port}: {self.reason}. {self.remedy}"


@dataclass
class FolderError(RemoMockError):
    """There is no place for the temporary folder that several workers need."""

    reason: str

    def __str__(self) -> str:
        return (
            f"No temporary folder can be made: {self.reason}. Several workers share their accounts by a file in it: "
            "give one with --db, name a folder that may be written by TMPDIR, or start one worker."
        )


class ServerMissingError(RemoMockError):
    """There is no package that serves HTTP: neither granian nor, where that has no wheel, waitress."""

    def __str__(self) -> str:
        return "Nothing here serves HTTP. Run: pip install granian, or where that has no wheel: pip install waitress"


@dataclass
class WorkerLostError(RemoMockError):
    """A worker process ended although nobody stopped the server."""

    exit_code: ClassVar[int] = 1
    remedy: str

    def __str__(self) -> str:
        return (
            f"The server ended: a worker process of it was killed, did not start, or had no memory left. {self.remedy}"
        )


@dataclass
class StoreError(RemoMockError):
    """The database of accounts cannot be opened."""

    url: str
    reason: str
    remedy: str = "Give another --db, or leave it out."

    def __str__(self) -> str:
        return f"Cannot open the account store {self.url}: {self.reason}. {self.remedy}"


@dataclass
class StoreFailedError(StoreError):
    """The database of accounts was open, and fails; what was to be written is not."""

    def __str__(self) -> str:
        return f"The account store {self.url} failed: {self.reason}. {self.remedy}"


@dataclass
class EndUnknownError(StoreFailedError):
    """The connection to the database was lost while a request was written, and nobody can be asked how that ended."""

    def __str__(self) -> str:
        unknown = "It is unknown whether this request was charged; once the store works, /__admin/requests shows it."
        return f"{StoreFailedError.__str__(self)} {unknown}"


@dataclass
class OutcomeError(RemoMockError):
    """An outcome was asked for that the endpoint does not have."""

    asked: str
    known: Hint

    def __str__(self) -> str:
        return english(self.said)

    @property
    def said(self) -> Hint:
        """Say it as a hint, which is there in every language."""
        return Hint("cannot_be_asked_for", {"asked": repr(_cut(self.asked)), "expected": self.known})


@dataclass
class NotRunningError(RemoMockError):
    """A mock was asked for something that needs a running one."""

    asked: str

    def __str__(self) -> str:
        return f"{self.asked} needs a running mock. Use it inside: with RemoMock() as remo."


class NoServerError(RemoMockError):
    """The contract names no server of the vendor at which a client would call the mock in its process."""

    def __str__(self) -> str:
        return (
            "The contract names no server, so there is no URL at which this mock answers in process. Add `servers` to "
            "an endpoint.json, give RemoMock(urls=['https://...']), or use RemoMock().serving()."
        )


@dataclass
class EndlessWaitError(RemoMockError):
    """A client without a timeout sent a request whose answer was asked to hang."""

    seconds: float

    def __str__(self) -> str:
        return (
            f"The answer was asked to hang for {self.seconds:g} s, and this client waits for ever: "
            "it sends its request without a timeout. Give it one, as in requests.post(..., timeout=10)."
        )


@dataclass
class CrowdedError(RemoMockError):
    """Too many answers are held back already."""

    places: int

    def __str__(self) -> str:
        return english(self.said)

    @property
    def said(self) -> Hint:
        """Say it as a hint, which is there in every language."""
        return Hint("answers_held_back", {"places": self.places})


class EndedError(RemoMockError):
    """The mock was closed before a request was answered; nothing was charged."""

    said: ClassVar[Hint] = Hint("mock_ended")

    def __str__(self) -> str:
        return english(self.said)


@dataclass
class EntryUnknownError(RemoMockError):
    """The journal has no exchange of this number, or no longer."""

    number: int

    def __str__(self) -> str:
        return f"The journal has no exchange {self.number}. GET /__admin/requests lists those that it keeps."


@dataclass
class AccountExistsError(RemoMockError):
    """An account of this address is there already."""

    email: str

    def __str__(self) -> str:
        return f"The account {_cut(self.email)!r} exists already. Change it with PATCH, or delete it first."


@dataclass
class AccountUnknownError(RemoMockError):
    """No account has this address."""

    email: str

    def __str__(self) -> str:
        return f"There is no account {_cut(self.email)!r}. GET /__admin/accounts lists them; POST makes one."


@dataclass
class CassetteError(RemoMockError):
    """A cassette, or one of its files, cannot be read."""

    where: str
    problem: str
    remedy: str = "`remo-mock record --cassette DIR` makes such files; delete or mend it"

    def __str__(self) -> str:
        return f"{self.where}: {self.problem}. {self.remedy}."


def _cut(text: str) -> str:
    """Shorten a text that a client sent, which may be megabytes."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
