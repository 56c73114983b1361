"""respond(): the order of checks, and the shape of replies. Knows no HTTP server: every door of the mock leads here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from mock_server.analysis import Analyser, Finding
from mock_server.contract import Code, Contract, Endpoint, ErrorShape, Json
from mock_server.ledger import Account, Bill, Charge, Ledger
from mock_server.validation import RequestValidator
from mock_server.verdicts import code_for_condition, compose
from mock_server.wire import Malformed, parse_object

SUCCESS = 200


@dataclass(frozen=True, slots=True)
class Call:
    """A request as a door hands it in; `body` is None if it was larger than the mock reads."""

    path: str
    method: str
    content_type: str
    body: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the vendor would answer: the code, the body in the page's key order, and a hint of our own or none."""

    code: int
    body: Mapping[str, Json] = field(repr=False)
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Responder:
    """The mock itself: the contract, and the stores that it decides with."""

    contract: Contract
    ledger: Ledger
    analyser: Analyser
    error_shape: ErrorShape = "status"
    make_uuid: Callable[[], str] = lambda: str(uuid4())
    _validators: dict[str, RequestValidator] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for endpoint in self.contract.endpoints:
            self._validators[endpoint.name] = RequestValidator(endpoint.request_schema)

    def respond(self, call: Call) -> Reply:
        """Answer one request at one of the contract's paths; errors come in the contract's order (L23)."""
        candidates = self.contract.at(call.path)
        body = _read(call, candidates[0].method)
        if isinstance(body, Malformed):
            return self._refuse(candidates[0], "protocol", None, body.reason)
        endpoint = max(candidates, key=lambda one: _match(one, body))
        reply = self._decide(endpoint, body)
        entry = endpoint.aliases.get(call.path)
        if entry is None:
            return reply
        note = f"this path is of the page's viewing sample, answered as {endpoint.name} ({entry})"
        return Reply(reply.code, reply.body, note if reply.hint is None else f"{reply.hint}; {note}")

    def close(self) -> None:
        """Let go of threads and connections."""
        self.analyser.close()
        self.ledger.close()

    def failed(self, path: str) -> Reply:
        """Answer for a defect of the mock itself, in the vendor's shape: clients must survive this one too."""
        return self._refuse(
            self.contract.at(path)[0], "other_process_error", None, "a defect of remo-mock; see its log"
        )

    def _decide(self, endpoint: Endpoint, body: Mapping[str, Json]) -> Reply:
        account = self._identify(body)
        breach = self._validators[endpoint.name].first_breach(body)
        if breach is not None:
            return self._refuse(endpoint, breach.condition, account, breach.hint)
        if account is None:
            return self._refuse(endpoint, "unknown_user", None, "no account has this Email with this UserKey")
        if account.api_key != body["APIKey"]:
            return self._refuse(endpoint, "wrong_api_key", account, "the APIKey is not this account's")
        uuid = body.get("uuid") or None
        bill = Bill(
            email=account.email,
            endpoint=endpoint.name,
            uuid=uuid or self.make_uuid(),
            family=endpoint.price.family if uuid else None,
            price_of=endpoint.price.of,
        )
        if account.credit < self.ledger.price(bill):
            return self._refuse(endpoint, "insufficient_credit", account)
        findings = self.analyser.examine(endpoint, {view.name: body[view.photo_field] for view in endpoint.views})
        code = compose(self.contract, endpoint, {view: found.verdict for view, found in findings.items()})
        if code is not None:
            return self._error(code, account.credit, _reasons(endpoint, findings))
        charge = self.ledger.charge(bill)
        if charge is None:  # spent by somebody else while we looked at the photos
            return self._refuse(endpoint, "insufficient_credit", self._identify(body))
        return _success(endpoint, charge, findings)

    def _identify(self, body: Mapping[str, Json]) -> Account | None:
        email, user_key = body.get("Email"), body.get("UserKey")
        if not (isinstance(email, str) and isinstance(user_key, str)):
            return None
        return self.ledger.identify(email, user_key)

    def _refuse(self, endpoint: Endpoint, condition: str, account: Account | None, hint: str | None = None) -> Reply:
        return self._error(code_for_condition(endpoint, condition), account.credit if account else 0, hint)

    def _error(self, code: Code, credit: int, hint: str | None) -> Reply:
        """Shape an error (both pages, Response Example; the code's key is L01)."""
        body: dict[str, Json] = {"state": False, "credit": credit, "message": code.message}
        if self.error_shape != "status_code":
            body["status"] = code.code
        if self.error_shape != "status":
            body["status_code"] = code.code
        return Reply(code.code, body, hint)


def _read(call: Call, method: str) -> dict[str, Json] | Malformed:
    if call.method != method:
        return Malformed(f"the method is not {method}")
    kind = call.content_type.partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        return Malformed("the Content-Type is not application/json")
    if call.body is None:
        return Malformed("the body is larger than the mock's limit (L22)")
    return parse_object(call.body)


def _match(endpoint: Endpoint, body: Mapping[str, Json]) -> tuple[float, int]:
    """Rank the endpoints of one path by the share, then the number, of their photos that the body holds."""
    present = endpoint.photos_in(body)
    return present / len(endpoint.views), present


def _reasons(endpoint: Endpoint, findings: Mapping[str, Finding]) -> str:
    fields = {view.name: view.photo_field for view in endpoint.views}
    return "; ".join(f"{fields[view]} {found.reason}" for view, found in findings.items() if found.reason)


def _success(endpoint: Endpoint, charge: Charge, findings: Mapping[str, Finding]) -> Reply:
    values: dict[str, Json] = {
        "state": True,
        "status_code": SUCCESS,
        "APIName": endpoint.api_name,
        "credit_change": charge.change,
        "credit": charge.balance,
        "uuid": charge.uuid,
    }
    for found in findings.values():
        values |= found.fields
    return Reply(SUCCESS, {name: values[name] for name in endpoint.reply_order if name in values})
