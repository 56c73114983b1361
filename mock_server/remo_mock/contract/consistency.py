"""Yields what keeps the contract's files from holding together: keys, names that lead nowhere, bands, paths, codes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from remo_mock.contract.bands import seams
from remo_mock.contract.file_layouts import ENDPOINT, ERRORS, LEDGER, MEASURES, NAMES, SOURCE_KEY
from remo_mock.contract.layout import departures
from remo_mock.contract.model import Contract, Documents, Endpoint, Json
from remo_mock.contract.switches import CHOICES
from remo_mock.exceptions import ContractError

ERRORS_FILE, LEDGER_FILE, COMMON, NAMES_FILE = "errors.json", "ledger.json", "common.schema.json", "names.json"
SHARED = (ERRORS_FILE, LEDGER_FILE, COMMON)
"""The files that all endpoints need; `names.json` may be missing."""

BUILD = "Run `remo-mock contract build` on the folder, which makes it out of endpoint.json"
"""What to do about a generated schema."""

_DEFINITIONS = (
    *("credentials", "request_options", "photo", "success_state", "success_code", "credit_change", "balance", "uuid"),
    *("drawn_image", "coords", "degrees", "grade", "error_body"),
)
_KINDS = ("request", "response", "response.strict", "error", "error.strict")
CONDITIONS = ("protocol", "missing_input", "unknown_user", "wrong_api_key", "insufficient_credit")
IMAGE_VERDICTS = ("undecodable", "not_image")
"""What the mock itself comes to, whatever an endpoint's page says; and `no_person`."""


def endpoint_folders(documents: Documents) -> list[str]:
    """Return the folders that hold an `endpoint.json`, sorted by name."""
    return sorted(name.removesuffix("/endpoint.json") for name in documents if name.endswith("/endpoint.json"))


def layout_problems(documents: Documents) -> Iterator[ContractError]:
    """Yield each file that is missing of those written by hand, and each key or value that departs from its layout."""
    folders = endpoint_folders(documents)
    for name, layout in [
        (ERRORS_FILE, ERRORS),
        (LEDGER_FILE, LEDGER),
        *([(NAMES_FILE, NAMES)] if NAMES_FILE in documents else []),
        *((f"{folder}/endpoint.json", ENDPOINT) for folder in folders),
    ]:
        if name not in documents:
            yield _not_there(name)
            continue
        for found in departures(documents[name], layout):
            yield ContractError(name, found.problem, found.remedy)
    if COMMON not in documents:
        yield _not_there(COMMON)
    else:
        common = documents[COMMON]
        definitions = common.get("$defs") if isinstance(common, dict) else None
        for name in _DEFINITIONS:
            if not isinstance(definitions, dict) or name not in definitions:
                yield ContractError(COMMON, f"{name!r} is missing in $defs", "Copy it from the packaged contract")
    if not folders:
        yield ContractError("schemas", "no endpoint: no folder holds an endpoint.json", "Copy one and change it")


def reference_problems(documents: Documents) -> Iterator[ContractError]:
    """Yield each name that leads nowhere or stands twice, and bands that do not hold each number once.

    The files must be without `layout_problems`.
    """
    codes = [row["code"] for row in documents[ERRORS_FILE]["codes"]]
    entries = [entry["id"] for entry in documents[LEDGER_FILE]["entries"]]
    yield from _errors(documents[ERRORS_FILE])
    yield from _twice(LEDGER_FILE, "entries", entries)
    for name in (ERRORS_FILE, LEDGER_FILE, *(f"{folder}/endpoint.json" for folder in endpoint_folders(documents))):
        for entry in _entries_named(documents[name]):
            yield from _unknown(name, "ledger entry", entry, entries, "add it to ledger.json")
    for folder in endpoint_folders(documents):
        where, data = f"{folder}/endpoint.json", documents[f"{folder}/endpoint.json"]
        if data["name"] != folder:
            yield ContractError(where, f"name is {data['name']!r}", f"Give folder and endpoint one name: {folder!r}")
        yield from _views_and_metrics(where, data)
        yield from _twice(where, "codes", [row["code"] for row in data["codes"]])
        for row in data["codes"]:
            yield from _unknown(where, "code", row["code"], codes, "add it to errors.json")
        for name, bands in data["bands"].items():
            for seam in seams(bands["grades"]):
                yield ContractError(
                    where,
                    f"bands.{name}: {seam}",
                    "Bands go from no lower limit to no upper one, and of two neighbours one includes their bound",
                )
        yield from _twice(where, "fields of the reply", _field_names(data))
        yield from _variants(where, data)


