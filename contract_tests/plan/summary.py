"""Describes a plan in lines of text: the requests that are sent, what they cost at most, those left out."""

from collections.abc import Iterator, Mapping

from .plan import CostClass, Stage, Step, price_of

_MEANINGS: Mapping[CostClass, str] = {
    "free": "holds nothing that could be analysed and paid for",
    "risky": "should be refused, which is free; sent only while the budget has left what a success costs: {cost}",
    "paid": "should succeed, and a success is paid for",
}


def plan_lines(stages: tuple[Stage, ...], budget: int) -> Iterator[str]:
    """Yield a line for each request, then what their prices mean, then the sum."""
    steps = [step for stage in stages for step in stage.steps]
    fits = _fitting(steps, budget)
    words = {step.cost_class: _price(step) for step in steps}
    width = max(map(len, words.values()), default=0)
    for step, sent in zip(steps, fits, strict=True):
        yield f"  {'sends   ' if sent else 'left out'}  {_price(step):<{width}}  {step.endpoint.name}: {step.label}"
    yield ""
    for cost_class, meaning in _MEANINGS.items():
        if cost_class in words:
            cost = _credits(max(step.reserve for step in steps if step.cost_class == cost_class))
            yield f"  {words[cost_class]:<{width}}  {meaning.format(cost=cost)}"
    yield ""
    yield from _sum(stages, budget)


def price_line(stages: tuple[Stage, ...], budget: int) -> str:
    """Say in one line how much of the plan a budget allows, and what it costs at most."""
    steps = [step for stage in stages for step in stage.steps]
    sent = sum(_fitting(steps, budget))
    line = f"{sent} of {len(steps)} requests are sent, and spend {_at_most(steps, budget)}; the budget is {budget}"
    return line if sent == len(steps) else f"{line}; --budget {price_of(stages)} sends all"


def _fitting(steps: list[Step], budget: int) -> list[bool]:
    """Return for each request whether the budget allows it, if the server does as it should."""
    left, fits = budget, []
    for step in steps:
        fits.append(step.reserve <= left)
        if step.cost_class == "paid" and fits[-1]:
            left -= step.reserve
    return fits


def _sum(stages: tuple[Stage, ...], budget: int) -> Iterator[str]:
    steps = [step for stage in stages for step in stage.steps]
    fits = _fitting(steps, budget)
    missing, least, whole = fits.count(False), price_of(stages, core=True), price_of(stages)
    sent = f"{fits.count(True)} of {len(steps)} requests"
    yield f"With --budget {budget}, {sent} are sent, and spend {_at_most(steps, budget)}."
    lost = f"more than {budget} are" if budget else "any is"
    yield f"If the server takes credits for what it should refuse, the run stops once {lost} gone."
    if missing:
        requests = f"{missing} request{'' if missing == 1 else 's'}"
        yield f"Left out for want of credits: {requests}. --budget {whole} sends all, and spends {whole} at most."
    if 0 < budget < least:
        yield f"With less than --budget {least} some endpoint has no success to judge: the run is incomplete (exit 3)."


def _at_most(steps: list[Step], budget: int) -> str:
    cost = sum(
        step.reserve
        for step, sent in zip(steps, _fitting(steps, budget), strict=True)
        if sent and step.cost_class == "paid"
    )
    return f"{_credits(cost)} at most" if cost else "no credit"


def _price(step: Step) -> str:
    if step.cost_class == "paid":
        return f"up to {_credits(step.reserve)}"
    return "free" if step.cost_class == "free" else "free if refused"


def _credits(number: int) -> str:
    return f"{number} credit{'' if number == 1 else 's'}"
