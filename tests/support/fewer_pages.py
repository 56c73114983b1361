"""Chooses the pages on which broken servers and variations are judged, where all of them would take minutes."""

from collections.abc import Mapping
from dataclasses import replace

from contract_tests.selftest.mutation import Mutation, Page, Variation
from contract_tests.selftest.rows import Row


def on_fewer_pages(rows: Mapping[str, Row]) -> Mapping[str, Row]:
    """Return the rows with fewer pages: of a broken server at least one, of a variation two, in turn.

    Each check that some row breaks on a page is still broken there by one. Unchanged is what is judged together with
    others, since that costs no run of its own, and what shows only where endpoints are compared.
    """
    broken = [row for row in rows.values() if isinstance(row, Mutation)]
    whole = [row for row in broken if row.apart or row.across or len(row.pages) == 1]
    rest = [row for row in broken if row not in whole]
    shown = {(check, page) for row in whole for check in row.fires[:1] for page in row.pages}
    last = {(row.fires[0], page): row for row in rest for page in row.pages}
    chosen = dict(rows)
    for turn, row in enumerate(rest):
        pages = _needed(row, turn, shown, last)
        shown |= {(row.fires[0], page) for page in pages}
        chosen[row.name] = replace(row, pages=pages)
    for turn, variation in enumerate(row for row in rows.values() if isinstance(row, Variation)):
        pages = variation.pages
        two = {pages[turn % len(pages)], pages[(turn + 1) % len(pages)]}
        chosen[variation.name] = replace(variation, pages=tuple(page for page in pages if page in two))
    return chosen


def _needed(
    row: Mutation, turn: int, shown: set[tuple[str, Page]], last: Mapping[tuple[str, Page], Mutation]
) -> tuple[Page, ...]:
    """Return one page, on which nothing has broken the row's check so far if there is any; and each of these on which
    no later row breaks it."""
    check = row.fires[0]
    new = [page for page in row.pages if (check, page) not in shown]
    now = [page for page in new if last[check, page] is row]
    some = new or row.pages
    return tuple(now) or (some[turn % len(some)],)
