"""States the rules: for each condition of the contract, whether it holds for the facts of a request, with a hint."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from remo_mock.contract import Json
from remo_mock.hints.hint import Hint, Value
from remo_mock.service.decision.email_match import EmailMatch
from remo_mock.service.decision.facts import Facts
from remo_mock.service.messages.json_body import Malformed
from remo_mock.store.account import FIRST_CREDIT, Account

Order = tuple[tuple[str, ...], ...]
"""Conditions and photo verdicts, the first one reported first (L23); verdicts that share a place are one entry."""

Condition = Callable[[Facts], Hint | None]
"""Returns None if a condition does not hold for the facts, else a hint on what the caller can do about it."""


def _breaks(condition: str) -> Condition:
    def holds(facts: Facts) -> Hint | None:
        breach = facts.breach
        return breach.hint if breach is not None and breach.condition == condition else None

    return holds


def _unknown_user(facts: Facts) -> Hint | None:
    return _unknown_user_hint(facts.email_match()) if facts.account is None else None


def _wrong_api_key(facts: Facts) -> Hint | None:
    if facts.account is None or isinstance(facts.body, Malformed):
        return None
    return None if facts.body.get("APIKey") == facts.account.api_key else Hint("other_api_key")


def _insufficient_credit(facts: Facts) -> Hint | None:
    if facts.account is None:
        return None
    price = facts.price()
    return insufficient_credit_hint(facts.account, price) if facts.account.credit < price else None


def _only_when_asked(_facts: Facts) -> None:
    return None


CONDITIONS: Mapping[str, Condition] = {
    "protocol": _breaks("protocol"),
    "missing_input": _breaks("missing_input"),
    "unknown_user": _unknown_user,
    "wrong_api_key": _wrong_api_key,
    "insufficient_credit": _insufficient_credit,
    "process_error": _only_when_asked,
    "other_process_error": _only_when_asked,
}
"""A rule for each condition of the contract. Photo verdicts need none: their codes are looked up by the verdict."""

_ADMISSION = ("protocol", "missing_input", "unknown_user", "wrong_api_key")


def is_admitted(facts: Facts) -> bool:
    """Tell whether a known caller sent a well-formed request: only then queue and plus-address can ask for a code."""
    return all(CONDITIONS[condition](facts) is None for condition in _ADMISSION)


def layers_in_order(request_schema: Json, order: Order) -> Json:
    """Return a request schema whose layers stand in the order in which their conditions are reported."""
    place = {kind: number for number, kinds in enumerate(order) for kind in kinds}
    layers = sorted(request_schema["allOf"], key=lambda layer: place[layer["x-remo-condition"]])
    return request_schema | {"allOf": layers}


def insufficient_credit_hint(account: Account, price: int) -> Hint:
    """Say how many credits are left, what the success costs, and how the account is funded."""
    values: dict[str, Value] = {
        "credits": account.credit,
        "price": price,
        "account": quote(account.email, safe="@+"),
        "grant": FIRST_CREDIT,
    }
    return Hint("one_credit_left" if account.credit == 1 else "credits_left", values)


def _unknown_user_hint(match: EmailMatch) -> Hint:
    """Say why Email and UserKey name no account; an account with a similar address is named."""
    if match.exact is not None:
        return Hint("other_user_key")
    if match.similar is not None:
        return Hint("similar_email", {"email": match.similar})
    return Hint("unknown_email")
