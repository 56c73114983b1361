"""Finds examples that break their own tables."""

from collections.abc import Iterator, Mapping

from remo_mock.contract.deriving.endpoint.bands import with_sides
from remo_mock.contract.deriving.endpoint.codes import code_in
from remo_mock.contract.deriving.endpoint.parts import endpoint_name
from remo_mock.contract.deriving.facts import GradeRow, Source
from remo_mock.contract.deriving.findings.finding import Derived, Finding, Reading
from remo_mock.contract.deriving.literals import CUT, NOT_JSON, PYTHON, TRAILING_COMMA, TYPOGRAPHIC
from remo_mock.contract.deriving.words import views_of
from remo_mock.contract.model import Json

_NOTATIONS = {
    PYTHON: "is a Python literal (True, False, single quotes)",
    TYPOGRAPHIC: "has typographic quotes, so it is no JSON",
    TRAILING_COMMA: "has a comma before a closing bracket, so it is no JSON",
    CUT: "is cut short with `...`",
    NOT_JSON: "is no JSON",
}
_TYPES: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("int", "integer", "long"), (int,)),
    **dict.fromkeys(("float", "double", "number"), (int, float)),
    **dict.fromkeys(("string", "str", "text"), (str,)),
    **dict.fromkeys(("bool", "boolean"), (bool,)),
}


def notation(derived: Derived) -> Iterator[Finding]:
    """Yield each way in which examples are no JSON."""
    for oddity, words in _NOTATIONS.items():
        readings = [
            Reading(key, one.source, f"the example of {_named(one.kind)} {words}")
            for key, page in derived.pages.named()
            for one in page.examples
            if oddity in one.oddities
        ]
        if readings:
            yield Finding(f"notation:{oddity}", "Examples that are not JSON", (*readings, _wire(derived)))


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


def codes(derived: Derived) -> Iterator[Finding]:
    """Yield each code in an error example that no table has, or that the table has for another photo."""
    for key, page in derived.pages.named():
        rows = {one.code: one for one in page.codes}
        for example in page.examples_of("error"):
            code = code_in(example.fields, derived.conventions)
            message = str(example.fields.get("message", ""))
            shown = Reading(key, example.source, f"the example answers {code} with {message!r}")
            if code is None or not rows:
                continue
            if code not in rows:
                similar = [one for one in rows.values() if set(views_of(message)) & {*one.views}]
                known = ", ".join(str(one.code) for one in similar or rows.values())
                table = Reading(key, page.codes[0].source, f"the table has no {code}; it has {known}")
                yield Finding(f"example-code:{code}", f"Code {code} is in an example and in no table", (table, shown))
            elif rows[code].views and views_of(message) and set(views_of(message)) - {*rows[code].views}:
                table = Reading(key, rows[code].source, f"the table has {code} for {', '.join(rows[code].views)}")
                yield Finding(f"example-code:{code}", f"Code {code} is another photo's in the table", (table, shown))


def code_key(derived: Derived) -> Iterator[Finding]:
    """Yield that the error examples carry the code under another key than the table lists."""
    for key, page in derived.pages.named():
        listed = [one for one in page.response if one.name in derived.conventions.code_keys]
        for example in page.examples_of("error"):
            used = [name for name in derived.conventions.code_keys if name in example.fields]
            if listed and used and listed[0].name not in used:
                readings = (
                    Reading(key, listed[0].source, f"the table has {listed[0].name}"),
                    Reading(key, example.source, f"the error examples have {used[0]}"),
                )
                yield Finding("code-key", "The key that carries an error's code", readings)
                return


def fields(derived: Derived) -> Iterator[Finding]:
    """Yield the fields of examples that no table lists, and those of tables that the example of a success lacks."""
    for key, page in derived.pages.named():
        if not page.response:
            continue
        listed = {one.name: one for one in page.response}
        place = page.response[0].source
        for example in page.examples_of("success"):
            for name in example.fields:
                if name not in listed:
                    yield _unlisted(name, key, place, example.source, "success")
            of_errors = {name for one in page.examples_of("error") for name in one.fields}
            for name, row in listed.items():
                if name not in example.fields and name not in of_errors:
                    readings = (
                        Reading(key, row.source, f"the table lists {name}"),
                        Reading(key, example.source, f"the example has no {name}"),
                    )
                    yield Finding(f"not-shown:{name}", f"{name} is in the table and not in the example", readings)
        for example in page.examples_of("error"):
            for name in example.fields:
                if name not in listed and name not in derived.conventions.code_keys:
                    yield _unlisted(name, key, place, example.source, "error")


def requests(derived: Derived) -> Iterator[Finding]:
    """Yield the fields by which the example of a request differs from its table."""
    for key, page in derived.pages.named():
        listed = {one.name: one for one in page.request}
        for example in page.examples_of("request"):
            if not listed:
                continue
            for name in example.fields.keys() - listed.keys():
                place = page.request[0].source
                readings = (
                    Reading(key, place, f"the table has no {name}"),
                    Reading(key, example.source, f"the example sends {name}"),
                )
                yield Finding(
                    f"request-example:{name}", f"{name} is in the example of a request and in no table", readings
                )
            for name, row in listed.items():
                if row.required and name not in example.fields:
                    readings = (
                        Reading(key, row.source, f"{name} is required"),
                        Reading(key, example.source, f"the example has no {name}"),
                    )
                    yield Finding(f"request-example:{name}", f"{name} is required and not in the example", readings)


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


def _unlisted(name: str, key: str, place: Source, source: Source, kind: str) -> Finding:
    readings = (
        Reading(key, place, f"the table has no {name}"),
        Reading(key, source, f"the example of {_named(kind)} has {name}"),
    )
    return Finding(f"not-listed:{name}", f"{name} is in the example and in no table", readings)


def _named(kind: str) -> str:
    return {"request": "a request", "success": "a success", "error": "an error"}[kind]


def _wire(derived: Derived) -> Reading:
    key, page = next(derived.pages.named())
    places = [*(one.source for one in page.request), *(one.source for one in page.response), Source()]
    return Reading(key, places[0], "requests and replies are JSON")


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
