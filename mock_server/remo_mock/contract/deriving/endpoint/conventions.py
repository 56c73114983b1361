"""Reads the conventions of the family: what its pages call photos, coordinates, angles and grades."""

from collections.abc import Mapping
from dataclasses import dataclass

from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.file_layouts import CONVENTIONS
from remo_mock.contract.layout import departures
from remo_mock.contract.model import Json
from remo_mock.exceptions import ContractError

CONVENTIONS_FILE = "conventions.json"


@dataclass(frozen=True, slots=True)
class Conventions:
    """The names that the pages of the family share, and our words for grades."""

    data: Json

    @property
    def common(self) -> tuple[str, ...]:
        """Fields of the reply that belong to no photo."""
        return tuple(self.data["common"])

    @property
    def code_keys(self) -> tuple[str, ...]:
        """Keys under which replies carry a code."""
        return tuple(self.data["code_keys"])

    @property
    def request_names(self) -> frozenset[str]:
        """Fields of the request that are no photos."""
        return frozenset((*self.data["credentials"], *self.data["options"]))

    def view_of_photo(self, name: str) -> str:
        """Return the view whose photo has this name, or nothing."""
        return next((row["view"] for row in self.data["views"] if row["photo"] == name), "")

    def view_of_coords(self, name: str) -> str:
        """Return the view whose coordinates have this name, or nothing."""
        return next((row["view"] for row in self.data["views"] if row["coords"] == name), "")

    def view_of(self, name: str) -> str:
        """Return the view that a field belongs to by its name, or nothing: a photo, coordinates, or an angle."""
        metric = self.metric_of(name)
        by_metric = self.measure(metric[0])["view"] if metric and self.measure(metric[0]) else ""
        return self.view_of_photo(name) or self.view_of_coords(name) or by_metric

    def measure(self, metric: str) -> Json:
        """Return the row of a metric, empty for one that the family does not have."""
        return next((row for row in self.data["measures"] if row["name"] == metric), {})

    def metric_of(self, field_name: str) -> tuple[str, str] | None:
        """Return a metric's name and `value` or `grade`, by the name of a field; None if it is neither."""
        for kind, pattern in self.data["metric_fields"].items():
            before, _, after = pattern.partition("{}")
            if field_name.startswith(before) and field_name.endswith(after) and len(field_name) > len(pattern) - 2:
                return field_name.removeprefix(before).removesuffix(after), kind
        return None

    def meaning(self, kind: str, row: GradeRow) -> Mapping[str, str]:
        """Return our words for a grade, in both languages; those of the page where the family has no such grade."""
        known: Mapping[str, str] | None = self.data["meanings"].get(kind, {}).get(str(row.grade))
        if known is not None and row.level in {"", known["en"].partition(":")[0]} and not self.contradicts(kind, row):
            return known
        return {language: self._composed(row, language) for language in ("en", "ko")}

    def contradicts(self, kind: str, row: GradeRow) -> bool:
        """Tell whether a grade's words name another direction than the sign of the grade has in the family."""
        if not row.direction or not row.grade:
            return False
        usual = self.data["signs"].get(kind, {}).get("-" if row.grade < 0 else "+", row.direction)
        return bool(usual != row.direction and not usual.startswith(row.direction))

    def _composed(self, row: GradeRow, language: str) -> str:
        level = self.data["levels"].get(row.level, {}).get(language, "")
        direction = self.data["directions"].get(row.direction, {}).get(language, row.words)
        return ": ".join(part for part in (level, direction) if part) or str(row.grade)


def read_conventions(document: Json) -> Conventions:
    """Read the conventions. Raises `ContractError` if they depart from their layout."""
    for found in departures(document, CONVENTIONS):
        raise ContractError(CONVENTIONS_FILE, found.problem, found.remedy)
    return Conventions(document)
