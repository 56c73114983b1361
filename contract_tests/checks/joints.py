"""Checks of where the joints lie: a standing person, trunk, face and limbs in their order."""

import math
from collections.abc import Iterator
from itertools import pairwise

from remo_mock.contract import Documents, Endpoint, View

from ..model.check import SUCCESS, Check, Context, Evidence, Finding, JudgeOne, Problem, each
from ..model.exchange import Exchange
from ..model.promises import success_promises
from .check_factory import CheckFactory
from .coords import JOINTS, NECK, PELVIS, points, seen
from .sides import SIDES, on_their_sides

# Joints by index (contract.md section 2, from the vendor's page on the split API).
_HEAD_TOP, _FACE = 0, (16, 17, 18, 19, 20, 21)
# The joint of the trunk at which the limbs hang, and their right and left joints from the trunk outwards.
_LIMBS = {"arm": (NECK, *SIDES["arm"]), "leg": (PELVIS, *SIDES["leg"])}
# Joints of which each lies below the one before, in whoever stands before an upright camera.
_TRUNK = ("head top", "neck", "upper spine", "pelvis")
_DOWNWARDS = (
    ((*_TRUNK, "right ankle"), (_HEAD_TOP, NECK, 15, PELVIS, 10)),
    ((*_TRUNK, "left ankle"), (_HEAD_TOP, NECK, 15, PELVIS, 13)),
    (("right shoulder", "right hip", "right knee", "right ankle"), (2, 8, 9, 10)),
    (("left shoulder", "left hip", "left knee", "left ankle"), (5, 11, 12, 13)),
    (("right eye", "lips"), (21, 16)),
    (("left eye", "lips"), (18, 16)),
    (("nose", "lips"), (19, 16)),
)
# Least share of a photo's height that a person fills; coordinates in fractions of 1 fill none of it.
_LEAST_SPREAD = 0.1
# An arm bent until the hand is at the shoulder ends nearer to its root than this share of the upper arm.
_BENT = 0.8
# Share of the joints' height: a thigh has 0.31 in the examples; a forearm may be taken for the other arm's.
_LONGEST = 0.6


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
    yield check("SIDES", "left and right are the subject's", "prose", on_their_sides)


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
    """Compare heights: of the trunk from the head top down, of the face within the head, of each side's big joints."""
    for view, joints in points(exchange):
        height = {at: y for at, (x, y) in enumerate(joints) if seen((x, y))}
        for names, chain in _DOWNWARDS:
            found = [height[at] for at in chain if at in height]
            # A chain without one of its joints says nothing of the joints beside it.
            if len(found) == len(chain) and any(one >= other for one, other in pairwise(found)):
                expected = " < ".join(f"y of the {name}" for name in names)
                yield Problem(expected, f"{view.coords_field}: {', '.join(f'{y:g}' for y in found)}")
        yield from _face(view, height)


def _face(view: View, height: dict[int, float]) -> Iterator[Finding]:
    face = {at: height[at] for at in _FACE if at in height}
    top, neck = height.get(_HEAD_TOP), height.get(NECK)
    if not face:
        return
    if top is not None and min(face.values()) < top:
        yield Problem(
            "the head top above the face", f"{view.coords_field}: y {top:g}, and {min(face.values()):g} in the face"
        )
    if neck is not None and max(face.values()) > neck:
        yield Problem(
            "the face above the neck", f"{view.coords_field}: y {neck:g}, and {max(face.values()):g} in the face"
        )


def _limbs(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    """Compare the distances of a limb's joints: from its root outwards, and none longer than a person's are."""
    for view, joints in points(exchange):
        down = [y for x, y in joints if seen((x, y))]
        longest = (max(down, default=0.0) - min(down, default=0.0)) * _LONGEST
        for limb, (trunk, *sides) in _LIMBS.items():
            for side, (root, middle, end) in zip(("right", "left"), sides, strict=True):
                if not all(seen(joints[at]) for at in (trunk, root, middle, end)):
                    continue
                upper, whole = math.dist(joints[root], joints[middle]), math.dist(joints[root], joints[end])
                lower = math.dist(joints[middle], joints[end])
                near, *far = (math.dist(joints[trunk], joints[at]) for at in (root, middle, end))
                told = f"the joints of the {side} {limb} one after another"
                if whole < upper * _BENT:
                    yield Problem(
                        told,
                        f"{view.coords_field}: joint {end} is {whole:.0f} pixels from joint {root}, "
                        f"and joint {middle} is {upper:.0f}",
                    )
                elif near > max(far):
                    yield Problem(
                        told,
                        f"{view.coords_field}: joint {root} is {near:.0f} pixels from joint {trunk}, "
                        f"farther than joints {middle} and {end}",
                    )
                elif max(upper, lower) > longest:
                    yield Problem(
                        f"a {limb} of a person",
                        f"{view.coords_field}: joints {root}, {middle} and {end} are {upper:.0f} and {lower:.0f} "
                        "pixels apart, more than half of the person",
                    )
