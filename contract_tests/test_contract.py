"""Judges a server by the vendor's contract: one test for each check of each endpoint."""

import pytest

from .model.expectations import Assessment
from .model.results import describe


def test_contract(assessment: Assessment) -> None:
    """Fail, skip or expect a failure, as the run says; the texts are free of secrets already."""
    if assessment.status == "skipped":
        pytest.skip(assessment.text)
    if assessment.status == "xfailed":
        pytest.xfail(assessment.text)
    if assessment.status == "failed":
        pytest.fail(assessment.text or describe(assessment.result), pytrace=False)
