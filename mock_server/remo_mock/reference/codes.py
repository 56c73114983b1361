"""Every code of every endpoint with what it means and the four exact ways to get it; knows no terminal, no HTTP."""

import shlex
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import orjson

from remo_mock.contract import Code, Contract, Endpoint, Json, compose
from remo_mock.photos.cards.catalogue import file_name

NO_PHOTO = "no photo and no request causes it: ask for it"

Credentials = Mapping[str, str]
"""The fields of a request that say who calls, by the vendor's names."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose requests the ways are spelled for: somebody with credits, and somebody without (None: there is nobody)."""

    account: str
    broke: Credentials | None = None

    @classmethod
    def among(cls, accounts: Iterable[Mapping[str, Json]]) -> "Caller":
        """Choose the first account with credits and the first without. Raises `StopIteration` if none has any."""
        known = list(accounts)
        broke = next((one for one in known if not one["credit"]), None)
        fields = {"Email": "email", "UserKey": "user_key", "APIKey": "api_key"}
        return cls(
            account=next(one["email"] for one in known if one["credit"]),
            broke=broke and {name: broke[key] for name, key in fields.items()},
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What to do to a request that else succeeds, so that its code arises on its own.

    `photos` names files of `remo-mock photos` by the field that carries them, `fields` gives other fields their
    values, `without` leaves fields out; `text` says it all for readers.
    """

    text: str
    photos: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Json] = field(default_factory=dict)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ways:
    """How to get a code: a header, a queued outcome (body and curl command), an address, or changes of a request."""

    prefer: str
    queue: Mapping[str, Json]
    curl: str
    address: str
    photo: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One code of one endpoint. `cause` names the condition or the verdicts of views that it tells, None for none."""

    endpoint: str
    path: str
    code: int
    meaning: Mapping[str, str]
    message: str
    source: Mapping[str, Json]
    cause: str | None
    ways: Ways


def code_rows(contract: Contract, endpoints: Iterable[Endpoint], *, caller: Caller, base_url: str) -> Iterator[CodeRow]:
    """Yield every code of the endpoints, with commands for the mock at `base_url`."""
    for endpoint in endpoints:
        for code in endpoint.codes.values():
            asked = {"account": caller.account, "endpoint": endpoint.name, "code": code.code}
            body = shlex.quote(orjson.dumps(asked).decode())
            changes = tuple(_changes(contract, endpoint, code, caller))
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
                    queue=asked,
                    curl=f"curl -sS -X POST {base_url}/__admin/outcomes -d {body}",
                    address=caller.account.replace("@", f"+{code.code}@"),
                    photo=changes,
                ),
            )


def _cause(contract: Contract, endpoint: Endpoint, code: Code) -> str | None:
    told = (", ".join(f"{view}={verdict}" for view, verdict in one.items()) for one in _told(contract, endpoint, code))
    return code.condition or "; ".join(told) or None


def _changes(contract: Contract, endpoint: Endpoint, code: Code, caller: Caller) -> Iterator[Change]:
    if code.only_when_asked:
        return
    if code.condition is not None:
        yield from _of_the_request(endpoint, code.condition, caller)
    photo_fields = {view.name: view.photo_field for view in endpoint.views}
    for verdicts in _told(contract, endpoint, code):
        files = {
            photo_fields[view]: file_name(contract, view=view, verdict=verdict) for view, verdict in verdicts.items()
        }
        named = {name: file for name, file in files.items() if file is not None}
        if len(named) == len(files):
            yield Change(", ".join(f"{file} as {name}" for name, file in named.items()), photos=named)


def _of_the_request(endpoint: Endpoint, condition: str, caller: Caller) -> Iterator[Change]:
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
        case "insufficient_credit" if caller.broke is not None:
            yield _set(caller.broke)


def _set(fields: Mapping[str, Json], remark: str = "") -> Change:
    text = ", ".join(f'"{name}": {orjson.dumps(value).decode()}' for name, value in fields.items())
    return Change(text + remark, fields=fields)


def _told(contract: Contract, endpoint: Endpoint, code: Code) -> Iterator[Mapping[str, str]]:
    """Yield the verdicts, by view, that the endpoint tells by this code, in the order of its views."""
    order = [view.name for view in endpoint.views]
    for verdict, sets in code.verdicts.items():
        for views in sorted(
            (views for views in sets if views <= set(order)), key=lambda some: sorted(some, key=order.index)
        ):
            verdicts = {view: verdict for view in order if view in views}
            if compose(contract, endpoint, verdicts) == code:
                yield verdicts
