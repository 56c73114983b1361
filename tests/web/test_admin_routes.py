"""Every route of /__admin describes itself: the index at / prints these lines."""

import pytest

from remo_mock import create_app

VIEWS = {name: view for name, view in create_app().view_functions.items() if name.startswith("admin.")}


def test_the_routes_are_those_that_are_documented() -> None:
    assert sorted(VIEWS) == [
        "admin.change_account",
        "admin.clear_outcomes",
        "admin.clear_requests",
        "admin.delete_account",
        "admin.health",
        "admin.list_accounts",
        "admin.list_charges",
        "admin.list_codes",
        "admin.list_ledger",
        "admin.list_outcomes",
        "admin.list_requests",
        "admin.open_account",
        "admin.queue_outcome",
        "admin.reset",
        "admin.show_account",
        "admin.show_docs",
        "admin.show_openapi",
        "admin.show_request",
    ]


@pytest.mark.parametrize("name", VIEWS)
def test_a_route_has_a_description_of_one_line(name: str) -> None:
    description = VIEWS[name].__doc__ or ""
    assert 10 < len(description) < 100
    assert description.endswith(".")
    assert "\n" not in description
