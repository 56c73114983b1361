"""Broken servers of the grades: wrong bands, wrong scale, wrong side of a bound."""

from collections.abc import Callable
from functools import partial
from math import radians
from typing import Any

from ..changes import Edit, all_of, in_success, on_success, setting
from ..mutation import BACK, FRONT, OTHERS, SIDE, A, Change, D, E, Fields, Memory, Page, ReceivedRequest, mutation
from .pages import METRICS, NAMES, grade, with_names

_row = partial(mutation, layer="rules")
_OTHER: dict[Page, Page] = {"A": "E", "B": "A", "C": "A", "D": "A", "E": "A"}


def _graded(name: str, value: float, given: Any) -> Edit:
    return all_of(setting(f"{name}_m_", value), setting(f"{name}_grade", given))


def _one_graded(which: str, value: float, given: Any) -> Change:
    """Return the change of the value and grade of a page's `tilt`, `line` or `third` metric."""
    return with_names(lambda names: on_success(_graded(getattr(names, which), value, given)))


def _all_graded(change: Callable[[Any], Any]) -> Change:
    return on_success(lambda reply: reply.update({k: change(v) for k, v in reply.items() if k.endswith("_grade")}))


def _all_valued(change: Callable[[float], Any]) -> Change:
    return on_success(lambda reply: reply.update({k: change(v) for k, v in reply.items() if k.endswith("_m_")}))


