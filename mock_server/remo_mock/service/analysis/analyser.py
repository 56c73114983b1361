"""Turns a request's photos into each view's part of the reply, and remembers photos seen before."""

import os
from collections.abc import Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO

import orjson
import pybase64
from blake3 import blake3
from PIL import Image

from remo_mock.contract import DATA_URI_PREFIX, NO_PERSON, OK, SUCCESS_CODE, Endpoint, Json, Metric, View
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint, Hints
from remo_mock.photos.cards.choice import NO_CARD, choose
from remo_mock.photos.decoding import Unusable, decode_base64, open_photo
from remo_mock.photos.joints import Skeleton
from remo_mock.photos.long_text import Text, digest_of
from remo_mock.photos.mark import COMMENT, mark
from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import Doubt, centred, find_figure
from remo_mock.photos.samples import SamplePhoto, recognised
from remo_mock.photos.skeleton import pose
from remo_mock.service.analysis.cache import BoundedCache
from remo_mock.service.analysis.fair_pool import FairPool
from remo_mock.service.analysis.metrics import Plausible, degrees, degrees_of_grade, fraction, photo_key
from remo_mock.service.messages.json_body import ReadyJson, dump_parts
from remo_mock.service.outcomes.outcome import EXAMPLE, NATURAL, NOTHING, PROFILES, Outcome
from remo_mock.store.patience import WouldWaitError, may_wait

CARD = "card"
"""The origin of a verdict that a photo card asked for."""
UNSEEN = "unseen"
"""The verdict on a photo that was not examined, since a code was asked for."""

_JPEG_QUALITY = 85
_DOUBTS = {
    Doubt.GUESSED: Hint("place_guessed"),
    Doubt.CUT: Hint("cut_off"),
    Doubt.HEADLESS: Hint("cut_off_above"),
}
"""What to say about a skeleton that may lie beside the person."""


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


class Analyser:
    """Examines photos, several at a time, and remembers the results by a digest of each photo's text."""

    def __init__(
        self,
        *,
        plausible: Plausible,
        examples: Mapping[str, Mapping[str, Json]],
        samples: tuple[SamplePhoto, ...],
        seed: int,
        max_pixels: int,
        cache_bytes: int,
        marked: bool = False,
    ) -> None:
        self._plausible = plausible
        self._examples = examples
        self._samples = samples
        self._seed = seed
        self._max_pixels = max_pixels
        self._marked = marked
        self._cache: BoundedCache[PhotoResult] = BoundedCache(
            capacity=cache_bytes, size_of=lambda result: result.bytes_kept
        )
        # As many photos are decoded at once as there are processors, however many requests wait: each may take
        # hundreds of megabytes. Pillow lets go of the interpreter's lock, so that they do run side by side.
        # One thread more is for a second client, whose photos need not wait until the first one's are done.
        processors = os.cpu_count() or 1
        self._pool: FairPool[PhotoResult] = FairPool(threads=processors + 1, share=processors)

    def examine(
        self, endpoint: Endpoint, photos: Mapping[str, Text], outcome: Outcome = NOTHING, *, client: str = ""
    ) -> tuple[ViewResult, ...]:
        """Examine each photo, base64 text by view, and follow what was asked for; clients take turns.

        Raises `OutcomeError` for a profile that the endpoint does not have, `WouldWaitError` for a photo that was not
        seen before.
        """
        results: list[tuple[View, PhotoResult | Future[PhotoResult]]] = []
        for view in (view for view in endpoint.views if view.name in photos):
            text, asked = photos[view.name], _of_view(endpoint, view, outcome)
            key = (endpoint.name, view.name, digest_of(text), asked)
            kept = self._cache.find(key)
            if kept is None and not may_wait():
                raise WouldWaitError
            start = partial(self._pool.submit, client, partial(self._examine, endpoint, view, text, asked))
            results.append((view, kept or self._cache.make(key, start)))
        return tuple(
            ViewResult(view, result if isinstance(result, PhotoResult) else result.result()) for view, result in results
        )

    def close(self) -> None:
        """End the threads."""
        self._pool.close()

    def _examine(self, endpoint: Endpoint, view: View, text: Text, asked: ViewOutcome) -> PhotoResult:
        data = decode_base64(text)
        return _with_digest(text, data, self._judge(endpoint, view, data, asked))

    def _judge(self, endpoint: Endpoint, view: View, data: bytes | Unusable, asked: ViewOutcome) -> PhotoResult:
        if asked.verdict is not None and asked.verdict != OK:
            return PhotoResult(asked.verdict, (Hint("taken_as_asked", {"verdict": asked.verdict}),))
        if isinstance(data, Unusable):
            return PhotoResult(data.verdict, (data.reason,))
        image = open_photo(data, max_pixels=self._max_pixels)
        if isinstance(image, Unusable):
            return PhotoResult(image.verdict, (image.reason,))
        card = NO_CARD
        if asked.verdict is None:
            card = choose(image, view=view.name, verdicts=endpoint.verdicts_of(view.name))
        if card.verdict is not None and card.verdict != OK:
            return PhotoResult(card.verdict, _some(card.reason), origin=CARD)
        sample = recognised(image, self._samples, view=view.name)
        figure = sample.figure(image.size) if sample else find_figure(image, view=view.name)
        if figure is None:
            if asked.verdict is None and card.verdict is None:
                return PhotoResult(NO_PERSON, (Hint("no_person"),))
            figure = centred(image.size, view=view.name)
        metrics = [metric for metric in endpoint.metrics if metric.view == view.name]
        values = self._measure(data, endpoint, metrics, asked, shown=sample.degrees if sample else {})
        measures = {metric.measure: values[metric.name] for metric in metrics}
        grades = {metric.measure: metric.grade(values[metric.name]) for metric in metrics}
        skeleton = pose(figure, view=view.name, measures=measures, size=image.size)
        draw(image, skeleton, view=view.name, grades=grades)
        if self._marked:
            mark(image)
        fields = _fields(view, metrics, values, skeleton, encode_drawn(image))
        # Who shows a card asks for a success of whatever picture.
        doubt = None if figure.doubt is None or card.verdict else _DOUBTS[figure.doubt]
        return PhotoResult(
            OK,
            _some(sample.reason if sample else card.reason, doubt),
            fields=fields,
            origin=NATURAL if card.verdict is None else CARD,
            bytes_kept=sum(map(len, dump_parts(fields))),
        )

    def _measure(
        self,
        data: bytes,
        endpoint: Endpoint,
        metrics: list[Metric],
        asked: ViewOutcome,
        *,
        shown: Mapping[str, float],
    ) -> dict[str, float]:
        """Return each metric in degrees: as asked for, as the profile asks, else as a sample shows or the hash says."""
        key, given = photo_key(data), dict(asked.metrics)
        spreads = {metric.measure: self._plausible.of(metric.measure, view=metric.view) for metric in metrics}
        values: dict[str, float] = {}
        by_measure: dict[str, float] = {}
        # A metric that takes the side of another one comes after it.
        for metric in sorted(metrics, key=lambda metric: spreads[metric.measure].same_side_as is not None):
            spread = spreads[metric.measure]
            natural = shown.get(metric.measure)
            if natural is None:
                natural = degrees(key, metric.name, seed=self._seed, spread=spread)
            if metric.name in given:
                value = given[metric.name]
            elif asked.profile == EXAMPLE:
                value = self._example(endpoint, metric)
            elif asked.profile is not None:
                value = degrees_of_grade(
                    metric,
                    PROFILES[asked.profile],
                    natural=natural,
                    share=fraction(key, f"profile of {metric.name}", seed=self._seed),
                    beside=by_measure.get(spread.same_side_as or ""),
                )
            else:
                value = natural
            values[metric.name] = by_measure[metric.measure] = value
        return values

    def _example(self, endpoint: Endpoint, metric: Metric) -> float:
        try:
            return float(self._examples[endpoint.name][metric.value_field])
        except KeyError as error:
            raise OutcomeError(EXAMPLE, Hint("expected_profile", {"endpoint": endpoint.name})) from error


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
    return _with_digest(text, decode_base64(text), result)