def generated_problems(documents: Documents) -> Iterator[ContractError]:
    """Yield each generated schema that is missing, and each field that the data names and the schema does not have.

    The files must be without `reference_problems`.
    """
    ordered = _ordered(documents[ERRORS_FILE])
    for folder in endpoint_folders(documents):
        where, data = f"{folder}/endpoint.json", documents[f"{folder}/endpoint.json"]
        missing = [name for name in (f"{folder}/{kind}.schema.json" for kind in _KINDS) if name not in documents]
        for name in missing:
            yield ContractError(name, "the file is missing", BUILD)
        response, request = f"{folder}/response.schema.json", f"{folder}/request.schema.json"
        properties = _part(documents.get(response), "properties", dict)
        layers = _part(documents.get(request), "allOf", list)
        for name, found in ((response, properties), (request, layers)):
            if found is None and name not in missing:
                yield ContractError(name, "is not a schema that was generated", BUILD)
        if properties is not None:
            yield from _fields(where, data, response, properties)
        for layer in layers or ():
            condition = _part(layer, "x-remo-condition", str)
            yield from _unknown(request, "condition", condition, ordered, BUILD)


def _part(document: Json, key: str, kind: type) -> Json:
    """Return what an object has under a key, if it is of this kind; else None."""
    part = document.get(key) if isinstance(document, dict) else None
    return part if isinstance(part, kind) else None


def _fields(where: str, data: Json, response: str, properties: Json) -> Iterator[ContractError]:
    for name in _field_names(data):
        if name not in properties:
            yield ContractError(response, f"{name!r} is missing, which {where} names", BUILD)
    for name in data.get("order", {}).get("fields", []):
        yield from _unknown(where, "field in order", name, properties, "order holds fields of the reply")
    for row in data.get("absent", []):
        yield from _unknown(where, "field in absent", row["field"], properties, "name a field of the reply")


def contract_problems(contract: Contract) -> Iterator[ContractError]:
    """Yield two endpoints that no request tells apart, and what the mock can come to without exactly one code."""
    for one, other in combinations(contract.endpoints, 2):
        shared = {one.path, *one.aliases} & {other.path, *other.aliases}
        if shared and one.method == other.method and one.photo_fields == other.photo_fields:
            yield ContractError(
                f"{other.name}/endpoint.json",
                f"{one.name} answers {one.method} {min(shared)} with the same photos",
                "Give one of the two another path, or other photos",
            )
    for endpoint in contract.endpoints:
        yield from _gaps(contract, endpoint)


def _ordered(errors: Json) -> list[str]:
    """Return the conditions and verdicts in the order in which they are reported."""
    return [cause for step in errors["order"] for cause in ([step] if isinstance(step, str) else step)]


def _errors(errors: Json) -> Iterator[ContractError]:
    where = ERRORS_FILE
    ordered = _ordered(errors)
    yield from _twice(where, "order", ordered)
    conditions = [row["condition"] for row in errors["codes"] if "condition" in row]
    for step in errors["order"]:
        if not isinstance(step, str) and len(step) > 1 and not set(step).isdisjoint(conditions):
            problem = f"order: {', '.join(step)} share a place, which photo verdicts alone can"
            yield ContractError(where, problem, "Give each condition a place of its own")
    yield from _twice(where, "codes", [row["code"] for row in errors["codes"]])
    for row in errors["codes"]:
        if ("condition" in row) == ("verdict" in row):
            problem = f"code {row['code']} has {'both' if 'verdict' in row else 'neither'} of condition and verdict"
            yield ContractError(where, problem, "Give it one of the two")
        for cause in (row.get("condition"), *row.get("verdict", {})):
            if cause is not None:
                yield from _unknown(where, f"cause of code {row['code']}", cause, ordered, "add it to `order`")


