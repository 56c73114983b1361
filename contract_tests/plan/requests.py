"""Writes requests: bodies of credentials and photos, some spoilt on purpose, and the curl line that repeats one."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from remo_mock.contract import Endpoint, Json

from ..model.credentials import ENVIRONMENT, FIELDS, Credentials
from ..model.exchange import RUN_ACCOUNT, Request
from ..model.photos import Photo

Edit = Callable[[dict[str, Json]], None]

NOBODY = "nobody-of-remo-mock@example.invalid"
WRONG_KEY = "not-the-key-of-this-account"
_WRONG_TYPE = 12345


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A request before it is written: what to send, with whose credentials, and what to spoil.

    `raw` replaces the whole body; `preference` is the Prefer header, which our own mock alone understands.
    """

    endpoint: Endpoint
    credentials: Credentials
    account: str = RUN_ACCOUNT
    photos: Mapping[str, Photo] = field(default_factory=dict)
    uuid: str | None = None
    edits: tuple[Edit, ...] = ()
    raw: bytes | None = None
    content_type: str | None = "application/json"
    method: str = "POST"
    preference: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """The headers that the request needs."""
        headers = {"Content-Type": self.content_type, "Prefer": self.preference}
        return {name: value for name, value in headers.items() if value}

    def body(self) -> bytes:
        """Return the body as bytes."""
        return self.raw if self.raw is not None else json.dumps(self._fields(shown=False)).encode()

    def request(self) -> Request:
        """Return the request without its secrets."""
        shown = self.raw.decode() if self.raw is not None else json.dumps(self._fields(shown=True), ensure_ascii=False)
        return Request(
            path=self.endpoint.path,
            method=self.method,
            shown_body=shown,
            content_type=self.content_type,
            photos=dict(self.photos),
            uuid=self.uuid,
            account=self.account,
            preference=self.preference,
        )

    def _fields(self, *, shown: bool) -> dict[str, Json]:
        fields: dict[str, Json] = dict(self.credentials.fields)
        if shown:
            fields = {FIELDS[name]: f"${variable}" for name, variable in ENVIRONMENT.items()}
        if self.uuid is not None:
            fields["uuid"] = self.uuid
        for view in self.endpoint.views:
            photo = self.photos.get(view.name)
            if photo is not None:
                fields[view.photo_field] = f"<{photo.name}>" if shown else photo.text
        for edit in self.edits:
            edit(fields)
        return fields


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


def curl(base_url: str, request: Request) -> str:
    """Return a shell line that sends the request again, once photos replace their names."""
    parts = [f'curl -X {request.method} "{base_url}{request.path}"']
    if request.content_type is not None:
        parts.append(f'-H "Content-Type: {request.content_type}"')
    if request.preference:
        parts.append(f'-H "Prefer: {request.preference}"')
    if request.method == "POST":
        quoted = request.shown_body.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`")
        parts.append(f'--data "{quoted}"')
    return " ".join(parts)
