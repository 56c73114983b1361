"""What a network does to an answer: faults turn one transmission into another and know nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import orjson

from remo_mock.contract import Json

HELD_BACK = 60.0
"""Seconds that `hang` holds an answer back: longer than most clients' patience, and not for ever."""

DRIBBLE = 0.05
"""Seconds between two pieces of a `slow` answer, of which there are `PIECES`."""
PIECES = 40


@dataclass(frozen=True, slots=True)
class Transmission:
    """An answer on its way: what is sent, after how many seconds, in pieces, and where the connection ends.

    `cut_at` is the number of body bytes after which the connection ends although more were announced; `patience` the
    seconds for which `hang` holds an answer back.
    """

    status: int
    body: bytes
    content_type: str = "application/json"
    wait: float = 0.0
    patience: float = HELD_BACK
    pause: float = 0.0
    cut_at: int | None = None


Fault = Callable[[Transmission], Transmission]


def drop(sent: Transmission) -> Transmission:
    """End the connection in the middle of the body."""
    return replace(sent, cut_at=len(sent.body) // 2)


def truncate(sent: Transmission) -> Transmission:
    """Send half of the JSON as if it were all: valid HTTP, no valid JSON."""
    return replace(sent, body=sent.body[: len(sent.body) // 2])


def garbage(sent: Transmission) -> Transmission:
    """Send the body as a Python literal, as the pages' examples show it (L02)."""
    return replace(sent, body=repr(orjson.loads(sent.body)).encode())


def gateway(status: int, title: str) -> Fault:
    """Make the fault of a gateway that answers in the service's place, with a page of its own."""

    def html(sent: Transmission) -> Transmission:
        page = f"<html><head><title>{status} {title}</title></head><body><h1>{status} {title}</h1></body></html>"
        return replace(sent, status=status, content_type="text/html", body=page.encode())

    return html


def slow(sent: Transmission) -> Transmission:
    """Let the answer dribble, unless nothing of it arrives."""
    return sent if sent.cut_at == 0 else replace(sent, pause=DRIBBLE)


def hang(sent: Transmission) -> Transmission:
    """Answer after the client's patience: after the delay that was asked for with it, else after a minute."""
    return replace(sent, wait=sent.patience)


def lose(sent: Transmission) -> Transmission:
    """Let nothing of the answer arrive: what it charged stays charged."""
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
    return replace(sent, body=orjson.dumps(fields))


FAULTS: Mapping[str, Fault] = {
    "no-image": no_image,
    "broken-image": broken_image,
    "garbage": garbage,
    "truncate": truncate,
    "html": gateway(502, "Bad Gateway"),
    "html-502": gateway(502, "Bad Gateway"),
    "html-503": gateway(503, "Service Unavailable"),
    "html-504": gateway(504, "Gateway Time-out"),
    "drop": drop,
    "charged-then-lost": lose,
    "slow": slow,
    "hang": hang,
}
"""Every fault by the name that it is asked for with, in the order in which they happen to one answer."""


HOLDING = frozenset({"slow", "hang"})
"""Those that keep an answer for longer than a moment."""


def apply(names: tuple[str, ...], sent: Transmission) -> Transmission:
    """Let the named faults happen to an answer, those that change what it says before those that cut or hold it."""
    for name in FAULTS:
        if name in names:
            sent = FAULTS[name](sent)
    return sent


def seen(names: tuple[str, ...], sent: Transmission) -> tuple[str, ...]:
    """Return those of the faults that a client meets: the fewest that do to an answer what all of them do together.

    Images are taken only from an answer that has some; of what changes the body, nothing is seen behind a gateway's
    page, and nothing at all if the answer is lost; of two that do the same, one counts.
    """
    whole, left = _arriving(names, sent), names
    for name in reversed(list(FAULTS)):
        fewer = tuple(one for one in left if one != name)
        if _arriving(fewer, sent) == whole:
            left = fewer
    return left


def unseen(names: tuple[str, ...], sent: Transmission) -> list[str]:
    """Say of each fault that no client meets why it has no effect on this answer."""
    met = seen(names, sent)
    hiding = ", ".join(f"fault={name}" for name in met)
    return [
        f"fault={name} has no effect: " + (f"{hiding} hides it" if seen((name,), sent) else "this reply has no image")
        for name in names
        if name not in met
    ]


def _arriving(names: tuple[str, ...], sent: Transmission) -> Transmission:
    """Return what a client gets of an answer after the faults."""
    sent = apply(names, sent)
    return replace(sent, body=sent.body[: sent.cut_at])
