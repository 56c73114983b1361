"""Describes one difference between two states of an endpoint."""

from dataclasses import dataclass

from remo_mock.contract.model import Json


@dataclass(frozen=True, slots=True)
class Change:
    """What moved: `kind` is a word for programs, `about` the field or code, `text` a sentence for people."""

    kind: str
    about: str
    text: str
    was: Json = None
    now: Json = None

    def __str__(self) -> str:
        return f"{self.about}: {self.text}" if self.about and not self.text.startswith(self.about) else self.text
