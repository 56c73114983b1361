"""Lists what causes each error, and the codes that answer it, read from the contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal, TypeAlias

from remo_mock.contract import Endpoint, Json, code_for_condition, code_for_verdicts

Balance: TypeAlias = Literal["current", "current-or-zero", "zero-or-current", "zero"]
Spoilt: TypeAlias = Literal["missing", "null", "empty", "wrong-type"]

# Conditions that a request can cause, together with any other of these.
_COMBINABLE = ("protocol", "missing_input", "unknown_user", "wrong_api_key", "insufficient_credit", "undecodable",
                 "no_person")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """One cause of an error, the only one in its request (L23).

    `codes` are the documented codes, the table's first; `tolerated` are codes that a service may have reason to
    answer with, which is worth a note. `balance` is what `credit` may be in the error: the first of two in our mock.
    `unforbidden`: no page says that such a request fails.
    """

    id: str
    codes: tuple[int, ...]
    tolerated: frozenset[int] = frozenset()
    balance: Balance
    unforbidden: bool = False


def verdict_codes(endpoint: Endpoint, verdict: str, views: tuple[str, ...]) -> tuple[int, ...]:
    """Return the code of a verdict on some photos, then the codes that its ledger entry accepts as well (L08, L09).

    Raises `ValueError` for views that the endpoint does not have.
    """
    natural = code_for_verdicts(endpoint, (verdict,), dict.fromkeys(views, verdict))
    if natural is None:
        raise ValueError(f"{endpoint.name} has none of the views {', '.join(views)}")
    entry = natural.source.get("ledger")
    others = [
        code.code
        for code in endpoint.codes.values()
        if code.only_when_asked and entry and code.source.get("ledger") == entry
    ]
    return (natural.code, *others)


def after_credit(endpoint: Endpoint, cause: Cause, order: tuple[tuple[str, ...], ...]) -> bool:
    """Tell whether a lack of credits comes before this cause in the contract's order of errors (L23)."""
    code = endpoint.codes[cause.codes[0]]
    names = {code.condition, *code.verdicts}
    places = [at for at, step in enumerate(order) if names.intersection(step)]
    return min(places, default=0) > next(at for at, step in enumerate(order) if "insufficient_credit" in step)


def image_codes(endpoint: Endpoint) -> frozenset[int]:
    """Return every code for a photo that is no picture."""
    return frozenset(
        code.code for code in endpoint.codes.values() if {"undecodable", "not_image"} & code.verdicts.keys()
    )


def documented(endpoint: Endpoint) -> frozenset[int]:
    """Return every code on the endpoint's page."""
    return frozenset(endpoint.codes)


def protocol_causes(endpoint: Endpoint) -> Iterator[Cause]:
    """Yield the ways to send no proper JSON object; the ids are keys of `RAW_BODIES`, or `text-content-type`."""
    protocol = code_for_condition(endpoint, "protocol").code
    missing = code_for_condition(endpoint, "missing_input").code
    for name in ("bad-json", "array-body", "string-body"):
        yield Cause(id=name, codes=(protocol,), balance="zero")
    yield Cause(id="empty-body", codes=(protocol,), tolerated=frozenset({missing}), balance="zero")
    # Many servers ignore the header, and no page says that they should not.
    yield Cause(
        id="text-content-type",
        codes=(protocol,),
        tolerated=documented(endpoint),
        balance="zero-or-current",
        unforbidden=True,
    )


def field_causes(endpoint: Endpoint, field: str) -> Iterator[tuple[Spoilt, Cause]]:
    """Yield the ways to spoil one required field (both pages, the parameters' column Required)."""
    protocol = code_for_condition(endpoint, "protocol").code
    missing = code_for_condition(endpoint, "missing_input").code
    # Without both of these no account is known, so there is no balance to return.
    balance: Balance = "zero-or-current" if field in ("Email", "UserKey") else "current-or-zero"
    yield "missing", Cause(id=f"missing-{field}", codes=(missing,), balance=balance)
    # No page says whether an empty value is no value, or a wrong one.
    wrong = _codes_of_a_wrong_value(endpoint, field)
    yield "empty", Cause(id=f"empty-{field}", codes=(missing,), tolerated=wrong, balance=balance)
    yield "null", Cause(id=f"null-{field}", codes=(missing,), tolerated=wrong | {protocol}, balance=balance)
    tolerated = documented(endpoint) - {protocol}
    yield "wrong-type", Cause(id=f"wrong-type-{field}", codes=(protocol,), tolerated=tolerated, balance=balance)


def _codes_of_a_wrong_value(endpoint: Endpoint, field: str) -> frozenset[int]:
    if field in ("Email", "UserKey"):
        return frozenset({code_for_condition(endpoint, "unknown_user").code})
    if field == "APIKey":
        return frozenset({code_for_condition(endpoint, "wrong_api_key").code})
    return image_codes(endpoint)


def account_causes(endpoint: Endpoint) -> Iterator[Cause]:
    """Yield the ways to name an unknown account, or to give a wrong key."""
    unknown = code_for_condition(endpoint, "unknown_user").code
    wrong_key = code_for_condition(endpoint, "wrong_api_key").code
    yield Cause(id="unknown-user", codes=(unknown,), balance="zero")
    yield Cause(id="wrong-user-key", codes=(unknown,), balance="zero-or-current")
    yield Cause(id="wrong-api-key", codes=(wrong_key,), balance="current-or-zero")


def photo_causes(endpoint: Endpoint) -> Iterator[tuple[str, str, Cause]]:
    """Yield view, verdict and cause for each photo that is no picture (L08, L10)."""
    for view in endpoint.views:
        undecodable = verdict_codes(endpoint, "undecodable", (view.name,))
        for verdict in ("undecodable", "not_image"):
            codes = verdict_codes(endpoint, verdict, (view.name,))
            # A page with a code for this view alone may mean it for whatever is wrong with the view's photo.
            # The codes of integrators' tables (L10) stand on no page.
            tolerated = frozenset((*undecodable, *_codes_on_no_page(endpoint, view.name))) - frozenset(codes)
            identity = f"{verdict.replace('_', '-')}-{view.name}"
            yield view.name, verdict, Cause(id=identity, codes=codes, tolerated=tolerated, balance="current")


def _codes_on_no_page(endpoint: Endpoint, view: str) -> Iterator[int]:
    """Yield the codes that integrators, and no page, have for a photo of a view that cannot be decoded."""
    for code in endpoint.codes.values():
        if code.source["page"] is None and frozenset({view}) in code.verdicts.get("undecodable", ()):
            yield code.code


def blank_causes(endpoint: Endpoint) -> Iterator[tuple[tuple[str, ...], Cause]]:
    """Yield every set of views whose photos show nobody, with its cause."""
    names = [view.name for view in endpoint.views]
    for size in range(1, len(names) + 1):
        for views in combinations(names, size):
            codes = verdict_codes(endpoint, "no_person", views)
            yield views, Cause(id=f"blank-{'-'.join(views)}", codes=codes, balance="current")


def order_pairs(order: Json, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
    """Yield each two conditions that one request can cause together, in the order of the contract (L23)."""
    flat = [name for item in order for name in ([item] if isinstance(item, str) else item[:1])]
    known = [name for name in flat if name in _COMBINABLE]
    for at, first in enumerate(known):
        for second in known[at + 1 :]:
            two_photos = {first, second} == {"undecodable", "no_person"}
            nobody_pays = (first, second) == ("unknown_user", "insufficient_credit")
            if not nobody_pays and (len(endpoint.views) > 1 or not two_photos):
                yield first, second
