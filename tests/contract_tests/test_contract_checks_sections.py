"""A report names the section of the endpoint's own page for each promise, whichever page that is."""

import pytest

from contract_tests.checks.catalogue import catalogue_of


@pytest.mark.parametrize(
    ("page", "section"),
    [
        ("A", "A: Response(json)"),
        ("B", "B: 응답(json)"),
        ("C", "C: Response table"),
        ("D", "D: Response table"),
        ("E", "E: Response table"),
    ],
)
def test_the_balance_is_promised_by_the_endpoints_own_page(page: str, section: str) -> None:
    found = [one.sections for one in catalogue_of(None).checks if one.page == page and one.id == "REMO-TYPE-credit"]
    assert found == [[section]]
