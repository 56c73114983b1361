"""Runs every check over derived endpoints."""

from collections.abc import Iterator, Sequence

from remo_mock.contract.deriving.findings import (
    example_codes,
    example_fields,
    example_values,
    notations,
    pages,
    samples,
    tables,
)
from remo_mock.contract.deriving.findings.finding import Check, Derived, Finding

CHECKS: tuple[Check, ...] = (
    example_codes.code_key,
    notations.notation,
    example_values.grades,
    example_codes.codes,
    example_fields.fields,
    example_values.types,
    example_values.joints,
    example_fields.requests,
    example_values.api_name,
    example_values.credit_change,
    tables.parameters,
    tables.impossible,
    tables.prose_views,
    tables.prices,
    tables.bands,
    tables.captions,
    tables.plain_http,
    samples.posts_elsewhere,
    samples.undefined,
    samples.foreign,
    samples.unused,
    samples.not_sent,
    pages.languages,
)


def findings_of(derived: Derived) -> Iterator[Finding]:
    """Yield each contradiction of an endpoint's pages; of several with one key the readings are put together."""
    found: dict[str, Finding] = {}
    for check in CHECKS:
        for one in check(derived):
            before = found.get(one.key)
            readings = (*before.readings, *one.readings) if before else one.readings
            found[one.key] = Finding(one.key, before.title if before else one.title, tuple(dict.fromkeys(readings)))
    yield from found.values()


def findings_between(derived: Sequence[Derived]) -> Iterator[Finding]:
    """Yield each contradiction between the pages of several endpoints."""
    yield from pages.endpoints(derived)
