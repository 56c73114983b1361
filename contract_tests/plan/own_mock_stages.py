"""Plans the requests that a mock of our own is sent, or a strict run sends: every code, two causes, every bound."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from remo_mock.contract import DECIMALS, Band, Contract, Endpoint, code_for_condition

from ..model.causes import Balance, Cause, order_pairs, verdict_codes
from ..model.credentials import DEMO, Credentials
from ..model.exchange import RUN_ACCOUNT
from ..model.photos import Photo, blank, small, spoilt_photo
from .photo_variants import as_png, in_lines, turned_by_exif, with_prefix
from .plan import Sender, Stage, Step, make_step, mixed_case_uuid
from .requests import ACCOUNT_EDITS, Draft, Edit, put, spoil

# The last printed decimal of a value: each bound is asked for, and its neighbours on either side.
_STEP = 10**-DECIMALS


@dataclass(frozen=True, slots=True)
class OwnMock:
    """What a mock of our own can be asked for, an account of it without credits, and the uuid of a set of all views."""

    capabilities: frozenset[str]
    broke: Credentials = field(repr=False)
    person: str = field(default_factory=mixed_case_uuid)


# What every mock of this version can do, for plans that are printed and not sent.
ANY_OWN_MOCK = OwnMock(frozenset({"prefer"}), DEMO)


def own_mock_stages(endpoint: Endpoint, *, contract: Contract, sender: Sender, mock: OwnMock) -> tuple[Stage, Stage]:
    """Return the failures, in any order and free, and the successes that only a mock of our own is sent."""
    failures = [
        *_two_causes(contract, endpoint, sender, mock),
        *_with_data_uri(endpoint, sender),
        _without_credits(endpoint, sender, mock),
    ]
    successes = list(_successes(endpoint, sender, mock))
    if "prefer" in mock.capabilities:
        failures += _preferred_codes(endpoint, sender)
        successes += _on_bounds(endpoint, sender)
    return Stage(tuple(failures), side_by_side=True), Stage(tuple(successes))


def strict_stages(endpoint: Endpoint, *, contract: Contract, sender: Sender) -> tuple[Stage, Stage]:
    """Return the failures that a strict run sends to any server, two causes at once (L23), and no successes."""
    return Stage(tuple(_two_causes(contract, endpoint, sender, None)), side_by_side=True), Stage(())


def _successes(endpoint: Endpoint, sender: Sender, mock: OwnMock) -> Iterator[Step]:
    """Yield the same photos again, other formats, a whole set, and a member of all endpoints' set (L05)."""
    yield _success("the same photos again", endpoint, sender, sender.full(endpoint))
    for name, change in (("PNG", as_png), ("turned by EXIF", turned_by_exif), ("base64 in lines", in_lines)):
        yield _success(f"photos as {name}", endpoint, sender, sender.full(endpoint, change))
    if endpoint.price.family:
        uuid, photos = mixed_case_uuid(), sender.full(endpoint, small)
        for at in (1, 2, 3, 4):
            yield _success(f"member {at} of a set", endpoint, sender, photos, uuid=uuid)
        yield _success("a view of one person's set", endpoint, sender, photos, uuid=mock.person)


def _success(
    label: str,
    endpoint: Endpoint,
    sender: Sender,
    photos: Mapping[str, Photo],
    *,
    uuid: str | None = None,
    preference: str = "",
) -> Step:
    draft = partial(
        Draft, endpoint=endpoint, credentials=sender.credentials, photos=photos, uuid=uuid, preference=preference
    )
    return make_step(label, None, draft, endpoint, "paid")


def _two_causes(contract: Contract, endpoint: Endpoint, sender: Sender, mock: OwnMock | None) -> Iterator[Step]:
    """Yield a request for each two causes that can hold at once (L23); only a mock has an account without credits."""
    order = [list(kinds) for kinds in contract.order]
    for first, second in order_pairs(order, endpoint):
        if mock is None and "insufficient_credit" in (first, second):
            continue
        code = _code(endpoint, first)
        balance: Balance = "zero" if "unknown_user" in (first, second) else "current"
        if mock is None:  # nobody says how early another server looks the account up
            balance = "zero-or-current"
        cause = Cause(id=f"{first}+{second}", codes=(code,), balance=balance)
        draft = partial(_with_both, endpoint, sender, mock, (first, second))
        yield make_step(f"{first} and {second}", cause, draft, endpoint, "risky")


def _code(endpoint: Endpoint, cause: str) -> int:
    if cause in ("undecodable", "no_person"):
        return verdict_codes(endpoint, cause, (endpoint.views[0].name,))[0]
    return code_for_condition(endpoint, cause).code


def _with_both(endpoint: Endpoint, sender: Sender, mock: OwnMock | None, causes: tuple[str, str]) -> Draft:
    photos, edits = sender.full(endpoint, small), list[Edit]()
    first_view, last_view = endpoint.views[0], endpoint.views[-1]
    poor = mock is not None and "insufficient_credit" in causes
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
        credentials=mock.broke if mock is not None and poor else sender.credentials,
        account="broke" if poor else RUN_ACCOUNT,
        photos=photos,
        edits=tuple(edits),
    )


def _without_credits(endpoint: Endpoint, sender: Sender, mock: OwnMock) -> Step:
    cause = Cause(id="no-credits", codes=(code_for_condition(endpoint, "insufficient_credit").code,), balance="current")

    def draft() -> Draft:
        return Draft(endpoint=endpoint, credentials=mock.broke, account="broke", photos=sender.full(endpoint, small))

    return make_step("an account without credits", cause, draft, endpoint, "risky")


def _with_data_uri(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield photos with a data-URI prefix, a mistake that integrators make (L13)."""
    for view in endpoint.views:
        codes = verdict_codes(endpoint, "undecodable", (view.name,))
        cause = Cause(id=f"data-uri-{view.name}", codes=codes, balance="current")
        photos = sender.full(endpoint, small)
        photos[view.name] = with_prefix(photos[view.name])
        draft = partial(Draft, endpoint=endpoint, credentials=sender.credentials, photos=photos)
        yield make_step(f"data: before the {view.name} photo", cause, draft, endpoint, "risky")


def _preferred_codes(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield a request for each documented code, asked for by the Prefer header."""
    photos = sender.full(endpoint, small)
    for code in endpoint.codes:
        cause = Cause(id=f"asked-{code}", codes=(code,), balance="current")
        preference = f"code={code}"
        draft = partial(Draft, endpoint=endpoint, credentials=sender.credentials, photos=photos, preference=preference)
        yield make_step(f"Prefer: {preference}", cause, draft, endpoint, "risky")


def _on_bounds(endpoint: Endpoint, sender: Sender) -> Iterator[Step]:
    """Yield successes in which every metric lies on a bound of its bands, or one printed decimal beside it."""
    bounds = {metric.name: sorted(_bounds(metric.bands)) for metric in endpoint.metrics}
    photos = sender.full(endpoint, small)
    for at in range(max(map(len, bounds.values()))):
        for step in (0.0, -_STEP, _STEP):
            values = {name: found[at % len(found)] + step for name, found in bounds.items()}
            preference = ", ".join(f"{name}={value:g}" for name, value in values.items())
            yield _success(f"angles on bound {at + 1} {step:+g}", endpoint, sender, photos, preference=preference)


def _bounds(bands: Iterable[Band]) -> set[float]:
    limits = [(one.minimum, one.exclusive_minimum, one.maximum, one.exclusive_maximum) for one in bands]
    return {limit for band in limits for limit in band if limit is not None}
