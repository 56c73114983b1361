"""Derives the files of a contract folder from facts, and checks them before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from remo_mock.contract.additions import addition_problems
from remo_mock.contract.building.json_text import dump
from remo_mock.contract.building.schemas import endpoint_schemas
from remo_mock.contract.consistency import COMMON, ERRORS_FILE, LEDGER_FILE, NAMES_FILE
from remo_mock.contract.deriving.endpoint.conventions import CONVENTIONS_FILE, read_conventions
from remo_mock.contract.deriving.endpoint.overrides import Overrides
from remo_mock.contract.deriving.endpoint.parts import folder_name
from remo_mock.contract.deriving.endpoint.whole import DerivedEndpoint, derive_endpoint, page_set
from remo_mock.contract.deriving.example_files import example_files
from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.contract.deriving.facts_file import facts_document
from remo_mock.contract.deriving.findings.checks import findings_between, findings_of
from remo_mock.contract.deriving.findings.finding import Derived, Finding
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Documents, Json
from remo_mock.contract.packaged import without_additions
from remo_mock.contract.reading import problems_before_building, problems_of, read_contract

SHARED_FILES = (ERRORS_FILE, LEDGER_FILE, COMMON, NAMES_FILE, CONVENTIONS_FILE)
"""What every contract folder has beside its endpoints."""


@dataclass(frozen=True, slots=True)
class Input:
    """The facts of one endpoint's pages, and what a person decided about it."""

    facts: tuple[PageFacts, ...]
    overrides: Overrides
    overrides_name: str = "overrides"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one endpoint: its data, findings, open problems, and the files to write."""

    endpoint: DerivedEndpoint
    facts: tuple[PageFacts, ...]
    overrides: Overrides
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    files: Mapping[str, Json]
    usable: bool
    """Whether `files` hold an endpoint that a mock can serve; otherwise they hold the facts alone."""

    @property
    def name(self) -> str:
        """The endpoint's name, or that of its page where no address is known."""
        return self.endpoint.name or folder_name(self.facts[0].file.partition(".")[0])


@dataclass(frozen=True, slots=True)
class Derivation:
    """What came of all endpoints, findings between them, and the shared files to write."""

    outcomes: tuple[Outcome, ...]
    between: tuple[Finding, ...]
    shared: Mapping[str, Json]


def derive(inputs: Sequence[Input], documents: Documents) -> Derivation:
    """Derive every endpoint into a contract whose files are `documents`, shared ones among them."""
    conventions = read_conventions(documents[CONVENTIONS_FILE])
    shared = {name: documents[name] for name in SHARED_FILES}
    made = []
    for one in inputs:
        endpoint = derive_endpoint(one.facts, conventions, shared[ERRORS_FILE], one.overrides, one.overrides_name)
        shared[ERRORS_FILE] = _extended(shared[ERRORS_FILE], endpoint.errors)
        made.append((one, endpoint, Derived(page_set(one.facts, one.overrides), conventions, endpoint.data)))
    others = {name: document for name, document in documents.items() if name not in shared}
    for _one, endpoint, _derived in made:
        others |= _with_schemas(endpoint, shared)
    outcomes = tuple(_outcome(one, endpoint, derived, {**others, **shared}) for one, endpoint, derived in made)
    return Derivation(outcomes, tuple(findings_between([derived for *_rest, derived in made])), shared)


def _extended(errors: Json, rows: Sequence[Json]) -> Json:
    """Return `errors.json` with further codes, and the conditions that they bring at the end of the order."""
    known = {row["code"] for row in errors["codes"]}
    new = [row for row in rows if row["code"] not in known]
    order = [*errors["order"], *(row["condition"] for row in new if row.get("condition", "").startswith("code_"))]
    return {**errors, "order": order, "codes": sorted([*errors["codes"], *new], key=lambda row: row["code"])}


def _with_schemas(endpoint: DerivedEndpoint, shared: Documents) -> dict[str, Json]:
    """Return an endpoint's data with its schemas, if it is whole enough for these."""
    if not endpoint.name:
        return {}
    file = f"{endpoint.name}/endpoint.json"
    files = {file: endpoint.data}
    if not list(problems_before_building({**shared, **files})):
        schemas = endpoint_schemas(endpoint.data, shared[COMMON], shared[ERRORS_FILE])
        files |= {f"{endpoint.name}/{kind}.schema.json": schema for kind, schema in schemas.items()}
    return files


def _outcome(one: Input, endpoint: DerivedEndpoint, derived: Derived, documents: Documents) -> Outcome:
    found = [*endpoint.problems, *_contract_problems(endpoint, documents)]
    problems = tuple(problem for problem in dict.fromkeys(found) if problem.text not in one.overrides.answers)
    usable = not list(_contract_problems(endpoint, documents))
    folder = endpoint.name or folder_name(one.facts[0].file.partition(".")[0])
    files: dict[str, Json] = {f"{folder}/facts.json": facts_document(one.facts)}
    if usable:
        files |= {name: document for name, document in documents.items() if name.startswith(f"{endpoint.name}/")}
        files |= _fitting(example_files(derived), documents)
    return Outcome(endpoint, one.facts, one.overrides, tuple(findings_of(derived)), problems, files, usable)


def _contract_problems(endpoint: DerivedEndpoint, documents: Documents) -> Iterator[Problem]:
    """Yield what keeps a mock from serving the endpoint, each as something to be answered in the overrides."""
    if not endpoint.name:
        return (
            yield Problem(
                "",
                0,
                "the endpoint has no name: no page states its address",
                "Give name, path and method in the overrides",
            )
        )
    mine = without_additions(documents)
    for found in problems_of(mine):
        if found.where.partition("/")[0] == endpoint.name:
            yield Problem("", 0, found.problem, f"{found.remedy}; state it in the overrides, under `endpoint`")


def _fitting(examples: Mapping[str, Json], documents: Documents) -> dict[str, Json]:
    """Return the examples that the endpoint's tables allow; the findings say why others are left out."""
    contract = (
        read_contract(without_additions(documents)) if not list(problems_of(without_additions(documents))) else None
    )
    if contract is None:
        return {}
    return {name: reply for name, reply in examples.items() if not list(addition_problems(contract, {name: reply}))}


def text_of(document: Json) -> str:
    """Return a document as the text of its file."""
    return dump(document)
