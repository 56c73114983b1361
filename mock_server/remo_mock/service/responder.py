"""Answers calls as the vendor would: gathers the facts, has them decided, and carries the decision out."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import uuid4

from remo_mock.contract import Contract, Endpoint, ErrorShape, code_for_condition
from remo_mock.exceptions import OutcomeError
from remo_mock.service.analysis.analyser import Analyser
from remo_mock.service.decision.answer import Answer, error_answer, redirect_answer, success_answer
from remo_mock.service.decision.applied import applied, without_hidden
from remo_mock.service.decision.decision import Decision, decide, refuse
from remo_mock.service.decision.facts import Body, Facts, digest_of_photos, gather, identify
from remo_mock.service.decision.journal_entries import entry_of, entry_of_refusal
from remo_mock.service.decision.recordings import Recordings
from remo_mock.service.decision.rules import insufficient_credit_hint, is_admitted, layers_in_order
from remo_mock.service.messages.call_and_reply import Call, Reply, error_body, read_body
from remo_mock.service.messages.json_body import Malformed
from remo_mock.service.outcomes.faults import REDIRECT
from remo_mock.service.outcomes.syntax import fits, from_queue
from remo_mock.service.validation import RequestValidator
from remo_mock.store.accounts import Accounts
from remo_mock.store.clock import Clock, utc_now
from remo_mock.store.journal import Journal
from remo_mock.store.outcome_queue import OutcomeQueue


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """The mock itself: the contract, and the stores that it reads and writes."""

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
            schema = layers_in_order(endpoint.request_schema, self.contract.order)
            self._validators[endpoint.name] = RequestValidator(schema)

    def respond(self, call: Call) -> Reply:
        """Answer one request at one of the contract's paths, and write it into the journal.

        Raises `OutcomeError` if something impossible was asked for, and what `call.hold` raises; then nothing is
        charged.
        """
        began = self.timer()
        endpoint, body = self._read(call)
        try:
            facts = self._take_from_queue(call, self._gather(call, endpoint, body))
            if REDIRECT in facts.outcome.faults and call.https_url:
                answer = redirect_answer(facts)
            else:
                answer = self._carry_out(facts, decide(facts, self.contract.order))
        except OutcomeError as error:
            account, _ = identify(self.accounts, body)
            seconds = self.timer() - began
            self.journal.write(entry_of_refusal(call, endpoint, error, account, at=self.clock(), seconds=seconds))
            raise
        answer = without_hidden(answer, endpoint, https_url=call.https_url if answer.outcome.faults else None)
        self.journal.write(entry_of(call, endpoint, answer, at=self.clock(), seconds=self.timer() - began))
        return Reply(
            code=answer.code,
            body=answer.body,
            hint=_with_alias(answer.hint, endpoint, call.path),
            applied=applied(facts.preferred, answer, endpoint).spelling,
            delay=answer.outcome.delay,
            faults=answer.outcome.faults,
            status=answer.status,
            source=answer.source if self.recordings else None,
        )

    def failed(self, path: str) -> Reply:
        """Answer for a defect of the mock itself, in the vendor's shape: clients must survive this one too."""
        code = code_for_condition(self.contract.at(path)[0], "other_process_error")
        body = error_body(code, 0, self.error_shape)
        return Reply(code=code.code, body=body, hint="a defect of remo-mock; see its log")

    def close(self) -> None:
        """End the threads that examine photos."""
        self.analyser.close()

    def _read(self, call: Call) -> tuple[Endpoint, Body]:
        """Read the body, and choose among the endpoints of the path the one whose photos it holds (L12)."""
        body = read_body(call, self.contract.at(call.path)[0].method)
        return self.contract.endpoint_for(call.path, {} if isinstance(body, Malformed) else body), body

    def _gather(self, call: Call, endpoint: Endpoint, body: Body) -> Facts:
        return gather(
            call,
            endpoint,
            body,
            accounts=self.accounts,
            validator=self._validators[endpoint.name],
            analyser=self.analyser,
            recordings=self.recordings,
            make_uuid=self.make_uuid,
        )

    def _take_from_queue(self, call: Call, facts: Facts) -> Facts:
        """Add the account's next queued outcome, if its caller is admitted and the header does not decide."""
        account = facts.account
        queued = account is not None and account.queued > 0
        if queued or facts.outcome.waits:
            call.hold()
        if account is None or not queued or facts.preferred.decides or not is_admitted(facts):
            return facts
        terms = self.queue.take(
            account.email,
            facts.endpoint.name,
            photos=digest_of_photos(facts.endpoint, facts.body),
            fits=lambda terms: fits(terms, facts.endpoint),
        )
        return facts if terms is None else facts.with_queued(from_queue(terms, facts.endpoint))

    def _carry_out(self, facts: Facts, decision: Decision) -> Answer:
        if decision.succeeds and facts.purchase is not None:
            charge = self.accounts.charge(facts.purchase)
            if charge is not None:
                return success_answer(facts, decision, charge)
            # Spent by somebody else while the photos were examined.
            facts = replace(facts, account=identify(self.accounts, facts.body)[0])
            hint = insufficient_credit_hint(facts.account, facts.price()) if facts.account else None
            decision = refuse(facts, "insufficient_credit", hint, photos=decision.photos)
        return error_answer(facts, decision, self.error_shape)


def _with_alias(hint: str | None, endpoint: Endpoint, path: str) -> str | None:
    """Add that the path is another page's, if it is (L12)."""
    entry = endpoint.aliases.get(path)
    if entry is None:
        return hint
    note = f"this path is of the page's viewing sample, answered as {endpoint.name} ({entry})"
    return note if hint is None else f"{hint}; {note}"
