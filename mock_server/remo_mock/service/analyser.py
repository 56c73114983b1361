"""From a request's photos to each view's part of the reply; remembers photos, knows no account and no HTTP."""

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO

import orjson
import pybase64
from blake3 import blake3
from PIL import Image

from remo_mock.contract import NO_PERSON, OK, Endpoint, Json, Metric, View
from remo_mock.exceptions import OutcomeError
from remo_mock.photos.cards.reader import read_card
from remo_mock.photos.decoding import Unusable, decode_base64, open_photo
from remo_mock.photos.joints import Skeleton
from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import centred, find_figure
from remo_mock.photos.skeleton import pose
from remo_mock.service.cache import BoundedCache
from remo_mock.service.metrics import Plausible, degrees, degrees_of_grade, digest, fraction
from remo_mock.service.outcomes import EXAMPLE, NOTHING, PROFILES, SUCCESS, Outcome

NATURAL = "natural"
CARD = "card"
UNSEEN = "unseen"
"""The verdict on a photo that nobody looked at, since a code was asked for."""

# Drawn images come as JPEG data URIs (both pages, Response Example).
_DATA_URI = b"data:image/jpeg;base64,"
_JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """What one photo comes to: the verdict, a reason if there is one to tell, and the view's fields of a reply.

    `digest` and `size`, in bytes, are those of the photo, or of the field's text if that holds none.
    """

    verdict: str
    reason: str | None = None
    digest: str = ""
    size: int = 0
    fields: Mapping[str, Json] = field(default_factory=dict, repr=False)
    origin: str = NATURAL
    bytes_kept: int = 1024


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for in one view: a verdict, grades of one size, or single metrics in degrees; or nothing."""

    verdict: str | None = None
    profile: str | None = None
    metrics: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class ViewResult:
    """A photo and what it came to."""

    view: View
    photo: PhotoResult


class Analyser:
    """Looks at photos, several at a time, and remembers what it found by a digest of each photo's text."""

    def __init__(
        self,
        *,
        plausible: Plausible,
        examples: Mapping[str, Mapping[str, Json]],
        seed: int,
        max_pixels: int,
        cache_bytes: int,
    ) -> None:
        self._plausible = plausible
        self._examples = examples
        self._seed = seed
        self._max_pixels = max_pixels
        self._cache: BoundedCache[PhotoResult] = BoundedCache(
            capacity=cache_bytes, size_of=lambda finding: finding.bytes_kept
        )
        # As many photos are decoded at once as there are processors, however many requests wait: each may take
        # hundreds of megabytes. Pillow lets go of the interpreter's lock, so that they do run side by side.
        self._pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="photo")

    def examine(self, endpoint: Endpoint, photos: Mapping[str, str], outcome: Outcome = NOTHING) -> list[ViewResult]:
        """Look at each view's photo, given as base64 text, minding what was asked for.

        Raises `OutcomeError` for a profile that the endpoint cannot come to.
        """
        seen: list[tuple[View, PhotoResult | Future[PhotoResult]]] = []
        for view in endpoint.views:
            text, wish = photos[view.name], _wish(endpoint, view, outcome)
            key = (endpoint.name, view.name, blake3(text.encode()).digest(), wish)
            found = self._cache.find(key) or self._cache.make(
                key, partial(self._pool.submit, self._look, endpoint, view, text, wish)
            )
            seen.append((view, found))
        return [ViewResult(view, found if isinstance(found, PhotoResult) else found.result()) for view, found in seen]

    def glance(self, endpoint: Endpoint, body: Mapping[str, Json]) -> list[ViewResult]:
        """Tell of the photos in a request's body without looking at them: their sizes and digests."""
        texts = ((view, body.get(view.photo_field)) for view in endpoint.views)
        return [
            ViewResult(view, known_by(text, PhotoResult(UNSEEN)))
            for view, text in texts
            if isinstance(text, str) and text
        ]

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)

    def _look(self, endpoint: Endpoint, view: View, text: str, wish: Wish) -> PhotoResult:
        data = decode_base64(text)
        return _known_by(text, data, self._find(endpoint, view, data, wish))

    def _find(self, endpoint: Endpoint, view: View, data: bytes | Unusable, wish: Wish) -> PhotoResult:
        if wish.verdict not in (None, OK):
            return PhotoResult(wish.verdict or OK, f"is taken for {wish.verdict}, as asked for")
        if isinstance(data, Unusable):
            return PhotoResult(data.verdict, data.reason)
        image = open_photo(data, max_pixels=self._max_pixels)
        if isinstance(image, Unusable):
            return PhotoResult(image.verdict, image.reason)
        unused = None
        if wish.verdict is None:
            card = read_card(image)
            if card is not None and card.view in (None, view.name) and card.verdict in endpoint.verdicts_of(view.name):
                return PhotoResult(card.verdict, f"is a photo card for {card.verdict}", origin=CARD)
            if card is not None:
                unused = f"is a photo card for {card.view or 'another view'}, {card.verdict}, which does nothing here"
        figure = find_figure(image, view=view.name)
        if figure is None:
            if wish.verdict is None:
                return PhotoResult(NO_PERSON, "shows no person: nothing stands out from its background")
            figure = centred(image.size, view=view.name)
        metrics = [metric for metric in endpoint.metrics if metric.view == view.name]
        values = self._measure(data, endpoint, metrics, wish)
        measures = {metric.measure: values[metric.name] for metric in metrics}
        grades = {metric.measure: metric.grade(values[metric.name]) for metric in metrics}
        skeleton = pose(figure, view=view.name, measures=measures, size=image.size)
        draw(image, skeleton, view=view.name, grades=grades)
        fields = _fields(view, metrics, values, skeleton, encode_drawn(image))
        return PhotoResult(OK, unused, fields=fields, bytes_kept=sum(map(len, map(orjson.dumps, fields.values()))))

    def _measure(self, data: bytes, endpoint: Endpoint, metrics: list[Metric], wish: Wish) -> dict[str, float]:
        """Return each metric in degrees: as asked for, as the profile asks, else as the photo's hash says."""
        photo, asked = digest(data), dict(wish.metrics)
        values: dict[str, float] = {}
        for metric in metrics:
            spread = self._plausible.of(metric.measure, view=metric.view)
            natural = degrees(photo, metric.name, seed=self._seed, spread=spread)
            if metric.name in asked:
                values[metric.name] = asked[metric.name]
            elif wish.profile == EXAMPLE:
                values[metric.name] = self._example(endpoint, metric)
            elif wish.profile is not None:
                values[metric.name] = degrees_of_grade(
                    metric,
                    PROFILES[wish.profile],
                    natural=natural,
                    share=fraction(photo, f"profile of {metric.name}", seed=self._seed),
                )
            else:
                values[metric.name] = natural
        return values

    def _example(self, endpoint: Endpoint, metric: Metric) -> float:
        try:
            return float(self._examples[endpoint.name][metric.value_field])
        except KeyError as error:
            raise OutcomeError(EXAMPLE, f"another profile: {endpoint.name} has no example reply") from error


