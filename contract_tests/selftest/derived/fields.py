"""Broken servers of single fields: each field of a success or an error is missing, renamed, or of a wrong type."""

from collections.abc import Callable, Iterator
from functools import partial

from remo_mock.contract import Endpoint, Json

from ..changes import Edit, dropping, on_error, on_success, renaming, setting, turning
from ..mutation import Fields, Mutation, mutation

_WRONG_CODE = 201
# How each field of a success is broken, in words, and the check whose id ends in the field's name.
_BREAKS: tuple[tuple[str, str, str, Callable[[str], Edit]], ...] = (
    ("missing", "{} is missing.", "REMO-FIELD-", dropping),
    ("renamed", "{} has another name.", "REMO-FIELD-", lambda name: renaming(name, f"{name}_2")),
    ("null", "{} is null.", "REMO-TYPE-", lambda name: setting(name, None)),
    ("of-another-type", "{} is of another type.", "REMO-TYPE-", lambda name: turning(name, lambda v: _retyped(v))),
)
# Field of an error, how it is broken, in words, the check.
_ERRORS: tuple[tuple[str, str, str, str, Edit], ...] = (
    *(
        (field, how, words, f"REMO-ERROR-{check}-{field}", make(field))
        for field in ("state", "status", "credit", "message")
        for how, words, check, make in (
            ("missing", "An error's {} is missing.", "FIELD", dropping),
            ("null", "An error's {} is null.", "TYPE", lambda name: setting(name, None)),
            ("of-another-type", "An error's {} is a list.", "TYPE", lambda name: turning(name, lambda v: [v])),
        )
    ),
    ("state", "true", "An error has true for its {}.", "REMO-ERROR-STATE", setting("state", True)),
    ("message", "empty", "An error's {} is empty.", "REMO-ERROR-MESSAGE-EMPTY", setting("message", " ")),
    ("status_code", "200", "An error has a {} of 200, too.", "REMO-ERROR-BOTH-KEYS", setting("status_code", 200)),
)


def field_mutants(endpoint: Endpoint, _data: Json) -> Iterator[Mutation]:
    """Yield the broken servers of an endpoint's fields."""
    page = endpoint.name
    row = partial(mutation, layer="schema", pages=(page,))
    # APIName may be left out (L07).
    fields = [name for name in endpoint.reply_order if name != "APIName"]
    for name in fields:
        for how, words, check, make in _BREAKS:
            # Without these two, a success is hard to tell from an error: each is broken alone.
            apart = how if name not in ("state", "status_code") else ""
            yield row(f"{page}-{name}-{how}", words.format(name), check + name, on_success(make(name)), apart=apart)
    for metric in endpoint.metrics:
        name = metric.grade_field
        broken = f"{name} is a float."
        yield row(f"{page}-{name}-float", broken, f"REMO-TYPE-{name}", on_success(turning(name, float)), apart="float")
    for field, how, words, check, edit in _ERRORS:
        yield row(
            f"{page}-error-{field}-{how}",
            words.format(field),
            check,
            on_error(edit),
            apart=how if field != "state" else "",
        )
    results = {name: 0 for metric in endpoint.metrics for name in (metric.value_field, metric.grade_field)}
    carries = on_error(lambda reply: reply.update(results))
    yield row(f"{page}-error-with-results", "An error carries results.", "REMO-ERROR-RESULTS", carries)
    false = on_success(setting("state", False))
    yield row(f"{page}-state-false", "A success has false for its state.", "REMO-STATE-SUCCESS", false)
    if "status_code" in fields:
        other = on_success(setting("status_code", _WRONG_CODE))
        yield row(f"{page}-code-{_WRONG_CODE}", "A success has another code.", "REMO-CODE-SUCCESS", other)
    stranger = on_success(setting("APIName", "Analysis-of-somebody-else"))
    yield row(f"{page}-name-unknown", "APIName is of another service.", "REMO-APINAME", stranger)
    extra = on_success(setting("elbow_of_nobody", 0.5))
    yield row(f"{page}-unknown-field", "There is an unknown field.", "REMO-FIELD-EXTRA", extra, exact=True)
    nested = on_success(_nested)
    yield row(f"{page}-wrapped", "The fields stand under data.", "REMO-BODY-WRAPPED", nested)


def _retyped(value: Json) -> Json:
    return [value] if isinstance(value, str) else str(value)


def _nested(reply: Fields) -> None:
    inner = dict(reply)
    reply.clear()
    reply["data"] = inner
