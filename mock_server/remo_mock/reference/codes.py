"""Lists every code of every endpoint with its meaning and the exact ways to get it."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from remo_mock.contract import Code, Contract, Endpoint, Json, compose
from remo_mock.photos.cards.catalogue import file_name

NO_PHOTO = "no photo and no request causes it: ask for it"

EXAMPLE_BALANCE = 100
"""The balance in the pages' examples of errors (both pages, Response Example)."""

Credentials = Mapping[str, str]
"""The fields of a request that carry the credentials, by the vendor's names."""


@dataclass(frozen=True, slots=True)
class ExampleCredentials:
    """The accounts in the example commands: the address of one with credits, and the credentials of one without."""

    account: str
    broke: Credentials | None = None

    @classmethod
    def chosen_from(cls, accounts: Iterable[Mapping[str, Json]]) -> "ExampleCredentials":
        """Choose the first account with credits and the first without. Raises `StopIteration` if none has any."""
        known = list(accounts)
        broke = next((account for account in known if not account["credit"]), None)
        fields = {"Email": "email", "UserKey": "user_key", "APIKey": "api_key"}
        return cls(
            account=next(account["email"] for account in known if account["credit"]),
            broke=broke and {name: broke[key] for name, key in fields.items()},
        )


@dataclass(frozen=True, slots=True)
class Change:
    """How to change a request that otherwise succeeds, so that the code arises on its own.

    `photos` names files of `remo-mock photos` by the field to send them in, `fields` gives other fields their values,
    `without` names fields to leave out; `text` describes the change for readers.
    """

    text: str
    photos: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Json] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """How to get a code: a header, a queued outcome (its body and a curl command), an address, or a changed request."""

    prefer: str
    queue: Mapping[str, Json]
    curl: str
    address: str
    photo: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of one endpoint. `cause` is the condition or the verdicts that it reports, None if it never arises."""

    endpoint: str
    path: str
    code: int
    meaning: Mapping[str, str]
    message: str
    source: Mapping[str, Json]
    cause: str | None
    ways: Ways


def code_rows(
    contract: Contract, endpoints: Iterable[Endpoint], *, credentials: ExampleCredentials, base_url: str
) -> Iterator[CodeRow]:
    """Yield every code of the endpoints, with commands for the mock at `base_url`."""
    for endpoint in endpoints:
        for code in endpoint.codes.values():
            outcome = {"account": credentials.account, "endpoint": endpoint.name, "code": code.code}
            body = shlex.quote(orjson.dumps(outcome).decode())
            changes = tuple(_changes(contract, endpoint, code, credentials))
            yield CodeRow(
                endpoint=endpoint.name,
                path=endpoint.path,
                code=code.code,
                meaning=code.meaning,
                message=code.message,
                source=code.source,
                cause=_cause(contract, endpoint, code) if changes else None,
                ways=Ways(
                    prefer=f"Prefer: code={code.code}",
                    queue=outcome,
                    curl=f"curl -sS -X POST {base_url}/__admin/outcomes -d {body}",
                    address=credentials.account.replace("@", f"+{code.code}@"),
                    photo=changes,
                ),
            )


def _cause(contract: Contract, endpoint: Endpoint, code: Code) -> str | None:
    reported = _verdicts_reported(contract, endpoint, code)
    causes = (", ".join(f"{view}={verdict}" for view, verdict in verdicts.items()) for verdicts in reported)
    return code.condition or "; ".join(causes) or None


def _changes(contract: Contract, endpoint: Endpoint, code: Code, credentials: ExampleCredentials) -> Iterator[Change]:
    if code.only_when_asked:
        return
    if code.condition is not None:
        yield from _changed_fields(endpoint, code.condition, credentials)
    photo_fields = {view.name: view.photo_field for view in endpoint.views}
    for verdicts in _verdicts_reported(contract, endpoint, code):
        files = {
            photo_fields[view]: file_name(contract, view=view, verdict=verdict) for view, verdict in verdicts.items()
        }
        named = {name: file for name, file in files.items() if file is not None}
        if len(named) == len(files):
            yield Change(", ".join(f"{file} as {name}" for name, file in named.items()), photos=named)


def _changed_fields(endpoint: Endpoint, condition: str, credentials: ExampleCredentials) -> Iterator[Change]:
    photo = endpoint.views[-1].photo_field
    match condition:
        case "protocol":
            yield _set({photo: 0}, " (a number)")
        case "missing_input":
            yield Change(f"{photo} left out", without=(photo,))
        case "unknown_user":
            yield _set({"Email": "nobody@example.com"})
        case "wrong_api_key":
            yield _set({"APIKey": "not-the-key"})
        case "insufficient_credit" if credentials.broke is not None:
            yield _set(credentials.broke)


def _set(fields: Mapping[str, Json], remark: str = "") -> Change:
    text = ", ".join(f'"{name}": {orjson.dumps(value).decode()}' for name, value in fields.items())
    return Change(text + remark, fields=fields)


def _verdicts_reported(contract: Contract, endpoint: Endpoint, code: Code) -> Iterator[Mapping[str, str]]:
    """Yield the verdicts by view, in the order of the views, that the endpoint reports by this code."""
    order = [view.name for view in endpoint.views]
    for verdict, sets in code.verdicts.items():
        for views in sorted(
            (views for views in sets if views <= set(order)), key=lambda some: sorted(some, key=order.index)
        ):
            verdicts = {view: verdict for view in order if view in views}
            if compose(contract, endpoint, verdicts) == code:
                yield verdicts
