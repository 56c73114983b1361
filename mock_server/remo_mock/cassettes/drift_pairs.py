"""What a comparison is made of: a recorded exchange with our answer to it, rules, and what they find."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from remo_mock.cassettes.drift_asking import Ours
from remo_mock.cassettes.files import Recorded
from remo_mock.contract import Contract, Json


@dataclass(frozen=True, slots=True)
class Pair:
    """A recorded exchange, what the mock answers to the same, and what the contract says of both.

    `api_names` are those that the contract accepts (L07).
    """

    recorded: Recorded
    ours: Ours
    contract: Contract
    api_names: tuple[str, ...]

    @property
    def real(self) -> Mapping[str, Json]:
        """The recorded fields."""
        return self.recorded.fields or {}

    @property
    def both_succeed(self) -> bool:
        """Whether both replies are successes."""
        return self.recorded.succeeded and self.ours.succeeded

    @property
    def both_fail(self) -> bool:
        """Whether both replies are errors that tell a code."""
        return not self.recorded.succeeded and self.recorded.code is not None and not self.ours.succeeded


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a real reply and the mock's differ."""

    real: str
    ours: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Which of the readings of a ledger entry a real reply follows: no drift, both are ours."""

    entry: str
    reading: str


Finding: TypeAlias = Difference | Reading
Judge: TypeAlias = Callable[[Pair], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing to compare: its name, which pairs it can be seen in, how, and what to do where it differs."""

    name: str
    applies: Callable[[Pair], bool]
    judge: Judge
    remedy: str