def _with_digest(text: Text, data: bytes | Unusable, result: PhotoResult) -> PhotoResult:
    sent = str(text).encode() if isinstance(data, Unusable) else data
    return replace(result, digest=blake3(sent).hexdigest(), size=len(sent))


def _some(*hints: Hint | None) -> Hints:
    return tuple(hint for hint in hints if hint is not None)


_NOTHING_ASKED = ViewOutcome()


def _of_view(endpoint: Endpoint, view: View, outcome: Outcome) -> ViewOutcome:
    """Return the part of an outcome that concerns one view."""
    if not outcome.decides:
        return _NOTHING_ASKED
    names = {metric.name for metric in endpoint.metrics if metric.view == view.name}
    metrics = tuple(sorted((name, value) for name, value in outcome.metrics.items() if name in names))
    # Who asks for degrees asks for a photo that has them, whatever a weaker way or the photo itself says.
    fine = OK if outcome.code == SUCCESS_CODE or outcome.profile or metrics else None
    return ViewOutcome(verdict=outcome.verdicts.get(view.name, fine), profile=outcome.profile, metrics=metrics)


def encode_drawn(image: Image.Image) -> ReadyJson:
    """Write the drawn image as a JPEG whose comment says that it is a mock's, in the form that a reply carries it."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=_JPEG_QUALITY, comment=COMMENT, icc_profile=image.info.get("icc_profile"))
    return data_uri(buffer.getvalue())


def data_uri(jpeg: bytes) -> ReadyJson:
    """Write a JPEG file as the JSON string of a reply."""
    return ReadyJson(b'"' + DATA_URI_PREFIX.encode() + pybase64.b64encode(jpeg) + b'"')


def _fields(
    view: View, metrics: list[Metric], values: Mapping[str, float], skeleton: Skeleton, image: ReadyJson
) -> dict[str, Json]:
    fields: dict[str, Json] = {view.image_field: image}
    # A string that holds JSON, spaced as in the pages' examples (L18).
    fields[view.coords_field] = orjson.dumps(skeleton).decode().replace(",", ", ")
    for metric in metrics:
        fields[metric.value_field] = values[metric.name]
        fields[metric.grade_field] = metric.grade(values[metric.name])
    return fields
