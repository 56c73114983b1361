"""Puts recorded requests to a mock, with accounts and photos of its own in place of those that were not kept."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from remo_mock.cassettes.exact_json import parse
from remo_mock.cassettes.files import ACCOUNT_CONDITIONS, FORM_CONDITIONS, RecordedExchange, code_of
from remo_mock.cassettes.request_shape import CREDENTIALS
from remo_mock.contract import MAX_PIXELS, SUCCESS_CODE, Json, View, code_for_condition
from remo_mock.contract.packaged import good_photo
from remo_mock.service.exchange import transmit
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.json_body import dump
from remo_mock.service.outcomes.delay import AT_ONCE
from remo_mock.service.responder import Responder
from remo_mock.store.account import Account

# Accounts of a mock that nobody else uses: the keys are no secrets.
_RICH = Account("drift@example.com", "drift-user-key", "drift-api-key", 10**9)
_POOR = Account("drift-poor@example.com", "drift-user-key", "drift-api-key", 0)
_UNKNOWN_EMAIL = "nobody@example.invalid"
_WRONG_KEY = "not-the-key"
_BROKEN_PHOTOS: Mapping[str, str] = {
    "undecodable": "%% no base64 %%",
    "not_image": base64.b64encode(b"no picture " * 8).decode(),
}
_EXAMPLES: Mapping[str, Json] = {
    "string": "text",
    "integer": 1,
    "number": 1.5,
    "boolean": True,
    "array": [],
    "object": {},
}
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class MockReply:
    """A reply of the mock: code, HTTP status, Content-Type, and its fields, numbers as written."""

    code: int
    status: int
    content_type: str
    fields: Mapping[str, Json]

    @property
    def succeeded(self) -> bool:
        """Whether it is a success."""
        return self.code == SUCCESS_CODE


class MockReplies:
    """The replies of one mock to recorded requests."""

    def __init__(self, responder: Responder, recorded: Iterable[RecordedExchange]) -> None:
        """Add accounts to the mock, which nobody else may use."""
        self._responder = responder
        # Who was served once, or refused for another reason than the account, had the right keys.
        self._known_callers = {_caller(one) for one in recorded if _was_identified(one)}
        for account in (_RICH, _POOR):
            responder.store.accounts.add(account)
        self._photos: dict[tuple[str, int, int], str] = {}

    def reply_to(self, recorded: RecordedExchange) -> MockReply:
        """Return the mock's reply to a recorded request.

        Our own photos show nobody else's posture, so an error that only a photo can cause is asked for by its code.
        If a real reply has a code that the page does not list, any error serves to compare the rest.
        """
        reply = self._send(recorded, SUCCESS_CODE)
        if recorded.succeeded or not reply.succeeded or recorded.code is None:
            return reply
        code = recorded.endpoint.codes.get(recorded.code)
        if code is None:
            return self._send(recorded, code_for_condition(recorded.endpoint, "other_process_error").code)
        of_form = code.condition in ACCOUNT_CONDITIONS | FORM_CONDITIONS
        of_broken_photo = bool(code.verdicts) and set(code.verdicts) <= _BROKEN_PHOTOS.keys()
        return reply if of_form or of_broken_photo else self._send(recorded, code.code)

    def _send(self, recorded: RecordedExchange, code: int) -> MockReply:
        """Send a recorded request with the preference for a code."""
        shape = recorded.shape
        body = dump(self._fields(recorded)) if isinstance(shape, dict) else b"" if shape == "empty" else b"{"
        call = Call(recorded.path, recorded.method, recorded.content_type, body, f"code={code}")
        sent = transmit(self._responder.respond(call), http_status="mirror", delay=AT_ONCE)
        fields = parse(sent.body.decode())
        return MockReply(code_of(fields) or 0, sent.status, sent.content_type, fields)

    def _account_condition(self, recorded: RecordedExchange) -> str:
        """Return what was wrong with the account of a recorded request, as far as the recording tells, or `ok`."""
        condition, caller = recorded.condition, _caller(recorded)
        if condition == "insufficient_credit":
            return condition
        if caller in self._known_callers:
            return "ok"
        if any(caller[:2] == known[:2] for known in self._known_callers):
            return "wrong_api_key"
        if any(caller[0] == known[0] for known in self._known_callers):
            return "unknown_user"
        return condition if condition in ACCOUNT_CONDITIONS and condition is not None else "ok"

    def _fields(self, recorded: RecordedExchange) -> dict[str, Json]:
        condition = self._account_condition(recorded)
        account = _POOR if condition == "insufficient_credit" else _RICH
        values = dict(zip(CREDENTIALS, (account.email, account.user_key, account.api_key), strict=True))
        if condition == "unknown_user":
            values["Email"] = _UNKNOWN_EMAIL
        elif condition == "wrong_api_key":
            values["APIKey"] = _WRONG_KEY
        views = {view.photo_field: view for view in recorded.endpoint.views}
        return {
            name: values[name]
            if name in values and isinstance(value, str) and value
            else self._value(value, views.get(name))
            for name, value in recorded.sent.items()
        }

    def _value(self, value: Json, view: View | None) -> Json:
        if not isinstance(value, dict):
            return value
        if "type" in value:
            return _EXAMPLES.get(value["type"])
        problem = value.get("problem")
        if problem is not None or view is None:
            return _BROKEN_PHOTOS.get(problem or "", "text")
        return self._photo(view.name, value.get("width", 0), value.get("height", 0))

    def _photo(self, view: str, width: int, height: int) -> str:
        """Return the packaged photo of a view in the size of the recorded one, as base64."""
        if not 0 < width * height <= MAX_PIXELS:
            width = height = 1
        key = (view, width, height)
        if key not in self._photos:
            buffer = BytesIO()
            with Image.open(BytesIO(good_photo(view))) as image:
                image.resize((width, height)).save(buffer, "JPEG", quality=_QUALITY)
            self._photos[key] = base64.b64encode(buffer.getvalue()).decode()
        return self._photos[key]


def _was_identified(recorded: RecordedExchange) -> bool:
    listed = recorded.code in recorded.endpoint.codes
    return recorded.succeeded or (listed and recorded.condition not in ACCOUNT_CONDITIONS | FORM_CONDITIONS)


def _caller(recorded: RecordedExchange) -> tuple[str, ...]:
    values = [recorded.sent.get(name) for name in CREDENTIALS]
    return tuple(value if isinstance(value, str) else "" for value in values)
