"""Gathers what a decision rests on: what was sent, whose account it is, what the photos show, what was asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

from blake3 import blake3

from remo_mock.contract import Endpoint, Json
from remo_mock.hints.hint import Hint, Hints
from remo_mock.photos.long_text import Text, digest_of
from remo_mock.service.analysis.analyser import Analyser
from remo_mock.service.analysis.photo_results import ViewResult
from remo_mock.service.decision.email_match import EmailMatch, match_email
from remo_mock.service.decision.recordings import RecordedReply, Recordings
from remo_mock.service.messages.call_and_reply import Call
from remo_mock.service.messages.json_body import Malformed
from remo_mock.service.outcomes.outcome import NOTHING, Outcome
from remo_mock.service.outcomes.syntax import from_prefer, from_words, split_addresses
from remo_mock.service.validation import Breach, RequestValidator
from remo_mock.store.account import Account
from remo_mock.store.accounts import Accounts
from remo_mock.store.charges import Purchase

# Characters of an Email or a key: an account's own has up to 200, and an Email may ask for outcomes behind a plus.
_LONGEST_CREDENTIAL = 1000

Body = Mapping[str, Json] | Malformed
"""What a call carries: the JSON object, or why there is none."""


@dataclass(frozen=True)
class Photos:
    """The results of a request's photos; `recorded` is the reply that they are taken from, if it was recorded."""

    results: tuple[ViewResult, ...] = ()
    recorded: RecordedReply | None = None

    @cached_property
    def verdicts(self) -> dict[str, str]:
        """The verdict on each photo, by view."""
        return {one.view.name: one.photo.verdict for one in self.results}

    @property
    def reasons(self) -> Hints:
        """What there is to say about the photos."""
        return tuple(
            Hint("of_photo", {"field": one.view.photo_field, "said": one.photo.reasons})
            for one in self.results
            if one.photo.reasons
        )


NO_PHOTOS = Photos()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known about a request. What costs something is a function, called only when a rule asks for it.

    `account` is the one that Email and UserKey name together, `purchase` what a success would be charged to it.
    `preferred` is what the header asks for, `addressed` what the plus-address asks for, `outcome` what all ways
    together ask for. `examine` looks at the photos under an outcome; `recorded_refusal` returns the recorded error to
    the same request for a condition.
    """

    endpoint: Endpoint
    body: Body = field(repr=False)
    account: Account | None = None
    purchase: Purchase | None = None
    preferred: Outcome = NOTHING
    addressed: Outcome = NOTHING
    outcome: Outcome = NOTHING
    breach: Breach | None = None
    email_match: Callable[[], EmailMatch] = EmailMatch
    price: Callable[[], int] = lambda: 0
    examine: Callable[[Outcome], Photos] = lambda _outcome: NO_PHOTOS
    recorded_refusal: Callable[[str], RecordedReply | None] = lambda _condition: None

    def with_queued(self, queued: Outcome) -> "Facts":
        """Add what the queue asks for: weaker than the header, stronger than the plus-address."""
        return replace(self, outcome=self.preferred.over(queued).over(self.addressed))


def gather(
    call: Call,
    endpoint: Endpoint,
    body: Body,
    *,
    accounts: Accounts,
    validator: RequestValidator,
    analyser: Analyser,
    recordings: Recordings | None,
    make_uuid: Callable[[], str],
    recall: bool = False,
) -> Facts:
    """Gather the facts about a call, all but what the queue holds for it.

    With `recall` the account is as it was seen last, and `Store.settle` has to confirm it. Raises `OutcomeError` if
    header or plus-address ask for something that the endpoint lacks; so may `examine`.
    """
    preferred = from_prefer(call.prefer, endpoint)
    account, words = identify(accounts.recall if recall else accounts.identify, body)
    addressed = from_words(words, endpoint) if words and account else NOTHING
    purchase = _purchase(endpoint, body, account, make_uuid) if account else None
    return Facts(
        endpoint=endpoint,
        body=body,
        account=account,
        purchase=purchase,
        preferred=preferred,
        addressed=addressed,
        outcome=preferred.over(addressed),
        breach=_breach(validator, body),
        email_match=_once(partial(match_email, accounts, _credential(body, "Email"))),
        price=lambda: accounts.price(purchase) if purchase else 0,
        examine=partial(_examine, call, endpoint, body, analyser, recordings, account.email if account else ""),
        recorded_refusal=lambda condition: recordings.refusal(call, endpoint, body, condition) if recordings else None,
    )


def identify(find: Callable[[str, str], Account | None], body: Body) -> tuple[Account | None, list[str]]:
    """Return the account that Email and UserKey name together, and the words of a plus-address."""
    email, user_key = _credential(body, "Email"), _credential(body, "UserKey")
    if email is None or user_key is None:
        return None, []
    account = find(email, user_key)
    if account is not None or "+" not in email:
        return account, []
    for address, words in split_addresses(email):
        account = find(address, user_key)
        if account is not None:
            return account, words
    return None, []


def digest_of_photos(endpoint: Endpoint, body: Body) -> str:
    """Return a digest of the endpoint's photo fields as they were sent, by which requests with the same are known."""
    digest = blake3()
    for view in endpoint.views:
        digest.update(digest_of(_photo(body, view.photo_field) or ""))
    return digest.hexdigest()


def _once(look_up: Callable[[], EmailMatch]) -> Callable[[], EmailMatch]:
    """Look something up at the first call, and remember it."""
    # `functools.cache` does the same, but takes several microseconds to make, in every request.
    found: list[EmailMatch] = []

    def known() -> EmailMatch:
        if not found:
            found.append(look_up())
        return found[0]

    return known


def _breach(validator: RequestValidator, body: Body) -> Breach | None:
    return Breach("protocol", body.reason) if isinstance(body, Malformed) else validator.first_breach(body)


def _purchase(endpoint: Endpoint, body: Body, account: Account, make_uuid: Callable[[], str]) -> Purchase:
    uuid = _text(body, "uuid")
    return Purchase(
        email=account.email,
        endpoint=endpoint.name,
        uuid=uuid or make_uuid(),
        family=endpoint.price.family if uuid else None,
        price_of=endpoint.price.of,
    )


def _examine(
    call: Call,
    endpoint: Endpoint,
    body: Body,
    analyser: Analyser,
    recordings: Recordings | None,
    client: str,
    outcome: Outcome,
) -> Photos:
    if isinstance(body, Malformed):
        return NO_PHOTOS
    recorded = None if recordings is None or outcome.decides else recordings.result(call, endpoint, body)
    if recorded is not None:
        return Photos(recorded.view_results, recorded)
    texts = ((view.name, _photo(body, view.photo_field)) for view in endpoint.views)
    return Photos(analyser.examine(endpoint, {view: text for view, text in texts if text}, outcome, client=client))


def _credential(body: Body, name: str) -> str | None:
    """Return a field that holds a text which can be of an account, or None; a longer one is not even looked up."""
    text = _text(body, name)
    return text if text is None or len(text) <= _LONGEST_CREDENTIAL else None


def _photo(body: Body, name: str) -> Text | None:
    """Return a field that holds the text of a photo, or None."""
    value = None if isinstance(body, Malformed) else body.get(name)
    return value if isinstance(value, Text) else None


def _text(body: Body, name: str) -> str | None:
    """Return a field that holds a text, or None."""
    value = None if isinstance(body, Malformed) else body.get(name)
    return value if isinstance(value, str) else None
