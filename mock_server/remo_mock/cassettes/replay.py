"""Answers known requests out of a cassette, redrawing images that were not kept; knows no account and no HTTP."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from remo_mock.cassettes.exact_json import verbatim
from remo_mock.cassettes.files import Recorded, is_image, read_cassette
from remo_mock.cassettes.request_shape import key_of_call
from remo_mock.contract import MAX_PIXELS, OK, Contract, Endpoint, Json, View
from remo_mock.exceptions import CassetteError
from remo_mock.photos.decoding import Unusable, decode_base64, open_photo
from remo_mock.photos.joints import JOINTS, Skeleton
from remo_mock.photos.overlay import draw
from remo_mock.service.analyser import PhotoResult, ViewResult, data_uri, encode_drawn, with_digest
from remo_mock.service.json_body import Malformed
from remo_mock.service.messages import Call
from remo_mock.service.recordings import RecordedReply

ORIGIN = "cassette"
ABOUT_SHAPE = frozenset({"protocol", "missing_input"})
"""Conditions of a request's form."""
ABOUT_ACCOUNT = frozenset({"unknown_user", "wrong_api_key", "insufficient_credit"})
"""Conditions of who asks: a recorded one says nothing about the accounts of a mock."""

_WORST = 2


class Replay:
    """The answers of one cassette, found by endpoint, photos and shape of a request, whoever asks."""

    def __init__(self, directory: Path, contract: Contract) -> None:
        """Read the cassette. Raises `CassetteError`."""
        self._directory = directory
        self._known: dict[str, list[Recorded]] = {}
        for recorded in read_cassette(directory, contract):
            if recorded.fields is not None and recorded.status is not None:
                self._known.setdefault(recorded.key, []).append(recorded)
            for file in recorded.image_files.values():
                if Path(file).name != file or not (directory / file).is_file():
                    raise CassetteError(recorded.file, f"names the image {file!r}, which is not beside it")

    def refusal(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed, condition: str
    ) -> RecordedReply | None:
        """Return the recorded error of the same request: about the account, if `condition` is, else about the form."""
        for recorded in self._of(call, endpoint, body):
            about = condition_of(recorded)
            fits = about == condition if condition in ABOUT_ACCOUNT else about not in ABOUT_ACCOUNT
            if fits and not recorded.succeeded:
                return self._answer(recorded, {}, ())
        return None

    def result(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json]) -> RecordedReply | None:
        """Return the recorded success or error of the same request, unless it is about the account."""
        for recorded in self._of(call, endpoint, body):
            if recorded.succeeded:
                images, view_results = {}, []
                for view in endpoint.views:
                    text = body[view.photo_field]
                    images[view.image_field] = self._image(recorded, view, text)
                    view_results.append(ViewResult(view, with_digest(text, PhotoResult(OK, origin=ORIGIN))))
                return self._answer(recorded, images, tuple(view_results))
            if condition_of(recorded) not in ABOUT_ACCOUNT:
                return self._answer(recorded, {}, ())
        return None

    def _of(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed) -> Iterator[Recorded]:
        key = key_of_call(endpoint, call.method, call.content_type, body, len(call.body or b""))
        yield from self._known.get(key, ())

    def _answer(
        self, recorded: Recorded, images: Mapping[str, Json], view_results: tuple[ViewResult, ...]
    ) -> RecordedReply:
        # An image of a view that was not sent (L06), or of an error, has nothing to be redrawn on.
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

    def _image(self, recorded: Recorded, view: View, text: str) -> Json:
        kept = recorded.image_files.get(view.image_field)
        if kept is not None:
            return data_uri((self._directory / kept).read_bytes())
        data = decode_base64(text)
        image = data if isinstance(data, Unusable) else open_photo(data, max_pixels=MAX_PIXELS)
        if isinstance(image, Unusable):
            return ""
        fields = recorded.fields or {}
        skeleton = skeleton_of(fields.get(view.coords_field))
        if skeleton is not None and all(0 <= x < image.width and 0 <= y < image.height for x, y in skeleton):
            metrics = [metric for metric in recorded.endpoint.metrics if metric.view == view.name]
            grades = {metric.measure: _grade(fields.get(metric.grade_field)) for metric in metrics}
            draw(image, skeleton, view=view.name, grades=grades)
        return encode_drawn(image)


def condition_of(recorded: Recorded) -> str | None:
    """Return the condition that a recorded error's code means, None for other codes and for successes."""
    code = recorded.endpoint.codes.get(recorded.code or 0)
    return None if code is None else code.condition


def skeleton_of(coords: Json) -> Skeleton | None:
    """Read recorded coordinates, in pixels; None if they are no pair for each joint."""
    try:
        pairs = json.loads(coords) if isinstance(coords, str) else coords
        points = tuple((round(x), round(y)) for x, y in pairs)
    except (ValueError, TypeError, OverflowError):
        return None
    return points if len(points) == len(JOINTS) else None


def _grade(value: Json) -> int:
    return max(-_WORST, min(_WORST, value)) if isinstance(value, int) else 0
