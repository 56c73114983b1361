"""Checks of rules across fields: each grade follows from its value, by the bands of the endpoint's own page."""

from collections.abc import Iterator

from remo_mock.contract import DECIMALS, Documents, Endpoint, Json, Metric

from ..model.check import SUCCESS, Check, Context, Finding, JudgeOne, LedgerReading, Problem, each
from ..model.exchange import Exchange, is_finite
from ..model.promises import origin, show
from .check_factory import CheckFactory

# Half of the last printed decimal: rounding may have moved a value by so much (L21).
_ROUNDING = 0.5 * 10**-DECIMALS
_HALF_TURN = 180


def rule_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield a grade check and a degrees check for each metric, and the one on decimals."""
    data = documents[f"{endpoint.name}/endpoint.json"]
    rows = {row["name"]: row for row in data["metrics"]}
    rules, content = CheckFactory(documents, endpoint, "rules"), CheckFactory(documents, endpoint, "content")
    for metric in endpoint.metrics:
        row = rows[metric.name]
        where = origin(data["bands"][row["bands"]])
        title = f"{metric.grade_field} is what the page's bands give for {metric.value_field}"
        entries = tuple(dict.fromkeys((*where.ledger, "L21")))
        names = endpoint.names_of(metric.grade_field)
        yield rules.check(f"GRADE-{metric.name}", title, where, SUCCESS, each(_grade(metric, names)), ledger=entries)
        title = f"{metric.value_field} is an angle in degrees, within half a turn"
        yield content.check(f"DEGREES-{metric.name}", title, origin(row), SUCCESS, each(_degrees(metric)))
    title, where = "angles have at most three decimals", origin(data["metric_fields"])
    yield content.check("DECIMALS", title, where, SUCCESS, each(_decimals), evidence="assumed", ledger=("L21",))


def value_of(exchange: Exchange, metric: Metric) -> float | None:
    """Return the metric's finite value, or None."""
    value = exchange.fields.get(metric.value_field)
    return float(value) if is_finite(value) else None


def _grade(metric: Metric, names: tuple[str, ...]) -> JudgeOne:
    """Judge the grade under each of its names that a reply has."""

    def judge(exchange: Exchange, context: Context) -> Iterator[Finding]:
        value = value_of(exchange, metric)
        grades = {name: grade for name in names if _is_number(grade := exchange.fields.get(name))}
        if len(set(grades.values())) > 1:
            got = ", ".join(f"{name} {_text(grade)}" for name, grade in grades.items())
            yield Problem("the same grade under each name", got, "violation")
        if value is None:
            return
        correct = metric.grade(value)
        for name, grade in grades.items():
            if grade == correct:
                continue
            expected = f"grade {correct}: {_band_text(metric, correct)}"
            got = f"{metric.value_field} {value:g}, {name} {_text(grade)}"
            neighbours = {metric.grade(value - _ROUNDING), metric.grade(value + _ROUNDING)}
            if grade in neighbours and not context.exact:
                yield LedgerReading("L21", "graded before rounding")
                yield Problem(expected, f"{got}, within {_ROUNDING} of the bound", "note")
            else:
                yield Problem(expected, got, "violation")

    return judge


def _text(grade: Json) -> str:
    return f"{grade:g}" if is_finite(grade) else show(grade)


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _band_text(metric: Metric, grade: int) -> str:
    band = next(band for band in metric.bands if band.grade == grade)
    low = f"{band.minimum:g} <= " if band.minimum is not None else ""
    low = f"{band.exclusive_minimum:g} < " if band.exclusive_minimum is not None else low
    high = f" <= {band.maximum:g}" if band.maximum is not None else ""
    high = f" < {band.exclusive_maximum:g}" if band.exclusive_maximum is not None else high
    return f"{low}value{high}"


def _degrees(metric: Metric) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        value = exchange.fields.get(metric.value_field)
        # Neither NaN nor an int that no double holds is an angle.
        if _is_number(value) and not (is_finite(value) and abs(value) <= _HALF_TURN):
            yield Problem(f"between -{_HALF_TURN} and {_HALF_TURN} degrees", _text(value))

    return judge


def _decimals(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    for metric in exchange.endpoint.metrics:
        value = value_of(exchange, metric)
        if value is not None and round(value, DECIMALS) != value:
            yield Problem("three decimals, as in the examples", f"{metric.value_field} {value!r}", "note")
            return
