"""Turns one transmission into another, as a bad network or a broken service would."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import orjson

from remo_mock.contract import Json
from remo_mock.hints.hint import Hint
from remo_mock.service.messages.call_and_reply import Transmission

PIECES = 40
"""How many pieces the fault `slow` sends an answer in."""

SECONDS_BETWEEN_PIECES = 0.05

REDIRECT = "redirect"
"""The fault that happens before the service: nothing is examined and nothing is charged."""

REDIRECT_STATUS = 308
"""The HTTP status that the vendor's port 80 was seen to answer with (L17)."""

Fault = Callable[[Transmission], Transmission]


def drop(sent: Transmission) -> Transmission:
    """End the connection in the middle of the body."""
    return replace(sent, cut_at=sent.size // 2)


def truncate(sent: Transmission) -> Transmission:
    """Send half of the JSON as if it were all: valid HTTP, no valid JSON."""
    return replace(sent, parts=(sent.body[: sent.size // 2],))


def garbage(sent: Transmission) -> Transmission:
    """Send the body as a Python literal, as the pages' examples show it (L02)."""
    return replace(sent, parts=(repr(orjson.loads(sent.body)).encode(),))


def gateway(status: int, title: str) -> Fault:
    """Make a fault that replaces the answer by the HTML page of a gateway."""

    def html(sent: Transmission) -> Transmission:
        page = f"<html><head><title>{status} {title}</title></head><body><h1>{status} {title}</h1></body></html>"
        return replace(sent, status=status, content_type="text/html", parts=(page.encode(),))

    return html


def redirect(sent: Transmission) -> Transmission:
    """Lead the client to the same path by https, as the vendor's port 80 does (L17), unless it came by https."""
    if sent.https_url is None:
        return sent
    headers = {**sent.headers, "Location": sent.https_url}
    return replace(sent, status=REDIRECT_STATUS, content_type="text/plain", parts=(), headers=headers)


def slow(sent: Transmission) -> Transmission:
    """Send the body in pieces with a pause behind each, unless nothing of it arrives."""
    return sent if sent.cut_at == 0 else replace(sent, pause=SECONDS_BETWEEN_PIECES)


def hang(sent: Transmission) -> Transmission:
    """Answer after most clients have given up: after the delay that was asked for with it, else after a minute."""
    return replace(sent, wait=sent.hang_seconds)


def lose(sent: Transmission) -> Transmission:
    """Send nothing of the body; what the request was charged stays charged."""
    return replace(sent, cut_at=0)


def no_image(sent: Transmission) -> Transmission:
    """Empty every image of the reply."""
    return _each_image(sent, lambda _: "")


def broken_image(sent: Transmission) -> Transmission:
    """Cut the base64 of every image short, so that it does not decode."""

    def cut(uri: str) -> str:
        begins, comma, text = uri.partition(",")
        # One character over a multiple of four is what no reader of base64 takes for a whole text.
        return begins + comma + text[: len(text) // 8 * 4 + 1]

    return _each_image(sent, cut)


def _each_image(sent: Transmission, change: Callable[[str], str]) -> Transmission:
    fields: Json = orjson.loads(sent.body)
    for name, value in fields.items():
        if isinstance(value, str) and value.startswith("data:"):
            fields[name] = change(value)
    return replace(sent, parts=(orjson.dumps(fields),))


FAULTS: Mapping[str, Fault] = {
    "no-image": no_image,
    "broken-image": broken_image,
    "garbage": garbage,
    "truncate": truncate,
    "html": gateway(502, "Bad Gateway"),
    "html-502": gateway(502, "Bad Gateway"),
    "html-503": gateway(503, "Service Unavailable"),
    "html-504": gateway(504, "Gateway Time-out"),
    REDIRECT: redirect,
    "drop": drop,
    "charged-then-lost": lose,
    "slow": slow,
    "hang": hang,
}
"""Every fault by its name, in the order in which several are applied to one answer."""


WAITING_FAULTS = frozenset({"slow", "hang"})
"""The faults that hold an answer back for longer than a moment."""


def apply(names: tuple[str, ...], sent: Transmission) -> Transmission:
    """Apply the named faults to an answer: those that change what it says before those that cut or delay it."""
    for name in FAULTS:
        if name in names:
            sent = FAULTS[name](sent)
    return sent


def effective(names: tuple[str, ...], sent: Transmission) -> tuple[str, ...]:
    """Return those of the faults that a client notices: the fewest that do to an answer what all of them do together.

    Images are taken only from an answer that has some; no change of the body shows behind a gateway's page, and
    nothing shows if the answer is lost; of two faults that do the same, one counts.
    """
    received, left = _received(names, sent), names
    for name in reversed(list(FAULTS)):
        fewer = tuple(one for one in left if one != name)
        if _received(fewer, sent) == received:
            left = fewer
    return left


def why_ineffective(names: tuple[str, ...], sent: Transmission) -> list[Hint]:
    """Give the reason for each of the faults that has no effect on this answer."""
    noticed = effective(names, sent)
    hiding = tuple(f"fault={name}" for name in noticed)
    return [
        Hint("fault_hidden", {"fault": name, "faults": hiding}) if effective((name,), sent) else _needs(name)
        for name in names
        if name not in noticed
    ]


def _needs(name: str) -> Hint:
    return Hint("fault_needs_http" if name == REDIRECT else "fault_needs_image", {"fault": name})


def _received(names: tuple[str, ...], sent: Transmission) -> Transmission:
    """Return what a client gets of an answer after the faults."""
    sent = apply(names, sent)
    return replace(sent, parts=(sent.body[: sent.cut_at],))
