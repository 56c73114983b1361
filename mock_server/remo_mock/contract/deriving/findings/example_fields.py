"""Finds fields that stand in an example and in no table, or in a table and in no example."""

from collections.abc import Iterator

from remo_mock.contract.deriving.facts import Source
from remo_mock.contract.deriving.findings.finding import KIND_WORDS, Derived, Finding, Reading


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


def _unlisted(name: str, key: str, place: Source, source: Source, kind: str) -> Finding:
    readings = (
        Reading(key, place, f"the table has no {name}"),
        Reading(key, source, f"the example of {KIND_WORDS[kind]} has {name}"),
    )
    return Finding(f"not-listed:{name}", f"{name} is in the example and in no table", readings)
