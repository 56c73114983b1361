"""Puts a plan into words: what is sent, what it costs at most, what is left out; sends nothing."""

from collections.abc import Iterator, Mapping

from .plan import Price, Stage, Step, price_of

_MEANINGS: Mapping[Price, str] = {
    "free": "holds nothing that could be analysed and paid for",
    "risky": "should be refused, which is free; sent only while the budget has left what a success costs: {cost}",
    "paid": "should succeed, and a success is paid for",
}


def plan_lines(stages: tuple[Stage, ...], budget: int) -> Iterator[str]:
    """Yield a line for each request to come, then what the words in them mean, and what all of it comes to."""
    steps = [step for stage in stages for step in stage.steps]
    fits = _fitting(steps, budget)
    words = {step.price: _price(step) for step in steps}
    width = max(map(len, words.values()), default=0)
    for step, sent in zip(steps, fits, strict=True):
        yield f"  {'sends   ' if sent else 'left out'}  {_price(step):<{width}}  {step.label}"
    yield ""
    for price, meaning in _MEANINGS.items():
        if price in words:
            cost = _credits(max(step.reserve for step in steps if step.price == price))
            yield f"  {words[price]:<{width}}  {meaning.format(cost=cost)}"
    yield ""
    yield from _sum(stages, budget)


def price_line(stages: tuple[Stage, ...], budget: int) -> str:
    """Say in one line how much of the plan a budget allows, and what it costs at most."""
    steps = [step for stage in stages for step in stage.steps]
    sent = sum(_fitting(steps, budget))
    told = f"{sent} of {len(steps)} requests are sent, and spend {_at_most(steps, budget)}; the budget is {budget}"
    return told if sent == len(steps) else f"{told}; --budget {price_of(stages)} sends all"


def _fitting(steps: list[Step], budget: int) -> list[bool]:
    """Tell of each request whether the budget allows it, if all comes as it should."""
    left, fits = budget, []
    for step in steps:
        fits.append(step.reserve <= left)
        if step.price == "paid" and fits[-1]:
            left -= step.reserve
    return fits


def _sum(stages: tuple[Stage, ...], budget: int) -> Iterator[str]:
    steps = [step for stage in stages for step in stage.steps]
    fits = _fitting(steps, budget)
    missing, least, whole = fits.count(False), price_of(stages, core=True), price_of(stages)
    sent = f"{fits.count(True)} of {len(steps)} requests"
    yield f"With --budget {budget}, {sent} are sent, and spend {_at_most(steps, budget)}."
    gone = f"more than {budget} are" if budget else "any is"
    yield f"If the server takes credits for what it should refuse, the run stops once {gone} gone."
    if missing:
        requests = f"{missing} request{'' if missing == 1 else 's'}"
        yield f"Left out for want of credits: {requests}. --budget {whole} sends all, and spends {whole} at most."
    if 0 < budget < least:
        yield f"With less than --budget {least} some endpoint has no success to judge: the run is incomplete (exit 3)."


def _at_most(steps: list[Step], budget: int) -> str:
    cost = sum(
        step.reserve for step, sent in zip(steps, _fitting(steps, budget), strict=True) if sent and step.price == "paid"
    )
    return f"{_credits(cost)} at most" if cost else "no credit"


def _price(step: Step) -> str:
    if step.price == "paid":
        return f"up to {_credits(step.reserve)}"
    return "free" if step.price == "free" else "free if refused"


def _credits(number: int) -> str:
    return f"{number} credit{'' if number == 1 else 's'}"
