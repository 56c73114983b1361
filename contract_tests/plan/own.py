"""Owns what only our own mock is asked: every code, the order of causes, every bound; sends nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from remo_mock.contract import Band, Contract, Endpoint

from ..model.causes import Balance, Cause, condition_code, order_pairs, verdict_codes
from ..model.credentials import DEMO, Credentials
from ..model.exchange import CALLER
from ..model.photos import Photo, blank, small, spoilt_photo
from .plan import Sender, Stage, Step, mixed_case_uuid
from .sending import ACCOUNT_EDITS, Draft, Edit, put, spoil
from .variants import as_png, in_lines, lying_down, with_prefix

# The smallest step of the printed values: a bound is asked for, and its neighbours on either side.
_STEP = 0.001


@dataclass(frozen=True, slots=True)
class OwnMock:
    """What a mock of our own can be asked for, and an account without credits."""

    capabilities: frozenset[str]
    broke: Credentials = field(repr=False)


# What every mock of this version can do, for plans that no mock is asked about.
ANY_OWN_MOCK = OwnMock(frozenset({"prefer"}), DEMO)


def own_stages(endpoint: Endpoint, *, contract: Contract, sender: Sender, mock: OwnMock) -> tuple[Stage, Stage]:
    """Return the failures and the successes that only our own mock is asked for."""
    return own_failures(contract, endpoint, sender, mock), own_successes(endpoint, sender, mock)


def own_failures(contract: Contract, endpoint: Endpoint, sender: Sender, mock: OwnMock) -> Stage:
    """Return the failures that only our own mock is asked for; each costs nothing, in any order."""
    made = [*_ordered(contract, endpoint, sender, mock), *_prefixed(endpoint, sender), _broke(endpoint, sender, mock)]
    if "prefer" in mock.capabilities:
        made += _asked_codes(endpoint, sender)
    return Stage(tuple(made), side_by_side=True)


def own_successes(endpoint: Endpoint, sender: Sender, mock: OwnMock) -> Stage:
    """Return further successes: the same photos again, other formats, a whole set, and values on every bound."""
    steps = [_success("the same photos again", endpoint, sender, sender.full(endpoint))]
    for name, change in (("PNG", as_png), ("turned by EXIF", lying_down), ("base64 in lines", in_lines)):
        steps.append(_success(f"photos as {name}", endpoint, sender, sender.full(endpoint, change)))
    if endpoint.price.family:
        uuid = mixed_case_uuid()
        cheap = sender.full(endpoint, small)
        steps += [_success(f"member {at} of a set", endpoint, sender, cheap, uuid=uuid) for at in (1, 2, 3, 4)]
    if "prefer" in mock.capabilities:
        steps += _on_bounds(endpoint, sender)
    return Stage(tuple(steps))


def _success(
    label: str,
    endpoint: Endpoint,
    sender: Sender,
    photos: Mapping[str, Photo],
    *,
    uuid: str | None = None,
    asked: str = "",
) -> Step:
    def draft() -> Draft:
        headers = {"Prefer": asked} if asked else {}
        return Draft(
            endpoint=endpoint, credentials=sender.credentials, photos=photos, uuid=uuid, headers=headers, asked=asked
        )

    return Step(
        label=f"{endpoint.name}: {label}", endpoint=endpoint, draft=draft, price="paid", reserve=endpoint.price.credits
    )


def _failure(label: str, cause: Cause, draft: Callable[[], Draft]) -> Step:
    made = draft()
    return Step(
        label=f"{made.endpoint.name}: {label}",
        endpoint=made.endpoint,
        draft=draft,
        cause=cause,
        price="risky",
        reserve=made.endpoint.price.credits,
    )


def _ordered(contract: Contract, endpoint: Endpoint, sender: Sender, mock: OwnMock) -> Iterator[Step]:
    """Yield a request for each two causes that can hold at once (L23)."""
    order = [list(kinds) for kinds in contract.order]
    for first, second in order_pairs(order, endpoint):
        code = _code(endpoint, first)
        balance: Balance = "zero" if "unknown_user" in (first, second) else "current"
        cause = Cause(id=f"{first}+{second}", codes=(code,), balance=balance)
        yield _failure(f"{first} and {second}", cause, partial(_both, endpoint, sender, mock, (first, second)))


def _code(endpoint: Endpoint, cause: str) -> int:
    if cause in ("undecodable", "no_person"):
        return verdict_codes(endpoint, cause, (endpoint.views[0].name,))[0]
    return condition_code(endpoint, cause).code


def _both(endpoint: Endpoint, sender: Sender, mock: OwnMock, causes: tuple[str, str]) -> Draft:
    photos, edits = sender.full(endpoint, small), list[Edit]()
    first_view, last_view = endpoint.views[0], endpoint.views[-1]
    poor = "insufficient_credit" in causes
    for cause in causes:
        match cause:
            case "protocol":
                edits.append(put("uuid", 12345))
            case "missing_input":
                about_photos = {"undecodable", "no_person"} & set(causes)
                edits.append(spoil("APIKey" if about_photos else last_view.photo_field, "missing"))
            case "unknown_user":
                edits.append(ACCOUNT_EDITS["unknown-user"])
            case "wrong_api_key":
                edits.append(ACCOUNT_EDITS["wrong-api-key"])
            case "undecodable":
                photos[first_view.name] = spoilt_photo(cause)
            case "no_person":
                both = "undecodable" in causes
                photos[(last_view if both else first_view).name] = blank()
    return Draft(
        endpoint=endpoint,
        credentials=mock.broke if poor else sender.credentials,
        account="broke" if poor else CALLER,
        photos=photos,
        edits=tuple(edits),
    )


def _broke(endpoint: Endpoint, sender: Sender, mock: OwnMock) -> Step:
    cause = Cause(id="no-credits", codes=(condition_code(endpoint, "insufficient_credit").code,), balance="current")

    def draft() -> Draft:
        return Draft(endpoint=endpoint, credentials=mock.broke, account="broke", photos=sender.full(endpoint, small))

    return _failure("an account without credits", cause, draft)


def _prefixed(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield photos with a data-URI prefix, the real mistake that integrators make (L13)."""
    for view in endpoint.views:
        codes = verdict_codes(endpoint, "undecodable", (view.name,))
        cause = Cause(id=f"data-uri-{view.name}", codes=codes, balance="current")
        photos = sender.full(endpoint, small)
        photos[view.name] = with_prefix(photos[view.name])
        yield _failure(
            f"data: before the {view.name} photo",
            cause,
            partial(Draft, endpoint=endpoint, credentials=sender.credentials, photos=photos),
        )


