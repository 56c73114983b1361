"""Holds what was measured as tables of figures, one for each round, and keeps them in files between runs."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

Rows = dict[str, dict[str, list[float]]]


@dataclass(slots=True)
class Table:
    """Figures by row and column, one for each round; `label` is the heading of the rows."""

    name: str
    label: str
    rows: Rows = field(default_factory=dict)

    def add(self, row: str, **figures: float | None) -> None:
        """Add the figures of a round by column; what could not be measured is None, and left out."""
        cells = self.rows.setdefault(row, {})
        for column, figure in figures.items():
            if figure is not None:
                cells.setdefault(column, []).append(figure)

    @property
    def columns(self) -> list[str]:
        """The columns in the order in which they came."""
        return list(dict.fromkeys(column for cells in self.rows.values() for column in cells))

    @property
    def rounds(self) -> int:
        """The number of rounds: where there was one, a figure says nothing about the spread."""
        return max((len(figures) for cells in self.rows.values() for figures in cells.values()), default=0)

    def median(self, row: str, column: str) -> float | None:
        """Return the median of the rounds, or None where there is no figure."""
        figures = self.rows.get(row, {}).get(column)
        return statistics.median(figures) if figures else None


def keep(tables: Iterable[Table], file: Path) -> None:
    """Write tables to a file, which `kept` reads."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps([asdict(table) for table in tables], indent=1), encoding="utf-8")


def kept(file: Path) -> list[Table]:
    """Read the tables of a file; there are none without one."""
    return [Table(**table) for table in json.loads(file.read_text(encoding="utf-8"))] if file.exists() else []


def shown(figures: Sequence[float]) -> str:
    """Write a median, and the range of the rounds if they differ, with three or more digits."""
    middle, low, high = (_rounded(figure) for figure in (statistics.median(figures), min(figures), max(figures)))
    return middle if low == high else f"{middle} ({low} to {high})"


def _rounded(figure: float) -> str:
    size = abs(figure)
    return f"{figure:,.{0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 or size == 0 else 3}f}"
