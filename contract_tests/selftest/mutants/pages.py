"""Holds figures copied by hand from the two pages' tables: read from our schemas, they would prove nothing."""

from ..mutation import Page

# Response(json) / 응답(json): value<=a is -2, a<value<=b is -1, b<value<c is 0, c<=value<d is 1, value>=d is 2.
Bounds = tuple[float, float, float, float]
LINE: dict[Page, Bounds] = {"A": (-4, -1, 1, 4), "B": (-5, -1.5, 1.5, 5)}
LEG: dict[Page, Bounds] = {"A": (-12, -6, 6, 12), "B": (-10, -5, 5, 10)}

# Page A alone: value<=a is 0, a<value<b is 1, value>=b is 2.
ROUND_SHOULDER = (8, 15)
TURTLE_NECK = (34, 40)

BACK = (
    "bar_head_bal",
    "bar_pelvic_bal",
    "bar_shoulder_bal",
    "bar_left_qang",
    "bar_right_qang",
    "bar_knee_bal",
    "bar_tilt",
)
FRONT = (
    "far_head_bal",
    "far_pelvic_bal",
    "far_shoulder_bal",
    "far_left_qang",
    "far_right_qang",
    "far_knee_bal",
    "far_tilt",
)
SIDE = ("sar_head_tilt", "sar_tilt", "round_shoulder", "turtle_neck")
METRICS: dict[Page, tuple[str, ...]] = {"A": (*FRONT, *SIDE, *BACK), "B": BACK}

IMAGES: dict[Page, tuple[str, ...]] = {"A": ("forigimg", "sorigimg", "borigimg"), "B": ("borigimg",)}
COORDS: dict[Page, tuple[str, ...]] = {"A": ("far_coords", "sar_coords", "bar_coords"), "B": ("bar_coords",)}


def grade(name: str, value: float, page: Page) -> int:
    """Return the grade of a value by the table of a page."""
    if name in ("round_shoulder", "turtle_neck"):
        caution, danger = ROUND_SHOULDER if name == "round_shoulder" else TURTLE_NECK
        return 0 if value <= caution else 1 if value < danger else 2
    a, b, c, d = (LEG if "qang" in name else LINE)[page]
    return -2 if value <= a else -1 if value <= b else 0 if value < c else 1 if value < d else 2
