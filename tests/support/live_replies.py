"""Holds replies as the live service sends them, typed from integrators' notes (2025-10 to 2026-08), without people."""

import base64
import io
import json
from functools import cache
from typing import Any

from PIL import Image

Fields = dict[str, Any]

# A person who stands in a photo of 480 by 640 pixels; from behind, left and right are exchanged.
STANDING = (
    (240, 80), (240, 160), (190, 170), (180, 250), (175, 320), (290, 170), (300, 250), (305, 320), (215, 330),
    (212, 450), (210, 570), (265, 330), (268, 450), (270, 570), (240, 330), (240, 240), (240, 125), (262, 108),
    (250, 102), (240, 112), (218, 108), (230, 102),
)  # fmt: skip
_NAMES = ("head_bal", "knee_bal", "left_qang", "pelvic_bal", "right_qang", "shoulder_bal", "tilt")
_GRADES_OF_FRONT = (0, 0, 0, 1, -1, 0, 0)
_VALUES_OF_FRONT = (1.393, 0.57, -2.529, 1.953, -6.368, 0.483, 0.958)


@cache
def image() -> str:
    """Return a small drawn image as a reply carries it."""
    buffer = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").resize((480, 640)).save(buffer, "JPEG", progressive=True)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()


def coords(view: str = "front") -> str:
    """Return the joints of the standing person as the string of a reply; from the side a person is narrow."""
    across = {"front": 1.0, "side": 0.25, "back": -1.0}[view]
    return json.dumps([[round(240 + (x - 240) * across), y] for x, y in STANDING])


def head(name: str, **fields: Any) -> Fields:
    """Return the fields with which a success of a split endpoint begins."""
    return {
        "state": True,
        "status_code": 200,
        "APIName": name,
        "credit_change": -1,
        "credit": 4211,
        "uuid": "0b6f3f0e-5a53-4f0e-9b7e-0f5d3d8f2a11",
    } | fields


def measured(prefix: str) -> Fields:
    """Return the metrics of a front or back photo, each grade before its value, by the bands of ±1.5/±5 and ±5/±10."""
    pairs = zip(_NAMES, _GRADES_OF_FRONT, _VALUES_OF_FRONT, strict=True)
    return {
        key: value
        for name, grade, angle in pairs
        for key, value in ((f"{prefix}_{name}_grade", grade), (f"{prefix}_{name}_m_", angle))
    }


def front() -> Fields:
    """Return a success of v2-front."""
    return head("Analysis-skeleton-v2-front", forigimg=image(), far_coords=coords()) | measured("far")


def side() -> Fields:
    """Return a success of v2-side: bar_left_qang_grade stands in the place of sar_tilt_grade (L39)."""
    return head("Analysis-skeleton-v2-side", sorigimg=image()) | {
        "bar_left_qang_grade": 1,
        "round_shoulder_grade": 1,
        "round_shoulder_m_": 7.412,
        "sar_coords": coords("side"),
        "sar_head_tilt_grade": -1,
        "sar_head_tilt_m_": -2.227,
        "sar_tilt_m_": 6.961,
        "turtle_neck_grade": 1,
        "turtle_neck_m_": 33.018,
    }


def back() -> Fields:
    """Return a success of v2-back."""
    joints = {"borigimg": image(), "bar_coords": coords("back")}
    return head("Analysis-skeleton-v2-back") | joints | measured("bar")


def v1() -> Fields:
    """Return a success of v1: no status_code, all values before all grades (L41, L42)."""
    joints = {"far_coords": coords(), "sar_coords": coords("side")}
    reply = head("Analysis_skeleton", forigimg=image(), sorigimg=image()) | joints
    del reply["status_code"]
    metrics = measured("far") | {name: value for name, value in side().items() if name.endswith(("_m_", "_grade"))}
    metrics["sar_tilt_grade"] = metrics.pop("bar_left_qang_grade")
    values = {name: value for name, value in metrics.items() if name.endswith("_m_")}
    return reply | values | {name: value for name, value in metrics.items() if name.endswith("_grade")}


def three_photos() -> Fields:
    """Return a success of the endpoint for three photos, graded by the bands of its own page (L11)."""
    bands = {"far_head_bal_grade": 1, "bar_head_bal_grade": 1, "sar_head_tilt_grade": -1, "sar_tilt_grade": 2}
    older = {"round_shoulder_grade": 0, "turtle_neck_grade": 0}
    views = front() | v1() | back()
    return views | bands | older | {"APIName": "Analysis-skeleton-v2", "status_code": 200}


def error(code: int, **fields: Any) -> Fields:
    """Return an error as the vendor's page about body shape has it: status_code, and credit_change 0 (L01, L20)."""
    return {"state": False, "status_code": code, "credit_change": 0, "credit": 4211, "message": "failed"} | fields
