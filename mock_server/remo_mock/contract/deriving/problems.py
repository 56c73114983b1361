"""Describes what a derivation cannot decide by itself."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a person has to decide: the page and line (0: no single one), what, and what to do.

    `name` is the field or code that it is about, where there is one; overrides answer by it or by the text.
    """

    page: str
    line: int
    text: str
    remedy: str
    name: str = ""

    def __str__(self) -> str:
        place = f"{self.page}, line {self.line}: " if self.line else f"{self.page}: " if self.page else ""
        return f"{place}{self.text}. {self.remedy}."
