"""Composes one error code out of what was found in each photo; a table's reader, pure."""

from collections.abc import Mapping

from mock_server.contract import Code, Contract, Endpoint

OK = "ok"
NO_PERSON = "no_person"


def code_for_condition(endpoint: Endpoint, condition: str) -> Code:
    """Return the code that `endpoint` documents for a condition of the request, such as `unknown_user`."""
    return next(code for code in endpoint.codes.values() if code.condition == condition and not code.only_when_asked)


def compose(contract: Contract, endpoint: Endpoint, verdicts: Mapping[str, str]) -> Code | None:
    """Return the code that the views' verdicts come to, or None if every view is fine.

    `verdicts` maps view to verdict, as in `{"front": "no_person", "side": "ok", "back": "no_person"}`. The contract's
    order decides between kinds (L23). Kinds in one group are told of the first view that has any of them; a kind
    that stands alone is told of all its views together. Raises `ValueError` for verdicts that no documented code tells.
    """
    wrong = {view: verdict for view, verdict in verdicts.items() if verdict != OK}
    for kinds in contract.order:
        having = [view.name for view in endpoint.views if wrong.get(view.name) in kinds]
        if having:
            told = having[:1] if len(kinds) > 1 else having
            return _lookup(endpoint, wrong[told[0]], frozenset(told))
    if wrong:
        raise ValueError(f"{endpoint.name} has no code for {_spell(wrong)}")
    return None


def _lookup(endpoint: Endpoint, verdict: str, views: frozenset[str]) -> Code:
    for code in endpoint.codes.values():
        if not code.only_when_asked and views in code.verdicts.get(verdict, ()):
            return code
    raise ValueError(f"{endpoint.name} has no code for {_spell(dict.fromkeys(sorted(views), verdict))}")


def _spell(verdicts: Mapping[str, str]) -> str:
    return ", ".join(f"{view}={verdict}" for view, verdict in verdicts.items())
