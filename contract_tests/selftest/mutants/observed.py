"""Broken servers that are nearly as the live service was seen to be: other names, other keys, other prices."""

from functools import partial

from ..changes import all_of, dropping, on_error, on_success, renaming, setting
from ..mutation import Change, D, E, mutation

_row = partial(mutation, layer="rules", pages=D)
# What stands in the place of sar_tilt_grade (L39).
OBSERVED = "bar_left_qang_grade"


def _graded(value: float, given: object) -> Change:
    """Return the change that sends a value of sar_tilt with a grade under the other name alone."""
    return on_success(
        all_of(renaming("sar_tilt_grade", OBSERVED), setting("sar_tilt_m_", value), setting(OBSERVED, given))
    )


MUTANTS = (
    _row("observed-grade-wrong", "The other name has a wrong grade.", "REMO-GRADE-sar_tilt", _graded(6.961, 2)),
    _row("observed-grade-sign", "The other name's grade has no sign.", "REMO-GRADE-sar_tilt", _graded(-3.2, 1)),
    _row(
        "observed-grade-of-a-leg",
        "The other name has the grade by the bands that its name stands for.",
        "REMO-GRADE-sar_tilt",
        _graded(4.0, 0),
    ),
    _row(
        "observed-grade-differs",
        "The two names have two grades.",
        "REMO-GRADE-sar_tilt",
        on_success(all_of(setting("sar_tilt_m_", 6.961), setting("sar_tilt_grade", 1), setting(OBSERVED, 0))),
    ),
    _row(
        "observed-grade-text",
        "The other name's grade is a text.",
        f"REMO-TYPE-{OBSERVED}",
        _graded(6.961, "1"),
        layer="schema",
    ),
    _row(
        "observed-grade-null",
        "The other name's grade is null.",
        f"REMO-TYPE-{OBSERVED}",
        _graded(6.961, None),
        layer="schema",
    ),
    _row(
        "observed-grade-of-the-right",
        "The grade stands under a third name.",
        "REMO-FIELD-sar_tilt_grade",
        on_success(renaming("sar_tilt_grade", "bar_right_qang_grade")),
        layer="schema",
    ),
    _row(
        "observed-grade-neither",
        "The grade stands under neither name.",
        "REMO-FIELD-sar_tilt_grade",
        on_success(dropping("sar_tilt_grade")),
        layer="schema",
    ),
    _row(
        "observed-grade-unasked",
        "Our own mock uses the other name without being told to.",
        "REMO-FIELD-sar_tilt_grade",
        on_success(renaming("sar_tilt_grade", OBSERVED)),
        layer="schema",
        exact=True,
    ),
    _row(
        "observed-grade-on-v1",
        "v1 uses v2-side's other name.",
        "REMO-FIELD-sar_tilt_grade",
        on_success(renaming("sar_tilt_grade", OBSERVED)),
        layer="schema",
        pages=E,
    ),
    mutation(
        "detailed-error-charged",
        "An error with status_code tells a charge.",
        "REMO-CREDIT-FAILURE-TOLD",
        on_error(all_of(renaming("status", "status_code"), setting("credit_change", -1))),
        layer="credits",
        exact=True,
    ),
)
