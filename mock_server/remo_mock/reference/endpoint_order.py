"""Sorts endpoints for readers: from one photo to many, front before side before back."""

from collections.abc import Iterable

from remo_mock.contract import Endpoint
from remo_mock.photos.cards.payload import VIEWS


def in_reading_order(endpoints: Iterable[Endpoint]) -> tuple[Endpoint, ...]:
    """Return the endpoints sorted by the number of their photos, then by the views that these show."""
    return tuple(sorted(endpoints, key=_place))


def _place(endpoint: Endpoint) -> tuple[int, list[int]]:
    views = [VIEWS.index(view.name) if view.name in VIEWS else len(VIEWS) for view in endpoint.views]
    return len(views), views
