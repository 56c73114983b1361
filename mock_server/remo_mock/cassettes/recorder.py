"""Forwards requests to a real endpoint, has the replies judged by the contract suite, and keeps them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from remo_mock.cassettes.budget import Budget
from remo_mock.cassettes.filters import Clean, make_clean, secrets_of
from remo_mock.cassettes.request_shape import CREDENTIALS, UUID
from remo_mock.cassettes.writer import CassetteWriter, RequestDescription, UpstreamReply
from remo_mock.contract import Contract, Endpoint, Json, read_contract
from remo_mock.contract.packaged import contract_documents
from remo_mock.contract.suite import api
from remo_mock.photos.base64_text import decode_base64
from remo_mock.service.messages.json_body import Malformed, parse_object

# A shorter body that is no JSON object holds no photo that could be charged for.
_NO_PHOTO = 1000
# The headers of a client that are forwarded; this API has no use for cookies and the like.
_FORWARDED = ("content-type", "accept", "accept-language", "user-agent", "prefer")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSettings:
    """Where requests go, where exchanges are kept, and what it may cost; `timeout` in seconds.

    `contract_dir` is the folder of another contract than the packaged one.
    """

    upstream: str
    cassette: Path
    budget: int = 0
    live: bool = False
    allow_http: bool = False
    keep_images: bool = False
    timeout: float = 60.0
    host: str = "127.0.0.1"
    port: int = 4421
    contract_dir: Path | None = None


@dataclass(frozen=True, slots=True)
class ForwardedExchange:
    """A request that was forwarded, and its reply as the contract suite's exchange; both still hold secrets."""

    request: RequestDescription
    fields: Mapping[str, Json] | None = field(repr=False)
    body: bytes = field(repr=False)
    exchange: "api.Exchange" = field(repr=False)

    @property
    def reply(self) -> UpstreamReply:
        """The reply, or why there is none."""
        reply = self.exchange.reply
        if reply is None:
            return UpstreamReply(None, failure=self.exchange.failure)
        coding = reply.headers.get("content-encoding", "identity").lower()
        return UpstreamReply(
            reply.status, reply.headers, reply.body, encoded=coding != "identity" and not reply.decompressed
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResult:
    """What became of a forwarded request: its reply, the file that keeps it, and the ids of the checks that failed."""

    endpoint: str
    reply: UpstreamReply = field(repr=False)
    file: str
    code: int | None
    seconds: float
    violations: tuple[str, ...]
    notes: tuple[str, ...]
    checks: int


class Recorder:
    """Forwards requests to one base URL, each once, and writes the exchanges to a cassette."""

    def __init__(self, settings: RecordSettings) -> None:
        self.contract: Contract = read_contract(contract_documents(settings.contract_dir))
        self.budget = Budget(settings.budget)
        self._contract_dir = settings.contract_dir
        self._upstream = settings.upstream.rstrip("/")
        self._client = api.Client(self._upstream, timeout=settings.timeout)
        self._writer = CassetteWriter(settings.cassette, keep_images=settings.keep_images)

    def forward(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> ForwardedExchange | None:
        """Send a request to the upstream, once; None if the budget forbids what it may cost.

        `headers` have names in lower case.
        """
        parsed = parse_object(body)
        fields = None if isinstance(parsed, Malformed) else parsed
        endpoint = self.endpoint_of(path, fields or {})
        reserve = _may_cost(endpoint, method, fields, body)
        if not self.budget.reserve(reserve):
            return None
        cost = 0
        try:
            request = RequestDescription(
                endpoint=endpoint,
                method=method,
                path=path,
                content_type=headers.get("content-type", ""),
                shape=self._writer.shape(endpoint, fields, body),
            )
            sent = _request_of(request, fields or {})
            forwarded = {name: headers[name] for name in _FORWARDED if name in headers}
            cost = reserve  # an exception from here on leaves unknown what was spent: all of it, as far as we can tell
            response = self._client.send(method, path, body, forwarded)
            exchange = api.Exchange(
                label="recorded",
                endpoint=endpoint,
                request=sent,
                reply=response.reply,
                failure=response.failure,
                seconds=response.seconds,
            )
            cost = 0 if response.refused else api.credits_spent(exchange, reserve, believe_errors=True)
        finally:
            self.budget.settle(reserve, cost)
        return ForwardedExchange(request, fields, body, exchange)

    def record(self, forwarded: ForwardedExchange) -> RecordingResult:
        """Judge an exchange, and write it to the cassette."""
        clean, redactor = _filters(forwarded)
        exchange, reply = forwarded.exchange, forwarded.reply
        judgement = api.judge_exchanges(
            [exchange], contract_dir=self._contract_dir, redactor=redactor, base_url=self._upstream
        )
        results = judgement.results
        violations, notes = _ids(results, "violation"), _ids(results, "note")
        return RecordingResult(
            endpoint=exchange.endpoint.name,
            reply=replace(reply, failure=clean(reply.failure)),
            file=self._writer.write(forwarded.request, reply, clean, violations=violations, notes=notes),
            code=exchange.code,
            seconds=exchange.seconds,
            violations=violations,
            notes=notes,
            checks=sum(result.verdict != "skipped" for result in results),
        )

    def endpoint_of(self, path: str, fields: Mapping[str, Json]) -> Endpoint:
        """Return the endpoint of a request; at the path of the viewing samples its photos decide (L12)."""
        return self.contract.endpoint_for(path, fields)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()


def _may_cost(endpoint: Endpoint, method: str, fields: Mapping[str, Json] | None, body: bytes) -> int:
    """Return the credits to reserve: none only if there is nothing that could be analysed."""
    if method != endpoint.method:
        return 0
    if fields is None:
        return endpoint.price.credits if len(body) > _NO_PHOTO else 0
    photos = [fields.get(view.photo_field) for view in endpoint.views]
    usable = any(isinstance(text, str) and text and isinstance(decode_base64(text), bytes) for text in photos)
    return endpoint.price.credits if usable else 0


def _request_of(request: RequestDescription, fields: Mapping[str, Json]) -> "api.Request":
    """Make the contract suite's request, with those photos that can be compared with the drawn ones."""
    uuid = fields.get(UUID)
    photos = {}
    for view in request.endpoint.views:
        description = request.shape.get(view.photo_field) if fields else None
        if isinstance(description, dict) and "width" in description:
            data = decode_base64(fields[view.photo_field])
            if isinstance(data, bytes):
                photos[view.name] = api.Photo(f"the {view.name} photo", data)
    return api.Request(
        path=request.path,
        method=request.method,
        shown_body="",
        content_type=request.content_type,
        photos=photos,
        uuid=uuid if isinstance(uuid, str) else None,
    )


def _filters(forwarded: ForwardedExchange) -> tuple[Clean, "api.Redactor"]:
    """Make what takes the request's secrets out of texts: for the cassette, and for the suite's reports."""
    values = forwarded.fields or {}
    person = [values[name] if isinstance(values.get(name), str) else "" for name in CREDENTIALS]
    redactor = api.Redactor([api.Credentials(*person)])
    secrets = secrets_of(forwarded.request.endpoint, forwarded.fields, forwarded.body)
    return make_clean(redactor.clean, secrets), redactor


def _ids(results: Iterable["api.CheckResult"], verdict: str) -> tuple[str, ...]:
    return tuple(result.check.id for result in results if result.verdict == verdict)
