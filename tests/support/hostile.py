"""Sends hostile requests to a mock, and holds every answer to the contract: its shape, its code, what it costs."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from io import BytesIO
from math import dist
from typing import Any

from flask.testing import FlaskClient
from PIL import Image

from remo_mock import Settings, create_app
from tests.support import contract_data
from tests.support.calls import BACK, FRONT, PHOTOS, SIDE, V2, VIEWING, credentials

ENDPOINTS = {
    V2: contract_data.V2,
    BACK: contract_data.BACK,
    FRONT: contract_data.FRONT,
    SIDE: contract_data.SIDE,
}
AT_VIEWING = (contract_data.V1, contract_data.V2, contract_data.BACK)
PHOTO_FIELDS = {
    V2: {"forigimg": "front", "sorigimg": "side", "borigimg": "back"},
    BACK: {"borigimg": "back"},
    FRONT: {"forigimg": "front"},
    SIDE: {"sorigimg": "side"},
}
# Codes for failures of the analysis itself: the mock has none, so one of them would be a defect of its own.
OWN_DEFECTS = (550, 559)
_ACCOUNT = "/__admin/accounts/demo@example.com"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that keeps the contract: its code, the balance it states, our hint, and all of its fields."""

    code: int
    credit: int
    hint: str
    fields: Mapping[str, Any] = field(repr=False)

    @property
    def code_and_hint(self) -> tuple[int, str]:
        return self.code, self.hint

    def image(self, name: str = "borigimg") -> Image.Image:
        """Decode a drawn image."""
        _, _, text = self.fields[name].partition("base64,")
        return Image.open(BytesIO(b64decode(text)))

    def coords(self, name: str = "bar_coords") -> list[tuple[int, int]]:
        return [(x, y) for x, y in json.loads(self.fields[name])]


def judged(path: str, *, status: int, body: bytes, hint: str | None = None) -> Answer:
    """Return an answer, having asserted that it is valid by the strict schemas and no defect of the mock's own."""
    fields = json.loads(body)
    kind = "response" if fields["state"] is True else "error"
    problems = _problems(path, kind, _with_usual_balance_and_uuid(fields))
    assert [] in problems.values(), problems
    code = fields.get("status_code", 200) if kind == "response" else fields["status"]  # v1 sends none (L41)
    assert code == status
    assert code not in OWN_DEFECTS, hint
    return Answer(code, fields["credit"], hint or "", fields)


def _with_usual_balance_and_uuid(fields: dict[str, Any]) -> str:
    """Return a reply with one and the same balance and uuid, if they are valid by the schemas."""
    credit, uuid = fields.get("credit"), fields.get("uuid")
    usual: dict[str, Any] = {"credit": 0} if type(credit) is int and credit >= 0 else {}
    if isinstance(uuid, str) and uuid:
        usual["uuid"] = "x"
    return json.dumps(fields | usual)


@lru_cache(1000)  # most replies are the same but for these two, and validation would be most of the tests' time
def _problems(path: str, kind: str, reply: str) -> dict[str, list[str]]:
    """Map each endpoint that may answer at `path` to what its strict schema finds wrong with a reply."""
    candidates = [ENDPOINTS[path]] if path in ENDPOINTS else AT_VIEWING
    validators = {name: contract_data.validator(name, f"{kind}.strict") for name in candidates}
    fields = json.loads(reply)
    return {
        name: [error.message[:300] for error in validator.iter_errors(fields)] for name, validator in validators.items()
    }


class Door:
    """A mock in this process, whose demo account has 100 credits before each request."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def send(
        self, body: bytes, *, path: str = BACK, method: str = "POST", content_type: str | None = "application/json"
    ) -> Answer:
        """Send raw bytes; assert that a success costs what it says, one credit or none, and an error nothing."""
        reply = self._client.open(path, method=method, data=body, content_type=content_type)
        hint = reply.headers.get("X-Remo-Mock-Hint")
        answer = judged(path, status=reply.status_code, body=reply.data, hint=hint)
        assert reply.mimetype == "application/json"
        change = answer.fields.get("credit_change", 0)
        assert change in (0, -1)
        assert self._client.get(_ACCOUNT).get_json()["credit"] == 100 + change
        if change:
            self._client.patch(_ACCOUNT, json={"credit": 100})
        return answer

    def head(self, path: str) -> tuple[int, bytes]:
        """Send a HEAD request, whose answer has no body to be judged: return status and body."""
        reply = self._client.head(path)
        return reply.status_code, reply.data

    def post(self, fields: Mapping[str, Any], *, path: str = BACK) -> Answer:
        """Send fields as JSON."""
        return self.send(json.dumps(fields).encode(), path=path)

    def show(self, photo: bytes, name: str = "borigimg", *, path: str = BACK) -> Answer:
        """Send a photo's bytes in place of one of the good photos."""
        return self.post(good_request(path) | {name: b64encode(photo).decode()}, path=path)


@contextmanager
def open_door() -> Iterator[Door]:
    """Make a mock with defaults."""
    app = create_app(Settings())
    try:
        yield Door(app.test_client())
    finally:
        app.extensions["remo_mock"].close()


@cache
def person(view: str = "back", size: tuple[int, int] = (64, 96)) -> Image.Image:
    """Return the figure of a fixture photo; it is recognised down to the default size, which is quick to look at."""
    with Image.open(PHOTOS / f"{view}.jpg") as photo:
        return photo.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Write a picture as a file of one format."""
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


@cache
def small_photo(view: str = "back", kind: str = "JPEG") -> bytes:
    """Return a small photo of a person as a file."""
    return encoded(person(view), kind)


def good_request(path: str = BACK) -> dict[str, Any]:
    """Return a request that succeeds and costs one credit, with small photos."""
    fields = PHOTO_FIELDS[V2 if path == VIEWING else path]
    return credentials() | {name: b64encode(small_photo(view)).decode() for name, view in fields.items()}


def misplacement(coords: list[tuple[int, int]], view: str, size: tuple[int, int]) -> float:
    """Return how far, in body heights, the worst joint is from the true one, in a fixture photo scaled to `size`."""
    with Image.open(PHOTOS / f"{view}.jpg") as photo:
        scale = size[1] / photo.height
    joints: list[tuple[int, int]] = json.loads((PHOTOS / "joints.json").read_bytes())[view]
    true = [(x * scale, y * scale) for x, y in joints]
    rows = [y for _, y in true]
    return max(map(dist, coords, true)) / (max(rows) - min(rows))
