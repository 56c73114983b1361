"""Compares two states, and writes what moved as text, Markdown and JSON."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.changes import changes
from remo_mock.contract.comparing.replies import Rejudged, read_replies, rejudged
from remo_mock.contract.comparing.states import paired, read_states
from remo_mock.contract.field_names import legend, names_in
from remo_mock.contract.model import Json
from remo_mock.contract.names import Words
from remo_mock.contract.packaged import contract_documents
from remo_mock.contract.reading import read_contract


@dataclass(frozen=True, slots=True)
class Comparison:
    """What moved, by endpoint, and which replies are judged otherwise; `replies` is how many there were.

    `names` are those of the fields and codes that moved, as far as the packaged contract has the endpoint.
    """

    changes: Mapping[str, tuple[Change, ...]]
    rejudged: tuple[Rejudged, ...] = ()
    replies: int = 0
    names: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)

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
    moved = {name: told for name, told in found.items() if told}
    packaged = read_contract(contract_documents())
    return Comparison(
        moved,
        tuple(rejudged(pairs, iter(bodies))),
        len(bodies),
        {name: names_in(packaged, name, " ".join(map(str, told))) for name, told in moved.items()},
    )


def as_text(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of the comparison for a terminal."""
    for name, told in comparison.changes.items():
        yield name
        yield from (f"  {change}" for change in told)
        yield from (f"    {line}" for line in legend(comparison.names.get(name, {})))
    yield from _tail(comparison, "", "  ")


def as_markdown(comparison: Comparison) -> Iterator[str]:
    """Yield the lines of the comparison for a pull request or a changelog."""
    for name, told in comparison.changes.items():
        yield f"## {name}"
        yield ""
        yield from (f"- {_escaped(str(change))}" for change in told)
        yield from (f"  - {_escaped(line)}" for line in legend(comparison.names.get(name, {})))
        yield ""
    yield from _tail(comparison, "## ", "- ")


def as_json(comparison: Comparison) -> Json:
    """Return the comparison as a JSON document."""
    return {
        "changes": [
            {
                "endpoint": name,
                "kind": one.kind,
                "about": one.about,
                "name": comparison.names.get(name, {}).get(one.about),
                "text": str(one),
                "was": one.was,
                "is": one.now,
            }
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
