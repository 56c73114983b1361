"""Broken servers of codes: each cause is answered with another code, as a success, or for a charge."""

from collections.abc import Iterator
from functools import partial
from itertools import count

from remo_mock.contract import Code, Endpoint, Json, code_for_condition

from ..changes import on_error, setting
from ..mutants.causes import recoded
from ..mutants.charges import failures
from ..mutants.credits import costing
from ..mutants.request import overlooking
from ..mutation import Mutation, mutation

# What every run can cause, without an account that lacks credits and without photos of people in other poses.
_CONDITIONS = ("protocol", "missing_input", "unknown_user", "wrong_api_key")
_VERDICTS = ("undecodable", "not_image", "no_person")
# Before these, no account is known that could be charged.
_NO_ACCOUNT = ("protocol", "unknown_user")
_FIRST_UNKNOWN = 499


def code_mutants(endpoint: Endpoint, data: Json) -> Iterator[Mutation]:
    """Yield the broken servers of an endpoint's codes."""
    page = endpoint.name
    row = partial(mutation, layer="request", pages=(page,))
    unknown = next(code for code in count(_FIRST_UNKNOWN) if code not in endpoint.codes)
    literal = {one["code"]: one["message"] for one in data["codes"] if "message" in one}
    for code in endpoint.codes.values():
        natural, number = caused(endpoint, code), code.code
        other = _taken_for(endpoint, code)
        yield row(
            f"{page}-{number}-told-as-{other}",
            f"{number} is answered as {other}.",
            f"REMO-ERROR-{number}",
            recoded(number, other),
            apart="code",
            exact=not natural,
        )
        yield row(
            f"{page}-{number}-told-as-unknown-{unknown}",
            f"{number} is answered as {unknown}, which the endpoint does not have.",
            f"REMO-ERROR-DOCUMENTED REMO-ERROR-{number}",
            recoded(number, unknown),
            apart="code",
            exact=not natural,
        )
        if number in literal:
            yield row(
                f"{page}-{number}-other-words",
                f"{number} has words of its own.",
                f"REMO-ERROR-MESSAGE-{number}",
                on_error(setting("message", "words of our own"), codes=[number]),
                apart="words",
                exact=True,
            )
        if natural:
            yield mutation(
                f"{page}-{number}-succeeds",
                f"What should be answered with {number} succeeds.",
                f"REMO-ERROR-ACCEPTED REMO-ERROR-{number}",
                overlooking(number),
                layer="request",
                pages=(page,),
            )
        if natural and code.condition not in _NO_ACCOUNT:
            yield mutation(
                f"{page}-{number}-charged",
                f"{number} costs 1, seen in the next reply.",
                "REMO-CREDIT-FAILURE",
                costing(failures((number,)), on=(page,), late=True),
                layer="credits",
                pages=(page,),
            )
    nobody = code_for_condition(endpoint, "unknown_user").code
    yield mutation(
        f"{page}-unknown-has-balance",
        "An error of an unknown user has a balance.",
        "REMO-CREDIT-UNKNOWN",
        on_error(setting("credit", 500), codes=[nobody]),
        layer="credits",
        pages=(page,),
        exact=True,
    )


def caused(endpoint: Endpoint, code: Code) -> bool:
    """Tell whether every run causes a code: others have to be asked for."""
    views = {view.name for view in endpoint.views}
    of_photos = any(found <= views for verdict in _VERDICTS for found in code.verdicts.get(verdict, ()))
    return not code.only_when_asked and (code.condition in _CONDITIONS or of_photos)


def _taken_for(endpoint: Endpoint, code: Code) -> int:
    """Return a code that the endpoint has for something else: where nobody is seen, that of other views if it can."""
    missing, wrong_key = (code_for_condition(endpoint, name).code for name in ("missing_input", "wrong_api_key"))
    alike = [
        other.code
        for other in endpoint.codes.values()
        if other.code != code.code and "no_person" in code.verdicts and "no_person" in other.verdicts
    ]
    return next(one for one in (*alike, missing, wrong_key) if one != code.code)
