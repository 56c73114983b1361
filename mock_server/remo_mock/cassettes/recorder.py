"""Passes requests on to a real endpoint, judges and keeps what comes back; knows no command line and no server."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from remo_mock.cassettes.budget import Budget
from remo_mock.cassettes.filters import Clean, cleaner, secrets_of
from remo_mock.cassettes.request_shape import CREDENTIALS, UUID
from remo_mock.cassettes.writer import Answered, Asked, Keeper
from remo_mock.contract import Contract, Endpoint, Json, read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.contract.suite import api
from remo_mock.photos.decoding import Unusable, decode_base64
from remo_mock.service.json_body import Malformed, parse_object

# A body that cannot be read, and is shorter, holds no photo that anybody could charge for.
_NO_PHOTO = 1000
# What of a client's headers travels on; cookies and the like are no business of this API.
_FORWARDED = ("content-type", "accept", "accept-language", "user-agent", "prefer")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSettings:
    """Where requests go, where exchanges are kept, and what it may cost; `timeout` in seconds."""

    upstream: str
    cassette: Path
    budget: int = 0
    live: bool = False
    allow_http: bool = False
    keep_images: bool = False
    timeout: float = 60.0
    host: str = "127.0.0.1"
    port: int = 4421


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """What became of a request: the reply as it came, or why there is none; what was kept, and what the checks say."""

    endpoint: str
    answered: Answered = field(repr=False)
    file: str
    code: int | None
    seconds: float
    violations: tuple[str, ...]
    notes: tuple[str, ...]
    checks: int


@dataclass(frozen=True, slots=True)
class Sent:
    """A request that was sent, and the contract suite's exchange; with secrets, until it is kept."""

    asked: Asked
    fields: Mapping[str, Json] | None = field(repr=False)
    body: bytes = field(repr=False)
    exchange: "api.Exchange" = field(repr=False)

    @property
    def answered(self) -> Answered:
        """What came back."""
        reply = self.exchange.reply
        if reply is None:
            return Answered(None, failure=self.exchange.failure)
        return Answered(reply.status, reply.headers, reply.body)


class Recorder:
    """Forwards requests to one base URL, each once, and writes what came of them to a cassette."""

    def __init__(self, settings: RecordSettings) -> None:
        self.contract: Contract = read_contract(contract_documents())
        self.budget = Budget(settings.budget)
        self._upstream = settings.upstream.rstrip("/")
        self._client = api.Client(self._upstream, timeout=settings.timeout)
        self._keeper = Keeper(settings.cassette, keep_images=settings.keep_images)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Sent | None:
        """Send a request on, once; None if the budget forbids what it may cost. `headers` have names in lower case."""
        parsed = parse_object(body)
        fields = None if isinstance(parsed, Malformed) else parsed
        endpoint = self.endpoint_of(path, fields or {})
        reserve = _may_cost(endpoint, method, fields, body)
        if not self.budget.reserve(reserve):
            return None
        cost = reserve  # whatever breaks off here has spent it
        try:
            forwarded = {name: headers[name] for name in _FORWARDED if name in headers}
            answer = self._client.send(method, path, body, forwarded)
            shape = self._keeper.shape(endpoint, fields, body)
            asked = Asked(
                endpoint=endpoint, method=method, path=path, content_type=headers.get("content-type", ""), shape=shape
            )
            exchange = _exchange(asked, fields or {}, answer)
            cost = 0 if answer.refused else _cost(exchange, reserve)
        finally:
            self.budget.settle(reserve, cost)
        return Sent(asked, fields, body, exchange)

    def keep(self, sent: Sent) -> Passed:
        """Judge an exchange, and write it down."""
        clean, redactor = _cleaner(sent.asked.endpoint, sent.fields, sent.body)
        results = api.judge_exchanges([sent.exchange], redactor=redactor, base_url=self._upstream).results
        violations, notes = _ids(results, "violation"), _ids(results, "note")
        answered = replace(sent.answered, failure=clean(sent.answered.failure))
        return Passed(
            endpoint=sent.asked.endpoint.name,
            answered=answered,
            file=self._keeper.keep(sent.asked, answered, clean, violations=violations, notes=notes),
            code=sent.exchange.code,
            seconds=sent.exchange.seconds,
            violations=violations,
            notes=notes,
            checks=sum(result.verdict != "skipped" for result in results),
        )

    def endpoint_of(self, path: str, fields: Mapping[str, Json]) -> Endpoint:
        """Return the endpoint that a request is for; at the path of the viewing samples the photos tell (L12)."""
        return max(self.contract.at(path), key=lambda one: one.photos_in(fields) / len(one.views))

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _may_cost(endpoint: Endpoint, method: str, fields: Mapping[str, Json] | None, body: bytes) -> int:
    """Return the credits to reserve: none only where there is nothing that anybody could analyse."""
    if method != endpoint.method:
        return 0
    if fields is None:
        return endpoint.price.credits if len(body) > _NO_PHOTO else 0
    photos = [fields.get(view.photo_field) for view in endpoint.views]
    usable = any(isinstance(text, str) and text and not isinstance(decode_base64(text), Unusable) for text in photos)
    return endpoint.price.credits if usable else 0


def _cost(exchange: "api.Exchange", reserve: int) -> int:
    """Return what an exchange has cost as far as it tells: all that was reserved if it does not."""
    if exchange.change is not None:
        return max(0, -int(exchange.change))
    return 0 if exchange.kind == "error" else reserve


def _exchange(asked: Asked, fields: Mapping[str, Json], answer: "api.SendResult") -> "api.Exchange":
    """Make the contract suite's exchange, with those photos that can be compared with the drawn ones."""
    uuid = fields.get(UUID)
    photos = {
        view.name: api.Photo(f"the {view.name} photo", photo)
        for view in asked.endpoint.views
        if "width" in ((asked.shape.get(view.photo_field) if fields else None) or ())
        and isinstance(photo := decode_base64(fields[view.photo_field]), bytes)
    }
    request = api.Request(
        path=asked.path,
        method=asked.method,
        shown_body="",
        content_type=asked.content_type,
        photos=photos,
        uuid=uuid if isinstance(uuid, str) else None,
    )
    return api.Exchange(
        label="recorded",
        endpoint=asked.endpoint,
        request=request,
        reply=answer.reply,
        failure=answer.failure,
        seconds=answer.seconds,
    )


def _cleaner(endpoint: Endpoint, fields: Mapping[str, Json] | None, body: bytes) -> tuple[Clean, "api.Redactor"]:
    values = fields or {}
    person = [values[name] if isinstance(values.get(name), str) else "" for name in CREDENTIALS]
    redactor = api.Redactor([api.Credentials(*person)])
    return cleaner(redactor, secrets_of(endpoint, fields, body)), redactor


def _ids(results: Iterable["api.CheckResult"], verdict: str) -> tuple[str, ...]:
    return tuple(result.check.id for result in results if result.verdict == verdict)
