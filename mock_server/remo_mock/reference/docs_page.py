"""Gathers what the documentation page shows of an endpoint, as rows for its template."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import orjson

from remo_mock.contract import Documents, Endpoint, Json
from remo_mock.contract.names import Names
from remo_mock.reference.codes import CodeRow
from remo_mock.reference.descriptions import prefer_lines, rules, summary
from remo_mock.reference.field_descriptions import FieldDescriptions
from remo_mock.reference.openapi_schemas import Kind, component_name, pascal

# Longer strings in an example are photos in base64; only their first characters are shown.
_LONGEST = 160
_SHOWN = 44


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of a body."""

    name: str
    kind: str
    required: bool
    description: str
    ledger: str


@dataclass(frozen=True, slots=True)
class BandsTable:
    """The bands that some metrics share: their fields and names, and the grades with their ranges and meanings."""

    metrics: tuple[tuple[str, str], ...]
    grades: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class EndpointPage:
    """All that the page shows of one endpoint."""

    endpoint: Endpoint
    summary: str
    rules: str
    prefer: tuple[str, ...]
    request: tuple[FieldRow, ...]
    reply: tuple[FieldRow, ...]
    error: tuple[FieldRow, ...]
    bands: tuple[BandsTable, ...]
    codes: tuple[CodeRow, ...]
    request_example: str
    success_example: str
    error_example: str


def endpoint_page(
    document: Json, documents: Documents, endpoint: Endpoint, codes: Iterable[CodeRow], *, names: Names, language: str
) -> EndpointPage:
    """Gather what the page shows of `endpoint` from the OpenAPI document and the contract's files.

    Fields, metrics and grades are worded in `language`, as in `names` and the contract's data.
    """
    schemas = document["components"]["schemas"]
    described = FieldDescriptions(endpoint, names, language)
    kinds: tuple[Kind, ...] = ("request", "response", "error")
    request, reply, error = (
        tuple(_fields(schemas[component_name(endpoint.name, kind)], schemas, kind, described)) for kind in kinds
    )
    examples = document["components"]["examples"]
    rows = tuple(codes)
    return EndpointPage(
        endpoint=endpoint,
        summary=summary(endpoint, names, language),
        rules=rules(endpoint, language),
        prefer=prefer_lines(endpoint, language),
        request=request,
        reply=reply,
        error=error,
        bands=tuple(_bands(documents[f"{endpoint.name}/endpoint.json"], names, language)),
        codes=rows,
        request_example=_shortened(examples.get(f"{pascal(endpoint.name)}Request")),
        success_example=_shortened(examples.get(f"{pascal(endpoint.name)}Success")),
        error_example=_shortened(_error_example(document, endpoint)),
    )


def _fields(schema: Json, schemas: Mapping[str, Json], kind: Kind, described: FieldDescriptions) -> Iterator[FieldRow]:
    for name, rule in schema["properties"].items():
        target = schemas[rule["$ref"].rpartition("/")[2]] if "$ref" in rule else {}
        whole = target | rule
        yield FieldRow(
            name=name,
            kind=_kind(whole),
            required=name in schema["required"],
            description=described.of(name, kind=kind, otherwise=whole.get("description", "")),
            ledger=whole.get("x-remo-source", {}).get("ledger", ""),
        )


def _kind(rule: Json) -> str:
    if "const" in rule:
        return orjson.dumps(rule["const"]).decode()
    kind = rule.get("type", "")
    words = " or ".join(kind) if isinstance(kind, list) else kind
    if "enum" in rule:
        values = [value if isinstance(value, str) else orjson.dumps(value).decode() for value in rule["enum"]]
        return f"{words}: {', '.join(values)}"
    return f"{words}, {rule['contentEncoding']}" if "contentEncoding" in rule else words


def _bands(data: Json, names: Names, language: str) -> Iterator[BandsTable]:
    for name, table in data["bands"].items():
        metrics = tuple(
            (row["name"], names.metric(row["name"], measure=row["measure"], view=row["view"])[language])
            for row in data["metrics"]
            if row["bands"] == name
        )
        grades = tuple((band["grade"], _range(band), band["meaning"][language]) for band in table["grades"])
        if metrics:
            yield BandsTable(metrics, grades)


def _range(band: Mapping[str, Json]) -> str:
    low = _limit(band, "minimum", "≤") or _limit(band, "exclusiveMinimum", "<")
    high = _limit(band, "maximum", "≤") or _limit(band, "exclusiveMaximum", "<")
    if low and high:
        return f"{low[0]} {low[1]} x {high[1]} {high[0]}"
    return f"x {high[1]} {high[0]}" if high else f"x {'≥' if low[1] == '≤' else '>'} {low[0]}" if low else "any"


def _limit(band: Mapping[str, Json], keyword: str, sign: str) -> tuple[str, str] | tuple[()]:
    return (f"{band[keyword]:g}°".replace("-", "−"), sign) if keyword in band else ()


def _error_example(document: Json, endpoint: Endpoint) -> Json:
    """Return the example of the first error that a photo causes."""
    code = next(code.code for code in endpoint.codes.values() if code.verdicts)
    responses = document["paths"][endpoint.path][endpoint.method.lower()]["responses"]
    for response in responses.values():
        for content in response["content"].values():
            if f"error-{code}" in content.get("examples", {}):
                return content["examples"][f"error-{code}"]
    return None


def _shortened(example: Json) -> str:
    """Return an example as indented JSON, photos cut short."""
    if example is None:
        return ""
    shown = {
        name: f"{value[:_SHOWN]}… ({len(value)} characters)"
        if isinstance(value, str) and len(value) > _LONGEST and not value.startswith("[")
        else value
        for name, value in example["value"].items()
    }
    return orjson.dumps(shown, option=orjson.OPT_INDENT_2).decode()
