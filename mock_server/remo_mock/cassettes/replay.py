"""Replays a cassette: finds the recorded reply to a request, and redraws images that were not kept."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import BoundedSemaphore

from remo_mock.cassettes.exact_json import can_be_written, verbatim
from remo_mock.cassettes.files import ACCOUNT_CONDITIONS, RecordedExchange, is_image, read_cassette
from remo_mock.cassettes.request_shape import key_of_call
from remo_mock.contract import MAX_PIXELS, OK, Contract, Endpoint, Json, View
from remo_mock.exceptions import CassetteError
from remo_mock.photos.base64_text import Unusable, decode_base64
from remo_mock.photos.decoding import open_photo
from remo_mock.photos.joints import JOINTS, Skeleton
from remo_mock.photos.overlay import draw
from remo_mock.service.analysis.examiner import data_uri, encode_drawn
from remo_mock.service.analysis.photo_results import PhotoResult, ViewResult, with_digest
from remo_mock.service.decision.recordings import RecordedReply
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.json_body import Malformed

ORIGIN = "cassette"
_WORST = 2


class Replay:
    """The replies of one cassette, found by endpoint, photos and shape of a request, whoever sends it."""

    def __init__(self, directory: Path, contract: Contract) -> None:
        """Read the cassette. Raises `CassetteError`."""
        # An open picture may take hundreds of megabytes, as in `Analyser`.
        self._processors = BoundedSemaphore(os.cpu_count() or 1)
        self._by_key: dict[str, list[RecordedExchange]] = {}
        for recorded in read_cassette(directory, contract):
            if recorded.fields is not None and recorded.status is not None:
                self._by_key.setdefault(recorded.key, []).append(recorded)
            if not can_be_written(dict(recorded.fields or {})):
                raise CassetteError(
                    recorded.file, "has a reply.json that cannot be sent: half a character, or too deep"
                )
            for name, image in recorded.images.items():
                if "file" in image and recorded.image_path(name) is None:
                    raise CassetteError(recorded.file, f"names the image {image['file']!r}, which is not beside it")

    def refusal(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed, condition: str
    ) -> RecordedReply | None:
        """Return the recorded error to the same request: about the account if `condition` is, else about the form."""
        for recorded in self._of(call, endpoint, body):
            found = recorded.condition
            fits = found == condition if condition in ACCOUNT_CONDITIONS else found not in ACCOUNT_CONDITIONS
            if fits and not recorded.succeeded:
                return _reply(recorded, {}, ())
        return None

    def result(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json]) -> RecordedReply | None:
        """Return the recorded success or error to the same request, unless it is about the account."""
        for recorded in self._of(call, endpoint, body):
            if recorded.succeeded:
                images, view_results = {}, []
                for view in endpoint.views:
                    text = body[view.photo_field]
                    with self._processors:
                        images[view.image_field] = _image(recorded, view, text)
                    view_results.append(ViewResult(view, with_digest(text, PhotoResult(OK, origin=ORIGIN))))
                return _reply(recorded, images, tuple(view_results))
            if recorded.condition not in ACCOUNT_CONDITIONS:
                return _reply(recorded, {}, ())
        return None

    def _of(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed) -> Iterator[RecordedExchange]:
        size = len(call.body) if isinstance(call.body, bytes) else 0
        key = key_of_call(endpoint, call.method, call.content_type, body, size)
        yield from self._by_key.get(key, ())


def _reply(
    recorded: RecordedExchange, images: Mapping[str, Json], view_results: tuple[ViewResult, ...]
) -> RecordedReply:
    # An image of a view that was not sent (L06), or of an error, has no photo to be redrawn on.
    fields = {
        name: images.get(name, "") if is_image(value) else verbatim(value)
        for name, value in (recorded.fields or {}).items()
    }
    return RecordedReply(
        source=f"cassette {recorded.file}",
        code=recorded.code or 0,
        status=recorded.status or 0,
        fields=fields,
        succeeded=recorded.succeeded,
        view_results=view_results,
    )


def _image(recorded: RecordedExchange, view: View, text: str) -> Json:
    """Return the kept image of a view as JSON, or the recorded skeleton drawn on the photo that was sent."""
    kept = recorded.kept_image(view.image_field)
    if kept is not None:
        return data_uri(kept)
    data = decode_base64(text)
    image = data if isinstance(data, Unusable) else open_photo(data, max_pixels=MAX_PIXELS)
    if isinstance(image, Unusable):
        return ""
    fields = recorded.fields or {}
    skeleton = _skeleton(fields.get(view.coords_field))
    if skeleton is not None and all(0 <= x < image.width and 0 <= y < image.height for x, y in skeleton):
        metrics = [metric for metric in recorded.endpoint.metrics if metric.view == view.name]
        grades = {metric.measure: _grade(fields.get(metric.grade_field)) for metric in metrics}
        draw(image, skeleton, view=view.name, grades=grades)
    return encode_drawn(image)


def _skeleton(coords: Json) -> Skeleton | None:
    """Read recorded coordinates, in pixels; None if they are not one pair for each joint."""
    try:
        pairs = json.loads(coords) if isinstance(coords, str) else coords
        points = tuple((round(x), round(y)) for x, y in pairs)
    except (ValueError, TypeError, OverflowError, RecursionError):
        return None
    return points if len(points) == len(JOINTS) else None


def _grade(value: Json) -> int:
    return max(-_WORST, min(_WORST, value)) if isinstance(value, int) else 0
