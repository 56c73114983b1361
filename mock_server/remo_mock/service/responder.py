"""Answers calls as the vendor would: gathers the facts, has them decided, and carries the decision out."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from uuid import uuid4

from remo_mock.contract import Contract, Endpoint, ErrorShape, code_for_condition
from remo_mock.exceptions import OutcomeError
from remo_mock.hints.hint import Hint
from remo_mock.service.analysis.analyser import Analyser
from remo_mock.service.decision.answer import Answer, error_answer, redirect_answer, success_answer
from remo_mock.service.decision.applied import applied, without_hidden
from remo_mock.service.decision.decision import decide
from remo_mock.service.decision.facts import Body, Facts, digest_of_photos, gather, identify
from remo_mock.service.decision.journal_entries import entry_of, entry_of_refusal
from remo_mock.service.decision.recordings import Recordings
from remo_mock.service.decision.rules import is_admitted, layers_in_order
from remo_mock.service.messages.call_and_reply import Call, Reply, error_body, read_body
from remo_mock.service.messages.json_body import Malformed
from remo_mock.service.messages.json_long_texts import LongTexts
from remo_mock.service.outcomes.endpoints import fits
from remo_mock.service.outcomes.faults import REDIRECT
from remo_mock.service.outcomes.queued import from_queue
from remo_mock.service.settling import InSteps, settle_alone
from remo_mock.service.validation import RequestValidator
from remo_mock.store.charges import Purchase
from remo_mock.store.clock import Clock, utc_now
from remo_mock.store.store import Effects, Settlement, Store
from remo_mock.store.turns import Turn

_DEFECT = Hint("defect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Responder:
    """The mock itself: the contract, and the store that it reads and writes."""

    contract: Contract
    store: Store
    analyser: Analyser
    recordings: Recordings | None = None
    error_shape: ErrorShape = "status"
    make_uuid: Callable[[], str] = lambda: str(uuid4())
    clock: Clock = utc_now
    timer: Callable[[], float] = time.perf_counter
    _validators: dict[str, RequestValidator] = field(default_factory=dict, init=False, repr=False)
    _long_texts: LongTexts | None = field(default=None, init=False, repr=False)

    def __post_init__(self) -> None:
        for endpoint in self.contract.endpoints:
            schema = layers_in_order(endpoint.request_schema, self.contract.order)
            self._validators[endpoint.name] = RequestValidator(schema)
        if self.recordings is None:  # they are found by the texts of the photos
            names = frozenset[str]().union(*(endpoint.photo_fields for endpoint in self.contract.endpoints))
            object.__setattr__(self, "_long_texts", LongTexts(names))

    def respond(self, call: Call) -> Reply:
        """Answer one request at one of the contract's paths, and write it into the journal.

        What is charged and what is taken from the queue is written together with the exchange, or nothing is. Raises
        `OutcomeError` if something impossible was asked for, `StoreError` if the store fails, and what `call.hold`
        raises; then nothing is charged.
        """
        return settle_alone(self.respond_in_steps(call), self.store)

    def respond_in_steps(self, call: Call) -> InSteps[Reply]:
        """Do as `respond` does, but leave settling to who runs it."""
        began = self.timer()
        endpoint, body = self._read(call)
        # The account is looked up afresh only if it turns out to have changed since it was seen last.
        reply = yield from self._settled(call, endpoint, body, began, recall=True)
        while reply is None:  # others took the outcome or spent the credits meanwhile
            reply = yield from self._settled(call, endpoint, body, began, recall=False)
        return reply

    def failed(self, path: str, *, hint: Hint = _DEFECT) -> Reply:
        """Answer for a defect of the mock or a failure of its store, in the vendor's shape: clients must survive it."""
        code = code_for_condition(self.contract.at(path)[0], "other_process_error")
        body = error_body(code, 0, self.error_shape)
        return Reply(code=code.code, body=body, hints=(hint,))

    def close(self) -> None:
        """End the threads that examine photos."""
        self.analyser.close()

    def _read(self, call: Call) -> tuple[Endpoint, Body]:
        """Read the body, and choose among the endpoints of the path the one whose photos it holds (L12)."""
        method = self.contract.at(call.path)[0].method
        body = read_body(call, method, long_texts=self._long_texts)
        return self.contract.endpoint_for(call.path, {} if isinstance(body, Malformed) else body), body

    def _settled(
        self, call: Call, endpoint: Endpoint, body: Body, began: float, *, recall: bool
    ) -> InSteps[Reply | None]:
        """Decide about a request and settle it; return None if what the decision rests on changed meanwhile."""
        turn = None
        try:
            facts = self._gather(call, endpoint, body, recall=recall)
            turn = self._find_turn(call, facts)
            if turn is not None and turn.terms is not None:
                facts = facts.with_queued(from_queue(turn.terms, endpoint))
            answer, purchase = self._decide(call, facts)
        except OutcomeError as error:
            if recall:  # the account that it is about may be gone
                return None
            account, _ = identify(self.store.accounts.identify, body)
            seconds = self.timer() - began
            refusal = entry_of_refusal(call, endpoint, error, account, at=self.clock(), seconds=seconds)
            if (yield Settlement(Effects(turn=turn), refusal)) is None:
                return None
            raise
        answer = without_hidden(answer, endpoint, https_url=call.https_url if answer.outcome.faults else None)
        answer = _with_alias(answer, endpoint, call.path)
        entry = entry_of(call, endpoint, answer, at=self.clock(), seconds=self.timer() - began)
        recalled = facts.account if recall else None
        settled = yield Settlement(Effects(turn=turn, purchase=purchase, recalled=recalled), entry)
        if settled is None:
            return None
        return Reply(
            code=answer.code,
            body=answer.body if settled.charge is None else answer.body_with(settled.charge),
            hints=answer.hints,
            applied=applied(answer.preferred, answer, endpoint).spelling,
            delay=answer.outcome.delay,
            faults=answer.outcome.faults,
            entry=settled.entry,
            status=answer.status,
            source=answer.source if self.recordings else None,
        )

    def _gather(self, call: Call, endpoint: Endpoint, body: Body, *, recall: bool) -> Facts:
        return gather(
            call,
            endpoint,
            body,
            accounts=self.store.accounts,
            validator=self._validators[endpoint.name],
            analyser=self.analyser,
            recordings=self.recordings,
            make_uuid=self.make_uuid,
            recall=recall,
        )

    def _find_turn(self, call: Call, facts: Facts) -> Turn | None:
        """Return what the request takes from the queue, if its caller is admitted and the header does not decide."""
        account = facts.account
        queued = account is not None and account.queued > 0
        if queued or facts.outcome.waits:
            call.hold()
        if account is None or not queued or facts.preferred.decides or not is_admitted(facts):
            return None
        return self.store.queue.peek(
            account.email,
            facts.endpoint.name,
            photos=digest_of_photos(facts.endpoint, facts.body),
            fits=lambda terms: fits(terms, facts.endpoint),
        )

    def _decide(self, call: Call, facts: Facts) -> tuple[Answer, Purchase | None]:
        """Return the answer to a request, and what is to be charged for it."""
        if REDIRECT in facts.outcome.faults and call.https_url:
            return redirect_answer(facts), None
        decision = decide(facts, self.contract.order)
        if decision.succeeds and facts.purchase is not None:
            return success_answer(facts, decision, facts.purchase), facts.purchase
        return error_answer(facts, decision, self.error_shape), None


def _with_alias(answer: Answer, endpoint: Endpoint, path: str) -> Answer:
    """Add that the path is another page's, if it is (L12)."""
    entry = endpoint.aliases.get(path)
    if entry is None:
        return answer
    hint = Hint("other_page", {"endpoint": endpoint.name, "entry": entry})
    return replace(answer, hints=(*answer.hints, hint))
