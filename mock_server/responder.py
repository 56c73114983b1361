"""respond(): the order of checks. Every door of the mock leads here; it knows no HTTP server."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

from mock_server.analysis import NATURAL, Analyser, Sighting
from mock_server.cassette_source import MOCK, RecordedAnswer, Recordings
from mock_server.contract import Code, Contract, Endpoint, ErrorShape, Json
from mock_server.exceptions import OutcomeError
from mock_server.journal import Entry, Journal
from mock_server.ledger import Account, Bill, Clock, Ledger, utc_now
from mock_server.outcome_queue import OutcomeQueue
from mock_server.outcomes import NOTHING, Outcome, from_prefer, from_queue, from_words, split_address
from mock_server.replies import SUCCESS, Call, Reply, error_body, read_body, success_body
from mock_server.validation import RequestValidator
from mock_server.verdicts import code_for_condition, compose
from mock_server.wire import Malformed

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a request comes to, and what the journal may know of it."""

    code: int
    body: Mapping[str, Json]
    hint: str | None = None
    outcome: Outcome = NOTHING
    account: str | None = None
    sightings: tuple[Sighting, ...] = ()
    price: int = 0
    status: int | None = None
    source: str = MOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """The mock itself: the contract, and the stores that it decides with."""

    contract: Contract
    ledger: Ledger
    queue: OutcomeQueue
    journal: Journal
    analyser: Analyser
    recordings: Recordings | None = None
    error_shape: ErrorShape = "status"
    make_uuid: Callable[[], str] = lambda: str(uuid4())
    clock: Clock = utc_now
    timer: Callable[[], float] = time.perf_counter
    _validators: dict[str, RequestValidator] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for endpoint in self.contract.endpoints:
            self._validators[endpoint.name] = RequestValidator(endpoint.request_schema)

    def respond(self, call: Call) -> Reply:
        """Answer one request at one of the contract's paths; errors come in the contract's order (L23).

        Raises `OutcomeError` if something was asked for that cannot be; then nothing was charged.
        """
        try:
            return self._respond(call)
        except OutcomeError as error:
            self._write_refusal(call, error)
            raise

    def _respond(self, call: Call) -> Reply:
        began = self.timer()
        candidates = self.contract.at(call.path)
        body = read_body(call, candidates[0].method)
        if isinstance(body, Malformed):
            endpoint = candidates[0]
            preferred = from_prefer(call.prefer, endpoint)
            asked = preferred.code not in (None, SUCCESS)
            natural = self._refuse(endpoint, "protocol", None, body.reason)
            decision = self._as_asked(endpoint, preferred, None) if asked else natural
            decision = replace(decision, outcome=preferred)
        else:
            endpoint = max(candidates, key=lambda one: _match(one, body))
            preferred = from_prefer(call.prefer, endpoint)
            decision = self._decide(call, endpoint, body, preferred)
        decision = self._as_recorded(call, endpoint, body, decision)
        looked = bool(decision.sightings)
        decision = replace(decision, outcome=decision.outcome.shown(decision.code, looked=looked))
        self._write_down(call, endpoint, decision, began)
        return Reply(
            code=decision.code,
            body=decision.body,
            hint=_with_alias(decision.hint, endpoint, call.path),
            applied=preferred.shown(decision.code, looked=looked).spelling,
            delay=decision.outcome.delay,
            faults=decision.outcome.faults,
            status=decision.status,
            source=decision.source if self.recordings else None,
        )

    def failed(self, path: str) -> Reply:
        """Answer for a defect of the mock itself, in the vendor's shape: clients must survive this one too."""
        endpoint = self.contract.at(path)[0]
        decision = self._refuse(endpoint, "other_process_error", None, "a defect of remo-mock; see its log")
        return Reply(code=decision.code, body=decision.body, hint=decision.hint)

    def close(self) -> None:
        """End the threads that look at photos."""
        self.analyser.close()

    def _decide(self, call: Call, endpoint: Endpoint, body: Mapping[str, Json], preferred: Outcome) -> Decision:
        account, addressed = self._identify(endpoint, body)
        outcome = preferred.over(addressed)
        breach = self._validators[endpoint.name].first_breach(body)
        if preferred.code not in (None, SUCCESS):
            decision = self._as_asked(endpoint, preferred, account)
        elif breach is not None:
            decision = self._refuse(endpoint, breach.condition, account, breach.hint)
        elif account is None:
            decision = self._refuse(endpoint, "unknown_user", None, "no account has this Email with this UserKey")
        elif account.api_key != body["APIKey"]:
            decision = self._refuse(endpoint, "wrong_api_key", account, "the APIKey is not this account's")
        else:
            if account.queued and not preferred.decides:
                terms = self.queue.take(account.email, endpoint.name)
                if terms is not None:
                    outcome = preferred.over(from_queue(terms, endpoint)).over(addressed)
            decision = self._serve(call, endpoint, body, account, outcome)
        return replace(decision, outcome=outcome)

    def _serve(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json], account: Account, outcome: Outcome
    ) -> Decision:
        """Answer somebody who may call: as asked for, else by the credits, the photos, and again the credits."""
        if outcome.code not in (None, SUCCESS):
            return self._as_asked(endpoint, outcome, account)
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
        photos = {view.name: body[view.photo_field] for view in endpoint.views}
        recorded = self.recordings.result(call, endpoint, body) if self.recordings and not outcome.decides else None
        if recorded is not None and not recorded.succeeded:
            return _told_again(recorded, account.email, account.credit)
        sightings = recorded.sightings if recorded else tuple(self.analyser.examine(endpoint, photos, outcome))
        code = compose(self.contract, endpoint, {seen.view.name: seen.finding.verdict for seen in sightings})
        said = "; ".join(f"{seen.view.photo_field} {seen.finding.reason}" for seen in sightings if seen.finding.reason)
        if code is not None:
            return replace(self._error(code, account, said), sightings=sightings)
        charge = self.ledger.charge(bill)
        if charge is None:  # spent by somebody else while we looked at the photos
            now, _ = self._identify(endpoint, body)
            return replace(self._refuse(endpoint, "insufficient_credit", now), sightings=sightings)
        if recorded is not None:
            own = {"credit_change": charge.change, "credit": charge.balance, "uuid": charge.uuid}
            return Decision(
                code=SUCCESS,
                body=recorded.told(own),
                account=account.email,
                sightings=sightings,
                price=-charge.change,
                status=recorded.status,
                source=recorded.source,
            )
        told = success_body(
            endpoint,
            change=charge.change,
            credit=charge.balance,
            uuid=charge.uuid,
            views=[seen.finding.fields for seen in sightings],
        )
        return Decision(
            code=SUCCESS,
            body=told,
            hint=said or None,
            account=account.email,
            sightings=sightings,
            price=-charge.change,
        )

    def _identify(self, endpoint: Endpoint, body: Mapping[str, Json]) -> tuple[Account | None, Outcome]:
        """Return the account that Email and UserKey name together, and what a plus-address asks for."""
        email, user_key = body.get("Email"), body.get("UserKey")
        if not (isinstance(email, str) and isinstance(user_key, str)):
            return None, NOTHING
        account = self.ledger.identify(email, user_key)
        if account is not None or "+" not in email:
            return account, NOTHING
        address, words = split_address(email)
        account = self.ledger.identify(address, user_key)
        return account, NOTHING if account is None else from_words(words, endpoint)

    def _as_asked(self, endpoint: Endpoint, outcome: Outcome, account: Account | None) -> Decision:
        hint = f"asked for by {outcome.origin}: {outcome.spelling}"
        return self._error(endpoint.codes[outcome.code or 0], account, hint)

    def _refuse(self, endpoint: Endpoint, condition: str, account: Account | None, hint: str | None = None) -> Decision:
        return self._error(code_for_condition(endpoint, condition), account, hint)

    def _error(self, code: Code, account: Account | None, hint: str | None) -> Decision:
        """Tell a code with the caller's balance, 0 if nobody could be identified (contract.md section 3)."""
        body = error_body(code, account.credit if account else 0, self.error_shape)
        return Decision(code=code.code, body=body, hint=hint, account=account.email if account else None)

    def _as_recorded(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed, decision: Decision
    ) -> Decision:
        """Tell a refusal in a recording's words, if the same request was recorded."""
        code = endpoint.codes.get(decision.code)
        asked = decision.outcome.decides or decision.source != MOCK
        if self.recordings is None or asked or code is None or code.condition is None:
            return decision
        recorded = self.recordings.refusal(call, endpoint, body, code.condition)
        if recorded is None:
            return decision
        again = _told_again(recorded, decision.account, decision.body["credit"])
        return replace(again, outcome=decision.outcome)

    def _write_refusal(self, call: Call, error: OutcomeError) -> None:
        """Write down that something was asked for that cannot be: not what it was, which may be anything."""
        endpoint = self.contract.at(call.path)[0]
        told = code_for_condition(endpoint, "protocol")
        self.journal.write(
            Entry(
                at=self.clock().isoformat(timespec="milliseconds"),
                account=None,
                endpoint=endpoint.name,
                path=call.path,
                code=told.code,
                origin="refused",
                reason=f"asked for what cannot be; expected {error.known}"[:_LONGEST_REASON],
                asked="",
                photos=[],
                price=0,
                balance=0,
                milliseconds=0.0,
            )
        )

    def _write_down(self, call: Call, endpoint: Endpoint, decision: Decision, began: float) -> None:
        outcome, sightings = decision.outcome, decision.sightings
        origin = outcome.origin if outcome.decides or outcome.faults else NATURAL
        cards = [seen.finding.origin for seen in sightings if seen.finding.origin != NATURAL]
        self.journal.write(
            Entry(
                at=self.clock().isoformat(timespec="milliseconds"),
                account=decision.account,
                endpoint=endpoint.name,
                path=call.path,
                code=decision.code,
                origin=cards[0] if cards and origin == NATURAL else origin,
                reason=decision.hint,
                asked=outcome.spelling,
                photos=[
                    {
                        "view": seen.view.name,
                        "digest": seen.digest[:16],
                        "bytes": seen.size,
                        "verdict": seen.finding.verdict,
                    }
                    for seen in sightings
                ],
                price=decision.price,
                balance=decision.body.get("credit", 0),
                milliseconds=round((self.timer() - began) * 1000, 2),
            )
        )


def _told_again(recorded: RecordedAnswer, account: str | None, credit: int) -> Decision:
    return Decision(
        code=recorded.code,
        body=recorded.told({"credit": credit}),
        account=account,
        status=recorded.status,
        source=recorded.source,
    )


def _match(endpoint: Endpoint, body: Mapping[str, Json]) -> tuple[float, int]:
    """Rank the endpoints of one path by the share, then the number, of their photos that the body holds."""
    present = endpoint.photos_in(body)
    return present / len(endpoint.views), present


def _with_alias(hint: str | None, endpoint: Endpoint, path: str) -> str | None:
    entry = endpoint.aliases.get(path)
    if entry is None:
        return hint
    note = f"this path is of the page's viewing sample, answered as {endpoint.name} ({entry})"
    return note if hint is None else f"{hint}; {note}"
