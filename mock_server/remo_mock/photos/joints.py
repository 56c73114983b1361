"""Names the 22 joints of a skeleton in the vendor's order, and groups them into parts of the body."""

from typing import TypeAlias

Skeleton: TypeAlias = tuple[tuple[int, int], ...]
"""The joints of a photo as (x, y) in whole pixels, in the order of `JOINTS`."""

JOINTS = (
    "HeadTop",
    "Neck",
    "RightShoulder",
    "RightElbow",
    "RightWrist",
    "LeftShoulder",
    "LeftElbow",
    "LeftWrist",
    "RightASIS",
    "RightKnee",
    "RightAnkle",
    "LeftASIS",
    "LeftKnee",
    "LeftAnkle",
    "Pelvis",
    "Spine1",
    "Lips",
    "LeftEar",
    "LeftEye",
    "Nose",
    "RightEar",
    "RightEye",
)
"""Joint names in the order of the coordinates (the vendor's page on the split API)."""

FACE = ("Lips", "LeftEye", "Nose", "RightEye")
HEAD = ("HeadTop", "LeftEar", "RightEar", *FACE)
LEFT_ARM = ("LeftShoulder", "LeftElbow", "LeftWrist")
RIGHT_ARM = ("RightShoulder", "RightElbow", "RightWrist")
HIPS = ("LeftASIS", "RightASIS")
