"""Examines one photo: finds the person or the card on it, gives the metrics, and draws the skeleton."""

from collections.abc import Mapping
from io import BytesIO

import orjson
import pybase64
from PIL import Image

from remo_mock.contract import DATA_URI_PREFIX, NO_PERSON, OK, Endpoint, Json, Metric, View
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint, Hints
from remo_mock.photos.base64_text import Unusable
from remo_mock.photos.cards.choice import NO_CARD, choose
from remo_mock.photos.decoding import open_photo
from remo_mock.photos.joints import Skeleton
from remo_mock.photos.mark import COMMENT, mark
from remo_mock.photos.overlay import draw
from remo_mock.photos.person.figure import Doubt, centred, find_figure
from remo_mock.photos.samples import SamplePhoto, recognised
from remo_mock.photos.skeleton import pose
from remo_mock.service.analysis.metrics import Plausible, degrees, degrees_of_grade, fraction, photo_key
from remo_mock.service.analysis.photo_results import CARD, PhotoResult, ViewOutcome
from remo_mock.service.messages.json_body import ReadyJson, dump_parts
from remo_mock.service.outcomes.outcome import EXAMPLE, NATURAL, PROFILES

_JPEG_QUALITY = 85
_DOUBTS = {
    Doubt.GUESSED: Hint("place_guessed"),
    Doubt.CUT: Hint("cut_off"),
    Doubt.HEADLESS: Hint("cut_off_above"),
}
"""What to say about a skeleton that may lie beside the person."""


class Examiner:
    """Examines photos, each by itself. Pillow and all else that looks at a picture is imported with it."""

    def __init__(
        self,
        *,
        plausible: Plausible,
        examples: Mapping[str, Mapping[str, Json]],
        samples: tuple[SamplePhoto, ...],
        seed: int,
        max_pixels: int,
        marked: bool = False,
    ) -> None:
        self._plausible = plausible
        self._examples = examples
        self._samples = samples
        self._seed = seed
        self._max_pixels = max_pixels
        self._marked = marked

    def judge(self, endpoint: Endpoint, view: View, data: bytes | Unusable, asked: ViewOutcome) -> PhotoResult:
        """Judge a photo and draw on it, as was asked for. Raises `OutcomeError` as `Analyser.examine` does."""
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


def _some(*hints: Hint | None) -> Hints:
    return tuple(hint for hint in hints if hint is not None)


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
