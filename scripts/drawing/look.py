"""Says how a person looks: colours of skin, clothes and hair, and the hair's cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from drawing.shapes import Array

Line = tuple[float, ...]


def linear(red: int, green: int, blue: int) -> Array:
    """Return an 8-bit colour as linear light."""
    return np.asarray((np.array((red, green, blue), np.float32) / 255) ** np.float32(2.2), np.float32)


@dataclass(frozen=True, slots=True)
class Look:
    """Colours in linear light; the hairline by depth and height; whether the hair covers the ears."""

    skin: Array
    blush: Array
    cloth: Array
    cloth_side: Array
    cloth_trim: Array
    shorts: Array
    shorts_trim: Array
    hair: Array
    hair_sheen: Array
    brow: Array
    hairline_depths: Line
    hairline_heights: Line
    bob: bool = False


_SHORT_DEPTHS = (-12.0, -5.0, -3.8, -3.2, -2.4, -0.4, 0.2, 0.9, 1.9, 2.5, 3.4, 5.0, 7.0, 12.0)
_SHORT_HEIGHTS = (150.6, 150.8, 153.0, 160.0, 161.6, 161.4, 160.6, 156.8, 156.6, 159.4, 162.0, 163.5, 164.6, 165.0)

MODEL = Look(
    skin=linear(232, 184, 156),
    blush=linear(222, 140, 118),
    cloth=linear(44, 108, 128),
    cloth_side=linear(32, 82, 102),
    cloth_trim=linear(244, 186, 74),
    shorts=linear(50, 58, 74),
    shorts_trim=linear(44, 108, 128),
    hair=linear(62, 44, 36),
    hair_sheen=linear(104, 76, 60),
    brow=linear(70, 48, 38),
    hairline_depths=_SHORT_DEPTHS,
    hairline_heights=_SHORT_HEIGHTS,
)
"""The person of front.jpg, side.jpg and back.jpg."""

MAN = Look(
    skin=linear(214, 164, 132),
    blush=linear(204, 124, 100),
    cloth=linear(74, 84, 96),
    cloth_side=linear(58, 66, 78),
    cloth_trim=linear(222, 226, 230),
    shorts=linear(36, 52, 92),
    shorts_trim=linear(222, 226, 230),
    hair=linear(38, 32, 30),
    hair_sheen=linear(78, 68, 62),
    brow=linear(48, 38, 34),
    hairline_depths=_SHORT_DEPTHS,
    hairline_heights=_SHORT_HEIGHTS,
)
WOMAN = Look(
    skin=linear(238, 196, 170),
    blush=linear(228, 150, 132),
    cloth=linear(150, 62, 92),
    cloth_side=linear(122, 46, 74),
    cloth_trim=linear(240, 214, 208),
    shorts=linear(52, 50, 62),
    shorts_trim=linear(150, 62, 92),
    hair=linear(84, 56, 38),
    hair_sheen=linear(134, 96, 66),
    brow=linear(84, 58, 42),
    hairline_depths=(-14.0, -6.0, -2.0, 1.2, 2.6, 3.6, 5.0, 6.4, 8.0, 12.0),
    hairline_heights=(147.2, 147.2, 147.6, 148.6, 151.0, 157.0, 161.8, 163.4, 164.6, 165.0),
    bob=True,
)
"""The people of the sample postures."""
