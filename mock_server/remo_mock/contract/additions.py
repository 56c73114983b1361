"""Reads and checks what a contract folder may bring beside its schemas: examples of successes, plausible ranges."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from remo_mock.contract.file_layouts import MEASURES, NUMBER, PLAUSIBLE, WHOLE
from remo_mock.contract.layout import Layout, Object, Value, departures
from remo_mock.contract.model import Contract, Documents, Endpoint, Json
from remo_mock.contract.packaged import EXAMPLES, PLAUSIBLE_FILE, example_replies, fixture, read_documents, read_file
from remo_mock.exceptions import ContractError

_SUFFIX = ".success.json"
_ERROR = re.compile(r"(?P<name>.+)\.error-(?P<code>\d+)\.json")
_TEXT = Value("a text", lambda value: isinstance(value, str))
_ANYTHING = Value("a value", lambda _value: True)


def examples_of(contract: Contract, root: Path | None) -> dict[str, Json]:
    """Return an example of a success for each endpoint of `contract` that has one, by name.

    That of the folder `root` wins; else the packaged one is taken, if its fields are those of the endpoint. Raises
    `ContractError` for an example of the folder that is not one of an endpoint.
    """
    known = {endpoint.name: endpoint for endpoint in contract.endpoints}
    packaged = {
        name: reply
        for name, reply in example_replies().items()
        if name in known and not any(departures(reply, _reply_layout(known[name])))
    }
    if root is None:
        return packaged
    own = {name: reply for name, reply in read_documents(root / EXAMPLES).items() if not _is_error(known, name)}
    files = {f"{EXAMPLES}{name}": reply for name, reply in own.items()}
    for problem in _example_problems(contract, files):
        raise problem
    return packaged | {name.removesuffix(_SUFFIX): reply for name, reply in own.items()}


def plausible_ranges(root: Path | None) -> Json:
    """Return the table of plausible degrees: rows of the folder `root` win over those of `fixtures/plausible.json`.

    Raises `ContractError` for a table that does not hold together.
    """
    packaged = fixture(PLAUSIBLE_FILE)
    if root is None or not (root / PLAUSIBLE_FILE).exists():
        return packaged
    table = read_file(root, PLAUSIBLE_FILE)
    for problem in _plausible_problems({PLAUSIBLE_FILE: table}):
        raise problem
    measures = packaged["measures"] | table.get("measures", {})
    return {"default": table.get("default", packaged["default"]), "measures": measures}


def addition_problems(contract: Contract, files: Documents) -> Iterator[ContractError]:
    """Yield what is wrong with the examples and the plausible ranges among the files of a contract folder."""
    yield from _example_problems(contract, files)
    yield from _plausible_problems(files)


def _example_problems(contract: Contract, files: Documents) -> Iterator[ContractError]:
    known = {f"{EXAMPLES}{endpoint.name}{_SUFFIX}": endpoint for endpoint in contract.endpoints}
    for name, reply in files.items():
        if not name.startswith(EXAMPLES) or _is_error(
            {one.name: one for one in contract.endpoints}, name.removeprefix(EXAMPLES)
        ):
            continue
        if name not in known:
            choices = ", ".join(known)
            yield ContractError(name, "is not named for an endpoint", f"Name it one of {choices}, or take it out")
            continue
        for found in departures(reply, _reply_layout(known[name])):
            yield ContractError(name, found.problem, found.remedy)


def _is_error(known: Mapping[str, Endpoint], name: str) -> bool:
    """Tell whether a file among the examples is one of an error: for readers, no tool takes it up."""
    found = _ERROR.fullmatch(name)
    return found is not None and found["name"] in known and int(found["code"]) in known[found["name"]].codes


def _reply_layout(endpoint: Endpoint) -> Layout:
    """Return the layout of a success: every field that is sent, angles as numbers, grades as whole numbers."""
    fields: dict[str, Layout] = dict.fromkeys(endpoint.reply_order, _ANYTHING)
    for view in endpoint.views:
        fields |= {view.image_field: _TEXT, view.coords_field: _TEXT}
    for metric in endpoint.metrics:
        fields |= {metric.value_field: NUMBER, metric.grade_field: WHOLE}
    return Object(fields)


def _plausible_problems(files: Documents) -> Iterator[ContractError]:
    if PLAUSIBLE_FILE not in files:
        return
    table, found = files[PLAUSIBLE_FILE], False
    for departure in departures(table, PLAUSIBLE):
        found = True
        yield ContractError(PLAUSIBLE_FILE, departure.problem, departure.remedy)
    if found:
        return
    every = sorted({measure for measures in MEASURES.values() for measure in measures})
    for measure, row in table.get("measures", {}).items():
        where = f"measures.{measure}"
        if measure not in every:
            yield ContractError(PLAUSIBLE_FILE, f"{where}: no photo shows this measure", f"Known: {', '.join(every)}")
        if "same_side_as" in row and row["same_side_as"] not in every:
            problem = f"{where}.same_side_as: no photo shows {row['same_side_as']}"
            yield ContractError(PLAUSIBLE_FILE, problem, f"Known: {', '.join(every)}")
        yield from _range_problems(where, row)
        for view, own in row.get("views", {}).items():
            if measure not in MEASURES.get(view, ()):
                views = ", ".join(name for name, measures in MEASURES.items() if measure in measures)
                problem = f"{where}.views.{view}: no photo of this view shows the measure"
                yield ContractError(PLAUSIBLE_FILE, problem, f"Known: {views}")
            yield from _range_problems(f"{where}.views.{view}", own)
    if "default" in table:
        yield from _range_problems("default", table["default"])


def _range_problems(where: str, row: Json) -> Iterator[ContractError]:
    low, *_, high = row["limits"]
    if len(row["limits"]) != 2 or not low < row["centre"] < high:
        problem = f"{where}: limits {row['limits']} do not lie around the centre {row['centre']}"
        yield ContractError(PLAUSIBLE_FILE, problem, "Write the lower and the upper limit")
    if row["spread"] <= 0:
        yield ContractError(PLAUSIBLE_FILE, f"{where}: spread is {row['spread']}", "Write a number above 0")
