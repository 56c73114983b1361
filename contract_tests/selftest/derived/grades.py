"""Broken servers of grades: for each metric, wrong grades inside each band and on either side of each bound."""

import operator
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import pairwise

from remo_mock.contract import DECIMALS, Endpoint, Json, Metric

from ..changes import all_of, in_success, on_success, setting
from ..mutation import Change, Fields, Memory, Mutation, ReceivedRequest, mutation

# The last printed decimal, and twice the least distance from a bound at which no rounding is to blame (L21).
_STEP = 10**-DECIMALS
_BEYOND = 3.0
_NO_ANGLE = 999.9
# The limits of JSON Schema; the checks have another reader of them.
_LIMITS: Mapping[str, Callable[[float, float], bool]] = {
    "minimum": operator.ge,
    "exclusiveMinimum": operator.gt,
    "maximum": operator.le,
    "exclusiveMaximum": operator.lt,
}


def grade_of(bands: Json, value: float) -> int:
    """Return the grade that the rows of a table of bands give for a value, in degrees."""
    fitting = (row for row in bands if all(holds(value, row[name]) for name, holds in _LIMITS.items() if name in row))
    return int(next(fitting)["grade"])


def bands_of(data: Json, metric: Metric) -> Json:
    """Return the rows of a metric's table of bands, as endpoint.json has them."""
    row = next(row for row in data["metrics"] if row["name"] == metric.name)
    return data["bands"][row["bands"]]["grades"]


def valued(endpoint: Endpoint, data: Json, change: Callable[[float], float]) -> Change:
    """Return the change of every value, with the grades that the bands give."""
    tables = {metric: bands_of(data, metric) for metric in endpoint.metrics}

    def edit(_request: ReceivedRequest, reply: Fields, _memory: Memory) -> None:
        for metric, bands in tables.items():
            reply[metric.value_field] = value = change(reply[metric.value_field])
            reply[metric.grade_field] = grade_of(bands, value)

    return in_success(edit)


def grade_mutants(endpoint: Endpoint, data: Json) -> Iterator[Mutation]:
    """Yield the broken servers of an endpoint's grades."""
    page = endpoint.name
    row = partial(mutation, layer="rules", pages=(page,), apart="grade")
    for metric in endpoint.metrics:
        bands = bands_of(data, metric)
        for value, right, wrong, exact in wrong_grades(bands):
            yield row(
                f"{page}-{metric.name}-{value:g}-told-{wrong}",
                f"{metric.grade_field} is {wrong} for {value:g}, where the bands give {right}.",
                f"REMO-GRADE-{metric.name}",
                on_success(all_of(setting(metric.value_field, value), setting(metric.grade_field, wrong))),
                exact=exact,
            )
        # Which angles a mock finds in our photos is chosen for the packaged endpoints; asked for, it sends any.
        if any(band["grade"] for band in bands):
            yield row(
                f"{page}-{metric.name}-always-0",
                f"{metric.grade_field} is 0, whatever the value is.",
                f"REMO-GRADE-{metric.name}",
                on_success(setting(metric.grade_field, 0)),
                exact=True,
            )
        yield row(
            f"{page}-{metric.name}-no-angle",
            f"{metric.value_field} is no angle.",
            f"REMO-DEGREES-{metric.name}",
            valued_as(metric, bands, _NO_ANGLE),
            layer="content",
        )


def valued_as(metric: Metric, bands: Json, value: float) -> Change:
    """Return the change that gives a metric a value, and the grade of it."""
    return on_success(all_of(setting(metric.value_field, value), setting(metric.grade_field, grade_of(bands, value))))


def wrong_grades(bands: Json) -> Iterator[tuple[float, int, int, bool]]:
    """Yield value, its grade, a wrong one, and whether only our own mock promises better: on a bound (L21)."""
    bounds = sorted({row[name] for row in bands for name in _LIMITS if name in row})
    for bound in bounds:
        below, above = (round(bound + step, 6) for step in (-_STEP, _STEP))
        under, over, at = (grade_of(bands, value) for value in (below, above, bound))
        if under != over:
            yield below, under, over, False
            yield above, over, under, False
            yield bound, at, over if at == under else under, True
    for value in _inside(bounds):
        right = grade_of(bands, value)
        yield value, right, right + 1, False
        yield value, right, right - 1, False


def _inside(bounds: list[float]) -> Iterator[float]:
    """Yield a value between each two bounds, and one beyond either end."""
    if not bounds:
        yield 0.0
        return
    yield bounds[0] - _BEYOND
    yield from (round((low + high) / 2, 6) for low, high in pairwise(bounds) if high - low > 2 * _STEP)
    yield bounds[-1] + _BEYOND
