"""The decision alone: facts go in, a code comes out, in the order of the contract's data; no store and no photo."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remo_mock.contract import OK, Contract, Endpoint, read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.hints.hint import Hint
from remo_mock.hints.texts import english
from remo_mock.service.analysis.photo_results import PhotoResult, ViewResult
from remo_mock.service.decision.decision import Decision, decide
from remo_mock.service.decision.email_match import EmailMatch
from remo_mock.service.decision.facts import Facts, Photos
from remo_mock.service.decision.recordings import RecordedReply
from remo_mock.service.decision.rules import CONDITIONS, Order, layers_in_order
from remo_mock.service.messages.json_body import Malformed
from remo_mock.service.outcomes.outcome import Outcome
from remo_mock.service.validation import Breach, RequestValidator
from remo_mock.store.account import Account

ANN = Account("ann@example.com", "user-key", "api-key", credit=5)
BODY = {"Email": ANN.email, "UserKey": ANN.user_key, "APIKey": ANN.api_key}


@cache
def contract() -> Contract:
    return read_contract(contract_documents())


def three() -> Endpoint:
    """The endpoint of three photos."""
    return next(endpoint for endpoint in contract().endpoints if len(endpoint.views) == 3)


def photos(**verdicts: str) -> Photos:
    """Photos with verdicts by view; the others are fine."""
    return Photos(
        tuple(
            ViewResult(view, PhotoResult(verdicts.get(view.name, OK), (Hint("broken_picture"),)))
            for view in three().views
        )
    )


def facts(**known: Any) -> Facts:
    """Facts about a request that succeeds, but for what is known otherwise."""
    usual: dict[str, Any] = {"endpoint": three(), "body": BODY, "account": ANN, "price": lambda: 1}
    return Facts(**usual | known)


def never(*_: object) -> Any:
    """Stand for a fact that must not be looked up."""
    raise AssertionError("looked up in vain")


def moved(kind: str, *, behind: str) -> Order:
    """The contract's order with one entry moved behind another."""
    entry = next(kinds for kinds in contract().order if kind in kinds)
    order = [kinds for kinds in contract().order if kinds != entry]
    place = next(number for number, kinds in enumerate(order) if behind in kinds)
    return (*order[: place + 1], entry, *order[place + 1 :])


NOBODY: dict[str, Any] = {"account": None, "email_match": lambda: EmailMatch(similar="ann@example.org")}
WRONG_KEY: dict[str, Any] = {"body": BODY | {"APIKey": "wrong"}}
BROKE: dict[str, Any] = {"price": lambda: 6}
EMPTY: dict[str, Any] = {"examine": lambda _: photos(front="no_person")}

