"""Owns what checks know beside the exchanges: the contract's words, the run's kind, and all photos that were sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from remo_mock.contract import Contract, Documents

from .exchange import Exchange
from .photos import Photo


@dataclass(frozen=True, slots=True)
class Context:
    """The contract, whether the target is our own mock (`exact`), what `--http-status` told, and every exchange."""

    contract: Contract
    documents: Documents = field(repr=False)
    exact: bool = False
    http_status: str | None = None
    exchanges: tuple[Exchange, ...] = field(default=(), repr=False)
    photos: tuple[Photo, ...] = field(default=(), repr=False)
    facts: Mapping[str, object] = field(default_factory=dict, repr=False)
