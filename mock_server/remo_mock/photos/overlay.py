"""Draws a skeleton, coloured by its grades, on a photo."""

# Everything is drawn as a small mask and pasted, so that a photo of twelve megapixels takes hardly longer than a
# small one.

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

from PIL import Image, ImageDraw

from remo_mock.photos.joints import JOINTS, Skeleton

Colour: TypeAlias = tuple[int, int, int]
Places: TypeAlias = Mapping[str, complex]
"""Joint name, or the name of a pair for the point between its joints, to x + y * 1j."""

COLOURS: Mapping[int, Colour] = {0: (16, 185, 160), 1: (245, 158, 11), 2: (239, 53, 60)}
"""Colour by the grade's distance from 0: normal, caution, danger."""
LIGHT: Colour = (255, 255, 255)
SHADE: Colour = (15, 30, 45)
AXIS: Colour = (90, 155, 225)

SMALL_BODY = 150
"""Height in pixels up to which a body has no room for the small dots, those of the face among them."""

LEVELS = {
    "front": {
        "Ear": ("head_bal", 0.17),
        "Shoulder": ("shoulder_bal", 0.26),
        "ASIS": ("pelvic_bal", 0.22),
        "Knee": ("knee_bal", 0.2),
    },
    "side": {},
}
"""Dotted lines by view and pair of joints: the measure, and the reach from the middle in body heights."""

STROKES = {
    "front": (("Pelvis", "Neck", "tilt"),),
    "side": (
        ("HeadTop", "Ear", ""),
        ("Ear", "Neck", "turtle_neck"),
        ("Neck", "Pelvis", ""),
        ("Pelvis", "Knee", ""),
        ("Knee", "Ankle", ""),
    ),
}
"""Solid lines by view: from, to, and the measure that colours the line; without one it is light."""

DOTS = {
    "front": {
        **dict.fromkeys(("LeftEar", "RightEar"), ("head_bal",)),
        **dict.fromkeys(("Neck", "Pelvis"), ("tilt",)),
        **dict.fromkeys(("LeftShoulder", "RightShoulder"), ("shoulder_bal",)),
        **dict.fromkeys(("LeftElbow", "RightElbow", "LeftWrist", "RightWrist"), ()),
        **dict.fromkeys(("LeftASIS", "RightASIS"), ("pelvic_bal",)),
        "LeftKnee": ("knee_bal", "left_qang"),
        "RightKnee": ("knee_bal", "right_qang"),
        "LeftAnkle": ("left_qang",),
        "RightAnkle": ("right_qang",),
    },
    "side": {
        "HeadTop": (),
        "Ear": ("turtle_neck", "head_tilt"),
        "Shoulder": ("round_shoulder",),
        "Neck": ("turtle_neck",),
        "Pelvis": (),
        "Knee": (),
        "Ankle": ("tilt",),
    },
}
"""Large dots by view and joint (or pair): the measures, of which the worst grade colours the dot."""

SMALL_DOTS = {
    "front": ("HeadTop", "LeftEye", "RightEye", "Nose", "Lips", "Spine1"),
    "back": ("HeadTop", "Spine1"),
    "side": ("Eye", "Nose", "Lips", "Spine1", "Elbow", "Wrist"),
}
"""Small dots by view and joint (or pair). A photo from the back shows no face: it is in the coordinates alone."""


def draw(image: Image.Image, skeleton: Skeleton, *, view: str, grades: Mapping[str, int]) -> None:
    """Draw a skeleton on an RGB photo, in place.

    Front and back: dotted lines through head, shoulders, pelvis and knees, a translucent axis, ringed dots; side: a
    light line from head to ankle with ringed dots (pages A and B, the result images). `grades` maps measures to grades
    from -2 to 2, which give the colours; an absent measure counts as 0. Sizes follow the body's height.
    """
    style = "side" if view == "side" else "front"
    places = _places(skeleton)
    tall = max(1.05 * abs(places["HeadTop"] - places["Ankle"]), 0.25 * min(image.size))
    _axis(image, places, tall)
    for start, end, measure in STROKES[style]:
        colour = _colour(grades.get(measure, 0)) if measure else LIGHT
        width = max(1.2, 0.006 * tall)
        # A light line needs a dark edge before a light wall, a coloured one a light edge on clothes of its own colour.
        edge, strength = (LIGHT, 0.6) if measure else (SHADE, 0.3)
        _line(image, places[start], places[end], width=1.7 * width, colour=edge, opacity=strength)
        _line(image, places[start], places[end], width=width, colour=colour, opacity=0.9)
    for pair, (measure, reach) in LEVELS[style].items():
        colour = _colour(grades.get(measure, 0))
        _dotted_line(image, places[f"Left{pair}"], places[f"Right{pair}"], reach * tall, tall, colour)
    if tall > SMALL_BODY:
        for joint in SMALL_DOTS[view]:
            _dot(image, places[joint], radius=0.0055 * tall, core=0.68, colour=COLOURS[0])
    for joint, measures in DOTS[style].items():
        worst = max((abs(grades.get(measure, 0)) for measure in measures), default=0)
        _dot(image, places[joint], radius=max(1.4, 0.0115 * tall), core=0.68, colour=_colour(worst))


def _colour(grade: int) -> Colour:
    """Return the colour of a grade; one beyond those of the vendor's pages has that of the last."""
    return COLOURS[min(abs(grade), max(COLOURS))]


