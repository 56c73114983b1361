"""Broken servers of the coordinates' notation: what the string holds, how many joints, how each is written."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from ..changes import on_success, turning
from ..mutation import OTHERS, SIDE, SOME, Change, mutation
from .pages import COORDS

_row = partial(mutation, layer="content")
Pairs = list[list[int]]


def each_view(change: Callable[[Pairs], Any], *, only: str | None = None) -> Change:
    """Return the change of the joints of every view, or of one field."""
    return coords_text(lambda text: json.dumps(change(json.loads(text))), only=only)


def coords_text(change: Callable[[str], str], *, only: str | None = None) -> Change:
    """Return the change of the coordinates' string in every view, or in one field."""
    if only is not None:
        return on_success(turning(only, change))
    return on_success(lambda reply: reply.update({n: change(reply[n]) for n in COORDS["A"] if n in reply}))


def with_joint(at: int, joint: Any) -> Callable[[Pairs], Any]:
    return lambda pairs: [*pairs[:at], joint, *pairs[at + 1 :]]


def _as_array_print(text: str) -> str:
    return text.replace(",", "").replace("] [", "]\n [")


def _as_tuples(text: str) -> str:
    return text.replace("[", "(").replace("]", ")").replace("((", "[(").replace("))", ")]")


MUTANTS = (
    _row("coords-tuples", "The string holds Python tuples.", "REMO-COORDS-JSON", coords_text(_as_tuples)),
    _row(
        "coords-array-print",
        "The string is a printed array, without commas.",
        "REMO-COORDS-JSON",
        coords_text(_as_array_print),
    ),
    _row("coords-empty-text", "The string is empty.", "REMO-COORDS-JSON", coords_text(lambda _: "")),
    _row("coords-cut", "The string is cut.", "REMO-COORDS-JSON", coords_text(lambda text: text[:120]), pages=OTHERS),
    _row(
        "coords-ellipsis",
        "The string is shortened for print.",
        "REMO-COORDS-JSON",
        coords_text(lambda t: t[:40] + " ... " + t[-30:]),
    ),
    _row(
        "coords-array-name",
        "The string is array(...).",
        "REMO-COORDS-JSON",
        coords_text(lambda t: f"array({t})"),
        pages=SOME,
    ),
    _row(
        "coords-trailing-comma",
        "A comma before the last bracket.",
        "REMO-COORDS-JSON",
        coords_text(lambda t: t[:-1] + ",]"),
        pages=OTHERS,
    ),
    _row(
        "coords-string-twice",
        "The string holds a string of JSON.",
        "REMO-COORDS-JSON REMO-COORDS-COUNT",
        coords_text(json.dumps),
    ),
    _row(
        "coords-by-joint",
        "The string holds an object by joint.",
        "REMO-COORDS-JSON REMO-COORDS-COUNT",
        each_view(lambda pairs: {str(at): pair for at, pair in enumerate(pairs)}),
    ),
    _row(
        "coords-not-a-number",
        "A joint that was not found is NaN.",
        "REMO-COORDS-JSON REMO-COORDS-PAIRS",
        each_view(with_joint(7, [float("nan"), float("nan")])),
    ),
    _row("coords-none", "There is no joint.", "REMO-COORDS-COUNT", each_view(lambda _: [])),
    _row("coords-21", "The last joint is missing.", "REMO-COORDS-COUNT", each_view(lambda pairs: pairs[:-1])),
    _row(
        "coords-21-first",
        "The first joint is missing.",
        "REMO-COORDS-COUNT",
        each_view(lambda pairs: pairs[1:]),
        pages=OTHERS,
    ),
    _row("coords-23", "There is a joint too many.", "REMO-COORDS-COUNT", each_view(lambda pairs: [*pairs, pairs[0]])),
    _row(
        "coords-17",
        "There are the 17 joints of another model.",
        "REMO-COORDS-COUNT",
        each_view(lambda p: p[:17], only="sar_coords"),
        pages=SIDE,
    ),
    _row(
        "coords-33",
        "There are the 33 joints of another model.",
        "REMO-COORDS-COUNT",
        each_view(lambda p: p + p[:11]),
        pages=OTHERS,
    ),
    _row(
        "coords-nested",
        "The joints are nested once more.",
        "REMO-COORDS-COUNT REMO-COORDS-PAIRS",
        each_view(lambda pairs: [pairs]),
    ),
    _row(
        "coords-flat",
        "The numbers are in one flat row.",
        "REMO-COORDS-COUNT REMO-COORDS-PAIRS",
        each_view(lambda p: [number for pair in p for number in pair]),
    ),
    _row(
        "coords-columns",
        "All x come first, then all y.",
        "REMO-COORDS-COUNT REMO-COORDS-PAIRS",
        each_view(lambda p: [*zip(*p, strict=True)]),
        pages=SOME,
    ),
    _row(
        "coords-triples",
        "Each joint has a confidence.",
        "REMO-COORDS-PAIRS",
        each_view(lambda p: [[x, y, 0.98] for x, y in p]),
    ),
    _row(
        "coords-objects",
        "Each joint is an object.",
        "REMO-COORDS-PAIRS",
        each_view(lambda p: [{"x": x, "y": y} for x, y in p]),
    ),
    _row(
        "coords-texts",
        "Each number is a text.",
        "REMO-COORDS-PAIRS",
        each_view(lambda p: [[str(x), str(y)] for x, y in p]),
    ),
    _row(
        "coords-null-joint", "A joint that was not found is null.", "REMO-COORDS-PAIRS", each_view(with_joint(4, None))
    ),
    _row(
        "coords-null-pair",
        "A joint has null for its numbers.",
        "REMO-COORDS-PAIRS",
        each_view(with_joint(17, [None, None])),
        pages=OTHERS,
    ),
    _row("coords-single", "A joint has one number.", "REMO-COORDS-PAIRS", each_view(with_joint(9, [300])), pages=SOME),
)
