"""Finds values of examples that break the tables: grades, types, joints, the name of the API, the sign of the price."""

import json
from collections.abc import Iterator, Mapping

from remo_mock.contract.deriving.endpoint.bands import with_sides
from remo_mock.contract.deriving.endpoint.parts import endpoint_name
from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.deriving.findings.finding import Derived, Finding, Reading
from remo_mock.contract.model import Json

_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("int", "integer", "long"), (int,)),
    **dict.fromkeys(("float", "double", "number"), (int, float)),
    **dict.fromkeys(("string", "str", "text"), (str,)),
    **dict.fromkeys(("bool", "boolean"), (bool,)),
}


def grades(derived: Derived) -> Iterator[Finding]:
    """Yield each grade in an example that the table of the same page does not give for the value beside it."""
    patterns = derived.conventions.data["metric_fields"]
    for key, page in derived.pages.named():
        for example in page.examples_of("success"):
            for field in page.response:
                metric = derived.conventions.metric_of(field.name)
                if not metric or metric[1] != "grade" or not field.grades:
                    continue
                value = example.fields.get(patterns["value"].format(metric[0]))
                shown = example.fields.get(field.name)
                right = _grade_of(value, field.grades)
                if right is None or shown is None or shown == right:
                    continue
                readings = (
                    Reading(key, field.source, f"the table gives {right} for {value}"),
                    Reading(key, example.source, f"the example has {shown} beside {value}"),
                )
                yield Finding(f"grade:{field.name}", f"The example breaks the bands of {field.name}", readings)


def types(derived: Derived) -> Iterator[Finding]:
    """Yield the values of examples that are of another type than the table says."""
    for key, page in derived.pages.named():
        for example in page.examples_of("success"):
            for row in page.response:
                value, kinds = example.fields.get(row.name), _TYPES.get(row.type)
                if (
                    value is None
                    or kinds is None
                    or (isinstance(value, kinds) and isinstance(value, bool) == (kinds == (bool,)))
                ):
                    continue
                readings = (
                    Reading(key, row.source, f"the table says {row.type}"),
                    Reading(key, example.source, f"the example has {type(value).__name__}: {str(value)[:40]}"),
                )
                yield Finding(f"type:{row.name}", f"The type of {row.name}", readings)


def joints(derived: Derived) -> Iterator[Finding]:
    """Yield coordinates in examples that are not as many pairs as the family has joints."""
    count = derived.conventions.data["joints"]
    for key, example in derived.pages.examples("success"):
        for name, value in example.fields.items():
            if derived.conventions.view_of_coords(name) and not _is_pairs(value, count):
                reading = Reading(key, example.source, f"{name} are not {count} pairs of numbers, as in the family")
                yield Finding(f"joints:{name}", f"The joints in {name}", (reading,))


def api_name(derived: Derived) -> Iterator[Finding]:
    """Yield that the example of a success names another endpoint than the page's."""
    address = derived.pages.address
    if address is None:
        return
    own = endpoint_name(address[1].path)
    for key, example in derived.pages.examples("success"):
        name = example.fields.get("APIName")
        if isinstance(name, str) and name.lower() != own.lower():
            readings = (
                Reading(address[0], address[1].source, f"the endpoint is {own}"),
                Reading(key, example.source, f"APIName is {name!r}"),
            )
            yield Finding("api-name", "APIName is not the endpoint's name", readings)


def credit_change(derived: Derived) -> Iterator[Finding]:
    """Yield that the example shows a negative amount where the table describes an amount."""
    for key, page in derived.pages.named():
        row = page.response_field("credit_change")
        for example in page.examples_of("success"):
            value = example.fields.get("credit_change")
            if row is not None and isinstance(value, int) and value < 0:
                readings = (
                    Reading(key, row.source, "the table lists the credits of an analysis"),
                    Reading(key, example.source, f"the example has {value}"),
                )
                yield Finding("sign:credit_change", "The sign of credit_change", readings)


def _grade_of(value: Json, rows: tuple[GradeRow, ...]) -> int | None:
    """Return the grade that bands give for a value, None where they do not say."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    for row in with_sides(rows):
        above = row.low is None or value > row.low or (value == row.low and row.has_low)
        below = row.high is None or value < row.high or (value == row.high and row.has_high)
        if above and below:
            return row.grade
    return None


def _is_pairs(value: Json, count: int) -> bool:
    try:
        points = json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError):
        return False
    pairs = isinstance(points, list) and all(isinstance(point, list) and len(point) == 2 for point in points)
    return pairs and len(points) == count
