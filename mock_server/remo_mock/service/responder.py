"""respond(): the order of checks. Every door of the mock leads here; it knows no HTTP server."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from uuid import uuid4

from remo_mock.contract import Code, Contract, Endpoint, ErrorShape, Json, code_for_condition, compose
from remo_mock.exceptions import OutcomeError
from remo_mock.service.analyser import Analyser
from remo_mock.service.decision import Decision, applied, entry_of, entry_of_refusal, without_unseen
from remo_mock.service.hints import known_among, of_stranger, of_want
from remo_mock.service.json_body import Malformed
from remo_mock.service.messages import SUCCESS, Call, Reply, error_body, read_body, success_body
from remo_mock.service.outcome_syntax import fits, from_prefer, from_queue, from_words, split_addresses
from remo_mock.service.outcomes import NOTHING, Outcome
from remo_mock.service.recordings import MOCK, RecordedAnswer, Recordings
from remo_mock.service.validation import RequestValidator
from remo_mock.store.accounts import Account, Accounts, Purchase
from remo_mock.store.clock import Clock, utc_now
from remo_mock.store.journal import Journal
from remo_mock.store.outcome_queue import OutcomeQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """The mock itself: the contract, and the stores that it decides with."""

    contract: Contract
    accounts: Accounts
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
        began = self.timer()
        body = read_body(call, self.contract.at(call.path)[0].method)
        endpoint = self.contract.endpoint_for(call.path, {} if isinstance(body, Malformed) else body)
        try:
            preferred = from_prefer(call.prefer, endpoint)
            decision = self._as_recorded(call, endpoint, body, self._decide(call, endpoint, body, preferred))
        except OutcomeError as error:
            account, _ = self._identify(body)
            seconds = self.timer() - began
            self.journal.write(entry_of_refusal(call, endpoint, error, account, at=self.clock(), seconds=seconds))
            raise
        decision = without_unseen(decision, endpoint)
        self.journal.write(entry_of(call, endpoint, decision, at=self.clock(), seconds=self.timer() - began))
        return Reply(
            code=decision.code,
            body=decision.body,
            hint=_with_alias(decision.hint, endpoint, call.path),
            applied=applied(preferred, decision, endpoint).spelling,
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

    def _decide(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json] | Malformed, preferred: Outcome
    ) -> Decision:
        account, words = self._identify(body)
        addressed = from_words(words, endpoint) if words and account else NOTHING
        outcome = preferred.over(addressed)
        if outcome.waits or (account and account.queued):
            call.hold()
        if preferred.code not in (None, SUCCESS):
            decision = self._as_asked(endpoint, outcome, account)
        elif isinstance(body, Malformed):
            decision = self._refuse(endpoint, "protocol", None, body.reason)
        elif (breach := self._validators[endpoint.name].first_breach(body)) is not None:
            decision = self._refuse(endpoint, breach.condition, account, breach.hint)
        elif account is None:
            decision = self._refuse(endpoint, "unknown_user", None, of_stranger(self.accounts, body["Email"]))
            decision = replace(decision, account=known_among(self.accounts, body["Email"]))
        elif account.api_key != body["APIKey"]:
            decision = self._refuse(endpoint, "wrong_api_key", account, "the APIKey is not this account's")
        else:
            if account.queued and not preferred.decides:
                terms = self.queue.take(account.email, endpoint.name, fits=lambda terms: fits(terms, endpoint))
                if terms is not None:
                    outcome = preferred.over(from_queue(terms, endpoint)).over(addressed)
            decision = self._serve(call, endpoint, body, account, outcome)
        if outcome.code not in (None, SUCCESS) and not isinstance(body, Malformed):
            decision = replace(decision, view_results=tuple(self.analyser.glance(endpoint, body)))
        return replace(decision, outcome=outcome)

    def _serve(
        self, call: Call, endpoint: Endpoint, body: Mapping[str, Json], account: Account, outcome: Outcome
    ) -> Decision:
        """Answer somebody who may call: as asked for, else by the credits, the photos, and again the credits."""
        if outcome.code not in (None, SUCCESS):
            return self._as_asked(endpoint, outcome, account)
        uuid = body.get("uuid") or None
        purchase = Purchase(
            email=account.email,
            endpoint=endpoint.name,
            uuid=uuid or self.make_uuid(),
            family=endpoint.price.family if uuid else None,
            price_of=endpoint.price.of,
        )
        price = self.accounts.price(purchase)
        if account.credit < price:
            return self._refuse(endpoint, "insufficient_credit", account, of_want(account, price))
        photos = {view.name: body[view.photo_field] for view in endpoint.views}
        recorded = self.recordings.result(call, endpoint, body) if self.recordings and not outcome.decides else None
        if recorded is not None and not recorded.succeeded:
            return _told_again(recorded, account.email, account.credit)
        view_results = recorded.view_results if recorded else tuple(self.analyser.examine(endpoint, photos, outcome))
        code = compose(self.contract, endpoint, {seen.view.name: seen.photo.verdict for seen in view_results})
        said = "; ".join(f"{seen.view.photo_field} {seen.photo.reason}" for seen in view_results if seen.photo.reason)
        if code is not None:
            return replace(self._error(code, account, said), view_results=view_results)
        charge = self.accounts.charge(purchase)
        if charge is None:  # spent by somebody else while we looked at the photos
            now, _ = self._identify(body)
            hint = of_want(now, price) if now else None
            return replace(self._refuse(endpoint, "insufficient_credit", now, hint), view_results=view_results)
        if recorded is not None:
            own = {"credit_change": charge.change, "credit": charge.balance, "uuid": charge.uuid}
            return Decision(
                code=SUCCESS,
                body=recorded.told(own),
                account=account.email,
                view_results=view_results,
                price=-charge.change,
                status=recorded.status,
                source=recorded.source,
            )
        told = success_body(
            endpoint,
            change=charge.change,
            credit=charge.balance,
            uuid=charge.uuid,
            views=[seen.photo.fields for seen in view_results],
        )
        return Decision(
            code=SUCCESS,
            body=told,
            hint=said or None,
            account=account.email,
            view_results=view_results,
            price=-charge.change,
        )

    def _identify(self, body: Mapping[str, Json] | Malformed) -> tuple[Account | None, list[str]]:
        """Return the account that Email and UserKey name together, and the words of a plus-address."""
        fields = {} if isinstance(body, Malformed) else body
        email, user_key = fields.get("Email"), fields.get("UserKey")
        if not (isinstance(email, str) and isinstance(user_key, str)):
            return None, []
        account = self.accounts.identify(email, user_key)
        if account is not None or "+" not in email:
            return account, []
        for address, words in split_addresses(email):
            account = self.accounts.identify(address, user_key)
            if account is not None:
                return account, words
        return None, []

    def _as_asked(self, endpoint: Endpoint, outcome: Outcome, account: Account | None) -> Decision:
        return self._error(endpoint.codes[outcome.code or 0], account, f"asked for by {outcome.told}")

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


def _told_again(recorded: RecordedAnswer, account: str | None, credit: int) -> Decision:
    return Decision(
        code=recorded.code,
        body=recorded.told({"credit": credit}),
        account=account,
        status=recorded.status,
        source=recorded.source,
    )


def _with_alias(hint: str | None, endpoint: Endpoint, path: str) -> str | None:
    entry = endpoint.aliases.get(path)
    if entry is None:
        return hint
    note = f"this path is of the page's viewing sample, answered as {endpoint.name} ({entry})"
    return note if hint is None else f"{hint}; {note}"
