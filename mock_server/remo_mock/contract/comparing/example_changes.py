"""Yields what moved in the example of a success: fields, values, order."""

from collections.abc import Iterator

from remo_mock.contract.comparing.change import Change
from remo_mock.contract.comparing.subject import Subject
from remo_mock.contract.model import Json

_LONGEST = 40


def example_changes(old: Subject, new: Subject) -> Iterator[Change]:
    """Yield the differences of two examples; of contract data without one, only `APIName` is known."""
    if old.success is None or new.success is None:
        if old.success is not new.success and old.texts is not None and new.texts is not None:
            yield Change("example", "", f"the example of a success {'left' if old.success else 'is new'}")
        return
    for name in dict.fromkeys((*old.success, *new.success)):
        was, now = old.success.get(name), new.success.get(name)
        if name in old.success and name in new.success:
            if was != now and not _is_picture(was, now):
                yield Change("example-value", name, f"{_shown(now)} in the example, was {_shown(was)}", was, now)
        elif min(len(old.success), len(new.success)) > 1 and (name in old.response) == (name in new.response):
            text = f"is {'new in' if name in new.success else 'no longer in'} the example"
            yield Change("example-field", name, text, was, now)
    both = [name for name in old.order if name in new.order]
    if both != [name for name in new.order if name in old.order]:
        text = f"the order of the reply is another: {', '.join(new.order[:_LONGEST])}"
        yield Change("order", "", text, list(old.order), list(new.order))


def _is_picture(*values: Json) -> bool:
    return all(isinstance(value, str) and value.startswith("data:image/") for value in values)


def _shown(value: Json) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
