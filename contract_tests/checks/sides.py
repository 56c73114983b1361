"""Judges left and right: in a front photo the subject's right is at smaller x, in a back photo at larger x (L18)."""

from collections.abc import Iterator, Mapping

from ..model.check import Context, Finding, Problem
from ..model.exchange import Exchange
from .coords import Points, points, seen

# Joints by index (contract.md section 2, from the vendor's page on the split API): right ones, then left ones.
SIDES: Mapping[str, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    "arm": ((2, 3, 4), (5, 6, 7)),
    "leg": ((8, 9, 10), (11, 12, 13)),
}
# Right and left joints that do not pass each other in whoever stands; hands and ankles may be crossed.
_PAIRS = {"shoulders": (2, 5), "elbows": (3, 6), "hips": (8, 11), "knees": (9, 12), "ears": (20, 17)}
# From behind, eyes are guessed.
_IN_FRONT = {"eyes": (21, 18)}
_ONE_PLACE = ("shoulders", "hips", "knees")
# Share of the joints' height: what is exchanged by less may be a turned head, or a pixel.
_CLEARLY = 0.02


def on_their_sides(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    """Compare the right limbs' and joints' x with the left ones'."""
    for view, joints in points(exchange):
        if view.name not in ("front", "back"):
            continue
        front = view.name == "front"
        found = [*_limbs(view.name, joints), *_pairs(joints, front=front)]
        # Of a limb that lies on the other side as a whole, its joints say nothing new.
        for expected, got in found[:1]:
            yield Problem(expected, f"{view.coords_field}: {got}")


def _limbs(view: str, joints: Points) -> Iterator[tuple[str, str]]:
    side, sign = ("smaller", 1) if view == "front" else ("larger", -1)
    for limb, (right, left) in SIDES.items():
        if not all(seen(joints[at]) for at in (*right, *left)):
            continue
        places = f"right {limb} from x {joints[right[0]][0]:g}, left from {joints[left[0]][0]:g}"
        across = [sign * x for x, _ in joints]
        if all(joints[one] == joints[other] for one, other in zip(right, left, strict=True)):
            yield f"two {limb}s", f"{places}, and the same to the pixel"
        elif across[right[0]] > across[left[0]] and sum(across[at] for at in right) > sum(across[at] for at in left):
            yield f"right {limb} at {side} x: the subject's right in a {view} photo", places


def _pairs(joints: Points, *, front: bool) -> Iterator[tuple[str, str]]:
    down = [y for x, y in joints if seen((x, y))]
    least = (max(down, default=0.0) - min(down, default=0.0)) * _CLEARLY
    for name, (right, left) in (_PAIRS | (_IN_FRONT if front else {})).items():
        one, other = joints[right], joints[left]
        if not (seen(one) and seen(other)):
            continue
        beyond = (one[0] - other[0]) * (1 if front else -1)
        if beyond > least:
            yield f"right and left {name} on their sides", f"the right at x {one[0]:g}, the left at x {other[0]:g}"
        elif name in _ONE_PLACE and one == other:
            yield f"two {name}", f"both at [{one[0]:g}, {one[1]:g}]"
    if front and all(seen(joints[at]) for at in (*_PAIRS["ears"], *_IN_FRONT["eyes"])):
        ears, eyes = (abs(joints[one][0] - joints[two][0]) for one, two in (_PAIRS["ears"], _IN_FRONT["eyes"]))
        if eyes - ears > least:
            yield "eyes between the ears", f"the eyes are {eyes:g} pixels apart, the ears {ears:g}"