def _by_the_other_page(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Grade all that another page has by its bands, with one value for which they differ."""
    other = _OTHER[request.page]
    reply[f"{_of_both(request.page)}_m_"] = 1.234
    for name in METRICS[request.page]:
        if name in METRICS[other]:
            reply[f"{name}_grade"] = grade(name, reply[f"{name}_m_"], other)


def _of_both(page: Page) -> str:
    return "far_knee_bal" if page == "A" else NAMES[page].line


def _measured_by_the_other_page(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Grade what was measured by another page's bands."""
    other = _OTHER[request.page]
    for name in METRICS[request.page]:
        if name in METRICS[other]:
            reply[f"{name}_grade"] = grade(name, reply[f"{name}_m_"], other)


def _sides_by_symmetric_bands(request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
    """Grade what was measured of a side by the bands of a front photo."""
    reply["sar_tilt_grade"] = grade("sar_head_tilt", reply["sar_tilt_m_"], request.page)


def _every_second_by_the_other_page(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    if memory.count(request.page) % 2 == 0:
        _by_the_other_page(request, reply, memory)


def _grades_exchanged(one: str, other: str) -> Edit:
    return all_of(_graded(one, -13.2, 0), _graded(other, 0.4, -2))


def _of_before(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    for name in METRICS[request.page]:
        reply[f"{name}_m_"] = memory.swap(request.page + name, reply[f"{name}_m_"], reply[f"{name}_m_"])
    line = NAMES[request.page].line
    reply[f"{line}_m_"] = 6.1 if memory.count(request.page) % 2 else -6.1
    reply[f"{line}_grade"] = 2


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
    ("C", "far_head_bal", 1.393, 1, "as on page A"),
    ("C", "far_pelvic_bal", 1.153, 1, "as in the page's example"),
    ("C", "far_shoulder_bal", -4.6, -2, "as on page A"),
    ("C", "far_left_qang", 5.5, 0, "as on page A"),
    ("C", "far_right_qang", -11.0, -1, "as on page A"),
    ("C", "far_tilt", 4.2, 2, "as on page A"),
    ("C", "far_knee_bal", -2.5, 1, "by its size alone"),
    ("C", "far_head_bal", 2.5, -1, "with the sign turned"),
    ("C", "far_left_qang", 3.0, 1, "by the bands of the lines"),
    ("C", "far_knee_bal", 4.0, 0, "by the bands of the legs"),
    ("C", "far_tilt", 1.501, 0, "a thousandth short of its bound"),
    ("C", "far_right_qang", -10.001, -1, "a thousandth short of its bound"),
    ("C", "far_shoulder_bal", 12.0, 3, "with a grade that there is not"),
    ("D", "sar_tilt", 2.2, 1, "by bands of ±1.5"),
    ("D", "sar_tilt", 6.37, 2, "as in the page's example"),
    ("D", "sar_tilt", 8.8, 2, "by bands of ±5"),
    ("D", "sar_tilt", 11.0, 1, "never as a danger"),
    ("D", "sar_tilt", -2.0, 0, "by bands of ±3"),
    ("D", "sar_tilt", -6.0, -1, "by bands of ±10"),
    ("D", "sar_tilt", 1.2, 1, "as on page A"),
    ("D", "sar_tilt", 2.999, 1, "a thousandth short of its bound"),
    ("D", "sar_tilt", 9.999, 2, "a thousandth short of its bound"),
    ("D", "sar_head_tilt", 3.2, 0, "by sar_tilt's bands"),
    ("D", "sar_head_tilt", 6.0, 1, "by sar_tilt's bands"),
    ("D", "sar_head_tilt", -1.2, -1, "as on page A"),
    ("D", "sar_head_tilt", -5.2, 2, "by its size alone"),
    ("D", "round_shoulder", 6.5, 0, "as on page A"),
    ("D", "round_shoulder", 4.999, 1, "a thousandth short of its bound"),
    ("D", "round_shoulder", 14.999, 2, "a thousandth short of its bound"),
    ("D", "round_shoulder", -9.0, 1, "by its size alone"),
    ("D", "turtle_neck", 32.0, 0, "as on page A"),
    ("D", "turtle_neck", 30.001, 0, "a thousandth short of its bound"),
    ("D", "turtle_neck", 16.0, 2, "by round_shoulder's bands"),
    ("D", "turtle_neck", 41.5, 1, "never as a danger"),
    ("D", "turtle_neck", 50.0, 3, "with a grade that there is not"),
    ("E", "far_head_bal", 1.393, 1, "as in the page's example"),
    ("E", "far_pelvic_bal", 1.153, 1, "as in the page's example"),
    ("E", "far_shoulder_bal", 4.7, 2, "after rounding to whole degrees"),
    ("E", "far_left_qang", 7.0, 0, "as on page A"),
    ("E", "far_right_qang", 9.998, 2, "after rounding to two decimals"),
    ("E", "far_knee_bal", -2.5, 1, "by its size alone"),
    ("E", "far_tilt", 3.2, 0, "by sar_tilt's bands"),
    ("E", "sar_tilt", 2.2, 1, "by far_tilt's bands"),
    ("E", "sar_tilt", 6.37, 2, "by bands of ±5"),
    ("E", "sar_tilt", -2.0, 0, "by bands of ±3"),
    ("E", "sar_head_tilt", -1.478, -1, "as in the page's example"),
    ("E", "sar_head_tilt", 3.2, 0, "by sar_tilt's bands"),
    ("E", "round_shoulder", 6.5, 0, "as on page A"),
    ("E", "round_shoulder", 14.2, 2, "as a danger too early"),
    ("E", "turtle_neck", 32.0, 0, "as on page A"),
    ("E", "turtle_neck", 39.999, 2, "a thousandth short of its bound"),
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
    ("C", "far_head_bal", -5.0, -1),
    ("C", "far_tilt", 1.5, 0),
    ("C", "far_left_qang", 10.0, 1),
    ("C", "far_right_qang", -5.0, 0),
    ("D", "sar_tilt", -1.5, 0),
    ("D", "sar_tilt", 3.0, 0),
    ("D", "sar_tilt", 10.0, 1),
    ("D", "sar_head_tilt", 1.5, 0),
    ("D", "round_shoulder", 5.0, 0),
    ("D", "round_shoulder", 15.0, 1),
    ("D", "turtle_neck", 30.0, 1),
    ("D", "turtle_neck", 40.0, 1),
    ("E", "far_pelvic_bal", 1.5, 0),
    ("E", "far_left_qang", -10.0, -1),
    ("E", "sar_tilt", -5.0, -1),
    ("E", "sar_head_tilt", 5.0, 1),
    ("E", "round_shoulder", 5.0, 0),
    ("E", "turtle_neck", 30.0, 1),
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
        "All is graded by another page.",
        "REMO-GRADE-{line} REMO-GRADE-far_knee_bal",
        in_success(_by_the_other_page),
    ),
    _row(
        "measured-by-the-other-page",
        "What was measured is graded by another page.",
        "REMO-GRADE-{tilt} REMO-GRADE-far_tilt",
        in_success(_measured_by_the_other_page),
    ),
    _row(
        "measured-by-symmetric-bands",
        "What was measured of a side is graded by bands of ±1.5 and ±5.",
        "REMO-GRADE-sar_tilt",
        in_success(_sides_by_symmetric_bands),
        pages=D + E,
    ),
    _row(
        "half-a-rollout",
        "Every second reply is graded by another page.",
        "REMO-GRADE-{line} REMO-GRADE-far_knee_bal",
        in_success(_every_second_by_the_other_page),
    ),
    _row("grades-from-zero", "Grades run from 0 to 4.", "REMO-GRADE-{tilt}", _all_graded(lambda given: given + 2)),
    _row(
        "grades-by-size",
        "Grades have no sign.",
        "REMO-GRADE-{line}",
        _one_graded("line", -2.5, 1),
    ),
    _row(
        "grades-turned",
        "Every grade has the other sign.",
        "REMO-GRADE-{tilt}",
        _one_graded("tilt", 3.2, -1),
    ),
    _row(
        "grades-all-normal",
        "Every grade is 0.",
        "REMO-GRADE-{tilt}",
        _one_graded("tilt", 6.5, 0),
    ),
    _row(
        "grade-of-the-right-leg",
        "The legs' grades are exchanged.",
        "REMO-GRADE-bar_left_qang",
        on_success(_grades_exchanged("bar_left_qang", "bar_right_qang")),
        pages=BACK,
    ),
    _row(
        "grade-of-the-right-leg-in-front",
        "The legs' grades are exchanged.",
        "REMO-GRADE-far_left_qang",
        on_success(_grades_exchanged("far_left_qang", "far_right_qang")),
        pages=FRONT,
    ),
    _row(
        "grades-of-the-side-exchanged",
        "The grades of head and body are exchanged.",
        "REMO-GRADE-sar_tilt",
        on_success(all_of(_graded("sar_tilt", 12.2, 0), _graded("sar_head_tilt", 0.4, 2))),
        pages=SIDE,
    ),
    _row(
        "grade-of-the-front",
        "The back's grade is the front's.",
        "REMO-GRADE-bar_tilt",
        on_success(all_of(_graded("far_tilt", 2.0, 1), _graded("bar_tilt", -2.0, 1))),
        pages=A,
    ),
    _row("grade-of-before", "The grade is that of the request before.", "REMO-GRADE-{line}", in_success(_of_before)),
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
        "REMO-DEGREES-{tilt}",
        _one_graded("tilt", 359.2, 0),
    ),
    _row(
        "value-absurd",
        "A value is no angle.",
        "REMO-DEGREES-{line}",
        _one_graded("line", 99999.9, 2),
    ),
    _row(
        "value-sentinel",
        "A value that could not be had is -999.",
        "REMO-DEGREES-{third}",
        _one_graded("third", -999, -2),
    ),
    _row(
        "value-in-pixels",
        "turtle_neck is in pixels.",
        "REMO-DEGREES-turtle_neck",
        on_success(_graded("turtle_neck", 231.0, 2)),
        pages=SIDE,
    ),
    mutation("values-as-text", "Every value is a text.", "REMO-TYPE-{tilt}_m_", _all_valued(str), layer="schema"),
    mutation("grades-as-text", "Every grade is a text.", "REMO-TYPE-{tilt}_grade", _all_graded(str), layer="schema"),
    mutation(
        "grades-as-floats",
        "Every grade is a float.",
        "REMO-TYPE-{tilt}_grade",
        _all_graded(float),
        layer="schema",
        pages=OTHERS,
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
