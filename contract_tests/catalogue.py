"""Makes every check out of the contract's data: nothing here lists an endpoint, a metric, a field or a code."""

from collections.abc import Iterator
from functools import cache

from mock_server.contract import Contract, Documents
from mock_server.contract_reading import read_contract
from mock_server.resources import contract_documents

from .checks_bytes import byte_checks
from .checks_codes import code_checks
from .checks_coords import coords_checks
from .checks_credits import credit_checks
from .checks_http import http_checks
from .checks_images import image_checks
from .checks_joints import joint_checks
from .checks_request import request_checks
from .checks_rules import rule_checks
from .checks_schema import schema_checks
from .findings import LAYERS, Check

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
