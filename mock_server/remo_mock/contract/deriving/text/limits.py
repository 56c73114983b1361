"""Writes the limits of a grade for people."""

from remo_mock.contract.deriving.facts import GradeRow


def written(row: GradeRow) -> str:
    """Write the limits of a grade: `-1.5 < v < 1.5`; a side that is not printed as `?`."""
    low = "" if row.low is None else f"{row.low:g} {_sign(row.has_low)} "
    high = "" if row.high is None else f" {_sign(row.has_high)} {row.high:g}"
    return f"{low}v{high}" if low or high else "any"


def _sign(has: bool | None) -> str:
    return "<?" if has is None else "<=" if has else "<"
