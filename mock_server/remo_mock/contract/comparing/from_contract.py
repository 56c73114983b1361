"""Makes the subject of a comparison out of an endpoint's contract data."""

from collections.abc import Mapping

from remo_mock.contract.building.parts import metric_fields
from remo_mock.contract.comparing.subject import CodeLine, FieldLine, Subject
from remo_mock.contract.consistency import ERRORS_FILE, endpoint_folders
from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.model import Documents, Json
from remo_mock.contract.packaged import EXAMPLES


def subjects_of_contract(documents: Documents) -> list[Subject]:
    """Return every endpoint of a contract folder, by name."""
    return [_subject(documents, folder) for folder in endpoint_folders(documents)]


def _subject(documents: Documents, folder: str) -> Subject:
    data = documents[f"{folder}/endpoint.json"]
    metrics = {metric_fields(data, row)[1]: row for row in data["metrics"]}
    success = documents.get(f"{EXAMPLES}{folder}.success.json")
    absent = {row["field"] for row in data.get("absent", [])}
    properties = [name for name in _response(documents, folder) if name not in absent]
    return Subject(
        name=data["name"],
        method=data["method"],
        path=data["path"],
        server=next((row["url"] for row in data.get("servers", [])), ""),
        request={name: FieldLine(required=True) for name in _request(documents, folder)},
        response=dict.fromkeys(properties, FieldLine()),
        bands={name: tuple(map(_row, data["bands"][row["bands"]]["grades"])) for name, row in metrics.items()},
        codes={row["code"]: _code(row, documents[ERRORS_FILE]) for row in data["codes"]},
        prices=(_price(data["price"]),),
        success=success if isinstance(success, dict) else {"APIName": data["api_name"]["sent"]},
        order=tuple(properties),
        value_fields={grade: metric_fields(data, row)[0] for grade, row in metrics.items()},
    )


def _request(documents: Documents, folder: str) -> list[str]:
    layers = documents.get(f"{folder}/request.schema.json", {}).get("allOf", [])
    return next((layer["required"] for layer in layers if "required" in layer), [])


def _response(documents: Documents, folder: str) -> list[str]:
    return list(documents.get(f"{folder}/response.schema.json", {}).get("properties", {}))


def _row(row: Json) -> GradeRow:
    """Return a row of bands as the facts of a page have it; our words begin with the level."""
    level = row["meaning"]["en"].partition(":")[0]
    return GradeRow(
        row["grade"],
        low=row.get("minimum", row.get("exclusiveMinimum")),
        has_low="minimum" in row if {"minimum", "exclusiveMinimum"} & row.keys() else None,
        high=row.get("maximum", row.get("exclusiveMaximum")),
        has_high="maximum" in row if {"maximum", "exclusiveMaximum"} & row.keys() else None,
        level=level if level in {"normal", "caution", "danger"} else "",
    )


def _code(row: Json, errors: Json) -> CodeLine:
    known: Mapping[str, Json] = next((one for one in errors["codes"] if one["code"] == row["code"]), {})
    verdicts = [f"{verdict} {', '.join(map(' + '.join, sets))}" for verdict, sets in known.get("verdict", {}).items()]
    meaning = row.get("meaning", known.get("meaning", {})).get("en", "")
    return CodeLine(known.get("condition") or "; ".join(verdicts), meaning=meaning, message=row.get("message"))


def _price(price: Json) -> str:
    spent = f"{price['credits']} credit{'s' * (price['credits'] != 1)}"
    return f"{spent} for {price['per_views']} photos of a set" if "per_views" in price else f"{spent} a request"
