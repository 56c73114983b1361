"""Finds where pages differ: two languages of one endpoint, or the pages of two endpoints."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations

from remo_mock.contract.deriving.endpoint.bands import limits_of, with_sides
from remo_mock.contract.deriving.facts import PageFacts, ResponseField, Source
from remo_mock.contract.deriving.findings.finding import Derived, Finding, Reading

_PLACES: Mapping[str, Callable[[PageFacts], dict[str, Source]]] = {
    "request field": lambda page: {row.name: row.source for row in page.request},
    "response field": lambda page: {row.name: row.source for row in page.response},
    "code": lambda page: {str(row.code): row.source for row in page.codes},
}


def languages(derived: Derived) -> Iterator[Finding]:
    """Yield what the pages of one endpoint state differently."""
    for (one_key, one), (other_key, other) in combinations(derived.pages.named(), 2):
        for what, places in _PLACES.items():
            yield from _only(what, one_key, places(one), other_key, places(other))
        yield from _causes(one_key, one, other_key, other)
        yield from _bands(one_key, one, other_key, other)
        yield from _addresses(one_key, one, other_key, other)


def endpoints(derived: Sequence[Derived]) -> Iterator[Finding]:
    """Yield for each two endpoints the metrics that their pages grade differently."""
    for one, other in combinations(derived, 2):
        mine, theirs = (
            {row.name: (key, row) for key, row in each.pages.response() if row.grades} for each in (one, other)
        )
        differing = [name for name in mine if name in theirs and _differ(mine[name][1], theirs[name][1])]
        if differing:
            readings = tuple(
                Reading(*_place(rows[name]), f"{name}: {bounds(rows[name][1])}")
                for name in differing
                for rows in (mine, theirs)
            )
            names = "~".join(sorted(str(each.data.get("name", "")) for each in (one, other)))
            yield Finding(f"bands:{names}", "Pages that grade the same angles differently", readings)


def bounds(row: ResponseField) -> str:
    """Write the bounds of a field's bands from low to high."""
    found = sorted({limit for one in row.grades for limit in (one.low, one.high) if limit is not None})
    return ", ".join(f"{limit:g}" for limit in found)


def _place(row: tuple[str, ResponseField]) -> tuple[str, Source]:
    return row[0], row[1].source


def _addresses(one_key: str, one: PageFacts, other_key: str, other: PageFacts) -> Iterator[Finding]:
    mine, theirs = one.address, other.address
    if mine and theirs and mine.server and theirs.server and mine.server != theirs.server:
        readings = (Reading(one_key, mine.source, mine.server), Reading(other_key, theirs.source, theirs.server))
        yield Finding("languages:address", "The pages name different hosts", readings)


def _differ(one: ResponseField, other: ResponseField) -> bool:
    return limits_of(with_sides(one.grades)) != limits_of(with_sides(other.grades))


def _only(
    what: str, one_key: str, one: dict[str, Source], other_key: str, other: dict[str, Source]
) -> Iterator[Finding]:
    """Yield the names that only one of two pages has; a page without any of them says nothing."""
    if not one or not other:
        return
    for key, mine, rival, theirs in ((one_key, one, other_key, other), (other_key, other, one_key, one)):
        for name, source in mine.items():
            if name not in theirs:
                readings = (
                    Reading(key, source, f"has {what} {name}"),
                    Reading(rival, next(iter(theirs.values())), f"has no {name}"),
                )
                yield Finding(f"languages:{what}:{name}", f"Only one page has {what} {name}", readings)


def _causes(one_key: str, one: PageFacts, other_key: str, other: PageFacts) -> Iterator[Finding]:
    theirs = {row.code: row for row in other.codes}
    for row in one.codes:
        rival = theirs.get(row.code)
        if rival is not None and row.cause and rival.cause and (row.cause, row.views) != (rival.cause, rival.views):
            readings = (
                Reading(one_key, row.source, f"{row.code} is {row.cause} {', '.join(row.views)}"),
                Reading(other_key, rival.source, f"{row.code} is {rival.cause} {', '.join(rival.views)}"),
            )
            yield Finding(f"languages:cause:{row.code}", f"The pages explain code {row.code} differently", readings)


def _bands(one_key: str, one: PageFacts, other_key: str, other: PageFacts) -> Iterator[Finding]:
    for row in one.response:
        rival = other.response_field(row.name)
        if rival is not None and row.grades and rival.grades and _differ(row, rival):
            readings = (
                Reading(one_key, row.source, f"bounds {bounds(row)}"),
                Reading(other_key, rival.source, f"bounds {bounds(rival)}"),
            )
            yield Finding(f"languages:bands:{row.name}", f"The pages grade {row.name} differently", readings)
