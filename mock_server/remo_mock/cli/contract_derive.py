"""The command `remo-mock contract derive`: from the vendor's pages to a contract folder."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from remo_mock.cli.file_writing import write_files
from remo_mock.cli.options import force_option
from remo_mock.cli.output import print_text
from remo_mock.contract.deriving.derivation import SHARED_FILES, Derivation, Input, Outcome, derive, text_of
from remo_mock.contract.deriving.endpoint.overrides import Overrides, read_overrides
from remo_mock.contract.deriving.endpoint.parts import endpoint_name
from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.contract.deriving.inputs import OVERRIDES_FILE, parsed, read_inputs
from remo_mock.contract.deriving.page.source_text import read_page
from remo_mock.contract.deriving.report import report
from remo_mock.contract.model import Json
from remo_mock.contract.packaged import directory, read_documents, read_file
from remo_mock.exceptions import ContractError

_OPEN = 1


@click.command("derive")
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The contract folder to write to.",
)
@click.option(
    "--overrides",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="What you decided where pages are silent.",
)
@force_option
def derive_command(pages: tuple[Path, ...], out: Path, overrides: Path | None, *, force: bool) -> None:
    """Read pages of the vendor's documentation (Markdown), and write the contract that they state to DIR.

    Pages of one method and path are one endpoint's, in whichever language. A facts.json that was derived before may
    stand for its pages; an overrides.json beside it is taken up. Exit: 0 derived, 1 something is open and has to be
    answered in the overrides, 2 usage.
    """
    groups = read_inputs(pages)
    given = parsed(overrides, read_page(overrides)) if overrides is not None else None
    if given is not None and len(groups) > 1:
        _check_names(str(overrides), given, [_name(facts) for facts, _path in groups])
    inputs = [_input(facts, path, overrides, given, alone=len(groups) == 1) for facts, path in groups]
    derivation = derive(inputs, _documents(out))
    _write(out, derivation, force=force)
    print_text("\n".join(_summary(out, derivation)))
    if any(outcome.problems for outcome in derivation.outcomes):
        sys.exit(_OPEN)


def _input(facts: tuple[PageFacts, ...], path: Path, file: Path | None, given: Json, *, alone: bool) -> Input:
    """Return an endpoint's facts with its overrides: of the file that was given, else of the one beside its facts."""
    if file is not None:
        own = given if alone else given.get(_name(facts), {})
        return Input(facts, read_overrides(str(file), own), str(file))
    beside = path.with_name(OVERRIDES_FILE)
    if path.suffix == ".json" and beside.is_file():
        return Input(facts, read_overrides(str(beside), parsed(beside, read_page(beside))), str(beside))
    return Input(facts, Overrides())


def _name(facts: tuple[PageFacts, ...]) -> str:
    address = next((page.address for page in facts if page.address), None)
    return endpoint_name(address.path) if address else facts[0].file


def _check_names(file: str, given: Json, names: list[str]) -> None:
    """Raise `ContractError` unless overrides for several endpoints stand below their names."""
    unknown = [name for name in given if name not in names] if isinstance(given, dict) else ["the file"]
    if unknown:
        remedy = f"Put what you decided below the name of its endpoint: {', '.join(names)}"
        raise ContractError(file, f"{unknown[0]!r} is none of the endpoints of these pages", remedy)


def _documents(out: Path) -> dict[str, Json]:
    """Return the files of the folder, with shared ones of the packaged contract where it lacks them."""
    own = dict(read_documents(out)) if out.is_dir() else {}
    schemas = directory("schemas")
    return {**own, **{name: own[name] if name in own else read_file(schemas, name) for name in SHARED_FILES}}


def _write(out: Path, derivation: Derivation, *, force: bool) -> None:
    by_hand: dict[str, str] = {}
    made: dict[str, str] = {}
    for outcome in derivation.outcomes:
        for name, document in outcome.files.items():
            target = by_hand if name.endswith("/endpoint.json") or name.startswith("examples/") else made
            target[name] = text_of(document)
        made[f"{outcome.name}/report.md"] = report(outcome, derivation.between)
    if any(outcome.usable for outcome in derivation.outcomes):
        made |= {name: text_of(document) for name, document in derivation.shared.items()}
    write_files(out, _encoded(by_hand), force=force)
    write_files(out, _encoded(made), force=True)


def _encoded(files: Mapping[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def _summary(out: Path, derivation: Derivation) -> list[str]:
    lines = []
    for outcome in derivation.outcomes:
        lines += _about(out, outcome)
    usable = [outcome for outcome in derivation.outcomes if outcome.usable]
    if usable:
        lines.append(f"Use it: REMO_MOCK_CONTRACT_DIR={out} remo-mock serve")
    return lines


def _about(out: Path, outcome: Outcome) -> list[str]:
    data = outcome.endpoint.data
    counts = [
        (len(data.get(part, [])), word) for part, word in (("views", "photo"), ("metrics", "metric"), ("codes", "code"))
    ]
    counts += [(len(outcome.findings), "finding")]
    words = ", ".join(f"{number} {word}{'s' * (number != 1)}" for number, word in counts)
    lines = [
        f"{outcome.name}: {words}, {len(outcome.problems) or 'nothing'} open; see {out / outcome.name / 'report.md'}"
    ]
    lines += [f"  {problem}" for problem in outcome.problems]
    if not outcome.usable:
        lines.append(
            "  Only its facts are written: answer what is open in a file, and derive again with --overrides FILE."
        )
    return lines
