"""Errors of the mock's own surfaces (RFC 9457), as opposed to those that the vendor documents."""

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from remo_mock.exceptions import CrowdedError, EndedError, OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.hints.texts import LANGUAGES, Texts, english, text_of

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with a request, and what to do: `detail` says both, `hint` in one line what helps most, if set.

    `details` says the same in other languages, if it is there in them.
    """

    status: int
    title: str
    detail: str
    hint: Hint | None = None
    details: Texts | None = None

    def to_json(self) -> bytes:
        """Write the problem as a response carries it."""
        fields = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return orjson.dumps(fields | ({"details": self.details} if self.details else {}))


def worded(status: int, title: str, said: Hint) -> Problem:
    """Make a problem whose detail is there in every language of hints."""
    details = {language: text_of((said,), language) for language in LANGUAGES if language != "en"}
    return Problem(status, title, english(said), details=details)


def cannot_be_asked_for(error: OutcomeError) -> Problem:
    """Make the problem for an outcome that does not exist."""
    return worded(400, "Cannot be asked for", error.said)


def too_many_waiting(error: CrowdedError) -> Problem:
    """Make the problem for an answer that would have to wait beside too many others."""
    return worded(503, "Too many answers wait", error.said)


def mock_ended(error: EndedError) -> Problem:
    """Make the problem for a request that outlasted its mock."""
    return worded(503, "The mock ended", error.said)


def nothing_here(paths: Iterable[str], remark: str = "") -> Problem:
    """Make the problem for a path at which nobody answers; `paths` are those that could have been meant."""
    return Problem(404, "Nothing here", f"This mock answers at {', '.join(paths)}{remark}.")
