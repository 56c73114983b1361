"""Broken servers of the joints: where they lie, which side they are on, and whose photo they belong to."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ..changes import copying, exchanging, of_before, of_the_first, on_success
from ..mutation import BACK, FRONT, OTHERS, SIDE, SOME, A, B, C, E, mutation
from .coords import Pairs, each_view, with_joint
from .pages import COORDS

_row = partial(mutation, layer="content")

# From the side, nothing shows which is which.
LEFT_AND_RIGHT = A + B + C + E
_ARMS, _LEGS = (2, 3, 4, 5, 6, 7), (8, 9, 10, 11, 12, 13)
# For each index the index of the joint on the other side, in the vendor's order of the 22 joints.
_OTHER_SIDE = (0, 1, 5, 6, 7, 2, 3, 4, 11, 12, 13, 8, 9, 10, 14, 15, 16, 20, 21, 19, 17, 18)


def _scaled(by: float) -> Callable[[Pairs], Any]:
    return lambda pairs: [[round(x * by), round(y * by)] for x, y in pairs]


def moved(right: int, down: int) -> Callable[[Pairs], Any]:
    """Return the change that moves all joints by so many pixels."""
    return lambda pairs: [[x + right, y + down] for x, y in pairs]


def upside_down(pairs: Pairs) -> Pairs:
    """Return the joints of a person who stands on the head at the same place."""
    lowest = max(y for _, y in pairs) + min(y for _, y in pairs)
    return [[x, lowest - y] for x, y in pairs]


def other_side(pairs: Pairs) -> Pairs:
    """Return the joints with left and right exchanged."""
    return [pairs[at] for at in _OTHER_SIDE]


def _swapped(*joints: int) -> Callable[[Pairs], Any]:
    """Return the change that exchanges these joints with those of the other side."""
    return lambda pairs: [pairs[_OTHER_SIDE[at]] if at in joints else pair for at, pair in enumerate(pairs)]


def _mirrored(pairs: Pairs) -> Pairs:
    """Mirror the person at the same place."""
    width = max(x for x, _ in pairs) + min(x for x, _ in pairs)
    return [[width - x, y] for x, y in pairs]


MUTANTS = (
    _row(
        "coords-right-of-photo",
        "One joint lies right of the photo.",
        "REMO-COORDS-PHOTO",
        each_view(with_joint(4, [99999, 400])),
    ),
    _row(
        "coords-below-photo",
        "One joint lies below the photo.",
        "REMO-COORDS-PHOTO",
        each_view(with_joint(13, [300, 99999])),
        pages=OTHERS,
    ),
    _row(
        "coords-left-of-photo",
        "One joint lies left of the photo.",
        "REMO-COORDS-PHOTO",
        each_view(with_joint(7, [-12, 500])),
    ),
    _row(
        "coords-above-photo",
        "The head lies above the photo.",
        "REMO-COORDS-PHOTO",
        each_view(with_joint(0, [400, -3])),
        pages=SOME,
    ),
    _row(
        "coords-minus-one",
        "A joint that was not found is -1, -1.",
        "REMO-COORDS-PHOTO",
        each_view(with_joint(16, [-1, -1])),
        exact=True,
    ),
    _row(
        "coords-minus-two",
        "A joint that was not found is -2, -2.",
        "REMO-COORDS-PHOTO",
        each_view(with_joint(16, [-2, -2])),
    ),
    _row(
        "coords-all-minus-one",
        "No joint was found.",
        "REMO-COORDS-SPREAD",
        each_view(lambda _: [[-1, -1]] * 22),
    ),
    _row("coords-doubled", "The joints fit a photo of twice the size.", "REMO-COORDS-PHOTO", each_view(_scaled(2))),
    _row(
        "coords-side-doubled",
        "The side joints fit another size.",
        "REMO-COORDS-PHOTO",
        each_view(_scaled(3), only="sar_coords"),
        pages=SIDE,
    ),
    _row("coords-halved", "The joints fit a photo of half the size.", "REMO-COORDS-DRAWN", each_view(_scaled(0.5))),
    _row("coords-moved", "The joints lie beside the person.", "REMO-COORDS-DRAWN", each_view(moved(90, 0))),
    _row(
        "coords-of-a-part",
        "The joints count from the person's frame.",
        "REMO-COORDS-DRAWN",
        each_view(moved(-80, -90)),
        pages=OTHERS,
    ),
    _row(
        "coords-fractions",
        "The joints are fractions of the photo.",
        "REMO-COORDS-SPREAD",
        each_view(lambda p: [[x / 850, y / 1133] for x, y in p]),
    ),
    _row(
        "coords-one-place",
        "All joints lie in one place.",
        "REMO-COORDS-SPREAD",
        each_view(lambda pairs: [pairs[14]] * 22),
    ),
    _row("coords-zero", "All joints are 0, 0.", "REMO-COORDS-SPREAD", each_view(lambda _: [[0, 0]] * 22), pages=OTHERS),
    _row(
        "coords-y-x",
        "x and y are exchanged.",
        "REMO-COORDS-UPRIGHT REMO-COORDS-PHOTO",
        each_view(lambda p: [[y, x] for x, y in p]),
    ),
    _row("coords-upside-down", "y grows upwards.", "REMO-COORDS-UPRIGHT", each_view(upside_down)),
    _row(
        "coords-reversed",
        "The joints are in reversed order.",
        "REMO-COORDS-UPRIGHT REMO-COORDS-SIDES",
        each_view(lambda p: p[::-1]),
        pages=SOME,
    ),
    _row(
        "coords-by-height",
        "The joints are sorted by y.",
        "REMO-COORDS-SIDES REMO-COORDS-UPRIGHT REMO-COORDS-DRAWN",
        each_view(lambda p: sorted(p, key=lambda q: q[1])),
    ),
    _row(
        "coords-other-side",
        "Left and right are the viewer's.",
        "REMO-COORDS-SIDES",
        each_view(other_side),
        pages=LEFT_AND_RIGHT,
    ),
    _row(
        "coords-front-other-side",
        "In front, left and right are the viewer's.",
        "REMO-COORDS-SIDES",
        each_view(other_side, only="far_coords"),
        pages=FRONT,
    ),
    _row(
        "coords-back-other-side",
        "In the back, left and right are the viewer's.",
        "REMO-COORDS-SIDES",
        each_view(other_side, only="bar_coords"),
        pages=BACK,
    ),
    *(
        _row(
            f"coords-{limbs}-swapped-{where}",
            f"The left {limbs} are the right ones, seen from {where}.",
            "REMO-COORDS-SIDES",
            each_view(_swapped(*joints), only=field),
            pages=pages,
        )
        for limbs, joints in (("arms", _ARMS), ("legs", _LEGS))
        for where, field, pages in (("front", "far_coords", FRONT), ("back", "bar_coords", BACK))
    ),
    _row(
        "coords-mirrored",
        "The person is mirrored.",
        "REMO-COORDS-SIDES",
        each_view(_mirrored),
        pages=LEFT_AND_RIGHT,
    ),
    _row(
        "coords-views-swapped",
        "Front and back change places.",
        "REMO-COORDS-SIDES",
        on_success(exchanging("far_coords", "bar_coords")),
        pages=A,
    ),
    _row(
        "coords-back-is-front",
        "The back's are the front's.",
        "REMO-COORDS-VIEW REMO-COORDS-SIDES",
        on_success(copying("far_coords", "bar_coords")),
        pages=A,
    ),
    _row(
        "coords-side-is-front",
        "The side's are the front's.",
        "REMO-COORDS-VIEW",
        on_success(copying("far_coords", "sar_coords")),
        pages=A + E,
    ),
    _row(
        "coords-of-before",
        "The joints are of the request before.",
        "REMO-COORDS-STALE REMO-COORDS-DRAWN",
        of_before(COORDS),
    ),
    _row(
        "coords-never-change",
        "The joints are of the first photo ever.",
        "REMO-COORDS-STALE REMO-COORDS-DRAWN",
        of_the_first(COORDS),
        pages=OTHERS,
    ),
)
