"""Owns what a run will send, in which order and at what price; sends nothing."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal, TypeAlias
from uuid import UUID

from remo_mock.contract import Endpoint

from ..model.causes import (
    Cause,
    account_causes,
    blank_causes,
    field_causes,
    image_codes,
    photo_causes,
    protocol_causes,
)
from ..model.credentials import Credentials
from ..model.photos import NOT_BASE64, Photo, blank, moved, small, spoilt_photo
from .sending import ACCOUNT_EDITS, RAW_BODIES, Draft, spoil

Price: TypeAlias = Literal["free", "risky", "paid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One request to come. A `risky` one should fail and cost nothing: its credit is reserved while it is under way."""

    label: str
    endpoint: Endpoint
    draft: Callable[[], Draft] = field(repr=False)
    cause: Cause | None = None
    price: Price = "free"
    reserve: int = 0
    core: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that are made one after another, or side by side."""

    steps: tuple[Step, ...]
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends what: the caller's credentials, the full photos by view, and whether it may cost credits."""

    credentials: Credentials = field(repr=False)
    photos: Mapping[str, Photo] = field(repr=False)
    budget: int

    def full(self, endpoint: Endpoint, change: Callable[[Photo], Photo] = lambda photo: photo) -> dict[str, Photo]:
        """Return the endpoint's photos, each changed."""
        return {view.name: change(self.photos[view.name]) for view in endpoint.views}

    def cheap(self, endpoint: Endpoint) -> dict[str, Photo]:
        """Return photos for requests that fail for another reason: proper ones only if a credit may be risked."""
        if self.budget < endpoint.price.credits:
            return dict.fromkeys([view.name for view in endpoint.views], NOT_BASE64)
        return self.full(endpoint, small)


def make_plan(
    endpoints: tuple[Endpoint, ...], sender: Sender, more: Callable[[Endpoint], tuple[Stage, Stage]] | None = None
) -> tuple[Stage, ...]:
    """Return the stages: failures first, then all successes, then failures again, so that balances can be compared.

    `more` adds a stage of failures and one of successes for each endpoint.
    """
    extra = {endpoint.name: more(endpoint) for endpoint in endpoints} if more is not None else {}
    probes = tuple(_failing_photo(endpoint, sender) for endpoint in endpoints)
    stages = [Stage(probes)]
    for endpoint in endpoints:
        stages.append(Stage(tuple(_free(endpoint, sender)), side_by_side=True))
        stages.append(Stage(tuple(_photo_failures(endpoint, sender))))
        stages += extra.get(endpoint.name, ())[:1]
    for endpoint in endpoints:
        stages.append(Stage(tuple(_paid(endpoint, sender))))
        stages += extra.get(endpoint.name, ())[1:]
    closing = tuple(replace(probe, label=f"{probe.label} ({when})") for probe in probes for when in ("after", "again"))
    return (*stages, Stage(closing))


def price_of(stages: tuple[Stage, ...], *, core: bool = False) -> int:
    """Return the credits that the paid steps may cost, or those that each endpoint's first success may."""
    return sum(
        step.reserve for stage in stages for step in stage.steps if step.price == "paid" and (step.core or not core)
    )


def _step(
    label: str, cause: Cause | None, draft: Callable[[], Draft], endpoint: Endpoint, price: Price = "free"
) -> Step:
    reserve = 0 if price == "free" else endpoint.price.credits
    return Step(
        label=f"{endpoint.name}: {label}", endpoint=endpoint, draft=draft, cause=cause, price=price, reserve=reserve
    )


def _failing_photo(endpoint: Endpoint, sender: Sender) -> Step:
    view, verdict, cause = next(iter(photo_causes(endpoint)))
    return _step(f"probe, {cause.id}", cause, partial(_with_spoilt, endpoint, sender, view, verdict), endpoint)


def _with_spoilt(endpoint: Endpoint, sender: Sender, view: str, verdict: str) -> Draft:
    photos = sender.full(endpoint, small) | {view: spoilt_photo(verdict)}
    return Draft(endpoint=endpoint, credentials=sender.credentials, photos=photos)


def _free(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield requests that fail before any photo is looked at (L23), or whose photos cannot be analysed anyway."""

    def draft(**options: object) -> Callable[[], Draft]:
        return lambda: Draft(
            endpoint=endpoint,
            credentials=sender.credentials,
            photos=sender.cheap(endpoint),
            **options,  # type: ignore[arg-type]
        )

    price: Price = "risky" if sender.budget >= endpoint.price.credits else "free"
    for cause in protocol_causes(endpoint):
        raw = RAW_BODIES.get(cause.id)
        kind = None if cause.id != "text-content-type" else "text/plain"
        options = {"raw": raw} if raw is not None else {"content_type": kind}
        spoilt = raw is not None
        yield _step(cause.id, _safe(cause, endpoint, price), draft(**options), endpoint, "free" if spoilt else price)
    for name in (*sender.credentials.fields, *(view.photo_field for view in endpoint.views)):
        for how, cause in field_causes(endpoint, name):
            edits = (spoil(name, how),)
            yield _step(cause.id, _safe(cause, endpoint, price), draft(edits=edits), endpoint, price)
    for cause in account_causes(endpoint):
        edits = (ACCOUNT_EDITS[cause.id],)
        yield _step(cause.id, _safe(cause, endpoint, price), draft(edits=edits), endpoint, price)
    yield _step("GET", None, draft(method="GET", content_type=None), endpoint)


def _safe(cause: Cause, endpoint: Endpoint, price: Price) -> Cause:
    """Allow the photos' codes where, for want of a budget, the photos are spoilt too: no page tells the order (L23)."""
    return cause if price == "risky" else replace(cause, near=cause.near | image_codes(endpoint))


def _photo_failures(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    for view, verdict, cause in photo_causes(endpoint):
        yield _step(cause.id, cause, partial(_with_spoilt, endpoint, sender, view, verdict), endpoint)
    for views, cause in blank_causes(endpoint):
        yield _step(cause.id, cause, partial(_with_blank, endpoint, sender, views), endpoint, "risky")


def _with_blank(endpoint: Endpoint, sender: Sender, views: tuple[str, ...]) -> Draft:
    photos = sender.full(endpoint, small) | dict.fromkeys(views, blank())
    return Draft(endpoint=endpoint, credentials=sender.credentials, photos=photos)


def _paid(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield the successes: one with uuid; in a family one more of the same (L05); one without, of other photos."""
    uuid = mixed_case_uuid()

    def success(label: str, uuid: str | None, photos: Callable[[], dict[str, Photo]], *, core: bool = False) -> Step:
        def draft() -> Draft:
            return Draft(endpoint=endpoint, credentials=sender.credentials, photos=photos(), uuid=uuid)

        return replace(_step(label, None, draft, endpoint, "paid"), core=core)

    # The last one costs a credit for certain: errors that tell an old balance afterwards show.
    yield success("success with uuid, person moved", uuid, partial(sender.full, endpoint, moved), core=True)
    if endpoint.price.family:
        yield success("success with the same uuid", uuid, partial(sender.full, endpoint))
    yield success("success without uuid", None, partial(sender.full, endpoint))


def mixed_case_uuid() -> str:
    """Make a uuid whose letters are of both cases: what comes back unchanged was neither lowered nor raised."""
    text = str(UUID(bytes=secrets.token_bytes(16), version=4))
    head, tail = text[:18].upper(), text[18:]
    return f"{head[:-1]}A{tail[:-1]}b"
