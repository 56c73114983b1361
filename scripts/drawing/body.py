"""States the shapes and the joints of the drawn body, in centimetres.

x runs to the subject's left, y up from the floor, z to the front. The person is 170 cm tall and stands in A-pose.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from drawing.shapes import Shape, Station, Vector, cone, ellipsoid, loft, mirrored

SHOULDER, ELBOW, WRIST = (16.6, 137.2, -0.8), (30.3, 109.0, -1.2), (40.6, 86.6, 1.6)
HIP, KNEE, ANKLE = (9.0, 91.0, 0.0), (9.7, 47.5, 0.0), (10.4, 8.0, -2.2)

ASIS = (10.6, 94.5, 3.0)


def _right(point: Vector) -> Vector:
    return (-point[0], point[1], point[2])


# In the vendor's order: HeadTop, Neck, right and left arm, right and left leg, Pelvis, Spine1, Lips, left ear and eye,
# Nose, right ear and eye.
JOINTS: tuple[Vector, ...] = (
    (0.0, 169.6, -1.0),
    (0.0, 143.6, -2.4),
    *(_right(point) for point in (SHOULDER, ELBOW, WRIST)),
    SHOULDER,
    ELBOW,
    WRIST,
    *(_right(point) for point in (ASIS, KNEE, ANKLE)),
    ASIS,
    KNEE,
    ANKLE,
    (0.0, 94.0, 2.0),
    (0.0, 118.0, 0.0),
    (0.0, 152.2, 9.6),
    (7.4, 157.6, -0.6),
    (3.1, 159.4, 8.4),
    (0.0, 155.3, 11.4),
    (-7.4, 157.6, -0.6),
    (-3.1, 159.4, 8.4),
)


def _hung(height: float, stations: Sequence[Station]) -> list[Station]:
    """Return stations given by height above the floor as stations below `height`."""
    return [(height - y, left, right, front, back) for y, left, right, front, back in stations]


def _torso() -> list[Shape]:
    trunk = [
        (140.0, 10.5, 10.5, 3.0, 6.8),
        (137.5, 14.2, 14.2, 5.2, 8.4),
        (134.0, 15.9, 15.9, 7.8, 9.8),
        (129.0, 16.4, 16.4, 10.0, 10.6),
        (123.0, 16.2, 16.2, 11.4, 10.3),
        (117.0, 15.2, 15.2, 11.3, 9.0),
        (111.0, 14.0, 14.0, 10.6, 7.4),
        (105.0, 13.2, 13.2, 10.2, 6.2),
        (100.0, 13.6, 13.6, 10.2, 6.4),
        (95.0, 15.2, 15.2, 10.0, 8.2),
        (90.0, 16.7, 16.7, 9.4, 10.2),
        (85.0, 17.2, 17.2, 8.6, 10.6),
        (80.5, 16.6, 16.6, 7.0, 9.6),
        (77.0, 14.0, 14.0, 4.0, 7.0),
    ]
    neck = [
        (156.0, 4.7, 4.7, 4.4, 5.4),
        (150.0, 4.7, 4.7, 4.6, 5.4),
        (146.0, 4.9, 4.9, 5.0, 5.5),
        (142.5, 5.7, 5.7, 5.6, 6.0),
        (138.0, 7.2, 7.2, 6.0, 6.4),
    ]
    sides = [
        cone((2.0, 148.0, -3.8), (8.8, 140.4, -3.4), 2.5, 2.3, blend=4.0),
        cone((8.8, 140.4, -3.4), (15.6, 136.9, -1.6), 2.3, 2.2, blend=3.5),
        cone((1.5, 138.0, 4.3), (14.8, 138.2, 1.0), 1.1, 1.2, blend=2.2),
        cone((3.3, 153.0, -2.0), (1.3, 139.5, 3.9), 1.2, 1.0, blend=2.6),
        ellipsoid((8.0, 126.5, 6.4), (7.6, 6.4, 4.6), blend=3.5, turn=10),
        ellipsoid((8.2, 128.0, -7.6), (6.6, 8.5, 3.2), blend=4.0, turn=-12),
        ellipsoid((14.2, 125.0, -3.0), (2.6, 11.0, 5.0), blend=4.0, turn=-8),
        ellipsoid((7.6, 86.2, -6.2), (8.0, 8.4, 6.0), blend=3.5),
    ]
    return [
        loft((0, 140, -1), (0, 70, -1), stations=_hung(140, trunk), roundness=2.35, blend=3.0),
        loft((0, 156, 0.2), (0, 138, -3.6), stations=_hung(156, neck), blend=4.0),
        *sides,
        *(mirrored(shape) for shape in sides),
    ]


def _arm() -> list[Shape]:
    upper = [
        (0.0, 1.0, 1.2, 1.2, 1.2),
        (2.5, 3.2, 3.2, 3.6, 3.6),
        (5.5, 4.6, 4.1, 5.0, 5.0),
        (10.0, 4.7, 4.3, 5.0, 5.1),
        (16.0, 4.1, 4.2, 4.8, 5.0),
        (22.0, 3.6, 4.0, 4.4, 4.6),
        (27.0, 3.2, 3.6, 3.7, 3.9),
        (31.0, 3.1, 3.6, 3.3, 3.6),
        (34.0, 2.4, 2.6, 2.4, 2.6),
        (36.5, 1.0, 1.0, 1.0, 1.0),
    ]
    fore = [
        (-5.0, 1.0, 1.0, 1.0, 1.0),
        (-2.0, 2.6, 2.8, 2.8, 2.8),
        (2.0, 3.5, 3.5, 3.6, 3.5),
        (6.0, 4.0, 3.7, 4.0, 3.7),
        (11.0, 3.6, 3.4, 3.6, 3.3),
        (17.0, 2.7, 2.6, 2.9, 2.7),
        (22.0, 2.2, 2.1, 2.5, 2.4),
        (25.0, 2.1, 2.0, 2.7, 2.5),
        (27.5, 1.9, 1.8, 2.6, 2.4),
        (31.5, 0.8, 0.8, 1.2, 1.0),
    ]
    return [
        ellipsoid((16.7, 133.6, -0.9), (4.9, 6.0, 5.3), blend=4.0, turn=30),
        loft(SHOULDER, ELBOW, stations=upper, blend=4.4),
        loft(ELBOW, WRIST, stations=fore, blend=2.4),
        cone((30.0, 109.0, -2.8), (30.3, 108.6, -3.0), 1.6, 1.4, blend=2.5),
        *_hand(),
    ]


def _hand() -> list[Shape]:
    """Return palm, fingers and thumb, the palm turned to the thigh and a little back."""
    wrist, elbow = np.array(WRIST), np.array(ELBOW)
    down = (wrist - elbow) / np.linalg.norm(wrist - elbow)
    thumbward = np.array((-0.42, 0.0, 0.91))
    thumbward -= down * (down @ thumbward)
    thumbward /= np.linalg.norm(thumbward)
    palmward = np.cross(thumbward, down)
    if palmward[0] > 0:
        palmward = -palmward

    def at(along: float, across: float, inward: float = 0.0) -> Vector:
        x, y, z = wrist + down * along + thumbward * across + palmward * inward
        return (float(x), float(y), float(z))

    shapes = [
        cone(at(0.5, 0.2), at(8.0, 2.2), 1.7, 1.25, blend=1.6),
        cone(at(0.5, 0.0), at(8.4, 0.6), 1.75, 1.25, blend=1.6),
        cone(at(0.5, -0.2), at(8.2, -1.0), 1.7, 1.2, blend=1.6),
        cone(at(0.5, -0.6), at(7.6, -2.5), 1.6, 1.1, blend=1.6),
        ellipsoid(at(3.4, 1.9, 0.7), (1.9, 3.0, 1.9), blend=1.6),
        cone(at(2.2, 2.0, 0.6), at(6.4, 4.3, 1.3), 1.35, 1.0, blend=1.4),
        cone(at(6.4, 4.3, 1.3), at(9.4, 4.9, 1.8), 0.98, 0.72, blend=0.3),
    ]
    fingers = ((2.3, 8.2, 7.4, 0.92), (0.7, 8.6, 8.2, 0.94), (-0.9, 8.3, 7.6, 0.9), (-2.4, 7.6, 6.0, 0.8))
    for across, knuckle, length, radius in fingers:
        middle = at(knuckle + length * 0.5, across * 1.06, 0.5)
        shapes.append(cone(at(knuckle, across), middle, radius, radius * 0.92, blend=0.5))
        shapes.append(cone(middle, at(knuckle + length, across * 0.98, 2.0), radius * 0.92, radius * 0.72, blend=0.2))
    return shapes


def _leg() -> list[Shape]:
    stations = [
        (92.0, 7.0, 7.5, 7.6, 8.4),
        (86.0, 8.3, 8.2, 8.5, 9.4),
        (79.0, 8.4, 8.2, 9.0, 9.3),
        (72.0, 7.9, 7.9, 9.0, 8.6),
        (65.0, 7.2, 7.3, 8.6, 7.6),
        (58.0, 6.3, 6.6, 7.8, 6.7),
        (53.0, 5.7, 6.1, 7.0, 6.1),
        (48.0, 5.3, 5.7, 6.6, 5.7),
        (44.0, 5.0, 5.1, 6.0, 5.8),
        (40.0, 5.3, 5.2, 5.5, 6.7),
        (34.0, 5.8, 5.6, 5.0, 7.7),
        (28.0, 5.3, 5.0, 4.5, 7.3),
        (22.0, 4.3, 4.0, 4.1, 5.8),
        (15.0, 3.1, 3.0, 3.6, 4.1),
        (10.0, 2.8, 2.9, 3.5, 3.6),
        (6.5, 2.9, 3.0, 3.8, 3.7),
        (4.0, 2.8, 2.9, 4.0, 3.6),
    ]
    return [
        loft(HIP, ANKLE, stations=_hung(91, stations), blend=3.2),
        ellipsoid((9.7, 48.6, 3.7), (3.0, 3.6, 2.0), blend=2.5),
        ellipsoid((9.8, 42.5, 3.0), (1.8, 2.6, 1.5), blend=2.5),
        ellipsoid((8.0, 8.6, -1.8), (0.8, 1.3, 1.3), blend=1.4),
        ellipsoid((12.8, 7.4, -2.8), (0.8, 1.3, 1.3), blend=1.4),
        *_foot(),
    ]


def _foot() -> list[Shape]:
    def at(along: float, across: float, height: float) -> Vector:
        # Toes point seven degrees outward.
        return (10.4 + across + 0.12 * along, height, along - 2.2)

    shapes = [
        ellipsoid(at(-3.2, 0, 2.9), (2.7, 2.9, 3.3), blend=2.2),
        cone(at(1.2, -0.5, 5.2), at(11.0, -1.6, 2.4), 2.1, 1.7, blend=3.0),
        cone(at(1.2, 0.5, 3.8), at(11.0, 1.6, 2.0), 2.0, 1.5, blend=3.0),
        cone(at(-3.0, 0.8, 1.8), at(9.5, 3.0, 1.5), 1.9, 1.5, blend=2.4),
        cone(at(9.0, -2.6, 2.0), at(12.5, -2.7, 1.7), 1.9, 1.6, blend=2.0),
        cone(at(12.0, -2.7, 1.6), at(16.8, -2.5, 1.25), 1.45, 1.2, blend=0.8),
    ]
    for across, tip, radius in ((-0.45, 16.7, 0.95), (1.05, 15.6, 0.88), (2.4, 14.3, 0.82), (3.6, 12.8, 0.78)):
        shapes.append(cone(at(tip - 4.5, across * 0.92, 1.6), at(tip, across, 1.0), radius, radius * 0.95, blend=0.6))
    return shapes


def _head() -> list[Shape]:
    face = [
        (166.0, 5.4, 5.4, 6.4, 6.0),
        (162.5, 6.5, 6.5, 8.7, 7.0),
        (160.0, 6.5, 6.5, 9.0, 7.0),
        (157.0, 6.3, 6.3, 9.0, 6.0),
        (154.0, 5.5, 5.5, 9.4, 5.0),
        (151.5, 4.5, 4.5, 9.1, 4.0),
        (149.5, 3.3, 3.3, 8.2, 3.0),
        (148.0, 2.0, 2.0, 7.0, 1.5),
    ]
    sides = [
        cone((1.2, 149.4, 6.8), (4.3, 152.9, 0.4), 1.4, 1.1, blend=2.6),
        cone((4.3, 152.9, 0.4), (5.7, 158.0, -0.8), 1.1, 1.0, blend=2.2),
        ellipsoid((3.6, 155.6, 5.4), (2.7, 3.2, 2.6), blend=3.2),
        cone((1.2, 161.3, 8.4), (4.8, 161.2, 6.4), 0.7, 0.6, blend=2.0),
        ellipsoid((3.1, 159.2, 7.15), (1.6, 1.15, 1.25), blend=0.5),
        ellipsoid((0.95, 154.75, 9.6), (0.6, 0.55, 0.7), blend=0.9),
        *_ear(),
    ]
    return [
        ellipsoid((0, 160.4, -1.2), (7.1, 8.7, 9.0), blend=2.0),
        loft((0, 166, 0), (0, 148, 0), stations=_hung(166, face), roundness=2.2, blend=2.5),
        cone((0, 149.5, 6.7), (0, 149.3, 6.9), 1.5, 1.4, blend=2.0),
        cone((0, 160.6, 8.5), (0, 155.7, 10.3), 0.65, 0.75, blend=1.9),
        ellipsoid((0, 155.3, 10.5), (0.85, 0.78, 0.9), blend=0.9),
        ellipsoid((0, 152.75, 9.5), (1.9, 0.5, 0.6), blend=0.9),
        ellipsoid((0, 151.7, 9.2), (1.7, 0.6, 0.65), blend=0.7),
        *sides,
        *(mirrored(shape) for shape in sides),
    ]


def _ear() -> list[Shape]:
    upper: list[Vector] = [(7.0, 158.6, 0.4), (7.5, 160.6, -0.3), (8.1, 160.9, -1.7)]
    rim = [*upper, (8.1, 159.0, -2.7), (7.5, 156.6, -1.9), (6.7, 154.9, -0.5)]
    shapes = [cone(a, b, 0.45, 0.45, blend=0.4) for a, b in pairwise(rim)]
    return [*shapes, ellipsoid((7.1, 158.0, -1.0), (0.55, 2.6, 1.3), blend=0.5)]


def _hair(*, bob: bool) -> list[Shape]:
    hair = [
        ellipsoid((0, 160.9, -1.3), (7.8, 9.2, 9.6), blend=2.0),
        ellipsoid((-0.6, 166.2, 2.7), (6.0, 4.0, 5.6), blend=2.0, turn=8),
        ellipsoid((0, 155.0, -3.8), (5.6, 5.2, 4.0), blend=2.0),
    ]
    if bob:
        side = cone((7.0, 163.0, -0.5), (7.4, 150.0, -1.0), 2.2, 2.0, blend=3.0)
        hair += [ellipsoid((0, 155.5, -4.4), (8.6, 11.0, 6.6), blend=3.0), side, mirrored(side)]
    return hair


def bare_shapes(*, bob: bool) -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Return the shapes of the trunk, of the limbs with the head, and of the hair, short or as a bob."""
    limbs = [*_arm(), *_leg()]
    return _torso(), [*limbs, *(mirrored(shape) for shape in limbs), *_head()], _hair(bob=bob)
