"""Yields what moved between two states of an endpoint."""

from collections.abc import Callable, Iterator, Sequence

from remo_mock.contract.comparing.band_changes import band_changes
from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.code_changes import code_changes
from remo_mock.contract.comparing.example_changes import example_changes
from remo_mock.contract.comparing.field_changes import request_changes, response_changes
from remo_mock.contract.comparing.subject import Subject


def changes(old: Subject, new: Subject) -> Iterator[Change]:
    """Yield what an integrator has to know, the weightiest first: address, fields, bands, codes, prices, the rest.

    Of pages in two languages the words are not compared.
    """
    if old.language and new.language and old.language != new.language:
        old, new = old.without_words(), new.without_words()
    for part in _PARTS:
        yield from part(old, new)


def _address(old: Subject, new: Subject) -> Iterator[Change]:
    for what, was, now in (
        ("method", old.method, new.method),
        ("path", old.path, new.path),
        ("host", old.server, new.server),
    ):
        if was and now and was != now:
            yield Change(what, "", f"the {what} was {was}, is {now}", was, now)


def _prices(old: Subject, new: Subject) -> Iterator[Change]:
    if old.prices != new.prices and (old.texts is None) == (new.texts is None):
        was, now = (", ".join(prices) or "not stated" for prices in (old.prices, new.prices))
        yield Change("price", "", f"the price was {was}; is {now}", was, now)


def _samples(old: Subject, new: Subject) -> Iterator[Change]:
    if old.samples is None or new.samples is None:
        return
    for name in dict.fromkeys((*old.samples, *new.samples)):
        if name not in new.samples:
            yield Change("sample-left", "", f"{name} left")
        elif name not in old.samples:
            yield Change("sample-new", "", f"{name} is new")
        else:
            lost, won = _lost_and_won(old.samples[name], new.samples[name])
            if lost or won:
                said = [*(f"no longer {line}" for line in lost), *won]
                yield Change("sample", "", f"{name} {', '.join(said)}", list(lost), list(won))


def _captions(old: Subject, new: Subject) -> Iterator[Change]:
    if old.captions is not None and new.captions is not None and old.captions != new.captions:
        was, now = (", ".join(names) or "none" for names in (old.captions, new.captions))
        yield Change("caption", "", f"the captions of pictures were {was}; are {now}", was, now)


def _texts(old: Subject, new: Subject) -> Iterator[Change]:
    if old.texts is None or new.texts is None:
        return
    lost, won = _lost_and_won(old.texts, new.texts)
    for line in lost:
        yield Change("text-left", "", f"the text no longer says: {line}", line, None)
    for line in won:
        yield Change("text-new", "", f"the text says: {line}", None, line)


def _findings(old: Subject, new: Subject) -> Iterator[Change]:
    if old.findings is None or new.findings is None:
        return
    for key, title in new.findings.items():
        if key not in old.findings:
            yield Change("contradiction-new", "", f"a contradiction is new: {title} ({key})", None, key)
    for key, title in old.findings.items():
        if key not in new.findings:
            yield Change("contradiction-gone", "", f"a contradiction is gone: {title} ({key})", key, None)


def _lost_and_won(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(one for one in old if one not in new), tuple(one for one in new if one not in old)


_PARTS: Sequence[Callable[[Subject, Subject], Iterator[Change]]] = (
    _address,
    request_changes,
    response_changes,
    band_changes,
    code_changes,
    _prices,
    example_changes,
    _samples,
    _captions,
    _texts,
    _findings,
)
