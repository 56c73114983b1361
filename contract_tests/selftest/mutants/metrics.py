"""Broken servers of single metrics: for each metric of each page a wrong grade, and a field unlike its table."""

from collections.abc import Callable
from functools import partial

from ...model.check import Layer
from ..changes import Edit, dropping, on_success, renaming, setting, turning
from ..mutation import Mutation, Page, mutation
from .pages import METRICS

_row = partial(mutation, layer="rules", apart="field")


def _off_by_one(given: int) -> int:
    return given - 1 if given == 2 else given + 1


# Each metric is broken in one of these ways, in turn: all of them happen to single fields of real services.
_BREAKS: tuple[tuple[str, str, str, Layer, Callable[[str], Edit]], ...] = (
    ("no-value", "{}_m_ is missing.", "REMO-FIELD-{}_m_", "schema", lambda n: dropping(f"{n}_m_")),
    ("no-grade", "{}_grade is missing.", "REMO-FIELD-{}_grade", "schema", lambda n: dropping(f"{n}_grade")),
    ("value-text", "{}_m_ is a text.", "REMO-TYPE-{}_m_", "schema", lambda n: turning(f"{n}_m_", str)),
    ("grade-text", "{}_grade is a text.", "REMO-TYPE-{}_grade", "schema", lambda n: turning(f"{n}_grade", str)),
    ("value-null", "{}_m_ is null.", "REMO-TYPE-{}_m_", "schema", lambda n: setting(f"{n}_m_", None)),
    ("grade-float", "{}_grade is a float.", "REMO-TYPE-{}_grade", "schema", lambda n: turning(f"{n}_grade", float)),
    ("value-renamed", "{}_m_ is called {}_m.", "REMO-FIELD-{}_m_", "schema", lambda n: renaming(f"{n}_m_", f"{n}_m")),
    (
        "grade-renamed",
        "{}_grade is called {}_grad.",
        "REMO-FIELD-{}_grade",
        "schema",
        lambda n: renaming(f"{n}_grade", f"{n}_grad"),
    ),
    ("grade-null", "{}_grade is null.", "REMO-TYPE-{}_grade", "schema", lambda n: setting(f"{n}_grade", None)),
    ("value-boolean", "{}_m_ is false.", "REMO-TYPE-{}_m_", "schema", lambda n: setting(f"{n}_m_", False)),
    ("grade-boolean", "{}_grade is true.", "REMO-TYPE-{}_grade", "schema", lambda n: setting(f"{n}_grade", True)),
    ("value-unit", "{}_m_ has its unit.", "REMO-TYPE-{}_m_", "schema", lambda n: turning(f"{n}_m_", "{}°".format)),
    ("grade-word", "{}_grade is a word.", "REMO-TYPE-{}_grade", "schema", lambda n: setting(f"{n}_grade", "normal")),
)


_FIRST: dict[Page, int] = {"A": 0, "B": 5, "C": 9, "D": 1, "E": 3}


def _each_metric() -> tuple[Mutation, ...]:
    rows = [(page, at, name) for page in METRICS for at, name in enumerate(METRICS[page])]
    wrong = tuple(
        _row(
            f"{page}-{name}-off-by-one",
            f"{name}_grade is the neighbour's.",
            f"REMO-GRADE-{name}",
            on_success(turning(f"{name}_grade", _off_by_one)),
            pages=(page,),
        )
        for page, _, name in rows
    )
    # Each page begins elsewhere, so that a metric of several pages is not broken twice in the same way.
    single = tuple(
        mutation(
            f"{page}-{name}-{kind}",
            broken.format(name, name),
            check.format(name),
            on_success(make(name)),
            layer=layer,
            pages=(page,),
            apart="field",
        )
        for page, at, name in rows
        for kind, broken, check, layer, make in [_BREAKS[(at + _FIRST[page]) % len(_BREAKS)]]
    )
    return wrong + single


MUTANTS = _each_metric()
