"""The contract as frozen values: reads `schemas/` and `fixtures/`, and finds them in the package or the checkout."""

from remo_mock.contract.model import (
    MAX_PIXELS,
    NO_PERSON,
    OK,
    Band,
    Code,
    Contract,
    Documents,
    Endpoint,
    ErrorShape,
    HttpStatus,
    Json,
    Metric,
    Price,
    View,
    code_for_condition,
    compose,
    ledger_entries,
)
from remo_mock.contract.reading import read_contract

__all__ = [
    "MAX_PIXELS",
    "NO_PERSON",
    "OK",
    "Band",
    "Code",
    "Contract",
    "Documents",
    "Endpoint",
    "ErrorShape",
    "HttpStatus",
    "Json",
    "Metric",
    "Price",
    "View",
    "code_for_condition",
    "compose",
    "ledger_entries",
    "read_contract",
]
