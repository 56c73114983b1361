"""Makes every check from the contract's data, without a list of endpoints, metrics, fields or codes."""

from collections.abc import Iterator
from functools import cache

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


@cache
def documents() -> Documents:
    """Read the contract's documents, once."""
    return contract_documents()


@cache
def contract() -> Contract:
    """Read the contract, once."""
    return read_contract(documents())


def all_checks() -> tuple[Check, ...]:
    """Return the checks of every endpoint, layer by layer."""
    return checks_of(contract(), documents())


def checks_of(whole: Contract, parts: Documents) -> tuple[Check, ...]:
    """Make the checks of a contract, layer by layer."""
    layers = list(LAYERS)
    return tuple(sorted(_made(whole, parts), key=lambda check: layers.index(check.layer)))


def _made(whole: Contract, parts: Documents) -> Iterator[Check]:
    for endpoint in whole.endpoints:
        for maker in _MAKERS:
            yield from maker(parts, endpoint)
