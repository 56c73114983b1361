"""From a request's photos to each view's part of the reply; remembers photos, knows no account and no HTTP."""

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

import orjson
import pybase64
from blake3 import blake3
from PIL import Image

from mock_server.cache import BoundedCache
from mock_server.contract import Endpoint, Json, Metric, View
from mock_server.figure import find_figure
from mock_server.metrics import Plausible, degrees, digest
from mock_server.overlay import draw
from mock_server.photos import Unusable, decode_base64, open_photo
from mock_server.skeleton import Skeleton, pose
from mock_server.verdicts import NO_PERSON, OK

# Drawn images come as JPEG data URIs (both pages, Response Example).
_DATA_URI = b"data:image/jpeg;base64,"
_JPEG_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Finding:
    """What one photo comes to: the verdict, why if it is a bad one, and else the view's fields of the reply."""

    verdict: str
    reason: str | None = None
    fields: Mapping[str, Json] = field(default_factory=dict, repr=False)
    bytes_kept: int = 1024


class Analyser:
    """Looks at photos, several at a time, and remembers what it found by a digest of each photo's text."""

    def __init__(self, *, plausible: Plausible, seed: int, max_pixels: int, cache_bytes: int) -> None:
        self._plausible = plausible
        self._seed = seed
        self._max_pixels = max_pixels
        self._cache: BoundedCache[Finding] = BoundedCache(
            capacity=cache_bytes, size_of=lambda finding: finding.bytes_kept
        )
        # As many photos are decoded at once as there are processors, however many requests wait: each may take
        # hundreds of megabytes. Pillow lets go of the interpreter's lock, so that they do run side by side.
        self._pool = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="photo")

    def examine(self, endpoint: Endpoint, photos: Mapping[str, str]) -> dict[str, Finding]:
        """Return what each view's photo, given as base64 text, comes to."""
        found: dict[str, Finding | Future[Finding]] = {}
        for view in endpoint.views:
            text = photos[view.name]
            key = (endpoint.name, view.name, blake3(text.encode()).digest())
            found[view.name] = self._cache.find(key) or self._cache.make(
                key, partial(self._pool.submit, self._look, endpoint, view, text)
            )
        return {name: item.result() if isinstance(item, Future) else item for name, item in found.items()}

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(cancel_futures=True)

    def _look(self, endpoint: Endpoint, view: View, text: str) -> Finding:
        data = decode_base64(text)
        if isinstance(data, Unusable):
            return Finding(data.verdict, data.reason)
        image = open_photo(data, max_pixels=self._max_pixels)
        if isinstance(image, Unusable):
            return Finding(image.verdict, image.reason)
        figure = find_figure(image, view=view.name)
        if figure is None:
            return Finding(NO_PERSON, "shows no person: nothing stands out from its background")
        metrics = [metric for metric in endpoint.metrics if metric.view == view.name]
        values = self._measure(data, metrics)
        measures = {metric.measure: values[metric.name] for metric in metrics}
        grades = {metric.measure: metric.grade(values[metric.name]) for metric in metrics}
        skeleton = pose(figure, view=view.name, measures=measures, size=image.size)
        draw(image, skeleton, view=view.name, grades=grades)
        fields = _fields(view, metrics, values, skeleton, _encode(image))
        return Finding(OK, fields=fields, bytes_kept=sum(map(len, map(orjson.dumps, fields.values()))))

    def _measure(self, data: bytes, metrics: list[Metric]) -> dict[str, float]:
        photo = digest(data)
        return {
            metric.name: degrees(
                photo, metric.name, seed=self._seed, spread=self._plausible.of(metric.measure, view=metric.view)
            )
            for metric in metrics
        }


def _encode(image: Image.Image) -> orjson.Fragment:
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
