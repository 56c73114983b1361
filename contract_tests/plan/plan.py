"""Plans the requests of a run: the steps in their order, and the credits that each may cost."""

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
from ..model.own_photos import person_moved, with_other_angles
from ..model.photos import NOT_BASE64, Photo, blank, small, spoilt_photo
from .requests import ACCOUNT_EDITS, RAW_BODIES, Draft, spoil

# `free` steps cannot succeed, `risky` ones should fail, and `paid` ones should succeed.
CostClass: TypeAlias = Literal["free", "risky", "paid"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A request to send: `reserve` credits must be left for it; `core` marks the first success of an endpoint."""

    label: str
    endpoint: Endpoint
    draft: Callable[[], Draft] = field(repr=False)
    cause: Cause | None = None
    cost_class: CostClass = "free"
    reserve: int = 0
    core: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Steps that are sent one after another, or side by side."""

    steps: tuple[Step, ...]
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """What the requests are made of: the credentials, the photos by view, and the budget in credits."""

    credentials: Credentials = field(repr=False)
    photos: Mapping[str, Photo] = field(repr=False)
    budget: int

    def full(self, endpoint: Endpoint, change: Callable[[Photo], Photo] = lambda photo: photo) -> dict[str, Photo]:
        """Return the endpoint's photos, each changed."""
        return {view.name: change(self.photos[view.name]) for view in endpoint.views}

    def cheap(self, endpoint: Endpoint) -> dict[str, Photo]:
        """Return photos for requests that fail for another reason: proper ones only if the budget covers a success."""
        if self.budget < endpoint.price.credits:
            return dict.fromkeys([view.name for view in endpoint.views], NOT_BASE64)
        return self.full(endpoint, small)


def make_plan(
    endpoints: tuple[Endpoint, ...], sender: Sender, more: Callable[[Endpoint], tuple[Stage, Stage]] | None = None
) -> tuple[Stage, ...]:
    """Return the stages: failures first, then all successes, then failures again, so that balances can be compared.

    The first success of every endpoint comes before the second of any: the least budget then has one of each.
    `more` adds a stage of failures and one of successes for each endpoint.
    """
    extra = {endpoint.name: more(endpoint) for endpoint in endpoints} if more is not None else {}
    probes = tuple(_failing_photo(endpoint, sender) for endpoint in endpoints)
    stages = [Stage(probes)]
    for endpoint in endpoints:
        stages.append(Stage(tuple(_free(endpoint, sender)), side_by_side=True))
        stages.append(Stage(tuple(_photo_failures(endpoint, sender))))
        stages += extra.get(endpoint.name, ())[:1]
    paid = {endpoint.name: tuple(_paid(endpoint, sender)) for endpoint in endpoints}
    stages.append(Stage(tuple(step for steps in paid.values() for step in steps if step.core)))
    for endpoint in endpoints:
        stages.append(Stage(tuple(step for step in paid[endpoint.name] if not step.core)))
        stages += extra.get(endpoint.name, ())[1:]
    closing = tuple(replace(probe, label=f"{probe.label} ({when})") for probe in probes for when in ("after", "again"))
    return (*stages, Stage(closing))


def price_of(stages: tuple[Stage, ...], *, core: bool = False) -> int:
    """Return the credits that the paid steps may cost, or with `core` those of each endpoint's first success."""
    return sum(
        step.reserve
        for stage in stages
        for step in stage.steps
        if step.cost_class == "paid" and (step.core or not core)
    )


def make_step(
    label: str, cause: Cause | None, draft: Callable[[], Draft], endpoint: Endpoint, cost_class: CostClass = "free"
) -> Step:
    """Return a step that reserves what a success of its endpoint costs, unless it is free."""
    reserve = 0 if cost_class == "free" else endpoint.price.credits
    return Step(label=label, endpoint=endpoint, draft=draft, cause=cause, cost_class=cost_class, reserve=reserve)


def _failing_photo(endpoint: Endpoint, sender: Sender) -> Step:
    view, verdict, cause = next(iter(photo_causes(endpoint)))
    return make_step(f"probe, {cause.id}", cause, partial(_with_spoilt, endpoint, sender, view, verdict), endpoint)


def _with_spoilt(endpoint: Endpoint, sender: Sender, view: str, verdict: str) -> Draft:
    photos = sender.full(endpoint, small) | {view: spoilt_photo(verdict)}
    return Draft(endpoint=endpoint, credentials=sender.credentials, photos=photos)


def _free(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield requests that fail before any photo is analysed (L23), or whose photos cannot be analysed anyway."""

    def draft(**options: object) -> Callable[[], Draft]:
        return lambda: Draft(
            endpoint=endpoint,
            credentials=sender.credentials,
            photos=sender.cheap(endpoint),
            **options,  # type: ignore[arg-type]
        )

    cost_class: CostClass = "risky" if sender.budget >= endpoint.price.credits else "free"
    for cause in protocol_causes(endpoint):
        raw = RAW_BODIES.get(cause.id)
        made = draft(raw=raw) if raw is not None else draft(content_type="text/plain")
        cost = "free" if raw is not None else cost_class
        yield make_step(cause.id, _tolerant(cause, endpoint, cost_class), made, endpoint, cost)
    for name in (*sender.credentials.fields, *(view.photo_field for view in endpoint.views)):
        for how, cause in field_causes(endpoint, name):
            edits = (spoil(name, how),)
            yield make_step(cause.id, _tolerant(cause, endpoint, cost_class), draft(edits=edits), endpoint, cost_class)
    for cause in account_causes(endpoint):
        edits = (ACCOUNT_EDITS[cause.id],)
        yield make_step(cause.id, _tolerant(cause, endpoint, cost_class), draft(edits=edits), endpoint, cost_class)
    yield make_step("GET", None, draft(other_method="GET", content_type=None), endpoint)


def _tolerant(cause: Cause, endpoint: Endpoint, cost_class: CostClass) -> Cause:
    """Tolerate the photos' codes where the photos are spoilt too, for want of a budget: L23 leaves the order open."""
    return cause if cost_class == "risky" else replace(cause, tolerated=cause.tolerated | image_codes(endpoint))


def _photo_failures(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    for view, verdict, cause in photo_causes(endpoint):
        yield make_step(cause.id, cause, partial(_with_spoilt, endpoint, sender, view, verdict), endpoint)
    for views, cause in blank_causes(endpoint):
        yield make_step(cause.id, cause, partial(_with_blank, endpoint, sender, views), endpoint, "risky")


def _with_blank(endpoint: Endpoint, sender: Sender, views: tuple[str, ...]) -> Draft:
    photos = sender.full(endpoint, small) | dict.fromkeys(views, blank())
    return Draft(endpoint=endpoint, credentials=sender.credentials, photos=photos)


def _paid(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield the successes: one with uuid, in a family one more with the same (L05), and one without uuid."""
    uuid = mixed_case_uuid()

    def success(label: str, uuid: str | None, photos: Callable[[], dict[str, Photo]], *, core: bool = False) -> Step:
        def draft() -> Draft:
            return Draft(endpoint=endpoint, credentials=sender.credentials, photos=photos(), uuid=uuid)

        return replace(make_step(label, None, draft, endpoint, "paid"), core=core)

    # The last one certainly costs a credit, so that an error with an old balance afterwards is noticed.
    yield success("success with uuid, person moved", uuid, partial(sender.full, endpoint, person_moved), core=True)
    if endpoint.price.family:
        yield success("success with the same uuid", uuid, partial(sender.full, endpoint, with_other_angles))
    yield success("success without uuid", None, partial(sender.full, endpoint))


def mixed_case_uuid() -> str:
    """Return a uuid with letters of both cases: a server that changes the case does not echo it."""
    text = str(UUID(bytes=secrets.token_bytes(16), version=4))
    head, tail = text[:18].upper(), text[18:]
    return f"{head[:-1]}A{tail[:-1]}b"
