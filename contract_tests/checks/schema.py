"""Checks of single fields, of successes and errors, made from the schemas."""

from collections.abc import Iterator
from functools import partial

from remo_mock.contract import SUCCESS_CODE, Documents, Endpoint

from ..model.check import ERROR, JSON_REPLY, SUCCESS, Check, Context, Finding, JudgeOne, LedgerReading, Problem, each
from ..model.exchange import Exchange
from ..model.promises import (
    Origin,
    Promise,
    error_promises,
    origin,
    origin_of,
    other_names,
    says_something,
    show,
    success_promises,
)
from .check_factory import CheckFactory

_CODE_KEYS = ("status", "status_code")


def schema_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks of the schema layer."""
    check = CheckFactory(documents, endpoint, "schema").check
    response = origin_of(documents, endpoint, "response")
    yield check("BODY-OBJECT", "the JSON is an object", response, JSON_REPLY, each(_object))
    yield check("BODY-WRAPPED", "the fields stand at the top of the object", response, JSON_REPLY, each(_wrapped))
    yield from _success_checks(documents, endpoint)
    yield from _error_checks(documents, endpoint)


def _success_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    fields = success_promises(documents, endpoint)
    check = partial(CheckFactory(documents, endpoint, "schema").check, select=SUCCESS)
    renamed = other_names(endpoint)
    # What stands in a field's place has its type by the page, whoever observed its name.
    origins = {other: fields[name].origin for name, others in renamed.items() for other in others}
    for name, promise in fields.items():
        if name in renamed:
            judge = each(_present_by_any_name(promise, renamed[name]))
            yield check(f"FIELD-{name}", f"a success has {name}", promise.origin, judge=judge)
        elif promise.required:
            yield check(f"FIELD-{name}", f"a success has {name}", promise.origin, judge=each(_present(promise)))
        if name != "APIName":
            where = origins.get(name, promise.origin)
            yield check(f"TYPE-{name}", f"{name} is {promise.words}", where, judge=each(_typed(promise)))
    state, code = fields["state"].origin, fields["status_code"].origin
    yield check("STATE-SUCCESS", "state is true on a success", state, judge=each(_state(value=True)))
    yield check("CODE-SUCCESS", "status_code is 200 on a success", code, judge=each(_code_200))
    api_name = documents[f"{endpoint.name}/endpoint.json"]["api_name"]
    accepted = tuple(api_name["accepted"])
    title = f"APIName, if there, is {' or '.join(accepted)}"
    yield check("APINAME", title, origin(api_name), judge=each(_api_name(endpoint, accepted)))
    unknown = each(_extra(set(fields), _images_elsewhere(documents, endpoint)))
    assumed = Origin(origin_of(documents, endpoint, "response").source, "assumed", ())
    yield check("FIELD-EXTRA", "a success has no unknown field", assumed, judge=unknown)


def _error_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    fields = error_promises(documents, endpoint)
    check = partial(CheckFactory(documents, endpoint, "schema").check, select=ERROR)
    for promise in fields.values():
        name = "status" if promise.name in _CODE_KEYS else promise.name
        if promise.required:
            yield check(f"ERROR-FIELD-{name}", f"an error has {name}", promise.origin, judge=each(_present(promise)))
        if promise.name != "status_code":
            title = f"{name} is {promise.words} on an error"
            typed = each(_code_typed(promise)) if name == "status" else each(_typed(promise))
            yield check(f"ERROR-TYPE-{name}", title, promise.origin, judge=typed)
    state, code, message = fields["state"].origin, fields["status"].origin, fields["message"].origin
    codes, error = origin_of(documents, endpoint, "codes"), origin_of(documents, endpoint, "error")
    no_results = each(_no_results(endpoint, set(fields)))
    yield check("ERROR-FIELD-status", "an error has its code", code, judge=each(_code_key))
    yield check("ERROR-BOTH-KEYS", "status and status_code agree", code, judge=each(_both_keys))
    yield check("ERROR-STATE", "state is false on an error", state, judge=each(_state(value=False)))
    yield check("ERROR-DOCUMENTED", "the code is one of the page's", codes, judge=each(_known))
    yield check("ERROR-MESSAGE-EMPTY", "the message is not empty", message, judge=each(_message))
    yield check("ERROR-RESULTS", "an error carries no results", error, judge=no_results)


def _object(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if not isinstance(exchange.body.value, dict):
        value = exchange.body.value
        kind = "an array" if isinstance(value, list) else "a string" if isinstance(value, str) else show(value)
        yield Problem("a JSON object", f"{kind} with JSON inside" if exchange.fields else kind)


def _wrapped(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    if exchange.body.wrapped is not None:
        yield Problem("state, credit and the rest at the top", f"they stand under {exchange.body.wrapped!r}")


def _present(promise: Promise) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        if promise.name not in exchange.names:
            close = [name for name in exchange.fields if _alike(name, promise.name)]
            yield Problem(f"the field {promise.name}", f"it is missing{f'; there is {close[0]}' if close else ''}")

    return judge


def _present_by_any_name(promise: Promise, others: tuple[str, ...]) -> JudgeOne:
    """Accept the names of other readings, which a mock of our own uses only when told to."""

    def judge(exchange: Exchange, context: Context) -> Iterator[Finding]:
        found = [name for name in (promise.name, *others) if name in exchange.names]
        if not found:
            yield Problem(f"the field {' or '.join((promise.name, *others))}", "it is missing")
        elif context.exact and promise.name not in found:
            yield from _present(promise)(exchange, context)
        else:
            for entry in promise.origin.ledger:
                yield LedgerReading(entry, " and ".join(found))

    return judge


def _typed(promise: Promise) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        if promise.name in exchange.fields and not promise.has_type(exchange.fields[promise.name]):
            yield Problem(f"{promise.name}: {promise.words}", show(exchange.fields[promise.name]))

    return judge


def _code_typed(promise: Promise) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        for key in _CODE_KEYS:
            if key in exchange.fields and not promise.has_type(exchange.fields[key]):
                yield Problem(f"{key}: {promise.words}", show(exchange.fields[key]))

    return judge


def _state(*, value: bool) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        state = exchange.fields.get("state")
        # Another check reports a wrong type; 0 or "False" is no wrong state.
        if isinstance(state, bool) and state is not value:
            yield Problem(f"state: {show(value)}", f"state: {show(state)}")

    return judge


def _code_200(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    # The key of the pages' errors (L01) has the same value, if a success has it too.
    for key in _CODE_KEYS:
        code = exchange.fields.get(key)
        if isinstance(code, int) and not isinstance(code, bool) and code != SUCCESS_CODE:
            yield Problem(f"{key}: {SUCCESS_CODE}", f"{key}: {show(code)}")


def _api_name(endpoint: Endpoint, accepted: tuple[str, ...]) -> JudgeOne:
    def judge(exchange: Exchange, context: Context) -> Iterator[Finding]:
        if "APIName" not in exchange.fields:
            yield LedgerReading("L07", "no APIName")
            return
        name = exchange.fields["APIName"]
        allowed = (endpoint.api_name,) if context.exact else accepted
        if name in allowed:
            yield LedgerReading("L07", f"APIName {name}")
        else:
            yield Problem(" or ".join(allowed), show(name))

    return judge


def _images_elsewhere(documents: Documents, endpoint: Endpoint) -> set[str]:
    """Return the image fields of other endpoints, which a page may list by mistake (L06)."""
    views = [view for name, data in documents.items() if name.endswith("/endpoint.json") for view in data["views"]]
    return {view["image"] for view in views} - {view.image_field for view in endpoint.views}


def _extra(known: set[str], other_images: set[str]) -> JudgeOne:
    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        for name in exchange.fields:
            if name in known:
                continue
            if name in other_images:
                yield LedgerReading("L06", f"{name} is sent")
            else:
                yield Problem("no field that the page does not list", f"{name}: {show(exchange.fields[name])}", "note")

    return judge


def _code_key(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    keys = [key for key in _CODE_KEYS if key in exchange.names]
    if keys:
        yield LedgerReading("L01", "both" if len(keys) > 1 else keys[0])
    else:
        yield Problem("status (as the examples) or status_code (as the tables)", "neither key is there")


def _both_keys(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    keys = [exchange.fields[key] for key in _CODE_KEYS if key in exchange.fields]
    if len(keys) > 1 and keys[0] != keys[1]:
        yield Problem("the same code under both keys", f"status {show(keys[0])}, status_code {show(keys[1])}")


def _known(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    code = exchange.code
    if code is not None and code not in exchange.endpoint.codes:
        yield Problem(f"one of {', '.join(map(str, sorted(exchange.endpoint.codes)))}", str(code))


def _message(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    message = exchange.fields.get("message")
    if isinstance(message, str) and not says_something(message):
        yield Problem("words that say what was wrong", show(message))


def _no_results(endpoint: Endpoint, known: set[str]) -> JudgeOne:
    results = {name for metric in endpoint.metrics for name in (metric.value_field, metric.grade_field)}
    results |= {name for view in endpoint.views for name in (view.image_field, view.coords_field)}
    results |= {name for names in other_names(endpoint).values() for name in names}

    def judge(exchange: Exchange, _context: Context) -> Iterator[Finding]:
        found = sorted(results & exchange.fields.keys())
        if found:
            yield Problem("no results beside an error", ", ".join(found[:4]) + (" ..." if len(found) > 4 else ""))
        elif exchange.fields.keys() - known:
            yield LedgerReading("L29", f"also {', '.join(sorted(exchange.fields.keys() - known))}")

    return judge


def _alike(one: str, other: str) -> bool:
    """Tell whether two names differ by about one letter, in case, or in underscores."""
    if one.replace("_", "").lower() == other.replace("_", "").lower():
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    prefix = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    tails = {one[prefix + 1 :], one[prefix:]} & {other[prefix + 1 :], other[prefix:]}
    return bool(tails)
