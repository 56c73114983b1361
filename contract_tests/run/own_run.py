"""Owns what is asked of our own mock beyond other targets: accounts of the run's own, exact answers."""

from ..model.credentials import Credentials
from .judging import Target
from .own_mock import open_account


def own_target(url: str, *, budget: int) -> Target:
    """Make the target of a mock of our own, with an account that nobody else uses."""
    caller: Credentials = open_account(url, "caller")
    return Target(url=url, credentials=caller, budget=budget, exact=True)
