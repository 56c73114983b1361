"""Turns what a run says of a check into pytest's words."""

import pytest

from ..model.description import describe
from ..model.expectations import Settled


def conclude(settled: Settled) -> None:
    """Fail, skip or expect a failure, as the run says; the texts are redacted already."""
    if settled.result == "skipped":
        pytest.skip(settled.text)
    if settled.result == "xfailed":
        pytest.xfail(settled.text)
    if settled.result == "failed":
        pytest.fail(settled.text or describe(settled.outcome), pytrace=False)
