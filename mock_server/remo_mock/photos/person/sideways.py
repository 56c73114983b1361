"""Places the joints of a person seen from the side."""

from __future__ import annotations

from remo_mock.photos.person.body import Body, Point, widest
from remo_mock.photos.person.proportions import AHEAD, PAIRED, SINGLE


def side_landmarks(body: Body) -> tuple[dict[str, Point], int]:
    """Return the joints by name, in pixels, left ones where the right ones are; and where the person looks (1, -1)."""
    head = body.middle(0.91, 0.95, widest)
    facing = _facing(body)
    heights = SINGLE | {joint: up for joint, (_, up) in PAIRED.items()}
    places = {}
    for joint, up in heights.items():
        middle = body.middle(up - 0.015, up + 0.015, widest, default=head)
        if joint in ("HeadTop", "Ear", "Eye", "Nose", "Lips"):
            middle = head
        elif joint == "Ankle":
            middle = body.middle(0.11, 0.14, widest, default=head)
        places[joint] = body.pixels(middle + facing * AHEAD.get(joint, 0.0) * body.unit, up)
    landmarks = {joint: places[joint] for joint in SINGLE}
    landmarks |= {f"{side}{joint}": places[joint] for joint in PAIRED for side in ("Left", "Right")}
    return landmarks, facing


def _facing(body: Body) -> int:
    """Return where nose and toes point: 1 to the picture's right, -1 to its left."""
    shank = body.middle(0.1, 0.15, widest)
    skull = body.middle(0.93, 0.97, widest)
    votes = 0.0
    for low, high, middle in ((0.0, 0.04, shank), (0.89, 0.93, skull)):
        for row in body.silhouette.rows[body.row(high) : body.row(low) + 1]:
            if row:
                votes += (row[-1][1] - middle) - (middle - row[0][0])
    return 1 if votes >= 0 else -1
