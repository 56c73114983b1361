"""Broken servers whose grades do not follow what was measured: always one grade, or that of another metric."""

from functools import partial

from ..changes import copying, on_success, setting
from ..mutation import mutation
from .pages import METRICS

_row = partial(mutation, layer="rules")

# No row sets a value: what the suite's own photos show has to be enough.
MUTANTS = (
    *(
        _row(
            f"{page}-{name}-always-0",
            f"{name} has the grade 0, whatever its value is.",
            f"REMO-GRADE-{name}",
            on_success(setting(f"{name}_grade", 0)),
            pages=(page,),
            apart="always 0",
        )
        for page, names in METRICS.items()
        for name in names
    ),
    *(
        _row(
            f"{page}-{name}-graded-as-{other}",
            f"{name} has the grade of {other}.",
            f"REMO-GRADE-{name}",
            on_success(copying(f"{other}_grade", f"{name}_grade")),
            pages=(page,),
            # Two successes of page A cannot tell each two of its eighteen angles apart.
            exact=page == "A",
            apart="of another",
        )
        for page, names in METRICS.items()
        for name, other in zip(names, (*names[1:], names[0]), strict=True)
    ),
)
