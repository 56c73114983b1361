"""Makes every check from the contract's data, without a list of endpoints, metrics, fields or codes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from remo_mock.contract import Contract, Documents, read_contract
from remo_mock.contract.packaged import contract_documents

from ..model.check import LAYERS, Check
from .bytes import byte_checks
from .codes import code_checks
from .coords import coords_checks
from .credits import credit_checks
from .http import http_checks
from .images import image_checks
from .joints import joint_checks
from .request import request_checks
from .rules import rule_checks
from .schema import schema_checks

_MAKERS = (
    byte_checks,
    schema_checks,
    image_checks,
    coords_checks,
    joint_checks,
    rule_checks,
    request_checks,
    code_checks,
    credit_checks,
    http_checks,
)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A contract, the documents that it was read from, and every check made of both, layer by layer."""

    contract: Contract
    documents: Documents = field(repr=False)
    checks: tuple[Check, ...] = field(repr=False)


@cache
def catalogue_of(folder: Path | None) -> Catalogue:
    """Return the checks of the packaged contract (None), or of the one in `folder`; each is read once.

    Raises `ContractError`.
    """
    documents = contract_documents(folder)
    contract = read_contract(documents)
    return Catalogue(contract, documents, checks_of(contract, documents))


def checks_of(whole: Contract, parts: Documents) -> tuple[Check, ...]:
    """Make the checks of a contract, layer by layer."""
    layers = list(LAYERS)
    return tuple(sorted(_made(whole, parts), key=lambda check: layers.index(check.layer)))


def _made(whole: Contract, parts: Documents) -> Iterator[Check]:
    for endpoint in whole.endpoints:
        for maker in _MAKERS:
            yield from maker(parts, endpoint)
