"""The contract as frozen values: reads `schemas/` and `fixtures/`, and finds them in the package or the checkout."""

from remo_mock.contract.constants import DATA_URI_PREFIX, DECIMALS, MAX_PIXELS, SUCCESS_CODE
from remo_mock.contract.model import (
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
    code_for_verdicts,
    compose,
    ledger_entries,
)
from remo_mock.contract.reading import read_contract

__all__ = [
    "DATA_URI_PREFIX",
    "DECIMALS",
    "MAX_PIXELS",
    "NO_PERSON",
    "OK",
    "SUCCESS_CODE",
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
    "code_for_verdicts",
    "compose",
    "ledger_entries",
    "read_contract",
]
