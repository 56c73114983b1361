"""Turns the documents under `schemas/` into a `Contract`, and refuses those that do not hold together."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from remo_mock.contract.consistency import (
    NAMES_FILE,
    SHARED,
    contract_problems,
    endpoint_folders,
    generated_problems,
    layout_problems,
    reference_problems,
)
from remo_mock.contract.model import Band, Code, Contract, Documents, Endpoint, Json, Metric, Price, Variant, View
from remo_mock.contract.names import read_names
from remo_mock.exceptions import ContractError


def read_contract(documents: Documents) -> Contract:
    """Make the contract out of parsed files laid out like `schemas/`.

    Raises the first `ContractError` of `problems_of`.
    """
    for problem in problems_of(documents):
        raise problem
    return _contract(documents)


def problems_of(documents: Documents) -> Iterator[ContractError]:
    """Yield everything that keeps the documents from being a contract: file, key or name, and what to do about it.

    What an endpoint refers to is looked at once its files keep their layout, and together with other endpoints once
    it has no problem of its own.
    """
    yield from _problems(documents, (*_BY_HAND, generated_problems, _whole_problems))


def problems_before_building(documents: Documents) -> Iterator[ContractError]:
    """Yield what is wrong with the files that are written by hand, out of which the schemas are built."""
    yield from _problems(documents, _BY_HAND)


_Stage = Callable[[Documents], Iterator[ContractError]]
_BY_HAND: tuple[_Stage, ...] = (layout_problems, reference_problems)


def _whole_problems(documents: Documents) -> Iterator[ContractError]:
    yield from contract_problems(_contract(documents))


def _problems(documents: Documents, stages: Iterable[_Stage]) -> Iterator[ContractError]:
    """Yield the problems of each stage; the next one sees the endpoints that have none."""
    sound = documents
    for stage in stages:
        broken = set()
        for problem in stage(sound):
            broken.add(problem.where.partition("/")[0])
            yield problem
        sound = {name: document for name, document in sound.items() if name.partition("/")[0] not in broken}
        if broken.intersection(SHARED) or not endpoint_folders(sound):
            return


def _contract(documents: Documents) -> Contract:
    errors = documents["errors.json"]
    rows = {row["code"]: row for row in errors["codes"]}
    return Contract(
        endpoints=tuple(_endpoint(documents, folder, rows) for folder in endpoint_folders(documents)),
        order=tuple((item,) if isinstance(item, str) else tuple(item) for item in errors["order"]),
        ledger=tuple(documents["ledger.json"]["entries"]),
        names=read_names(documents.get(NAMES_FILE)),
    )


def _endpoint(documents: Documents, folder: str, codes: Mapping[int, Json]) -> Endpoint:
    data = documents[f"{folder}/endpoint.json"]
    price, api_name = data["price"], data["api_name"]
    variants = tuple(
        Variant(switch, value, variant["fields"])
        for switch, values in data.get("variants", {}).items()
        for value, variant in values.items()
    )
    fields = documents[f"{folder}/response.schema.json"]["properties"]
    not_sent = {row["field"] for row in data.get("absent", [])}
    not_sent |= {name for variant in variants for name in variant.fields.values()}
    return Endpoint(
        name=data["name"],
        path=data["path"],
        aliases={row["path"]: row["x-remo-source"].get("ledger", "") for row in data.get("also_at", [])},
        method=data["method"],
        api_name=api_name["sent"],
        own_api_name=api_name.get("own", api_name["sent"]),
        price=Price(price["credits"], price.get("per_views", 1), price.get("set")),
        views=tuple(View(row["view"], row["photo"], row["image"], row["coords"]) for row in data["views"]),
        metrics=tuple(_metric(row, data) for row in data["metrics"]),
        codes=_codes(data["codes"], codes),
        reply_order=tuple(name for name in fields if name not in not_sent),
        request_schema=documents[f"{folder}/request.schema.json"],
        servers=tuple(row["url"] for row in data.get("servers", [])),
        variants=variants,
    )


def _metric(row: Json, data: Json) -> Metric:
    patterns = data["metric_fields"]
    return Metric(
        name=row["name"],
        view=row["view"],
        measure=row["measure"],
        value_field=row.get("value") or patterns["value"].format(row["name"]),
        grade_field=row.get("grade") or patterns["grade"].format(row["name"]),
        bands=_bands(data["bands"][row["bands"]]),
    )


def _bands(table: Json) -> tuple[Band, ...]:
    return tuple(
        Band(
            grade=row["grade"],
            minimum=row.get("minimum"),
            exclusive_minimum=row.get("exclusiveMinimum"),
            maximum=row.get("maximum"),
            exclusive_maximum=row.get("exclusiveMaximum"),
        )
        for row in table["grades"]
    )


def _codes(documented: Json, rows: Mapping[int, Json]) -> dict[int, Code]:
    """Join what the endpoint documents with what the codes mean; an endpoint's own words win."""
    return {
        own["code"]: Code(
            code=own["code"],
            message=own.get("message", rows[own["code"]]["message"]),
            meaning=own.get("meaning", rows[own["code"]]["meaning"]),
            condition=rows[own["code"]].get("condition"),
            verdicts={
                verdict: frozenset(frozenset(views) for views in sets)
                for verdict, sets in rows[own["code"]].get("verdict", {}).items()
            },
            only_when_asked=own.get("only_when_asked", False),
            source=own["x-remo-source"],
        )
        for own in documented
    }
