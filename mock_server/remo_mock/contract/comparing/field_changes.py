"""Yields what moved among the fields of the request and the response."""

from collections.abc import Iterator, Mapping

from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.subject import FieldLine, Subject

_MOST_PAIRS = 400
"""Where more fields left and came, none of them is looked upon as renamed."""


def request_changes(old: Subject, new: Subject) -> Iterator[Change]:
    """Yield the fields that are new in the request, left it, or are another type or requirement now."""
    yield from _fields("request", old.request, new.request)


def response_changes(old: Subject, new: Subject) -> Iterator[Change]:
    """Yield the fields that are new in the response, left it, or are of another type or unit now."""
    yield from _fields("response", old.response, new.response)


def _fields(where: str, old: Mapping[str, FieldLine], new: Mapping[str, FieldLine]) -> Iterator[Change]:
    if not old or not new:
        if old or new:
            yield Change(where, "", f"the {where} {'has no fields any more' if old else 'has fields now'}")
        return
    renamed = dict(_renamed(old, new))
    for was, now in renamed.items():
        yield Change(f"{where}-renamed", was, f"{was} is called {now} in the {where} now", was, now)
    for name, line in old.items():
        if name not in new and name not in renamed:
            yield Change(f"{where}-left", name, f"{name} left the {where}", _shown(line), None)
    for name, line in new.items():
        if name not in old and name not in renamed.values():
            told = _shown(line)
            yield Change(
                f"{where}-new", name, f"{name} is new in the {where}{f' ({told})' if told else ''}", None, told
            )
    for name, line in old.items():
        if renamed.get(name, name) in new:
            yield from _field(where, name, line, new[renamed.get(name, name)])


def _field(where: str, name: str, old: FieldLine, new: FieldLine) -> Iterator[Change]:
    if old.type and new.type and old.type != new.type:
        yield Change(f"{where}-type", name, f"type was {old.type}, is {new.type}", old.type, new.type)
    if None not in (old.required, new.required) and old.required != new.required:
        text = "is required now" if new.required else "is optional now"
        yield Change(f"{where}-required", name, text, old.required, new.required)
    if old.unit != new.unit and old.words and new.words:
        text = f"unit was {old.unit or 'not stated'}, is {new.unit or 'not stated'}"
        yield Change(f"{where}-unit", name, text, old.unit, new.unit)
    elif old.words and new.words and old.words != new.words:
        text = f"described as {new.words[:80]!r}, was {old.words[:80]!r}"
        yield Change(f"{where}-words", name, text, old.words, new.words)


def _renamed(old: Mapping[str, FieldLine], new: Mapping[str, FieldLine]) -> Iterator[tuple[str, str]]:
    """Yield fields that stand in the same place with the same description under another name."""
    lost = [name for name in old if name not in new]
    won = [name for name in new if name not in old]
    if len(lost) * len(won) > _MOST_PAIRS:
        return
    before, after = list(old), list(new)
    for name in lost:
        for other in won:
            same_place = _neighbours(before, name) & _neighbours(after, other)
            same_line = (old[name].type, old[name].words) == (new[other].type, new[other].words) and old[name].type
            if same_place and same_line:
                won.remove(other)
                yield name, other
                break


def _neighbours(names: list[str], name: str) -> set[str]:
    at = names.index(name)
    return {f"behind {names[at - 1] if at else ''}", f"before {names[at + 1] if at + 1 < len(names) else ''}"}


def _shown(line: FieldLine) -> str:
    required = {True: "required", False: "optional", None: ""}[line.required]
    return ", ".join(part for part in (line.type, required) if part)
