"""Lists the broken servers and variations of the endpoints that a contract folder has besides the packaged ones."""

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from remo_mock.contract import Endpoint

from ...checks.catalogue import Catalogue, catalogue_of
from ...model.check import DOCUMENTED
from ..mutation import Mutation, Variation
from .codes import code_mutants
from .exchange import exchange_mutants
from .fields import field_mutants
from .grades import grade_mutants
from .results import result_mutants
from .variations import variations_of

_MAKERS = (exchange_mutants, field_mutants, result_mutants, grade_mutants, code_mutants)


@dataclass(frozen=True, slots=True)
class Derived:
    """What is made of one endpoint's data; the first variation is the good mock itself."""

    endpoint: Endpoint
    mutants: tuple[Mutation, ...]
    variations: tuple[Variation, ...]

    @property
    def good(self) -> str:
        """The name of the variation that differs in nothing."""
        return self.variations[0].name


@cache
def derived_rows(folder: Path | None) -> tuple[Derived, ...]:
    """Return what is made of each endpoint of a folder that is not packaged, or has other data than the packaged one.

    No folder has none. Raises `ContractError`.
    """
    if folder is None:
        return ()
    whole, packaged = catalogue_of(folder), catalogue_of(None).documents
    further = [one for one in whole.contract.endpoints if whole.documents[_file(one)] != packaged.get(_file(one))]
    return tuple(_derived(endpoint, whole) for endpoint in further)


def _file(endpoint: Endpoint) -> str:
    return f"{endpoint.name}/endpoint.json"


def _derived(endpoint: Endpoint, whole: Catalogue) -> Derived:
    data = whole.documents[_file(endpoint)]
    evidence = {check.id: check.evidence for check in whole.checks if check.endpoint == endpoint.name}
    mutants = []
    for row in (row for make in _MAKERS for row in make(endpoint, data)):
        # What no page documents is a note on a foreign endpoint; whoever adds one may have no page yet.
        documented = any(evidence.get(check) in DOCUMENTED for check in row.fires)
        mutants.append(row if documented else replace(row, exact=True))
    return Derived(endpoint, tuple(mutants), tuple(variations_of(endpoint, data)))
