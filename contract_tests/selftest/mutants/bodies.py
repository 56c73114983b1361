"""Broken servers whose joints are nobody's: trunk, face or limbs in another order, or joints in each other's places."""

from functools import partial

from ..mutation import FRONT, OTHERS, SOME, mutation
from .coords import each_view, with_joint
from .joints import LEFT_AND_RIGHT
from .limbs import exchanged, in_place_of

_row = partial(mutation, layer="content")
_FACE = (16, 17, 18, 19, 20, 21)

MUTANTS = (
    _row(
        "coords-arms-reversed",
        "Arms run from the wrists to the shoulders.",
        "REMO-COORDS-LIMBS",
        each_view(exchanged((2, 4), (5, 7))),
    ),
    _row(
        "coords-wrist-in-the-corner",
        "A wrist lies in the photo's corner.",
        "REMO-COORDS-LIMBS",
        each_view(with_joint(4, [1, 1])),
        pages=OTHERS,
    ),
    _row(
        "coords-arms-are-legs",
        "Arms and legs change places.",
        "REMO-COORDS-UPRIGHT",
        each_view(exchanged((2, 8), (3, 9), (4, 10), (5, 11), (6, 12), (7, 13))),
        pages=SOME,
    ),
    _row(
        "coords-spine-is-pelvis",
        "Upper spine and pelvis change places.",
        "REMO-COORDS-UPRIGHT",
        each_view(exchanged((14, 15))),
        pages=OTHERS,
    ),
    _row(
        "coords-neck-is-mouth",
        "Neck and lips change places.",
        "REMO-COORDS-UPRIGHT",
        each_view(exchanged((1, 16))),
        pages=OTHERS,
    ),
    _row(
        "coords-nose-is-mouth",
        "Nose and lips change places.",
        "REMO-COORDS-UPRIGHT",
        each_view(exchanged((16, 19))),
        pages=SOME,
    ),
    _row(
        "coords-face-at-the-hips",
        "The face lies at the pelvis.",
        "REMO-COORDS-UPRIGHT",
        each_view(in_place_of(dict.fromkeys(_FACE, 14))),
        pages=OTHERS,
    ),
    *(
        _row(
            f"coords-{name}-swapped",
            f"Left and right of the {name} are exchanged, and of nothing else.",
            "REMO-COORDS-SIDES",
            each_view(exchanged(pair)),
            pages=LEFT_AND_RIGHT,
        )
        for name, pair in (("shoulders", (2, 5)), ("hips", (8, 11)), ("knees", (9, 12)), ("ears", (17, 20)))
    ),
    *(
        _row(
            f"coords-{name}-in-one-place",
            f"Both {name} are the right one.",
            "REMO-COORDS-SIDES",
            each_view(in_place_of({left: right})),
            pages=LEFT_AND_RIGHT,
        )
        for name, right, left in (("shoulders", 2, 5), ("knees", 9, 12))
    ),
    _row(
        "coords-eyes-swapped",
        "In front, left and right of the eyes are exchanged.",
        "REMO-COORDS-SIDES",
        each_view(exchanged((18, 21)), only="far_coords"),
        pages=FRONT,
    ),
    _row(
        "coords-eyes-are-ears",
        "In front, eyes and ears change places.",
        "REMO-COORDS-SIDES",
        each_view(exchanged((17, 18), (20, 21)), only="far_coords"),
        pages=FRONT,
    ),
)