def _views_and_metrics(where: str, data: Json) -> Iterator[ContractError]:
    views = [row["view"] for row in data["views"]]
    yield from _twice(where, "views", views)
    yield from _twice(where, "views", [row["photo"] for row in data["views"]])
    yield from _twice(where, "metrics", [row["name"] for row in data["metrics"]])
    for view in views:
        yield from _unknown(where, "view", view, MEASURES, "a photo shows one of these")
    for row in data["metrics"]:
        yield from _unknown(where, f"view of {row['name']}", row["view"], views, "add it to `views`")
        yield from _unknown(where, f"bands of {row['name']}", row["bands"], data["bands"], "add them to `bands`")
        if row["view"] in MEASURES:
            known = MEASURES[row["view"]]
            yield from _unknown(where, f"measure of {row['name']}", row["measure"], known, "no photo shows another")


def _not_there(name: str) -> ContractError:
    remedy = "Copy the one of the packaged contract, which `remo-mock contract init` writes to a folder of yours"
    return ContractError(name, "the file is missing", remedy)


def _variants(where: str, data: Json) -> Iterator[ContractError]:
    fields = list(_field_names(data))
    for switch, values in data.get("variants", {}).items():
        yield from _unknown(where, "switch in variants", switch, CHOICES, "variants belong to a switch of the mock")
        for value, variant in values.items():
            if switch in CHOICES:
                allowed = CHOICES[switch][1:]
                yield from _unknown(where, f"value of {switch} in variants", value, allowed, "the default needs none")
            for name in variant["fields"]:
                yield from _unknown(
                    where, f"field in variants.{switch}", name, fields, "name a field of a metric or view"
                )


def _field_names(data: Json) -> Iterator[str]:
    for view in data["views"]:
        yield from (view["image"], view["coords"])
    for row in data["metrics"]:
        for kind in ("value", "grade"):
            yield row.get(kind) or data["metric_fields"][kind].format(row["name"])


def _entries_named(node: Json) -> Iterator[str]:
    """Yield the ledger entries that the sources in a document name."""
    if isinstance(node, dict):
        if "ledger" in node.get(SOURCE_KEY, {}):
            yield node[SOURCE_KEY]["ledger"]
        node = list(node.values())
    if isinstance(node, list):
        for part in node:
            yield from _entries_named(part)


def _unknown(where: str, what: str, name: Json, known: Iterable[Json], advice: str) -> Iterator[ContractError]:
    choices = list(known)
    if name not in choices:
        listed = ", ".join(map(str, choices)) if choices else "none"
        yield ContractError(where, f"{what}: {name!r} is unknown", f"Known: {listed}; {advice}")


def _twice(where: str, what: str, names: Iterable[Json]) -> Iterator[ContractError]:
    for name, count in Counter(names).items():
        if count > 1:
            yield ContractError(where, f"{what}: {name!r} stands {count} times", "Keep one of them")


def _gaps(contract: Contract, endpoint: Endpoint) -> Iterator[ContractError]:
    """Yield each verdict or condition that the mock can come to by itself and that has not exactly one code."""
    natural = [code for code in endpoint.codes.values() if not code.only_when_asked]
    names = [view.name for view in endpoint.views]
    subsets = [frozenset(views) for size in range(1, len(names) + 1) for views in combinations(names, size)]
    composed = {kinds[0] for kinds in contract.order if len(kinds) == 1}

    def needs(count: int, what: str) -> Iterator[ContractError]:
        if count != 1:
            remedy = "Add it to `codes`" if count == 0 else "Mark all but one of them as only_when_asked"
            yield ContractError(f"{endpoint.name}/endpoint.json", f"needs exactly one code for {what}", remedy)

    for condition in CONDITIONS:
        yield from needs(sum(code.condition == condition for code in natural), f"{condition!r}")
    for verdict, views in [
        *((verdict, frozenset({name})) for verdict in IMAGE_VERDICTS for name in names),
        *(("no_person", views) for views in subsets),
        *(
            (verdict, views)
            for verdict in sorted(composed - {"no_person"})
            for views in subsets
            if all(verdict in endpoint.verdicts_of(view) for view in views)
        ),
    ]:
        count = sum(views in code.verdicts.get(verdict, ()) for code in natural)
        yield from needs(count, f"{verdict!r} of {', '.join(sorted(views))}")
