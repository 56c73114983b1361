"""Lists from the contract which photo files there are: their names, and the code that each endpoint answers to them."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from remo_mock.contract import OK, Contract, Endpoint, compose
from remo_mock.photos.cards.payload import VERDICTS

SUCCESS, NOTHING = "success", "-"
BROKEN = {"not_image": "not-an-image.jpg", "undecodable": "broken-base64.txt"}
"""The file for each verdict that no card can carry; the second holds the text of a field instead of a photo."""

_WORDS = {"not_a_pose": "not A-pose"}


def file_name(contract: Contract, *, view: str, verdict: str) -> str | None:
    """Return the name of the file that gives a view's photo this verdict, or None if there is no such file."""
    codes = codes_by_endpoint(contract, view=view, verdict=verdict)
    if verdict in BROKEN or not codes:
        return BROKEN.get(verdict)
    return f"{view}-{verdict.replace('_', '-')}-{next(iter(codes.values()))}.jpg"


def verdict_words(verdict: str) -> str:
    """Return a verdict as readers see it: `no person`."""
    return _WORDS.get(verdict, verdict.replace("_", " "))


def codes_by_endpoint(contract: Contract, *, view: str, verdict: str) -> dict[str, int]:
    """Return the code of each endpoint, by name, that has one for this verdict on this view alone."""
    codes = {endpoint.name: _code(contract, endpoint, {view: verdict}) for endpoint in contract.endpoints}
    return {name: code for name, code in codes.items() if code is not None}


def answers_to_view(contract: Contract, *, view: str, verdict: str) -> dict[str, str]:
    """Return what each endpoint, by name, answers if one view has this verdict and its other photos are good."""
    codes = codes_by_endpoint(contract, view=view, verdict=verdict)
    return {
        endpoint.name: str(codes.get(endpoint.name, SUCCESS if verdict == OK else NOTHING))
        if view in {own.name for own in endpoint.views}
        else NOTHING
        for endpoint in contract.endpoints
    }


def answers_to_any_view(contract: Contract, verdict: str) -> dict[str, str]:
    """Return what each endpoint, by name, answers to this verdict on any view: `412`, or `front 413, side 414`."""
    return {endpoint.name: _view_by_view(contract, endpoint, verdict) for endpoint in contract.endpoints}


def combination_lines(contract: Contract) -> Iterator[str]:
    """Yield a line for each verdict that has codes of its own for several views of one request."""
    for endpoint in contract.endpoints:
        for verdict in VERDICTS:
            views = [view.name for view in endpoint.views if _code(contract, endpoint, {view.name: verdict})]
            sets = [some for size in range(2, len(views) + 1) for some in combinations(views, size)]
            codes = [(some, _code(contract, endpoint, dict.fromkeys(some, verdict))) for some in sets]
            listed = ", ".join(f"{' + '.join(some)} {code}" for some, code in codes if code is not None)
            if listed:
                yield f"{verdict_words(verdict)}: {listed} ({endpoint.name})"


def _view_by_view(contract: Contract, endpoint: Endpoint, verdict: str) -> str:
    codes = {view.name: _code(contract, endpoint, {view.name: verdict}) for view in endpoint.views}
    if len(set(codes.values())) == 1:
        return str(next(iter(codes.values())))
    return ", ".join(f"{view} {code}" for view, code in codes.items())


def _code(contract: Contract, endpoint: Endpoint, verdicts: Mapping[str, str]) -> int | None:
    if not set(verdicts) <= {view.name for view in endpoint.views}:
        return None
    try:
        code = compose(contract, endpoint, verdicts)
    except ValueError:
        return None  # the endpoint documents no code for this, so there is no such card
    return code.code if code else None
