"""Puts a plan into words; sends nothing."""

from collections.abc import Iterator

from .plan import Stage, price_of


def plan_lines(stages: tuple[Stage, ...], budget: int) -> Iterator[str]:
    """Yield a line for each request to come: whether the budget allows it, what it may cost, what it is."""
    left = budget
    words = {"free": "free", "risky": "0, {} reserved", "paid": "up to {}"}
    for stage in stages:
        for step in stage.steps:
            fits = step.reserve <= left
            price = words[step.price].format(step.reserve)
            yield f"  {'sends   ' if fits else 'left out'}  {price:<14} {step.label}"
            if step.price == "paid" and fits:
                left -= step.reserve


def price_line(stages: tuple[Stage, ...], budget: int) -> str:
    """Say in one line how many requests there are and what they may cost."""
    steps = [step for stage in stages for step in stage.steps]
    paid = sum(step.price == "paid" for step in steps)
    return (
        f"{len(steps)} requests, {paid} of them paid; a full run may cost {price_of(stages)} credits, "
        f"a first success of each endpoint {price_of(stages, core=True)}; the budget is {budget}"
    )
