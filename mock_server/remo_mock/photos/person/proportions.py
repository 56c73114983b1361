"""States the proportions of grown people, in fractions of the height."""

# Between anthropometric tables and the pages' own example coordinates.

SINGLE = {"HeadTop": 1.0, "Neck": 0.845, "Pelvis": 0.554, "Spine1": 0.696, "Lips": 0.895, "Nose": 0.915}
"""Height above the floor of each joint in the middle of the body."""
PAIRED = {
    "Shoulder": (0.088, 0.812),
    "Elbow": (0.17, 0.645),
    "Wrist": (0.22, 0.515),
    "ASIS": (0.065, 0.556),
    "Knee": (0.055, 0.286),
    "Ankle": (0.052, 0.06),
    "Ear": (0.043, 0.925),
    "Eye": (0.019, 0.938),
}
"""Distance from the middle and height above the floor of each joint that a body has twice, arms in A-pose."""
ANKLES = {"front": 0.068, "side": 0.06, "back": 0.06}
"""Height of the ankles above the lowest that is seen, by view: toes that point to the camera are lower than heels."""
AHEAD = {"Eye": 0.05, "Nose": 0.07, "Lips": 0.055, "ASIS": 0.02, "Pelvis": 0.015}
"""Seen from the side: how far ahead of the body's middle a joint is."""

UPPER_ARM, TO_WRIST = 0.43, 0.755
"""Shoulder to elbow and shoulder to wrist as shares of the arm with its hand."""
SHORTEST_ARM, USUAL_ARM, LONGEST_ARM = 0.39, 0.43, 0.47
"""Shoulder to finger tips, in heights."""
BARE_WAIST = 0.108
"""Half the breadth of a trunk between elbow and wrist to which no arm is close, at most, in heights."""
HALF_ARM = 0.025
"""Half the breadth of an arm with its sleeve, in heights."""
HIDDEN = {"Elbow": 0.12, "Wrist": 0.11}
"""Distance from the middle of the joints of an arm that is before the trunk or behind it."""