CAUSES: dict[str, tuple[dict[str, Any], int]] = {
    "a success": ({}, 200),
    "no JSON": (
        {"body": Malformed(Hint("body_empty")), "account": None, "breach": Breach("protocol", Hint("body_empty"))},
        400,
    ),
    "a layer of the schema": ({"breach": Breach("missing_input", Hint("field_empty", {"field": "Email"}))}, 411),
    "nobody": (NOBODY, 420),
    "a wrong key": (WRONG_KEY, 421),
    "no credit": (BROKE, 422),
    "front not base64": ({"examine": lambda _: photos(front="undecodable", side="not_image")}, 413),
    "side not base64": ({"examine": lambda _: photos(side="undecodable", back="not_image")}, 414),
    "nobody in two photos": ({"examine": lambda _: photos(front="no_person", back="no_person")}, 519),
    "a tilted photo before an empty one": ({"examine": lambda _: photos(front="tilted", back="no_person")}, 418),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_facts_come_to_their_code(cause: str) -> None:
    known, code = CAUSES[cause]
    decision = decide(facts(**known), contract().order)
    assert (decision.code, decision.succeeds) == (code, code == 200)


def test_a_refusal_says_why_and_whom_it_concerns() -> None:
    decision = decide(facts(**BROKE), contract().order)
    assert decision == Decision(code=422, hints=decision.hints, account="ann@example.com")
    assert english(*decision.hints) == (
        '5 credits left, the price is 6; PATCH /__admin/accounts/ann@example.com {"credit": 100} funds it'
    )


def test_a_known_address_with_another_key_is_named() -> None:
    match = EmailMatch(exact="ann@example.com")
    decision = decide(facts(account=None, email_match=lambda: match), contract().order)
    assert (decision.code, decision.account) == (420, "ann@example.com")
    assert english(*decision.hints) == "the account of this Email has another UserKey"


REORDERED: dict[str, tuple[dict[str, Any], int, Order, int]] = {
    "422, or no person": ({**BROKE, **EMPTY}, 422, moved("insufficient_credit", behind="no_person"), 511),
    "421, or 422": ({**BROKE, **WRONG_KEY}, 421, moved("wrong_api_key", behind="insufficient_credit"), 422),
    "421, or no person": ({**EMPTY, **WRONG_KEY}, 421, moved("wrong_api_key", behind="no_person"), 511),
    "411, or 420": (
        {**NOBODY, "breach": Breach("missing_input", Hint("field_null", {"field": "Email"}))},
        411,
        moved("missing_input", behind="unknown_user"),
        420,
    ),
    "413, or no person": (
        {"examine": lambda _: photos(front="undecodable", side="no_person")},
        413,
        moved("undecodable", behind="no_person"),
        512,
    ),
}


@pytest.mark.parametrize("case", REORDERED)
def test_of_two_causes_the_first_in_the_order_is_told(case: str) -> None:
    known, usual, order, moved_code = REORDERED[case]
    assert decide(facts(**known), contract().order).code == usual
    assert decide(facts(**known), order).code == moved_code


@pytest.mark.parametrize("cause", ["no JSON", "a layer of the schema", "nobody", "a wrong key", "no credit"])
def test_photos_are_not_examined_for_somebody_who_is_refused_anyway(cause: str) -> None:
    known, code = CAUSES[cause]
    assert decide(facts(**known, examine=never), contract().order).code == code


@pytest.mark.parametrize("cause", ["no JSON", "a layer of the schema", "nobody", "a wrong key"])
def test_the_price_is_not_looked_up_for_somebody_who_is_refused_anyway(cause: str) -> None:
    known, code = CAUSES[cause]
    assert decide(facts(**known | {"price": never}), contract().order).code == code


def test_photos_are_examined_once_and_under_what_was_asked_for() -> None:
    looks: list[Outcome] = []
    asked = Outcome(profile="danger", origin="queue")

    def examine(outcome: Outcome) -> Photos:
        looks.append(outcome)
        return photos()

    decide(facts(outcome=asked, examine=examine), contract().order)
    assert looks == [asked]


ASKED = Outcome(code=550, origin="plus-address")


@pytest.mark.parametrize("cause", ["no JSON", "a layer of the schema", "nobody", "a wrong key", "no credit"])
def test_the_headers_code_comes_before_every_rule(cause: str) -> None:
    asked = Outcome(code=559, origin="header")
    known = CAUSES[cause][0] | {"preferred": asked, "outcome": asked, "examine": never}
    assert decide(facts(**known), contract().order).code == 559


@pytest.mark.parametrize(
    ("cause", "code"), [("a layer of the schema", 411), ("nobody", 420), ("a wrong key", 421), ("no credit", 550)]
)
def test_a_weaker_ways_code_is_for_admitted_callers_whatever_their_credit(cause: str, code: int) -> None:
    known = CAUSES[cause][0] | {"outcome": ASKED, "examine": never}
    assert decide(facts(**known), contract().order).code == code


def recorded(code: int, *, succeeded: bool = False) -> RecordedReply:
    return RecordedReply(source="cassette a.json", code=code, status=203, fields={}, succeeded=succeeded)


def test_a_refusal_has_a_recordings_words_unless_something_was_asked_for() -> None:
    known = {**WRONG_KEY, "recorded_refusal": lambda condition: recorded(499) if condition == "wrong_api_key" else None}
    assert decide(facts(**known), contract().order) == Decision(
        code=499, account="ann@example.com", recorded=recorded(499)
    )
    assert decide(facts(**known, outcome=ASKED), contract().order).code == 421


def test_a_recorded_error_stands_for_the_photos() -> None:
    known = {"examine": lambda _: Photos((), recorded(415))}
    assert decide(facts(**known), contract().order).code == 415
    assert decide(facts(**known, **BROKE), contract().order).code == 422


def test_a_recorded_success_stands_for_the_photos() -> None:
    decision = decide(facts(examine=lambda _: Photos((), recorded(200, succeeded=True))), contract().order)
    assert (decision.code, decision.succeeds, decision.recorded is not None) == (200, True, True)


@settings(max_examples=200, deadline=None)
@given(order=st.permutations(contract().order), causes=st.sets(st.sampled_from(sorted(CAUSES))))
def test_whatever_the_order_the_first_cause_in_it_is_told(order: list[tuple[str, ...]], causes: set[str]) -> None:
    known: dict[str, Any] = {}
    for cause in sorted(causes):
        known |= CAUSES[cause][0]
    alone = [decide(facts(**known), (kinds,)).code for kinds in order]
    assert decide(facts(**known), tuple(order)).code == next((code for code in alone if code != 200), 200)


def test_every_condition_of_the_contract_has_a_rule() -> None:
    conditions = {code.condition for endpoint in contract().endpoints for code in endpoint.codes.values()} - {None}
    assert set(CONDITIONS) == conditions


def test_the_layers_of_a_body_follow_the_order() -> None:
    wrong = {"Email": "a", "UserKey": "b", "APIKey": "c", "forigimg": 5}
    order = moved("protocol", behind="missing_input")
    usual = RequestValidator(layers_in_order(three().request_schema, contract().order))
    turned = RequestValidator(layers_in_order(three().request_schema, order))
    first, last = usual.first_breach(wrong), turned.first_breach(wrong)
    assert first
    assert (first.condition, english(first.hint)) == ("protocol", "forigimg should be string or null")
    assert last
    assert (last.condition, english(last.hint)) == ("missing_input", "sorigimg, borigimg are missing")