def _places(skeleton: Skeleton) -> dict[str, complex]:
    places = {name: complex(x, y) for name, (x, y) in zip(JOINTS, skeleton, strict=True)}
    pairs = [name.removeprefix("Left") for name in JOINTS if name.startswith("Left")]
    return places | {pair: (places[f"Left{pair}"] + places[f"Right{pair}"]) / 2 for pair in pairs}


def _axis(image: Image.Image, places: Places, tall: float) -> None:
    """Draw the vertical axis that rises between the ankles, from the floor to the crown."""
    # No longer than the body: who sends the drawn picture again gets the skeleton at the same place.
    foot = places["Ankle"]
    top = complex(foot.real, places["HeadTop"].imag)
    _line(image, foot + 0.05j * tall, top, width=max(1.2, 0.009 * tall), colour=AXIS, opacity=0.5)


def _dotted_line(image: Image.Image, left: complex, right: complex, reach: float, tall: float, colour: Colour) -> None:
    """Draw a dotted line through two joints, to `reach` pixels from their middle."""
    middle, along = (left + right) / 2, left - right or 1 + 0j
    along /= abs(along)
    radius = max(0.7, 0.0036 * tall)
    gap = max(3.0, 3.6 * radius)
    for number in range(-int(reach / gap), int(reach / gap) + 1):
        _dot(image, middle + along * gap * number, radius=radius, core=0.82, colour=colour)


def _dot(image: Image.Image, place: complex, *, radius: float, core: float, colour: Colour) -> None:
    """Draw a coloured dot with a light ring and a faint shade, its centre exact to a quarter of a pixel."""
    x, y = math.floor(place.real), math.floor(place.imag)
    phase = (int((place.real - x) * 4), int((place.imag - y) * 4))
    stamp, mask = _stamp(round(radius, 2), core, colour, phase)
    margin = mask.width // 2
    image.paste(stamp, (x - margin, y - margin), mask)


@lru_cache(maxsize=256)
def _stamp(radius: float, core: float, colour: Colour, phase: tuple[int, int]) -> tuple[Image.Image, Image.Image]:
    """Return picture and mask of a dot, drawn large and averaged down; `core` is the coloured share of the radius."""
    fine = 8 if radius < 12 else 4
    margin = math.ceil(1.45 * radius) + 1
    size = 2 * margin + 1
    centre_x, centre_y = (fine * (margin + 0.5 + quarter / 4) for quarter in phase)
    stamp = Image.new("RGB", (size * fine, size * fine), SHADE)
    mask = Image.new("L", stamp.size)
    paint, cover = ImageDraw.Draw(stamp), ImageDraw.Draw(mask)

    def disc(share: float) -> tuple[float, float, float, float]:
        reach = share * radius * fine
        return centre_x - reach, centre_y - reach, centre_x + reach, centre_y + reach

    for share, strength in ((1.4, 22), (1.3, 48), (1.2, 78)):
        cover.ellipse(disc(share), fill=strength)
    cover.ellipse(disc(1.1), fill=255)
    paint.ellipse(disc(1.1), fill=LIGHT)
    paint.ellipse(disc(core), fill=colour)
    return stamp.reduce(fine), mask.reduce(fine)


def _line(image: Image.Image, start: complex, end: complex, *, width: float, colour: Colour, opacity: float) -> None:
    """Draw a translucent line with smooth edges and soft ends, by turning the mask of a vertical one."""
    length = abs(end - start)
    box = _box(image, start, end, width)
    if not length or box is None:
        return
    vertical = _line_mask(round(width, 1), round(255 * opacity))
    along = (end - start) / length
    # Pixel centres lie at halves; the middle column of the mask is the line itself, its rows run from start to end.
    origin = complex(box[0], box[1]) - start - (0.5 + 0.5j)
    rows = vertical.height / length
    across = (-along.imag, along.real, vertical.width / 2 - origin.real * along.imag + origin.imag * along.real)
    down = (along.real * rows, along.imag * rows, (origin.real * along.real + origin.imag * along.imag) * rows)
    size = (box[2] - box[0], box[3] - box[1])
    mask = vertical.transform(size, Image.Transform.AFFINE, (*across, *down), Image.Resampling.BILINEAR)
    image.paste(colour, box, mask)


def _box(image: Image.Image, start: complex, end: complex, width: float) -> tuple[int, int, int, int] | None:
    """Return the box of the picture that a line touches, or None if it lies outside."""
    left, right = sorted((start.real, end.real))
    top, bottom = sorted((start.imag, end.imag))
    margin = math.ceil(width / 2) + 2
    box = (
        max(math.floor(left) - margin, 0),
        max(math.floor(top) - margin, 0),
        min(math.ceil(right) + margin, image.width),
        min(math.ceil(bottom) + margin, image.height),
    )
    return box if box[0] < box[2] and box[1] < box[3] else None


def _line_mask(width: float, opacity: int) -> Image.Image:
    """Return the mask of a vertical line, with an empty margin of a pixel or more on every side."""
    columns = 2 * math.ceil(width / 2 + 1) + 1
    cover = [max(0.0, min(1.0, width / 2 + 0.5 - abs(column - columns // 2))) for column in range(columns)]
    line = Image.frombytes("L", (columns, 1), bytes(round(opacity * part) for part in cover))
    vertical = Image.new("L", (columns, 64))
    vertical.paste(line.resize((columns, 62)), (0, 1))
    return vertical
