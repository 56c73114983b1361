"""Holds what is found out about photos: verdicts with reasons, digests, and each view's part of the reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from blake3 import blake3

from remo_mock.contract import OK, SUCCESS_CODE, Endpoint, Json, View
from remo_mock.hints.hint import Hints
from remo_mock.photos.base64_text import Unusable, decode_base64
from remo_mock.photos.long_text import Text
from remo_mock.service.outcomes.outcome import NATURAL, Outcome

CARD = "card"
"""The origin of a verdict that a photo card asked for."""
UNSEEN = "unseen"
"""The verdict on a photo that was not examined, since a code was asked for."""


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """The verdict on one photo, the reasons for it if there are any to tell, and the view's fields of a reply.

    `digest` and `size`, in bytes, are those of the photo, or of the field's text if that holds no photo. `origin` says
    whether the verdict is natural or a card's. `bytes_kept` is the memory that the result takes.
    """

    verdict: str
    reasons: Hints = ()
    digest: str = ""
    size: int = 0
    fields: Mapping[str, Json] = field(default_factory=dict, repr=False)
    origin: str = NATURAL
    bytes_kept: int = 1024


@dataclass(frozen=True, slots=True)
class ViewOutcome:
    """The part of an outcome that concerns one view: a verdict, a profile, single metrics in degrees; or nothing."""

    verdict: str | None = None
    profile: str | None = None
    metrics: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ViewResult:
    """A view and the result of its photo."""

    view: View
    photo: PhotoResult


def unexamined(endpoint: Endpoint, body: Mapping[str, Json]) -> tuple[ViewResult, ...]:
    """List the photos in a request's body with their digests and sizes, without examining them."""
    texts = ((view, body.get(view.photo_field)) for view in endpoint.views)
    return tuple(
        ViewResult(view, with_digest(text, PhotoResult(UNSEEN)))
        for view, text in texts
        if isinstance(text, Text) and text
    )


def with_digest(text: Text, result: PhotoResult) -> PhotoResult:
    """Add digest and size of the photo that a text holds: the same ones, however its base64 is broken into lines."""
    return digested(text, decode_base64(text), result)


def digested(text: Text, data: bytes | Unusable, result: PhotoResult) -> PhotoResult:
    """Add digest and size of the photo that a text was decoded to, or of the text if it holds none."""
    sent = str(text).encode() if isinstance(data, Unusable) else data
    return replace(result, digest=blake3(sent).hexdigest(), size=len(sent))


_NOTHING_ASKED = ViewOutcome()


def of_view(endpoint: Endpoint, view: View, outcome: Outcome) -> ViewOutcome:
    """Return the part of an outcome that concerns one view."""
    if not outcome.decides:
        return _NOTHING_ASKED
    names = {metric.name for metric in endpoint.metrics if metric.view == view.name}
    metrics = tuple(sorted((name, value) for name, value in outcome.metrics.items() if name in names))
    # Who asks for degrees asks for a photo that has them, whatever a weaker way or the photo itself says.
    fine = OK if outcome.code == SUCCESS_CODE or outcome.profile or metrics else None
    return ViewOutcome(verdict=outcome.verdicts.get(view.name, fine), profile=outcome.profile, metrics=metrics)
