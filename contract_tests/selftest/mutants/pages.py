"""Holds figures copied by hand from the five pages' tables: read from our schemas, they would prove nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from ..mutation import ALL, Change, Page

# The response tables: value<=a is -2, a<value<=b is -1, b<value<c is 0, c<=value<d is 1, value>=d is 2.
Bounds = tuple[float, float, float, float]
LINE: dict[Page, Bounds] = dict.fromkeys(ALL, (-5, -1.5, 1.5, 5)) | {"A": (-4.0, -1.0, 1.0, 4.0)}
LEG: dict[Page, Bounds] = dict.fromkeys(ALL, (-10, -5, 5, 10)) | {"A": (-12.0, -6.0, 6.0, 12.0)}
SIDE_TILT: dict[Page, Bounds] = {"A": (-4, -1, 1, 4), "D": (-5, -1.5, 3, 10), "E": (-5, -1.5, 3, 10)}

# Page A: value<=a is 0; pages D and E: value<a is 0. Between a and b it is 1, and value>=b is 2.
ROUND_SHOULDER: dict[Page, tuple[float, float]] = {"A": (8, 15), "D": (5, 15), "E": (5, 15)}
# value<=a is 0, a<value<b is 1, value>=b is 2.
TURTLE_NECK: dict[Page, tuple[float, float]] = {"A": (34, 40), "D": (30, 40), "E": (30, 40)}

_LINES_AND_LEGS = ("head_bal", "pelvic_bal", "shoulder_bal", "left_qang", "right_qang", "knee_bal", "tilt")
BACK = tuple(f"bar_{name}" for name in _LINES_AND_LEGS)
FRONT = tuple(f"far_{name}" for name in _LINES_AND_LEGS)
SIDE = ("sar_head_tilt", "sar_tilt", "round_shoulder", "turtle_neck")
METRICS: dict[Page, tuple[str, ...]] = {
    "A": (*FRONT, *SIDE, *BACK),
    "B": BACK,
    "C": FRONT,
    "D": SIDE,
    "E": (*FRONT, *SIDE),
}

IMAGES: dict[Page, tuple[str, ...]] = {
    "A": ("forigimg", "sorigimg", "borigimg"),
    "B": ("borigimg",),
    "C": ("forigimg",),
    "D": ("sorigimg",),
    "E": ("forigimg", "sorigimg"),
}
COORDS: dict[Page, tuple[str, ...]] = {
    "A": ("far_coords", "sar_coords", "bar_coords"),
    "B": ("bar_coords",),
    "C": ("far_coords",),
    "D": ("sar_coords",),
    "E": ("far_coords", "sar_coords"),
}
OWN_NAMES: dict[Page, str] = {
    "B": "Analysis-skeleton-v2-back",
    "C": "Analysis-skeleton-v2-front",
    "D": "Analysis-skeleton-v2-side",
}


@dataclass(frozen=True, slots=True)
class Names:
    """The fields of a page that stand for all of their kind: two metrics by bands of ±1.5, a third, image, coords."""

    tilt: str
    line: str
    third: str
    image: str
    coords: str


_OF_BACK = Names("bar_tilt", "bar_knee_bal", "bar_left_qang", "borigimg", "bar_coords")
_OF_FRONT = Names("far_tilt", "far_knee_bal", "far_left_qang", "forigimg", "far_coords")
_OF_SIDE = Names("sar_tilt", "sar_head_tilt", "turtle_neck", "sorigimg", "sar_coords")
NAMES: dict[Page, Names] = {
    "A": _OF_BACK,
    "B": _OF_BACK,
    "C": _OF_FRONT,
    "D": _OF_SIDE,
    "E": Names("far_tilt", "sar_head_tilt", "turtle_neck", "sorigimg", "sar_coords"),
}


def with_names(make: Callable[[Names], Change]) -> Change:
    """Return the change that is made of the names of each page's fields."""
    changes = {page: make(NAMES[page]) for page in ALL}
    return lambda request, response, memory: changes[request.page](request, response, memory)


def grade(name: str, value: float, page: Page) -> int:
    """Return the grade of a value by the table of a page."""
    if name == "round_shoulder":
        caution, danger = ROUND_SHOULDER[page]
        normal = value <= caution if page == "A" else value < caution
        return 0 if normal else 1 if value < danger else 2
    if name == "turtle_neck":
        caution, danger = TURTLE_NECK[page]
        return 0 if value <= caution else 1 if value < danger else 2
    a, b, c, d = (LEG if "qang" in name else SIDE_TILT if name == "sar_tilt" else LINE)[page]
    return -2 if value <= a else -1 if value <= b else 0 if value < c else 1 if value < d else 2
