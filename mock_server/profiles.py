"""Degrees that come to a grade that was asked for; knows no photo and no request."""

from mock_server.contract import Band, Metric
from mock_server.exceptions import OutcomeError

_DECIMALS = 3


def degrees_of_grade(metric: Metric, size: int, *, natural: float, share: float) -> float:
    """Return degrees, three decimals, that `metric` grades with a grade of this size (0, 1 or 2, either sign).

    The natural value is kept if it has such a grade; else `share` (0 to 1) decides which side, and where in the band.
    Raises `OutcomeError` if the endpoint has no such grade for the metric.
    """
    if abs(metric.grade(natural)) == size:
        return natural
    bands = [band for band in metric.bands if abs(band.grade) == size]
    if not bands:
        raise OutcomeError(f"a grade of {size} for {metric.name}", "a grade that the endpoint's bands have")
    part, within = divmod(share * len(bands), 1)
    low, high = _limits(bands[min(int(part), len(bands) - 1)])
    return round(low + (high - low) * (0.1 + 0.8 * within), _DECIMALS) + 0.0


def _limits(band: Band) -> tuple[float, float]:
    """Return the band's limits; an open side ends nearly a third farther from zero than the closed one."""
    low = band.minimum if band.exclusive_minimum is None else band.exclusive_minimum
    high = band.maximum if band.exclusive_maximum is None else band.exclusive_maximum
    if low is None and high is None:
        return -1.0, 1.0
    if low is None and high is not None:
        return (high * 1.3, high) if high < 0 else (high / 2, high)
    if high is None and low is not None:
        return (low, low * 1.3) if low > 0 else (low, low / 2)
    return float(low or 0.0), float(high or 0.0)
