"""Describes one endpoint as an integrator sees it, whether it was read off a page or off contract data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from remo_mock.contract.deriving.facts import GradeRow
from remo_mock.contract.model import Json


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field of a request or response; what is empty or None is not known."""

    type: str = ""
    required: bool | None = None
    unit: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class CodeLine:
    """An error code: its cause as the contract names it, the words of page or contract, category, message."""

    cause: str = ""
    words: str = ""
    meaning: str = ""
    category: str = ""
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """One endpoint. `texts` are the lines of its page's prose, None where there is no page."""

    name: str
    language: str = ""
    method: str = ""
    path: str = ""
    server: str = ""
    request: Mapping[str, FieldLine] = field(default_factory=dict)
    response: Mapping[str, FieldLine] = field(default_factory=dict)
    bands: Mapping[str, tuple[GradeRow, ...]] = field(default_factory=dict)
    codes: Mapping[int, CodeLine] = field(default_factory=dict)
    prices: tuple[str, ...] = ()
    success: Mapping[str, Json] | None = None
    order: tuple[str, ...] = ()
    samples: Mapping[str, tuple[str, ...]] | None = None
    captions: tuple[str, ...] | None = None
    texts: tuple[str, ...] | None = None
    findings: Mapping[str, str] | None = None
    value_fields: Mapping[str, str] = field(default_factory=dict)
    """The field of the value beside each graded field."""

    def without_words(self) -> "Subject":
        """Return the subject without the words of its page's language: what remains compares across languages."""
        return replace(
            self,
            request={name: replace(line, words="") for name, line in self.request.items()},
            response={name: replace(line, words="") for name, line in self.response.items()},
            codes={code: replace(line, words="") for code, line in self.codes.items()},
            samples=None,
            texts=None,
        )
