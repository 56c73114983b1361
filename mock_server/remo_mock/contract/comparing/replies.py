"""Tells which recorded replies would be judged otherwise by another state of the pages."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from remo_mock.contract.comparing.subject import Subject
from remo_mock.contract.deriving.page.source_text import PageError
from remo_mock.contract.model import Json
from remo_mock.files.given import read_given

_CODE_KEYS = ("status", "status_code")


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A reply that is judged otherwise: the file, the field, what the old state says of it and what the new one."""

    file: str
    about: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.file}: {self.about}: was {self.was}, is {self.now}"


def read_replies(paths: Sequence[Path]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Yield the replies in files: bodies, lists of bodies, exchanges of a cassette, HAR files; and all in a directory.

    Raises `PageError` for a file that holds none.
    """
    for path in paths:
        files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        for file in files:
            try:
                document = json.loads(read_given(file))
            except OSError as error:
                raise PageError(str(file), f"cannot be read: {error.strerror}", "Name a file of a reply") from error
            except (ValueError, RecursionError) as error:
                raise PageError(str(file), f"is not JSON: {error}", "Name a file with a reply as JSON") from error
            found = list(_bodies(document))
            if not found and not path.is_dir():
                raise PageError(
                    str(file), "holds no reply", "Name a saved reply, an exchange of a cassette or a HAR file"
                )
            for number, body in enumerate(found, 1):
                yield (f"{file.name}, {number}" if len(found) > 1 else file.name), body


def _bodies(document: Json) -> Iterator[Mapping[str, Json]]:
    if isinstance(document, list):
        for one in document:
            yield from _bodies(one)
    elif isinstance(document, dict):
        inner = document.get("reply", document.get("response"))
        if isinstance(document.get("log"), dict):
            for entry in document["log"].get("entries") or ():
                yield from _bodies_of_har(entry)
        elif isinstance(inner, dict):
            yield from _bodies(inner.get("json", inner.get("body", inner)))
        elif "state" in document:
            yield document


def _bodies_of_har(entry: Json) -> Iterator[Mapping[str, Json]]:
    try:
        body = json.loads(entry["response"]["content"]["text"])
    except (KeyError, TypeError, ValueError, RecursionError):
        return
    yield from _bodies(body)


def rejudged(
    pairs: Sequence[tuple[Subject, Subject]], replies: Iterator[tuple[str, Mapping[str, Json]]]
) -> Iterator[Rejudged]:
    """Yield what two states of an endpoint say differently about replies; a reply is of the endpoint it fits best."""
    for file, reply in replies:
        if pairs:
            old, new = max(pairs, key=lambda pair: len(reply.keys() & pair[0].response.keys()))
            before, after = dict(_judged(old, reply)), dict(_judged(new, reply))
            for about in dict.fromkeys((*before, *after)):
                was, now = before.get(about, "right"), after.get(about, "right")
                if was != now:
                    yield Rejudged(file, about, was, now)


def _judged(subject: Subject, reply: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    """Yield each field of a reply that a state of the pages does not allow, and why."""
    if reply.get("state") is False:
        code = next((reply[key] for key in _CODE_KEYS if isinstance(reply.get(key), int)), None)
        if code is not None and code not in subject.codes:
            yield f"code {code}", "unknown"
        return
    known = {*subject.response, *(subject.success or {})}
    for name in reply.keys() - known if len(known) > 1 else ():
        yield name, "unknown"
    for name in sorted(_sent(subject) - reply.keys()):
        yield name, "missing"
    for name, rows in subject.bands.items():
        value, grade = reply.get(subject.value_fields.get(name, "")), reply.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and isinstance(grade, int):
            right = [row.grade for row in rows if _covers(row.low, row.has_low, row.high, row.has_high, value)]
            if grade not in right:
                yield name, f"wrong: {grade} for {value}, which {f'is {right[0]}' if right else 'no band holds'}"
    shown = (subject.success or {}).get("APIName")
    if shown is not None and "APIName" in reply and reply["APIName"] != shown:
        yield "APIName", f"wrong: {reply['APIName']!r}, which is {shown!r}"


def _sent(subject: Subject) -> set[str]:
    """Return the fields that a success has: those of the example, else those of the table."""
    shown = subject.success or {}
    return {*shown} if len(shown) > 1 else {*subject.response}


def _covers(low: float | None, has_low: bool | None, high: float | None, has_high: bool | None, value: float) -> bool:
    above = low is None or value > low or (value == low and bool(has_low))
    return above and (high is None or value < high or (value == high and bool(has_high)))
