"""Turns the documents under `schemas/` into a `Contract`, and refuses what does not hold together."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from remo_mock.contract.model import Band, Code, Contract, Documents, Endpoint, Json, Metric, Price, View
from remo_mock.exceptions import ContractError


def read_contract(documents: Documents) -> Contract:
    """Make the contract out of parsed files laid out like `schemas/`.

    Raises `ContractError` naming the file, if a key is missing, a name points nowhere, or a set of photo verdicts
    that the mock itself can come to has no code.
    """
    try:
        errors = documents["errors.json"]
        order = tuple((item,) if isinstance(item, str) else tuple(item) for item in errors["order"])
        endpoints = tuple(
            _endpoint(documents, name.removesuffix("/endpoint.json"), errors["codes"])
            for name in sorted(documents, key=lambda path: path.split("/"))
            if name.endswith("/endpoint.json")
        )
        ledger = tuple(documents["ledger.json"]["entries"])
    except KeyError as error:
        raise ContractError("schemas", f"{error} is missing") from error
    contract = Contract(endpoints=endpoints, order=order, ledger=ledger)
    for problem in _gaps(contract):
        raise problem
    return contract


def _endpoint(documents: Documents, directory: str, codes: Json) -> Endpoint:
    where = f"{directory}/endpoint.json"
    data = documents[where]
    try:
        fields = data["metric_fields"]
        bands = {name: _bands(table) for name, table in data["bands"].items()}
        metrics = tuple(
            Metric(
                name=row["name"],
                view=row["view"],
                measure=row["measure"],
                value_field=fields["value"].format(row["name"]),
                grade_field=fields["grade"].format(row["name"]),
                bands=bands[row["bands"]],
            )
            for row in data["metrics"]
        )
        price = data["price"]
        return Endpoint(
            name=data["name"],
            path=data["path"],
            aliases={row["path"]: row["x-remo-source"].get("ledger", "") for row in data.get("also_at", [])},
            method=data["method"],
            api_name=data["api_name"]["sent"],
            price=Price(price["credits"], price.get("per_views", 1), price.get("set")),
            views=tuple(View(row["view"], row["photo"], row["image"], row["coords"]) for row in data["views"]),
            metrics=metrics,
            codes=_codes(data["codes"], {row["code"]: row for row in codes}),
            reply_order=tuple(documents[f"{directory}/response.schema.json"]["properties"]),
            request_schema=documents[f"{directory}/request.schema.json"],
            servers=tuple(row["url"] for row in data.get("servers", [])),
        )
    except KeyError as error:
        raise ContractError(where, f"{error} is missing, or names nothing") from error


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


def _gaps(contract: Contract) -> Iterator[ContractError]:
    """Yield each verdict or condition that the mock can come to by itself and that has not exactly one code."""
    if not contract.endpoints:
        yield ContractError("schemas", "no endpoint: no folder holds an endpoint.json")
    for endpoint in contract.endpoints:
        where = f"{endpoint.name}/endpoint.json"
        natural = [code for code in endpoint.codes.values() if not code.only_when_asked]
        for condition in ("protocol", "missing_input", "unknown_user", "wrong_api_key", "insufficient_credit"):
            if sum(code.condition == condition for code in natural) != 1:
                yield ContractError(where, f"needs exactly one code for {condition!r}")
        names = [view.name for view in endpoint.views]
        subsets = [frozenset(views) for size in range(1, len(names) + 1) for views in combinations(names, size)]
        composed = {kinds[0] for kinds in contract.order if len(kinds) == 1}
        for verdict, views in [
            *((verdict, frozenset({name})) for verdict in ("undecodable", "not_image") for name in names),
            *(("no_person", views) for views in subsets),
            *(
                (verdict, views)
                for verdict in sorted(composed - {"no_person"})
                for views in subsets
                if all(verdict in endpoint.verdicts_of(view) for view in views)
            ),
        ]:
            if sum(views in code.verdicts.get(verdict, ()) for code in natural) != 1:
                yield ContractError(where, f"needs exactly one code for {verdict!r} of {', '.join(sorted(views))}")
