"""Reads a Dockerfile as far as ours goes: its stages, each with its instructions in their order."""

import json
import re
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

KNOWN = frozenset(
    [
        *("ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "RUN", "USER"),
        *("VOLUME", "WORKDIR"),
    ]
)
"""The instructions that are understood."""


class DockerfileError(Exception):
    """A Dockerfile has an instruction that is not understood here."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: the image that it begins with, its name (None: it has none), its instructions as word and text."""

    base: str
    name: str | None
    steps: list[tuple[str, str]] = field(default_factory=list)

    def last(self, word: str) -> str:
        """Return the text of the last instruction of a kind."""
        return next(text for one, text in reversed(self.steps) if one == word)

    @property
    def command(self) -> list[str]:
        """The words that a container of it runs: those of ENTRYPOINT and CMD."""
        return [*json.loads(self.last("ENTRYPOINT")), *json.loads(self.last("CMD"))]

    @property
    def health_command(self) -> list[str]:
        """The words of the command of its HEALTHCHECK."""
        words: list[str] = json.loads(self.last("HEALTHCHECK").partition(" CMD ")[2])
        return words

    def environment(self, given: Mapping[str, str]) -> dict[str, str]:
        """Return the variables of its ENV instructions beside those that are given, which they may name."""
        variables = dict(given)
        for word, text in self.steps:
            if word == "ENV":
                for pair in shlex.split(text):
                    name, _, value = pair.partition("=")
                    variables[name] = re.sub(r"\$\{?(\w+)\}?", lambda found: variables.get(found[1], ""), value)
        return variables


def read_stages(text: str) -> list[Stage]:
    """Return the stages. Raises `DockerfileError` for an instruction that is not understood."""
    stages: list[Stage] = []
    for word, rest in _instructions(text):
        if word not in KNOWN:
            raise DockerfileError(f"{word} is not understood by scripts/image; known are {', '.join(sorted(KNOWN))}")
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            stages.append(Stage(base.strip(), name.strip() or None))
        elif stages:
            stages[-1].steps.append((word, rest))
    return stages


def _instructions(text: str) -> Iterator[tuple[str, str]]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if line.strip():
            word, _, rest = line.strip().partition(" ")
            yield word.upper(), rest.strip()
