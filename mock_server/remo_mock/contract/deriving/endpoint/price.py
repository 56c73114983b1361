"""Makes the price of a success out of what the prose says and what the example shows."""

from collections.abc import Sequence

from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.sources import assumed, sourced
from remo_mock.contract.deriving.facts import PriceNote
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Json

_REMEDY = "Give `price` in the overrides, under `endpoint`"


def price(pages: PageSet, views: Sequence[Json], conventions: Conventions, problems: list[Problem]) -> Json:
    """Return the price: of a set, if the notes price more photos than a request has; else of a request."""
    notes = pages.prices()
    shown = _shown(pages)
    of_sets = [(key, note) for key, note in notes if len(note.views) > len(views)]
    if of_sets:
        per_credit = {len(note.views) / note.credits for _key, note in of_sets if note.credits}
        key, note = of_sets[0]
        if len(per_credit) == 1 and per_credit == {float(int(min(per_credit)))}:
            return {
                "credits": 1,
                "per_views": int(min(per_credit)),
                "set": conventions.data["set"],
                **sourced(key, "prose", note.source),
            }
        text = "the notes on the price of several photos do not come to one price of a photo"
        problems.append(Problem(key, note.source.line, text, _REMEDY, "price"))
    plain = [(key, note) for key, note in notes if not note.views or len(note.views) == len(views)]
    if plain and not of_sets:
        key, note = plain[0]
        if {one.credits for _key, one in plain} == {note.credits} and shown in {None, note.credits}:
            return {"credits": note.credits, **sourced(key, "prose", note.source)}
        problems.append(Problem(key, note.source.line, _contradiction(note, shown), _REMEDY, "price"))
    for key, example in pages.examples("success"):
        if shown is not None:
            return {"credits": shown, **sourced(key, "example", example.source)}
    if not plain and not of_sets:
        problems.append(Problem(pages.key, 0, "no page says what a success costs", _REMEDY, "price"))
    return {"credits": plain[0][1].credits if plain else 1, **assumed("on no page")}


def _shown(pages: PageSet) -> int | None:
    """Return the credits that an example of a success shows as spent."""
    for _key, example in pages.examples("success"):
        change = example.fields.get("credit_change")
        if isinstance(change, int) and not isinstance(change, bool):
            return abs(change)
    return None


def _contradiction(note: PriceNote, shown: int | None) -> str:
    if shown is None:
        return "the notes on the price of a request differ"
    return f"the prose says {note.credits} credits for a request, the example shows {shown}"
