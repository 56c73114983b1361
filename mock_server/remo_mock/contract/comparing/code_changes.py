"""Yields what moved among the error codes and their messages."""

from collections.abc import Iterator

from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.subject import CodeLine, Subject


def code_changes(old: Subject, new: Subject) -> Iterator[Change]:
    """Yield the codes that are new, left, mean something else, or whose message or category is another."""
    for code in sorted({*old.codes, *new.codes}):
        about = f"code {code}"
        if code not in old.codes:
            line = new.codes[code]
            told = line.words or line.cause or (f"in an example: {line.message}" if line.message else "")
            yield Change("code-new", about, f"{about} is new{f' ({told})' if told else ''}", None, code)
        elif code not in new.codes:
            yield Change("code-left", about, f"{about} left", code, None)
        else:
            yield from _code(about, old.codes[code], new.codes[code])


def _code(about: str, old: CodeLine, new: CodeLine) -> Iterator[Change]:
    if old.words and new.words and (old.words != new.words):
        word = "means something else" if old.cause != new.cause else "is worded otherwise"
        yield Change("code-meaning", about, f"{word}: was {old.words!r}, is {new.words!r}", old.words, new.words)
    elif old.cause and new.cause and old.cause != new.cause:
        yield Change("code-meaning", about, f"was {old.cause}, is {new.cause}", old.cause, new.cause)
    elif old.meaning and new.meaning and old.meaning != new.meaning:
        text = f"is worded otherwise: was {old.meaning!r}, is {new.meaning!r}"
        yield Change("code-meaning", about, text, old.meaning, new.meaning)
    if old.category and new.category and old.category != new.category:
        text = f"moved from the category {old.category} to {new.category}"
        yield Change("code-category", about, text, old.category, new.category)
    if old.message is not None and new.message is not None and old.message != new.message:
        yield Change(
            "code-message", about, f"message was {old.message!r}, is {new.message!r}", old.message, new.message
        )
    elif (old.message is None) != (new.message is None) and old.category and new.category:
        text = "has no example any more" if new.message is None else f"has an example now: {new.message!r}"
        yield Change("code-example", about, text, old.message, new.message)
