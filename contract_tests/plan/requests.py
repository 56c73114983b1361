"""Writes requests: bodies of credentials and photos, some spoilt on purpose."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from remo_mock.contract import DATA_URI_PREFIX, Endpoint, Json

from ..model.credentials import BROKE, ENVIRONMENT, FIELDS, Credentials
from ..model.exchange import RUN_ACCOUNT, Request
from ..model.photos import Photo

Edit = Callable[[dict[str, Json]], None]

NOBODY = "nobody-of-remo-mock@example.invalid"
WRONG_KEY = "not-the-key-of-this-account"
_WRONG_TYPE = 12345
_PLACEHOLDERS = {FIELDS[name]: f"${variable}" for name, variable in ENVIRONMENT.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request before it is written: what to send, with whose credentials, and what to spoil.

    `other_method` replaces the endpoint's, `raw` the whole body; `preference` is the Prefer header, which our own mock
    alone understands.
    """

    endpoint: Endpoint
    credentials: Credentials
    account: str = RUN_ACCOUNT
    photos: Mapping[str, Photo] = field(default_factory=dict)
    uuid: str | None = None
    edits: tuple[Edit, ...] = ()
    raw: bytes | None = None
    content_type: str | None = "application/json"
    other_method: str = ""
    preference: str = ""

    @property
    def method(self) -> str:
        """The method that the request is sent by."""
        return self.other_method or self.endpoint.method

    @property
    def headers(self) -> dict[str, str]:
        """The headers that the request needs."""
        headers = {"Content-Type": self.content_type, "Prefer": self.preference}
        return {name: value for name, value in headers.items() if value}

    def body(self) -> bytes:
        """Return the body as bytes."""
        return (
            self.raw if self.raw is not None else json.dumps(self._fields(self.credentials.fields, _text_sent)).encode()
        )

    def request(self) -> Request:
        """Return the request without its secrets."""
        fields = self._fields(_PLACEHOLDERS, _text_shown)
        shown = self.raw.decode() if self.raw is not None else json.dumps(fields, ensure_ascii=False)
        return Request(
            path=self.endpoint.path,
            method=self.method,
            shown_body=shown,
            content_type=self.content_type,
            photos=dict(self.photos),
            uuid=self.uuid,
            account=self.account,
            preference=self.preference,
            whole=self.raw is not None or not self.photos,
            for_file=self.for_file,
        )

    def for_file(self) -> bytes:
        """Return the body with `$NAME` for credentials, and for the user's own photos; a line for each field."""
        if self.raw is not None:
            return self.raw
        mine = self.account == RUN_ACCOUNT
        fields = self._fields(_PLACEHOLDERS if mine else BROKE.fields, _text_for_file)
        return json.dumps(fields, indent=1, ensure_ascii=False).encode() + b"\n"

    def _fields(self, credentials: Mapping[str, str], text: Callable[[str, Photo], str]) -> dict[str, Json]:
        fields: dict[str, Json] = dict(credentials)
        if self.uuid is not None:
            fields["uuid"] = self.uuid
        for view in self.endpoint.views:
            photo = self.photos.get(view.name)
            if photo is not None:
                fields[view.photo_field] = text(view.name, photo)
        for edit in self.edits:
            edit(fields)
        return fields


def photo_variable(view: str) -> str:
    """Return the variable of the environment that stands for the file of a user's own photo."""
    return f"REMO_PHOTO_{re.sub('[^A-Z0-9]', '_', view.upper())}"


def _text_sent(_view: str, photo: Photo) -> str:
    return photo.text


def _text_shown(_view: str, photo: Photo) -> str:
    return f"<{photo.name}>"


def _text_for_file(view: str, photo: Photo) -> str:
    if photo.file is None:
        return photo.text
    return f"{DATA_URI_PREFIX if photo.text.startswith(DATA_URI_PREFIX) else ''}${photo_variable(view)}"


def spoil(name: str, how: str) -> Edit:
    """Return the edit that makes a field `missing`, `null`, `empty`, or of the `wrong-type`."""

    def edit(fields: dict[str, Json]) -> None:
        if how == "missing":
            fields.pop(name, None)
        else:
            fields[name] = {"null": None, "empty": "", "wrong-type": _WRONG_TYPE}[how]

    return edit


def put(name: str, value: Json) -> Edit:
    """Return the edit that gives a field a value."""

    def edit(fields: dict[str, Json]) -> None:
        fields[name] = value

    return edit


ACCOUNT_EDITS: Mapping[str, Edit] = {
    "unknown-user": put("Email", NOBODY),
    "wrong-user-key": put("UserKey", WRONG_KEY),
    "wrong-api-key": put("APIKey", WRONG_KEY),
}
RAW_BODIES: Mapping[str, bytes] = {
    "bad-json": b'{"Email": \xe2\x80\x9cexample@email.com\xe2\x80\x9d,',  # quotes as in page B's request example (L15)
    "empty-body": b"",
    "array-body": b"[]",
    "string-body": b'"no object"',
}
