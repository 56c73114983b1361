"""Describes how parsed JSON is laid out, and yields where a value departs from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TypeAlias

from remo_mock.contract.model import Json


@dataclass(frozen=True, slots=True)
class Value:
    """A single value: `expected` says in words which ones fit."""

    expected: str
    fits: Callable[[Json], bool]


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array whose items have one layout; it holds at least `least` of them."""

    item: "Layout"
    least: int = 0


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose keys are names that the data chooses, and whose values have one layout."""

    item: "Layout"


@dataclass(frozen=True, slots=True)
class Object:
    """An object with these keys and no other."""

    required: Mapping[str, "Layout"]
    optional: Mapping[str, "Layout"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrNull:
    """Null, or what has this layout."""

    item: "Layout"


Layout: TypeAlias = Value | ListOf | MapOf | Object | OrNull


@dataclass(frozen=True, slots=True)
class Departure:
    """What is wrong at one place, and what to do about it."""

    problem: str
    remedy: str


def one_of(choices: tuple[str, ...]) -> Value:
    """Make the layout of a text that is one of `choices`."""
    return Value(f"one of {', '.join(choices)}", lambda value: value in choices)


def departures(value: Json, layout: Layout, where: str = "") -> Iterator[Departure]:
    """Yield each key that is missing or unknown and each value that does not fit; `where` is the way to the value."""
    match layout:
        case Value(expected, fits):
            if not fits(value):
                yield _wrong(where, value, expected)
        case ListOf(item, least):
            if not isinstance(value, list) or len(value) < least:
                yield _wrong(where, value, f"an array{f' of at least {least}' if least else ''}")
                return
            for at, part in enumerate(value):
                if not _is_fitting_value(part, item):
                    yield from departures(part, item, f"{where}[{at}]")
        case OrNull(item):
            if value is not None:
                yield from departures(value, item, where)
        case MapOf(item):
            if not isinstance(value, dict):
                yield _wrong(where, value, "an object")
                return
            for name, part in value.items():
                if not _is_fitting_value(part, item):
                    yield from departures(part, item, _below(where, name))
        case Object(required, optional):
            if not isinstance(value, dict):
                yield _wrong(where, value, "an object")
                return
            yield from _keys(value, required, optional, where)
            for layouts in (required, optional):
                for name, part_layout in layouts.items():
                    if name in value and not _is_fitting_value(value[name], part_layout):
                        yield from departures(value[name], part_layout, _below(where, name))


def _is_fitting_value(value: Json, layout: Layout) -> bool:
    """Tell whether a single value fits, without the cost of a generator: most of what a start looks at does."""
    return isinstance(layout, Value) and layout.fits(value)


def _keys(
    value: Mapping[str, Json], required: Mapping[str, Layout], optional: Mapping[str, Layout], where: str
) -> Iterator[Departure]:
    unknown = [name for name in value if name not in required and name not in optional]
    if not unknown and value.keys() >= required.keys():
        return
    known = [*required, *optional]
    inside = f" in {where}" if where else ""
    for name in required:
        if name not in value:
            meant = get_close_matches(name, unknown, n=1)
            yield Departure(
                f"{name!r} is missing{inside}", f"Rename {meant[0]!r} to it" if meant else f"Add {name!r} there"
            )
    for name in unknown:
        meant = get_close_matches(name, [one for one in known if one not in value], n=1)
        remedy = f"Did you mean {meant[0]!r}?" if meant else f"Take it out; known are {', '.join(known)}"
        yield Departure(f"{name!r} is no key that is known{inside}", remedy)


def _wrong(where: str, value: Json, expected: str) -> Departure:
    text = repr(value)
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    return Departure(f"{where or 'the file'} is {shown}", f"Write {expected}")


def _below(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
