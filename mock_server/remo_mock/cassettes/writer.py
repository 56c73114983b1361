"""Turns an exchange into a file of a cassette, without what must not be kept; knows no network."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from remo_mock.cassettes.files import VERSION, file_stem, write
from remo_mock.cassettes.filters import Clean, kept_body, kept_headers
from remo_mock.cassettes.request_shape import CREDENTIALS, UUID, Labels, shape_of
from remo_mock.contract import Endpoint, Json

_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back: status, headers by lower-case name and bytes, or why nothing did."""

    status: int | None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes = field(default=b"", repr=False)
    failure: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: its shape (or `empty`, `unreadable`) is already without secrets, the rest is cleaned here."""

    endpoint: Endpoint
    method: str
    path: str
    content_type: str
    shape: Json


class Keeper:
    """Writes exchanges to one directory; labels and numbers are those of one recording."""

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

    def keep(
        self, asked: Asked, answered: Answered, clean: Clean, *, violations: Iterable[str], notes: Iterable[str]
    ) -> str:
        """Write one exchange, `clean` having the last word on each text of it; return the name of the file."""
        request: dict[str, Json] = {
            "method": asked.method,
            "path": asked.path,
            "content_type": clean(asked.content_type),
            "body": _cleaned(asked.endpoint, asked.shape, clean),
        }
        name = self._name(file_stem(asked.endpoint, request))
        document = {
            "version": VERSION,
            "endpoint": asked.endpoint.name,
            "request": request,
            "reply": self._reply(asked.endpoint, answered, clean, name),
            "judged": {"violations": list(violations), "notes": list(notes)},
        }
        write(self._directory, f"{name}.json", document)
        return f"{name}.json"

    def _reply(self, endpoint: Endpoint, answered: Answered, clean: Clean, name: str) -> dict[str, Json]:
        if answered.status is None:
            return {"failure": clean(answered.failure)}

        def keep_image(of_field: str, image: bytes) -> str:
            known = {view.image_field for view in endpoint.views}
            file = f"{name}.{of_field if of_field in known else 'image'}.jpg"
            (self._directory / file).write_bytes(image)
            return file

        kept = kept_body(answered.headers, answered.body, clean, keep_image if self._keep_images else None)
        return {"status": answered.status, "headers": kept_headers(answered.headers, clean), **kept}

    def _name(self, stem: str) -> str:
        """Return the file's name: that of an earlier recording again, but no other's of this one."""
        with self._lock:
            number = self._taken[stem] = self._taken.get(stem, 0) + 1
        return stem if number == 1 else f"{stem}-{number}"


def _cleaned(endpoint: Endpoint, shape: Json, clean: Clean) -> Json:
    """Clean what of a shape came from the client: the uuid, and names of fields that may be a mistake with a key."""
    if not isinstance(shape, dict):
        return shape
    known = {*CREDENTIALS, UUID, *(view.photo_field for view in endpoint.views)}
    cleaned = {name if name in known else clean(name)[:_LONGEST_NAME]: value for name, value in shape.items()}
    if isinstance(cleaned.get(UUID), str):
        cleaned[UUID] = clean(cleaned[UUID])
    return cleaned
