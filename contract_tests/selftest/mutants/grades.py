"""Broken servers of all grades at once: wrong bands, wrong scale, grades of other metrics or requests."""

from collections.abc import Callable
from functools import partial
from math import radians
from typing import Any

from ..changes import Edit, all_of, in_success, on_success, setting
from ..mutation import BACK, FRONT, OTHERS, SIDE, A, Change, D, E, Fields, Memory, Page, ReceivedRequest, mutation
from .pages import METRICS, NAMES, grade, with_names

_row = partial(mutation, layer="rules")
_OTHER: dict[Page, Page] = {"A": "E", "B": "A", "C": "A", "D": "A", "E": "A"}


def graded(name: str, value: float, given: Any) -> Edit:
    """Return the edit that sends a value with a grade."""
    return all_of(setting(f"{name}_m_", value), setting(f"{name}_grade", given))


def _one_graded(which: str, value: float, given: Any) -> Change:
    """Return the change of the value and grade of a page's `tilt`, `line` or `third` metric."""
    return with_names(lambda names: on_success(graded(getattr(names, which), value, given)))


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
    return all_of(graded(one, -13.2, 0), graded(other, 0.4, -2))


def _of_before(request: ReceivedRequest, reply: Fields, memory: Memory) -> None:
    for name in METRICS[request.page]:
        reply[f"{name}_m_"] = memory.swap(request.page + name, reply[f"{name}_m_"], reply[f"{name}_m_"])
    line = NAMES[request.page].line
    reply[f"{line}_m_"] = 6.1 if memory.count(request.page) % 2 else -6.1
    reply[f"{line}_grade"] = 2


MUTANTS = (
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
        on_success(all_of(graded("sar_tilt", 12.2, 0), graded("sar_head_tilt", 0.4, 2))),
        pages=SIDE,
    ),
    _row(
        "grade-of-the-front",
        "The back's grade is the front's.",
        "REMO-GRADE-bar_tilt",
        on_success(all_of(graded("far_tilt", 2.0, 1), graded("bar_tilt", -2.0, 1))),
        pages=A,
    ),
    _row("grade-of-before", "The grade is that of the request before.", "REMO-GRADE-{line}", in_success(_of_before)),
    _row(
        "values-in-radians",
        "Values are in radians, grades of degrees.",
        "REMO-GRADE-bar_tilt",
        on_success(graded("bar_tilt", round(radians(4.4), 3), 2)),
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
        on_success(graded("turtle_neck", 231.0, 2)),
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
