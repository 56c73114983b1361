"""Checks of where the joints lie: a standing person, each limb in its order, left and right as documented."""

import math
from collections.abc import Iterator

from remo_mock.contract import Documents, Endpoint

from ..model.check import SUCCESS, Check, Context, Evidence, Finding, JudgeOne, Problem, each
from ..model.exchange import Exchange
from ..model.promises import success_promises
from .check_factory import CheckFactory
from .coords import JOINTS, NECK, PELVIS, points, seen

# Joints by index (contract.md section 2, from the vendor's page on the split API).
_HEAD_TOP, _FACE = 0, (16, 17, 18, 19, 20, 21)
# Right and left joints of the limbs, from the trunk outwards.
_LIMBS = {"arm": ((2, 3, 4), (5, 6, 7)), "leg": ((8, 9, 10), (11, 12, 13))}
_ANKLES = (10, 13)
# Least share of a photo's height that a person fills; coordinates in fractions of 1 fill none of it.
_LEAST_SPREAD = 0.1
# An arm bent until the hand is at the shoulder ends nearer to its root than this share of the upper arm.
_BENT = 0.8


def joint_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the joints' places."""
    promise = success_promises(documents, endpoint)[endpoint.views[0].coords_field]
    factory = CheckFactory(documents, endpoint, "content", "REMO-COORDS-")

    def check(name: str, title: str, evidence: Evidence, judge: JudgeOne) -> Check:
        return factory.check(name, title, promise.origin, SUCCESS, each(judge), evidence=evidence)

    yield check("SPREAD", "the joints span a person", "example", _spread)
    yield check("FOUND", "no joint lies at [0, 0], as if it was not found", "example", _found)
    yield check("UPRIGHT", "head above neck above hips above ankles", "example", _upright)
    yield check("LIMBS", "elbows and knees lie in the middle of their limbs", "example", _limbs)
    yield check("SIDES", "left and right are the subject's", "prose", _sides)


def _spread(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, joints in points(exchange):
        down = [joint[1] for joint in joints if seen(joint)] or [0.0]
        tall = max(down) - min(down)
        photo = exchange.request.photos.get(view.name)
        least = photo.size[1] * _LEAST_SPREAD if photo is not None and photo.spoilt is None else JOINTS
        if tall < least:
            yield Problem(
                "joints from head to ankle of a person", f"{view.coords_field} spans {tall:g} pixels of height"
            )


def _found(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, joints in points(exchange):
        nowhere = [str(index) for index, joint in enumerate(joints) if not any(joint)]
        if nowhere:
            yield Problem("joints on the person", f"{view.coords_field}: joint {', '.join(nowhere)} at [0, 0]")


def _upright(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for view, joints in points(exchange):
        height = [y for _, y in joints]
        top, neck, hips, ankles = height[_HEAD_TOP], height[NECK], height[PELVIS], min(height[at] for at in _ANKLES)
        whole = all(seen(joints[at]) for at in (_HEAD_TOP, NECK, PELVIS, *_ANKLES))
        if whole and not top < neck < hips < ankles:
            yield Problem(
                "y of the head top < y of the neck < y of the pelvis < y of the ankles",
                f"{view.coords_field}: {top:g}, {neck:g}, {hips:g}, {ankles:g}",
            )
        face = min((height[at] for at in _FACE if seen(joints[at])), default=top)
        if face < top:
            yield Problem("the head top above the face", f"{view.coords_field}: y {top:g}, and {face:g} in the face")


def _limbs(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    """Compare the distances of a limb's middle and end from its root: exchanged, the end is half as far."""
    for view, joints in points(exchange):
        for limb, sides in _LIMBS.items():
            for side, (root, middle, end) in zip(("right", "left"), sides, strict=True):
                upper, whole = math.dist(joints[root], joints[middle]), math.dist(joints[root], joints[end])
                if whole < upper * _BENT and all(seen(joints[at]) for at in (root, middle, end)):
                    yield Problem(
                        f"the joints of the {side} {limb} one after another",
                        f"{view.coords_field}: joint {end} is {whole:.0f} pixels from joint {root}, "
                        f"and joint {middle} is {upper:.0f}",
                    )


def _sides(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    """Compare the right arm's and leg's x with the left one's (L18: left and right are the subject's)."""
    for view, joints in points(exchange):
        if view.name not in ("front", "back"):
            continue
        side, sign = ("smaller", 1) if view.name == "front" else ("larger", -1)
        for limb, (right, left) in _LIMBS.items():
            if not all(seen(joints[at]) for at in (*right, *left)):
                continue
            places = f"right {limb} from x {joints[right[0]][0]:g}, left from {joints[left[0]][0]:g}"
            if all(joints[one] == joints[other] for one, other in zip(right, left, strict=True)):
                yield Problem(f"two {limb}s", f"{view.coords_field}: {places}, and the same to the pixel")
            elif _exchanged([sign * x for x, _ in joints], right, left):
                yield Problem(
                    f"right {limb} at {side} x: the subject's right in a {view.name} photo",
                    f"{view.coords_field}: {places}",
                )


def _exchanged(across: list[float], right: tuple[int, ...], left: tuple[int, ...]) -> bool:
    """Tell whether shoulders or hips, and the limb as a whole, are exchanged: hands and ankles may be crossed."""
    return across[right[0]] > across[left[0]] and sum(across[at] for at in right) > sum(across[at] for at in left)
