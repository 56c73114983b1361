"""Broken servers of the grades: wrong bands, wrong scale, wrong side of a bound."""

from collections.abc import Callable
from functools import partial
from math import radians
from typing import Any

from ..changes import Edit, all_of, in_success, on_success, setting
from ..mutation import A, B, Change, Fields, Memory, Page, ReceivedRequest, mutation
from .pages import METRICS, grade

_row = partial(mutation, layer="rules")
_OTHER: dict[Page, Page] = {"A": "B", "B": "A"}


def _graded(name: str, value: float, given: Any) -> Edit:
    return all_of(setting(f"{name}_m_", value), setting(f"{name}_grade", given))


def _all_graded(change: Callable[[Any], Any]) -> Change:
    return on_success(lambda reply: reply.update({k: change(v) for k, v in reply.items() if k.endswith("_grade")}))


def _all_valued(change: Callable[[float], Any]) -> Change:
    return on_success(lambda reply: reply.update({k: change(v) for k, v in reply.items() if k.endswith("_m_")}))


def _by_the_other_page(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Grade all by the other page's bands, with one value for which they differ."""
    reply["bar_knee_bal_m_"] = 1.234
    for name in METRICS["B"]:
        reply[f"{name}_grade"] = grade(name, reply[f"{name}_m_"], _OTHER[request.page])


def _every_second_by_the_other_page(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    if memory.count(request.page) % 2 == 0:
        _by_the_other_page(request, reply, memory)


def _grades_exchanged(one: str, other: str) -> Edit:
    return all_of(_graded(one, -13.2, 0), _graded(other, 0.4, -2))


def _of_before(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    for name in METRICS[request.page]:
        reply[f"{name}_m_"] = memory.swap(request.page + name, reply[f"{name}_m_"], reply[f"{name}_m_"])
    reply["bar_knee_bal_m_"] = 6.1 if memory.count(request.page) % 2 else -6.1
    reply["bar_knee_bal_grade"] = 2


# Page, metric, value, grade sent, reason: each is wrong by the page's own table, and away from every bound.
_WRONG_GRADES: tuple[tuple[Page, str, float, int, str], ...] = (
    ("A", "far_head_bal", 1.2, 0, "as on page B"),
    ("A", "far_shoulder_bal", -4.6, -1, "as on page B"),
    ("A", "far_left_qang", 5.5, 1, "as on page B"),
    ("A", "bar_right_qang", -11.0, -2, "as on page B"),
    ("A", "bar_tilt", 4.2, 1, "as on page B"),
    ("B", "bar_head_bal", 1.2, 1, "as on page A"),
    ("B", "bar_shoulder_bal", -4.6, -2, "as on page A"),
    ("B", "bar_left_qang", 5.5, 0, "as on page A"),
    ("B", "bar_right_qang", -11.0, -1, "as on page A"),
    ("B", "bar_tilt", 4.2, 2, "as on page A"),
    ("A", "far_pelvic_bal", 2.5, -1, "with the sign turned"),
    ("B", "bar_pelvic_bal", -2.5, 1, "by its size alone"),
    ("A", "sar_head_tilt", -5.2, 2, "by its size alone"),
    ("A", "sar_tilt", 7.0, 1, "never as a danger"),
    ("A", "sar_tilt", 1.3, 0, "by bands of ±1.5"),
    ("A", "round_shoulder", -9.0, 1, "with bands on both sides"),
    ("A", "round_shoulder", -16.0, -2, "with bands on both sides"),
    ("A", "round_shoulder", 9.5, 2, "by the bands of the lines"),
    ("A", "round_shoulder", 14.2, 2, "as a danger too early"),
    ("A", "round_shoulder", 7.4, 1, "as a caution too early"),
    ("A", "turtle_neck", 31.0, 2, "by round_shoulder's bands"),
    ("A", "turtle_neck", 36.0, 0, "normal up to 40"),
    ("A", "turtle_neck", 41.5, 1, "never as a danger"),
    ("A", "turtle_neck", -36.0, 1, "by its size alone"),
    ("A", "far_tilt", 0.96, 1, "after rounding to one decimal"),
    ("A", "far_knee_bal", 1.4, 0, "after rounding to whole degrees"),
    ("B", "bar_knee_bal", 4.7, 2, "after rounding to whole degrees"),
    ("B", "bar_left_qang", 9.998, 2, "after rounding to two decimals"),
    ("A", "bar_head_bal", 4.001, 1, "a thousandth short of its bound"),
    ("A", "far_right_qang", -5.999, -1, "a thousandth short of its bound"),
    ("A", "round_shoulder", 8.001, 0, "a thousandth short of its bound"),
    ("A", "turtle_neck", 39.999, 2, "a thousandth short of its bound"),
    ("B", "bar_tilt", 1.501, 0, "a thousandth short of its bound"),
    ("B", "bar_right_qang", -10.001, -1, "a thousandth short of its bound"),
    ("B", "bar_shoulder_bal", 12.0, 3, "with a grade that there is not"),
    ("A", "turtle_neck", 50.0, 3, "with a grade that there is not"),
    ("A", "round_shoulder", 2.0, -1, "with a grade that its table has not"),
    ("A", "bar_left_qang", 2.0, 1, "by the bands of the lines"),
    ("B", "bar_right_qang", 3.0, 1, "by the bands of the lines"),
    ("B", "bar_knee_bal", 3.0, 0, "by the bands of the legs"),
)

# Values on a bound, with the grade of the wrong side: on a foreign endpoint that is a note (L21).
_AT_BOUND: tuple[tuple[Page, str, float, int], ...] = (
    ("A", "far_head_bal", -4.0, -1),
    ("A", "far_shoulder_bal", -1.0, 0),
    ("A", "bar_tilt", 1.0, 0),
    ("A", "bar_knee_bal", 4.0, 1),
    ("A", "far_left_qang", -12.0, -1),
    ("A", "bar_right_qang", 6.0, 0),
    ("A", "round_shoulder", 8.0, 1),
    ("A", "round_shoulder", 15.0, 1),
    ("A", "turtle_neck", 34.0, 1),
    ("A", "turtle_neck", 40.0, 1),
    ("B", "bar_head_bal", -5.0, -1),
    ("B", "bar_pelvic_bal", -1.5, 0),
    ("B", "bar_tilt", 1.5, 0),
    ("B", "bar_knee_bal", 5.0, 1),
    ("B", "bar_left_qang", -10.0, -1),
    ("B", "bar_right_qang", 5.0, 0),
)


MUTANTS = (
    *(
        _row(
            f"{page}-{name}-{value}-told-{wrong}",
            f"{name} is graded {why}.",
            f"REMO-GRADE-{name}",
            on_success(_graded(name, value, wrong)),
            pages=(page,),
            apart=True,
        )
        for page, name, value, wrong, why in _WRONG_GRADES
    ),
    *(
        _row(
            f"{page}-{name}-at-{value}-told-{wrong}",
            f"{name} on a bound has the grade of the wrong side.",
            f"REMO-GRADE-{name}",
            on_success(_graded(name, value, wrong)),
            pages=(page,),
            exact=True,
            apart=True,
        )
        for page, name, value, wrong in _AT_BOUND
    ),
    _row(
        "bands-of-the-other-page",
        "The back is graded by the other page.",
        "REMO-GRADE-bar_knee_bal",
        in_success(_by_the_other_page),
    ),
    _row(
        "half-a-rollout",
        "Every second reply is graded by the other page.",
        "REMO-GRADE-bar_knee_bal",
        in_success(_every_second_by_the_other_page),
    ),
    _row("grades-from-zero", "Grades run from 0 to 4.", "REMO-GRADE-bar_tilt", _all_graded(lambda given: given + 2)),
    _row(
        "grades-by-size",
        "Grades have no sign.",
        "REMO-GRADE-bar_knee_bal",
        on_success(_graded("bar_knee_bal", -2.5, 1)),
        pages=B,
    ),
    _row(
        "grades-turned",
        "Every grade has the other sign.",
        "REMO-GRADE-bar_tilt",
        on_success(all_of(setting("bar_tilt_m_", 2.2), setting("bar_tilt_grade", -1))),
    ),
    _row(
        "grades-all-normal",
        "Every grade is 0.",
        "REMO-GRADE-bar_tilt",
        on_success(all_of(setting("bar_tilt_m_", 6.5), setting("bar_tilt_grade", 0))),
    ),
    _row(
        "grade-of-the-right-leg",
        "The legs' grades are exchanged.",
        "REMO-GRADE-bar_left_qang",
        on_success(_grades_exchanged("bar_left_qang", "bar_right_qang")),
    ),
    _row(
        "grade-of-the-front",
        "The back's grade is the front's.",
        "REMO-GRADE-bar_tilt",
        on_success(all_of(_graded("far_tilt", 2.0, 1), _graded("bar_tilt", -2.0, 1))),
        pages=A,
    ),
    _row(
        "grade-of-before", "The grade is that of the request before.", "REMO-GRADE-bar_knee_bal", in_success(_of_before)
    ),
    _row(
        "values-in-radians",
        "Values are in radians, grades of degrees.",
        "REMO-GRADE-bar_tilt",
        on_success(_graded("bar_tilt", round(radians(4.4), 3), 2)),
        pages=A,
    ),
    _row(
        "values-to-360",
        "A small negative angle is sent as one near 360.",
        "REMO-DEGREES-bar_tilt",
        on_success(_graded("bar_tilt", 359.2, 0)),
    ),
    _row(
        "value-absurd",
        "A value is no angle.",
        "REMO-DEGREES-bar_head_bal",
        on_success(_graded("bar_head_bal", 99999.9, 2)),
    ),
    _row(
        "value-sentinel",
        "A value that could not be had is -999.",
        "REMO-DEGREES-bar_left_qang",
        on_success(_graded("bar_left_qang", -999, -2)),
        pages=B,
    ),
    _row(
        "value-in-pixels",
        "turtle_neck is in pixels.",
        "REMO-DEGREES-turtle_neck",
        on_success(_graded("turtle_neck", 231.0, 2)),
        pages=A,
    ),
    mutation("values-as-text", "Every value is a text.", "REMO-TYPE-bar_tilt_m_", _all_valued(str), layer="schema"),
    mutation("grades-as-text", "Every grade is a text.", "REMO-TYPE-bar_tilt_grade", _all_graded(str), layer="schema"),
    mutation(
        "grades-as-floats",
        "Every grade is a float.",
        "REMO-TYPE-bar_tilt_grade",
        _all_graded(float),
        layer="schema",
        pages=B,
    ),
    mutation(
        "values-unrounded",
        "Values have all the digits of a double.",
        "REMO-DECIMALS",
        _all_valued(lambda value: value + 0.000123456789),
        layer="content",
        exact=True,
    ),
)
