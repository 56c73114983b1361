"""Broken servers of single joints: not found, doubled, or in the place of another."""

from collections.abc import Callable
from functools import partial

from ..mutation import FRONT, OTHERS, mutation
from .coords import Pairs, each_view, with_joint
from .joints import LEFT_AND_RIGHT

_row = partial(mutation, layer="content")


def in_place_of(places: dict[int, int]) -> Callable[[Pairs], Pairs]:
    """Return the change that gives joints, by index, the places of others."""
    return lambda pairs: [pairs[places.get(at, at)] for at in range(len(pairs))]


def exchanged(*couples: tuple[int, int]) -> Callable[[Pairs], Pairs]:
    """Return the change that exchanges the places of two joints each, by index."""
    return in_place_of({one: other for couple in couples for one, other in (couple, couple[::-1])})


MUTANTS = (
    _row(
        "coords-left-is-right",
        "The left limbs have the places of the right ones.",
        "REMO-COORDS-SIDES",
        each_view(in_place_of({5: 2, 6: 3, 7: 4, 11: 8, 12: 9, 13: 10})),
        pages=LEFT_AND_RIGHT,
    ),
    _row(
        "coords-left-arm-is-right",
        "In front, the left arm has the place of the right one.",
        "REMO-COORDS-SIDES",
        each_view(in_place_of({5: 2, 6: 3, 7: 4}), only="far_coords"),
        pages=FRONT,
    ),
    _row(
        "coords-knees-are-ankles",
        "Knees and ankles change places.",
        "REMO-COORDS-LIMBS",
        each_view(exchanged((9, 10), (12, 13))),
    ),
    _row(
        "coords-knee-is-ankle",
        "One knee and its ankle change places.",
        "REMO-COORDS-LIMBS",
        each_view(exchanged((12, 13))),
        pages=OTHERS,
    ),
    _row(
        "coords-elbows-are-wrists",
        "Elbows and wrists change places.",
        "REMO-COORDS-LIMBS",
        each_view(exchanged((3, 4), (6, 7))),
    ),
    _row("coords-neck-is-pelvis", "Neck and pelvis swap places.", "REMO-COORDS-UPRIGHT", each_view(exchanged((1, 14)))),
    _row(
        "coords-head-is-mouth",
        "Head top and lips swap places.",
        "REMO-COORDS-UPRIGHT",
        each_view(exchanged((0, 16))),
    ),
    _row(
        "coords-wrist-nowhere",
        "A wrist that is not found is 0, 0.",
        "REMO-COORDS-FOUND",
        each_view(with_joint(4, [0, 0])),
    ),
    _row(
        "coords-face-nowhere",
        "A face that is not seen is 0, 0.",
        "REMO-COORDS-FOUND",
        each_view(lambda pairs: [*pairs[:16], *[[0, 0]] * 6]),
    ),
)
