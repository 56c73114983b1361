"""Writes exchanges into a cassette, without what must not be kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from remo_mock.cassettes.files import VERSION, file_stem, write_file
from remo_mock.cassettes.filters import Clean, kept_body, kept_headers
from remo_mock.cassettes.passing_values import without_passing_values
from remo_mock.cassettes.request_shape import CREDENTIALS, UUID, Labels, shape_of
from remo_mock.contract import Endpoint, Json
from remo_mock.files.private import write_private

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestDescription:
    """A request to be written; its `shape` (or `empty`, `unreadable`) is free of secrets already."""

    endpoint: Endpoint
    method: str
    path: str
    content_type: str
    shape: Json


@dataclass(frozen=True, slots=True)
class UpstreamReply:
    """A reply as status, headers by lower-case name and body, or the reason why there is none.

    `encoded` tells that the body is still compressed.
    """

    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    encoded: bool = False
    failure: str = ""


class CassetteWriter:
    """Writes the exchanges of one recording to a directory, with its own labels for secrets and numbers of files."""

    def __init__(self, directory: Path, *, keep_images: bool) -> None:
        self._directory = directory
        self._keep_images = keep_images
        self._labels = Labels()
        self._taken: dict[str, int] = {}
        self._lock = Lock()

    def shape(self, endpoint: Endpoint, fields: Mapping[str, Json] | None, body: bytes) -> Json:
        """Describe a request's body; `fields` is None if it is no JSON object."""
        if fields is None:
            return "unreadable" if body else "empty"
        return shape_of(endpoint, fields, self._labels)

    def write(
        self,
        request: RequestDescription,
        reply: UpstreamReply,
        clean: Clean,
        *,
        violations: Iterable[str],
        notes: Iterable[str],
    ) -> str:
        """Write one exchange, each text of it cleaned by `clean`; return the name of the file.

        `violations` and `notes` are the ids of the checks that found any.
        """
        described: dict[str, Json] = {
            "method": request.method,
            "path": request.path,
            "content_type": clean(request.content_type),
            "body": _cleaned(request.endpoint, request.shape, clean),
        }
        name = self._name(file_stem(request.endpoint, described))
        document = {
            "version": VERSION,
            "endpoint": request.endpoint.name,
            "request": described,
            "reply": self._reply(request.endpoint, reply, clean, name),
            "judged": {"violations": list(violations), "notes": list(notes)},
        }
        write_file(self._directory, f"{name}.json", document)
        return f"{name}.json"

    def _reply(self, endpoint: Endpoint, reply: UpstreamReply, clean: Clean, name: str) -> dict[str, Json]:
        if reply.status is None:
            return {"failure": clean(reply.failure)}

        def save_image(field_name: str, image: bytes) -> str:
            known = {view.image_field for view in endpoint.views}
            file = f"{name}.{field_name if field_name in known else 'image'}.jpg"
            write_private(self._directory / file, image)
            return file

        kept = kept_body(
            reply.body,
            clean,
            save_image if self._keep_images else None,
            settle=lambda field_name, value: without_passing_values(field_name, value, self._labels),
            encoded=reply.encoded,
        )
        return {"status": reply.status, "headers": kept_headers(reply.headers, clean), **kept}

    def _name(self, stem: str) -> str:
        """Return the file's name: one of an earlier recording is taken again, one of this recording is not."""
        with self._lock:
            number = self._taken[stem] = self._taken.get(stem, 0) + 1
        return stem if number == 1 else f"{stem}-{number}"


def _cleaned(endpoint: Endpoint, shape: Json, clean: Clean) -> Json:
    """Clean what the client itself wrote into a shape: the names of fields, which may be misplaced keys."""
    if not isinstance(shape, dict):
        return shape
    known = {*CREDENTIALS, UUID, *(view.photo_field for view in endpoint.views)}
    return {name if name in known else clean(name)[:_LONGEST_NAME]: value for name, value in shape.items()}
