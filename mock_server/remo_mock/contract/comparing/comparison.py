"""Compares two states, and writes what moved as text, Markdown and JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.changes import changes
from remo_mock.contract.comparing.replies import Rejudged, read_replies, rejudged
from remo_mock.contract.comparing.states import paired, read_states
from remo_mock.contract.model import Json


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved, by endpoint, and which replies are judged otherwise; `replies` is how many there were."""

    changes: Mapping[str, tuple[Change, ...]]
    rejudged: tuple[Rejudged, ...] = ()
    replies: int = 0

    @property
    def count(self) -> int:
        """The number of changes."""
        return sum(map(len, self.changes.values()))


def compare(old: Path, new: Path, replies: Sequence[Path] = ()) -> Comparison:
    """Compare what two paths lead to: pages, facts, or folders of either or of contract data.

    Raises `PageError`, `ContractError`, `MissingExtraError`.
    """
    pairs, left, won = paired(*read_states(old, new))
    found = {mine.name: tuple(changes(mine, theirs)) for mine, theirs in pairs}
    found |= {one.name: (Change("endpoint-left", "", f"{one.method} {one.path} left"),) for one in left}
    found |= {one.name: (Change("endpoint-new", "", f"{one.method} {one.path} is new"),) for one in won}
    bodies = list(read_replies(replies))
    return Comparison(
        {name: told for name, told in found.items() if told}, tuple(rejudged(pairs, iter(bodies))), len(bodies)
    )


def as_text(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of the comparison for a terminal."""
    for name, told in comparison.changes.items():
        yield name
        yield from (f"  {change}" for change in told)
    yield from _tail(comparison, "", "  ")


def as_markdown(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of the comparison for a pull request or a changelog."""
    for name, told in comparison.changes.items():
        yield f"## {name}"
        yield ""
        yield from (f"- {_escaped(str(change))}" for change in told)
        yield ""
    yield from _tail(comparison, "## ", "- ")


def as_json(comparison: Comparison) -> Json:
    """Return the comparison as a JSON document."""
    return {
        "changes": [
            {"endpoint": name, "kind": one.kind, "about": one.about, "text": str(one), "was": one.was, "is": one.now}
            for name, told in comparison.changes.items()
            for one in told
        ],
        "replies": {
            "judged": comparison.replies,
            "otherwise": [
                {"file": one.file, "about": one.about, "was": one.was, "is": one.now} for one in comparison.rejudged
            ],
        },
    }


def _tail(comparison: Comparison, title: str, item: str) -> Iterator[str]:
    if comparison.replies:
        files = {one.file for one in comparison.rejudged}
        yield f"{title}{len(files)} of {comparison.replies} replies are judged otherwise"
        yield from (f"{item}{one}" for one in comparison.rejudged)
    count = comparison.count
    yield f"{count} change{'s' * (count != 1)}" if count else "no change"


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;").replace("|", "\\|").replace("_", "\\_").replace("*", "\\*")
