"""Checks of a reply against its request: the uuid, fresh results, the same fields every time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from remo_mock.contract import Documents, Endpoint, Json

from ..model.check import (
    PROPER_REPLY,
    SUCCESS,
    Check,
    Context,
    Evidence,
    Finding,
    Judge,
    LedgerReading,
    Problem,
    Selector,
    each,
)
from ..model.exchange import Exchange
from ..model.promises import origin_of, says_something, show, success_promises
from .check_factory import CheckFactory
from .coords import parsed

_WITH_UUID = Selector("a success of a request with uuid", lambda one: one.kind == "success" and bool(one.request.uuid))
_WITHOUT_UUID = Selector(
    "a success of a request without uuid",
    lambda one: one.kind == "success" and one.request.known and not one.request.uuid,
)

# The address is no secret: many services repeat it.
_EMAIL = "$REMO_API_EMAIL"
_LONGEST_TEXT, _MOST_TEXT = 20_000, 100_000
# Results that a mock was asked for by header do not depend on the photo.
_NATURAL = Selector("a success", lambda one: one.kind == "success" and not one.request.preference and one.cause is None)


def request_checks(documents: Documents, endpoint: Endpoint) -> Iterator[Check]:
    """Yield the checks from request to response, but for the codes of errors."""
    uuid = success_promises(documents, endpoint)["uuid"].origin
    response = origin_of(documents, endpoint, "response")

    factory = CheckFactory(documents, endpoint, "request")

    def check(
        name: str, title: str, evidence: Evidence, select: Selector, judge: Judge, *, least: int = 1, own: bool = False
    ) -> Check:
        where = uuid if name.startswith("UUID") else response
        return factory.check(name, title, where, select, judge, evidence=evidence, least=least, own_mock=own)

    yield check("UUID-ECHO", "the uuid that was sent comes back", "table", _WITH_UUID, each(_echo))
    yield check("UUID-MADE", "without a uuid in the request, one comes back", "example", _WITHOUT_UUID, each(_made))
    yield check("UUID-FRESH", "a made uuid is no other request's", "example", _WITHOUT_UUID, _fresh)
    yield check("COORDS-STALE", "another photo has other coordinates", "table", _NATURAL, _stale_coords, least=2)
    yield check("METRICS-STALE", "another photo has other angles", "assumed", _NATURAL, _stale_metrics, least=2)
    yield check("STABLE-SHAPE", "two successes have the same fields", "table", SUCCESS, _shape, least=2)
    yield check(
        "KEYS-ECHOED", "no reply repeats the keys that it was sent", "assumed", PROPER_REPLY, each(_echoed_keys)
    )
    yield check("SAME-PHOTO", "the same photo has the same results", "assumed", _NATURAL, _same, least=2, own=True)
    yield check("SAME-BACK", "the same photo has the same angles everywhere", "assumed", _NATURAL, _same_back, own=True)


def _echo(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    got = exchange.fields.get("uuid")
    if got == exchange.request.uuid:
        yield LedgerReading("L03", "echoed")
    elif "uuid" in exchange.fields:
        yield Problem(f"uuid {show(exchange.request.uuid)}", f"uuid {show(got)}")


def _echoed_keys(exchange: Exchange, context: Context) -> Iterator[Finding]:
    """Look at every text but images, which are longer than any other, up to a length together."""
    headers = exchange.reply.headers if exchange.reply is not None else {}
    every = chain(((f"the header {name}", text) for name, text in headers.items()), _texts_in(exchange.fields))
    texts, length = [], 0
    for where, text in every:
        if len(text) <= _LONGEST_TEXT:
            texts.append((where, text))
            length += len(text)
        if length > _MOST_TEXT:
            break
    # Few replies hold any: to look at each text of each reply would take longer than all other checks.
    if not context.secrets_in("\n".join(text for _, text in texts)):
        return
    for where, text in texts:
        keys = [key for key in context.secrets_in(text) if key != _EMAIL]
        if keys:
            yield Problem("no key of the request", f"{where} holds {' and '.join(keys)}")


def _texts_in(fields: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield each text of a reply, and each name of a field, with the field at the top that it stands in."""
    for name, value in fields.items():
        yield "a field's name", name
        waiting = [value]
        while waiting:
            match waiting.pop():
                case str(text):
                    yield name, text
                case list(items):
                    waiting += items
                case dict(inner):
                    waiting += [*inner.keys(), *inner.values()]


def _made(exchange: Exchange, _context: Context) -> Iterator[Finding]:
    got = exchange.fields.get("uuid")
    if isinstance(got, str) and says_something(got) and got.strip("0-"):
        yield LedgerReading("L03", "made when none is sent")
    elif "uuid" not in exchange.withheld:
        yield Problem("a uuid that is not empty", show(got) if "uuid" in exchange.fields else "the field is missing")


