"""Checks a whole contract folder: what keeps it from being read, stale schemas, examples, plausible ranges."""

from collections.abc import Iterator

from remo_mock.contract.additions import addition_problems
from remo_mock.contract.building.schemas import stale_files
from remo_mock.contract.consistency import BUILD
from remo_mock.contract.model import Documents
from remo_mock.contract.packaged import without_additions
from remo_mock.contract.reading import problems_of, read_contract
from remo_mock.exceptions import ContractError


def check_files(files: Documents) -> Iterator[ContractError]:
    """Yield every problem of the parsed files of a contract folder; examples are looked at once there is none else."""
    documents = without_additions(files)
    found = False
    for problem in problems_of(documents):
        found = True
        yield problem
    if found:
        return
    for name, _text in stale_files(documents):
        yield ContractError(name, "is not what endpoint.json gives", BUILD)
    yield from addition_problems(read_contract(documents), files)
