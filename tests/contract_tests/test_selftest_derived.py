"""The self-test judges an endpoint that no package holds, by broken servers that are made from its data."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract_tests.checks.catalogue import catalogue_of
from contract_tests.selftest.command import Part, parts_of, self_test, tell
from contract_tests.selftest.derived.catalogue import Derived, derived_rows
from contract_tests.selftest.derived.grades import wrong_grades
from contract_tests.selftest.gate import ServerResult, judge_mutations, judge_variation
from contract_tests.selftest.mutants.catalogue import BY_NAME as PACKAGED
from contract_tests.selftest.mutation import Mutation
from contract_tests.selftest.server import MutatingServer, routes_of
from tests.support.broken_server import make_app
from tests.support.third_endpoint import NAME, third_endpoint
from tests.support.verifying import verify


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return third_endpoint(tmp_path_factory.mktemp("contract"))


@pytest.fixture(scope="module")
def derived(folder: Path) -> Derived:
    (found,) = derived_rows(folder)
    return found


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[MutatingServer]:
    with MutatingServer(make_app, routes=routes_of(catalogue_of(folder).contract, folder)) as server:
        yield server


def row(derived: Derived, name: str) -> Mutation:
    return next(row for row in derived.mutants if row.name == f"{NAME}-{name}")


@pytest.mark.parametrize(
    "name",
    [
        "far_tilt_grade-missing",
        "forigimg-of-another-type",
        "error-message-missing",
        "state-false",
        "name-unknown",
        "far_tilt-0.999-told-1",
        "far_knee_bal--4-told--1",
        "far_coords-right-of-photo",
        "forigimg-blank",
        "411-told-as-421",
        "516-told-as-411",
        "413-succeeds",
        "421-charged",
        "uuid-made-anew",
        "price-higher",
        "set-dearer",
        "balance-falls-by-more",
        "cut",
        "moved",
    ],
)
def test_a_lie_of_a_further_endpoint_is_caught(name: str, derived: Derived, server: MutatingServer) -> None:
    broken = row(derived, name)
    result = judge_mutations(server, (broken,))[broken.name]
    assert result.missed == (), result.violations


def test_the_good_mock_of_a_further_endpoint_is_no_violation(derived: Derived, server: MutatingServer) -> None:
    assert judge_variation(server, derived.variations[0]).violations == ()


@pytest.mark.exhaustive
def test_every_lie_of_a_further_endpoint_is_caught(folder: Path) -> None:
    printed: list[str] = []
    assert self_test(make_app, printed.append, contract_dir=folder, endpoints=[NAME]) == 0, printed
    assert printed[-1].endswith("harmless variations, 0 false alarms")


def test_each_field_is_broken_in_each_way(derived: Derived) -> None:
    names = {row.name for row in derived.mutants}
    fields = ("state", "status_code", "credit_change", "credit", "uuid", "forigimg", "far_coords", "far_tilt_m_")
    ways = ("missing", "renamed", "null", "of-another-type")
    assert {f"{NAME}-{field}-{way}" for field in fields for way in ways} <= names


def test_each_code_is_answered_with_another(derived: Derived) -> None:
    told = {row.fires[0] for row in derived.mutants if "-told-as-" in row.name and "unknown" not in row.name}
    assert {"REMO-ERROR-400", "REMO-ERROR-411", "REMO-ERROR-511", "REMO-ERROR-525", "REMO-ERROR-559"} <= told
    assert len(told) == 26


def test_no_name_comes_twice(derived: Derived) -> None:
    names = Counter([row.name for row in derived.mutants] + [row.name for row in derived.variations])
    assert [name for name, times in names.items() if times > 1 or name in PACKAGED] == []


def test_grades_are_wrong_on_both_sides_of_a_bound_and_inside_the_bands() -> None:
    bands = [{"grade": 0, "exclusiveMaximum": 5}, {"grade": 1, "minimum": 5}]
    assert list(wrong_grades(bands)) == [
        (4.999, 0, 1, False),
        (5.001, 1, 0, False),
        (5, 1, 0, True),
        (2.0, 0, 1, False),
        (2.0, 0, -1, False),
        (8.0, 1, 2, False),
        (8.0, 1, 0, False),
    ]


def test_the_packaged_contract_has_no_further_endpoint() -> None:
    assert derived_rows(None) == ()
    assert len(parts_of(None)) == 1


def test_each_endpoint_has_a_table_of_its_own(folder: Path) -> None:
    packaged, further = parts_of(folder)
    assert len(packaged.mutants) >= 800
    assert further.title == f"{NAME}, by the data in {folder}"
    assert [part.title for part in parts_of(folder, [NAME])] == [further.title]


def told(part: Part, **violations: tuple[str, ...]) -> tuple[bool, list[str]]:
    """Print a part of which nothing was caught, and these variations were called wrong."""
    lines: list[str] = []
    wrong = {f"{NAME}-{name.replace('_', '-')}": found for name, found in violations.items()}
    results = {name: ServerResult(name, wrong.get(name, ()), ()) for name in part.names}
    results |= {row.name: ServerResult(row.name, (), (NAME,)) for row in part.mutants[:1]}
    return tell(part, results, lines.append), lines


def test_what_was_missed_is_named(derived: Derived) -> None:
    passed, lines = told(Part("v3", derived.mutants, derived.variations, derived.good))
    assert not passed
    assert [line for line in lines if line.startswith("all")] == [f"{'all':<24}{236:>8}{235:>8}"]
    assert lines[-1].startswith(f"MISSED  {NAME}-uuid-made-anew (page {NAME}): A sent uuid is replaced.")


def test_a_mock_that_breaks_its_own_data_is_told_first(derived: Derived) -> None:
    passed, lines = told(Part("v3", derived.mutants, derived.variations, derived.good), as_it_is=("REMO-X",))
    assert not passed
    assert lines[-2].startswith("The mock itself breaks these data")
    assert lines[-1] == f"FALSE ALARM  {NAME}-as-it-is: The good mock keeps the contract.; called REMO-X"


def test_an_endpoint_that_nobody_has_is_refused(folder: Path) -> None:
    ended = verify("--self-test", "--endpoint", "nobody", environment={"REMO_MOCK_CONTRACT_DIR": str(folder)})
    assert ended.returncode == 2
    assert "--endpoint nobody: known are analysis-skeleton, " in ended.stderr
    assert NAME in ended.stderr


def test_a_folder_without_a_contract_is_refused(tmp_path: Path) -> None:
    ended = verify("--self-test", environment={"REMO_MOCK_CONTRACT_DIR": str(tmp_path)})
    assert ended.returncode == 2
    assert "is no folder of contract data" in ended.stderr