def _asked_codes(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield a request for each documented code, asked for by header."""
    for code in endpoint.codes:
        cause = Cause(id=f"asked-{code}", codes=(code,), balance="current")
        asked = f"code={code}"
        yield _failure(
            f"Prefer: {asked}",
            cause,
            partial(
                Draft,
                endpoint=endpoint,
                credentials=sender.credentials,
                photos=sender.full(endpoint, small),
                headers={"Prefer": asked},
                asked=asked,
            ),
        )


def _on_bounds(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield successes whose every metric lies on a bound of its page, or one printed step beside it."""
    bounds = {metric.name: sorted(_bounds_of(metric.bands)) for metric in endpoint.metrics}
    photos = sender.full(endpoint, small)
    for at in range(max(map(len, bounds.values()))):
        for step in (0.0, -_STEP, _STEP):
            values = {name: found[at % len(found)] + step for name, found in bounds.items()}
            asked = ", ".join(f"{name}={value:g}" for name, value in values.items())
            yield _success(f"angles on bound {at + 1} {step:+g}", endpoint, sender, photos, asked=asked)


def _bounds_of(bands: Iterable[Band]) -> set[float]:
    limits = [(one.minimum, one.exclusive_minimum, one.maximum, one.exclusive_maximum) for one in bands]
    return {limit for band in limits for limit in band if limit is not None}
