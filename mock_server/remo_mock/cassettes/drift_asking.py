"""Asks a mock what was asked when an exchange was recorded, with stand-ins for credentials and photos."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from remo_mock.assembly import Mock
from remo_mock.cassettes.exact_json import parse
from remo_mock.cassettes.files import Recorded
from remo_mock.cassettes.replay import ABOUT_ACCOUNT, ABOUT_SHAPE, condition_of
from remo_mock.cassettes.request_shape import CREDENTIALS
from remo_mock.contract import MAX_PIXELS, SUCCESS_CODE, Endpoint, Json, View, code_for_condition
from remo_mock.contract.packaged import good_photo
from remo_mock.service.delay import AT_ONCE
from remo_mock.service.exchange import transmit
from remo_mock.service.json_body import dump
from remo_mock.service.messages import Call
from remo_mock.store.account import Account

# Accounts of a mock that is asked by nobody else: the keys are no secrets.
_RICH = Account("drift@example.com", "drift-user-key", "drift-api-key", 10**9)
_POOR = Account("drift-poor@example.com", "drift-user-key", "drift-api-key", 0)
_NOBODY = "nobody@example.invalid"
_WRONG = "not-the-key"
_STAND_INS: Mapping[str, str] = {
    "undecodable": "%% no base64 %%",
    "not_image": base64.b64encode(b"no picture " * 8).decode(),
}
_OF_TYPE: Mapping[str, Json] = {
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "array": [],
    "object": {},
}
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class Ours:
    """What the mock answers: code, HTTP status, Content-Type, fields with numbers as written."""

    code: int
    status: int
    content_type: str
    fields: Mapping[str, Json]

    @property
    def succeeded(self) -> bool:
        """Whether it is a success."""
        return self.code == SUCCESS_CODE


class Asker:
    """Puts recorded requests to one mock."""

    def __init__(self, mock: Mock, recorded: Iterable[Recorded]) -> None:
        self._mock = mock
        # Who was served once, or refused for another reason than the account, had the right keys.
        self._good = {_caller(one) for one in recorded if _was_let_in(one)}
        for account in (_RICH, _POOR):
            mock.accounts.add(account)
        self._photos: dict[tuple[str, int, int], str] = {}

    def ask(self, recorded: Recorded) -> Ours:
        """Return the mock's answer to a recorded request.

        Stand-ins show nobody's posture: what only a photo can bring about is asked for by its code, and where a real
        reply has a code that the page does not know, any error serves to compare the rest.
        """
        ours = self._send(recorded, SUCCESS_CODE)
        code = recorded.endpoint.codes.get(recorded.code or 0)
        if recorded.succeeded or not ours.succeeded or recorded.code is None:
            return ours
        if code is None:
            return self._send(recorded, code_for_condition(recorded.endpoint, "other_process_error").code)
        of_form = code.condition in ABOUT_ACCOUNT | ABOUT_SHAPE
        of_image = bool(code.verdicts) and set(code.verdicts) <= _STAND_INS.keys()
        return ours if of_form or of_image else self._send(recorded, code.code)

    def _send(self, recorded: Recorded, asked: int) -> Ours:
        shape = recorded.shape
        body = dump(self._fields(recorded)) if isinstance(shape, dict) else b"" if shape == "empty" else b"{"
        call = Call(recorded.path, recorded.method, recorded.content_type, body, f"code={asked}")
        sent = transmit(self._mock.responder.respond(call), http_status="mirror", delay=AT_ONCE)
        fields = parse(sent.body.decode())
        told = fields.get("status", fields.get("status_code"))
        return Ours(told, sent.status, sent.content_type, fields)

    def cause(self, recorded: Recorded) -> str:
        """Say what the account of a recorded request was, as far as the recording tells: `ok` or a condition."""
        known = condition_of(recorded)
        caller = _caller(recorded)
        if known == "insufficient_credit" or caller in self._good:
            return known if known == "insufficient_credit" else "ok"
        if any(caller[:2] == good[:2] for good in self._good):
            return "wrong_api_key"
        if any(caller[0] == good[0] for good in self._good):
            return "unknown_user"
        return known if known in ABOUT_ACCOUNT and known is not None else "ok"

    def _fields(self, recorded: Recorded) -> dict[str, Json]:
        cause = self.cause(recorded)
        account = _POOR if cause == "insufficient_credit" else _RICH
        values = dict(zip(CREDENTIALS, (account.email, account.user_key, account.api_key), strict=True))
        if cause == "unknown_user":
            values["Email"] = _NOBODY
        elif cause == "wrong_api_key":
            values["APIKey"] = _WRONG
        views = {view.photo_field: view for view in recorded.endpoint.views}
        return {
            name: values[name]
            if name in values and isinstance(value, str) and value
            else self._value(value, views.get(name))
            for name, value in recorded.shape.items()
        }

    def _value(self, value: Json, view: View | None) -> Json:
        if not isinstance(value, dict):
            return value
        if "type" in value:
            return _OF_TYPE.get(value["type"])
        problem = value.get("problem")
        if problem is not None or view is None:
            return _STAND_INS.get(problem or "", "text")
        return self._photo(view.name, value.get("width", 0), value.get("height", 0))

    def _photo(self, view: str, width: int, height: int) -> str:
        """Return the kit's own photo of a view in the size of the recorded one, as it travels."""
        if not 0 < width * height <= MAX_PIXELS:
            width = height = 1
        key = (view, width, height)
        if key not in self._photos:
            buffer = BytesIO()
            with Image.open(BytesIO(good_photo(view))) as image:
                image.resize((width, height)).save(buffer, "JPEG", quality=_QUALITY)
            self._photos[key] = base64.b64encode(buffer.getvalue()).decode()
        return self._photos[key]


def photo_shapes(endpoint: Endpoint, shape: Json) -> dict[str, Mapping[str, Json]]:
    """Return the recorded descriptions of photos, by view."""
    fields = shape if isinstance(shape, dict) else {}
    return {
        view.name: fields[view.photo_field]
        for view in endpoint.views
        if isinstance(fields.get(view.photo_field), dict) and "blake3" in fields[view.photo_field]
    }


def _was_let_in(recorded: Recorded) -> bool:
    known = recorded.code in recorded.endpoint.codes
    return recorded.succeeded or (known and condition_of(recorded) not in ABOUT_ACCOUNT | ABOUT_SHAPE)


def _caller(recorded: Recorded) -> tuple[str, ...]:
    fields = recorded.shape if isinstance(recorded.shape, dict) else {}
    values = [fields.get(name) for name in CREDENTIALS]
    return tuple(value if isinstance(value, str) else "" for value in values)