def _fresh(exchanges: Sequence[Exchange], context: Context) -> Iterator[Finding]:
    for exchange in exchanges:
        uuid = exchange.fields.get("uuid")
        if not isinstance(uuid, str) or not uuid:
            continue
        for other in context.exchanges:
            made_before = (
                other.kind == "success"
                and other.fields.get("uuid") == uuid
                and other.request.known
                and not other.request.uuid
            )
            if other is not exchange and (
                other.request.uuid == uuid or (made_before and other.number < exchange.number)
            ):
                yield Problem("a uuid of its own", f"that of the request {other.label!r}", exchange=exchange)
                break


def _pairs(exchanges: Sequence[Exchange], *, same: bool) -> Iterator[tuple[str, Exchange, Exchange]]:
    """Yield a view and two exchanges whose photos of that view are the same, or with `same` false differ."""
    for at, later in enumerate(exchanges):
        for earlier in exchanges[:at]:
            for view in later.endpoint.views:
                one, two = earlier.request.photos.get(view.name), later.request.photos.get(view.name)
                if one is not None and two is not None and one.data and two.data and (one.data == two.data) is same:
                    yield view.name, earlier, later


def _is_moved(earlier: Exchange, later: Exchange, view: str) -> bool:
    """Tell whether two photos are two pictures: those that differ in a comment alone have the same results, rightly."""
    return earlier.request.photos[view].size != later.request.photos[view].size


def _stale_coords(exchanges: Sequence[Exchange], _context: Context) -> Iterator[Finding]:
    for name, earlier, later in _pairs(exchanges, same=False):
        view = next(view for view in later.endpoint.views if view.name == name)
        joints = parsed(later, view)
        if _is_moved(earlier, later, name) and isinstance(joints, list) and joints == parsed(earlier, view):
            yield Problem(
                f"{view.coords_field} of {later.request.photos[name].name}",
                f"those of {earlier.request.photos[name].name}, to the pixel",
                exchange=later,
            )
            return


def _values(exchange: Exchange, view: str) -> dict[str, object]:
    return {
        metric.value_field: exchange.fields.get(metric.value_field)
        for metric in exchange.endpoint.metrics
        if metric.view == view
    }


def _stale_metrics(exchanges: Sequence[Exchange], _context: Context) -> Iterator[Finding]:
    for view, earlier, later in _pairs(exchanges, same=False):
        values = _values(later, view)
        if _is_moved(earlier, later, view) and values and values == _values(earlier, view):
            yield Problem(
                f"angles of {later.request.photos[view].name}",
                f"all those of {earlier.request.photos[view].name} again",
                exchange=later,
            )
            return


def _shape(exchanges: Sequence[Exchange], _context: Context) -> Iterator[Finding]:
    first = exchanges[0].names
    for exchange in exchanges[1:]:
        gone, come = sorted(first - exchange.names), sorted(exchange.names - first)
        if gone or come:
            got = "; ".join(
                part for part in (gone and f"gone: {', '.join(gone)}", come and f"new: {', '.join(come)}") if part
            )
            yield Problem(f"the fields of {exchanges[0].label!r}", got, exchange=exchange)


def _same(exchanges: Sequence[Exchange], _context: Context) -> Iterator[Finding]:
    for view, earlier, later in _pairs(exchanges, same=True):
        names = [view_.coords_field for view_ in later.endpoint.views if view_.name == view]
        names += [view_.image_field for view_ in later.endpoint.views if view_.name == view]
        names += list(_values(later, view))
        for name in names:
            if earlier.fields.get(name) != later.fields.get(name):
                got = f"{show(later.fields.get(name))}, after {show(earlier.fields.get(name))}"
                yield Problem(f"the same {name}", got, exchange=later)


def _same_back(exchanges: Sequence[Exchange], context: Context) -> Iterator[Finding]:
    for exchange in exchanges:
        for other in context.exchanges:
            if other.kind != "success" or other.request.preference or other.endpoint.name >= exchange.endpoint.name:
                continue
            for view, photo in exchange.request.photos.items():
                same = other.request.photos.get(view)
                if same is None or same.data != photo.data:
                    continue
                mine, theirs = _values(exchange, view), _values(other, view)
                for name in sorted(mine.keys() & theirs.keys()):
                    if mine[name] != theirs[name]:
                        got = f"{show(mine[name])}; {other.endpoint.name} said {show(theirs[name])}"
                        yield Problem(f"the same {name}", got, exchange=exchange)
