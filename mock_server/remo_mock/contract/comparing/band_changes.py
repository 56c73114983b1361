"""Yields what moved in the bands of each metric, in one line with every grade that moved."""

from collections.abc import Iterator

from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.subject import Subject
from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.deriving.text.limits import written

_Limits = tuple[float | None, bool | None, float | None, bool | None]


def band_changes(old: Subject, new: Subject) -> Iterator[Change]:
    """Yield one change for each metric whose bands moved, and one for each whose grades mean something else."""
    if not old.bands and not new.bands:
        return
    for name in dict.fromkeys((*old.bands, *new.bands)):
        metric = name.removesuffix("_grade")
        if name not in new.bands:
            if name in new.response:
                yield Change("bands-left", metric, "has no bands any more")
        elif name not in old.bands:
            if name in old.response:
                yield Change("bands-new", metric, "has bands now")
        else:
            yield from _metric(metric, old.bands[name], new.bands[name])


def _metric(metric: str, old: tuple[GradeRow, ...], new: tuple[GradeRow, ...]) -> Iterator[Change]:
    before, after = ({row.grade: row for row in rows} for rows in (old, new))
    moved: list[str] = []
    for grade in sorted({*before, *after}, key=lambda one: (abs(one), one)):
        if grade not in after:
            moved.append(f"grade {grade} left (was {written(before[grade])})")
        elif grade not in before:
            moved.append(f"grade {grade} is new ({written(after[grade])})")
        elif _limits(before[grade]) != _limits(after[grade]):
            moved.append(f"{_named(before[grade])} was {written(before[grade])}, is {written(after[grade])}")
    if moved:
        text = f"{'; '.join(moved)}: {len(moved)} grade{'s' * (len(moved) != 1)} may change"
        yield Change("bands", metric, text, _all(old), _all(new))
    for grade in sorted({*before} & {*after}):
        was, now = before[grade], after[grade]
        if was.level and now.level and was.level != now.level:
            yield Change("level", metric, f"grade {grade} was {was.level}, is {now.level}", was.level, now.level)
        if was.direction != now.direction and was.printed and now.printed:
            text = f"grade {grade} was {_direction(was)}, is {_direction(now)}"
            yield Change("direction", metric, text, was.direction, now.direction)


def _named(row: GradeRow) -> str:
    return f"{row.level} ({row.grade})" if row.level and row.grade else row.level or f"grade {row.grade}"


def _direction(row: GradeRow) -> str:
    return row.direction.replace("_", " ") or "of no direction"


def _limits(row: GradeRow) -> _Limits:
    return (
        row.low,
        row.has_low if row.low is not None else None,
        row.high,
        row.has_high if row.high is not None else None,
    )


def _all(rows: tuple[GradeRow, ...]) -> dict[str, str]:
    return {str(row.grade): written(row) for row in rows}
