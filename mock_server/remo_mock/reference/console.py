"""Makes the JSON value from which the console shows the contract."""

from collections.abc import Iterator
from dataclasses import asdict

from remo_mock.contract import OK, SUCCESS_CODE, Contract, Documents, Endpoint, Json, Switches, compose
from remo_mock.contract.packaged import fixture
from remo_mock.photos.cards.catalogue import BROKEN, file_name
from remo_mock.photos.cards.payload import VIEWS
from remo_mock.reference.endpoint_order import in_reading_order
from remo_mock.reference.switches import switch_rows
from remo_mock.service.outcomes.faults import FAULTS
from remo_mock.service.outcomes.outcome import EXAMPLE, PROFILES

_SIDES = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")


def console_data(contract: Contract, documents: Documents, *, switches: Switches, version: str) -> Json:
    """Return the endpoints as a mock with these switches answers them, and the profiles and faults to ask for.

    `contract` is the one that the mock keeps, switches applied; `documents` are the files under `schemas/`.
    """
    return {
        "version": version,
        "success": SUCCESS_CODE,
        "profiles": [*PROFILES, EXAMPLE],
        "faults": list(FAULTS),
        "switches": [asdict(row) for row in switch_rows(contract, switches)],
        "endpoints": [
            _endpoint(contract, one, documents[f"{one.name}/endpoint.json"])
            for one in in_reading_order(contract.endpoints)
        ],
    }


def _endpoint(contract: Contract, endpoint: Endpoint, data: Json) -> Json:
    bands = {metric["name"]: metric["bands"] for metric in data["metrics"]}
    return {
        "name": endpoint.name,
        "path": endpoint.path,
        "method": endpoint.method,
        "page": data.get("page", ""),
        "price": {
            "credits": endpoint.price.credits,
            "photos": endpoint.price.per_views,
            "isOfSet": endpoint.price.family is not None,
            "set": data["price"].get("set", endpoint.name),
        },
        "views": [
            {
                "name": view.name,
                "label": contract.names.view(view.name),
                "photo": view.photo_field,
                "image": view.image_field,
                "samples": list(_samples(contract, endpoint, view.name)),
            }
            for view in endpoint.views
        ],
        "metrics": [
            {
                "name": metric.name,
                "label": contract.names.metric(metric.name, measure=metric.measure, view=metric.view),
                "view": metric.view,
                "value": metric.value_field,
                "grade": metric.grade_field,
                "bands": [
                    {"grade": band["grade"], "meaning": band["meaning"], **{s: band[s] for s in _SIDES if s in band}}
                    for band in data["bands"][bands[metric.name]]["grades"]
                ],
            }
            for metric in endpoint.metrics
        ],
        "codes": [
            {"code": code.code, "meaning": code.meaning, "condition": code.condition}
            for code in endpoint.codes.values()
        ],
    }


def _samples(contract: Contract, endpoint: Endpoint, view: str) -> Iterator[Json]:
    """Yield the good photos of a view, its cards and the files that are no photos, each with its code."""
    for verdict in endpoint.verdicts_of(view):
        file = f"{view}.jpg" if verdict == OK else file_name(contract, view=view, verdict=verdict)
        if file is not None and view in VIEWS:
            code = compose(contract, endpoint, {view: verdict})
            yield {"verdict": verdict, "file": file, "picture": verdict not in BROKEN, "code": code and code.code}
            if verdict == OK:
                yield from _postures(view)


def _postures(view: str) -> Iterator[Json]:
    """Yield the photos of drawn people in postures from a view."""
    for name, row in fixture("photos/postures.json").items():
        if row["view"] == view:
            posed = {"person": row["person"], "posture": row["posture"]}
            yield {"verdict": OK, "file": f"{name}.jpg", "picture": True, "code": None, **posed}