def known_by(text: str, finding: PhotoResult) -> PhotoResult:
    """Add digest and size of the photo that a text holds: the same ones, however its base64 is broken into lines."""
    return _known_by(text, decode_base64(text), finding)


def _known_by(text: str, data: bytes | Unusable, finding: PhotoResult) -> PhotoResult:
    sent = text.encode() if isinstance(data, Unusable) else data
    return replace(finding, digest=blake3(sent).hexdigest(), size=len(sent))


_NO_WISH = Wish()


def _wish(endpoint: Endpoint, view: View, outcome: Outcome) -> Wish:
    """Take from an outcome what concerns one view."""
    if not outcome.decides:
        return _NO_WISH
    names = {metric.name for metric in endpoint.metrics if metric.view == view.name}
    metrics = tuple(sorted((name, value) for name, value in outcome.metrics.items() if name in names))
    # Who asks for degrees asks for a photo that has them, whatever a weaker way or the photo itself says.
    fine = OK if outcome.code == SUCCESS or outcome.profile or metrics else None
    return Wish(verdict=outcome.verdicts.get(view.name, fine), profile=outcome.profile, metrics=metrics)


def encode_drawn(image: Image.Image) -> orjson.Fragment:
    """Write the drawn image as the JSON string that it is in the reply, ready to be copied in."""
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=_JPEG_QUALITY)
    return orjson.Fragment(b'"' + _DATA_URI + pybase64.b64encode(buffer.getvalue()) + b'"')


def _fields(
    view: View, metrics: list[Metric], values: Mapping[str, float], skeleton: Skeleton, image: orjson.Fragment
) -> dict[str, Json]:
    fields: dict[str, Json] = {view.image_field: image}
    # A string that holds JSON, spaced as in the pages' examples (L18).
    fields[view.coords_field] = orjson.dumps(skeleton).decode().replace(",", ", ")
    for metric in metrics:
        fields[metric.value_field] = values[metric.name]
        fields[metric.grade_field] = metric.grade(values[metric.name])
    return fields
