"""A caller with an account of its own at a server: sends requests, asks for outcomes, reads charges and journal."""

import base64
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests

from tests.support import contract_data
from tests.support.calls import BACK, FRONT, SIDE, V1, V2, photo_text
from tests.support.waiting import TIMEOUT

NAMES = {
    V1: contract_data.V1,
    V2: contract_data.V2,
    BACK: contract_data.BACK,
    FRONT: contract_data.FRONT,
    SIDE: contract_data.SIDE,
}
CODES = {
    V1: (400, 411, 412, 413, 414, 418, 420, 421, 422, 511, 512, 513, 514, 515, 516, 517, 550, 559),
    V2: (
        *(400, 411, 412, 413, 414, 418, 420, 421, 422),
        *(511, 512, 513, 514, 515, 516, 517, 518, 519, 520, 521, 522, 523, 524, 525, 550, 559),
    ),
    BACK: (400, 411, 412, 413, 415, 420, 421, 422, 515, 518, 522, 550, 559),
    FRONT: (400, 411, 412, 413, 418, 420, 421, 422, 511, 514, 515, 517, 550, 559),
    SIDE: (400, 411, 412, 413, 414, 420, 421, 422, 512, 515, 550, 559),
}
"""Every code of each endpoint that can be asked for."""

EVERY_CODE = [(path, code) for path, codes in CODES.items() for code in codes]
FIELDS = {
    V1: {"forigimg": "front", "sorigimg": "side"},
    V2: {"forigimg": "front", "sorigimg": "side", "borigimg": "back"},
    BACK: {"borigimg": "back"},
    FRONT: {"forigimg": "front"},
    SIDE: {"sorigimg": "side"},
}


@dataclass(frozen=True)
class Person:
    """A caller with an account at a server."""

    url: str
    email: str
    keys: dict[str, str]

    def body(self, path: str = BACK, *, words: str = "", **changes: Any) -> dict[str, Any]:
        """Return a request that succeeds, with the words of a plus-address, and changed fields (None: left out)."""
        photos = {field: photo_text(view) for field, view in FIELDS[path].items()}
        fields = {"Email": self.address(words), **self.keys, **photos, **changes}
        return {name: value for name, value in fields.items() if value is not None}

    def address(self, words: str) -> str:
        """Return the account's address with words behind a plus, if there are any."""
        return self.email.replace("@", f"+{words}@") if words else self.email

    def send(self, path: str = BACK, *, prefer: str | None = None, **changes: Any) -> requests.Response:
        """Post a request; `prefer` is the header, `words` and fields are those of `body`."""
        headers = {} if prefer is None else {"Prefer": prefer}
        return requests.post(self.url + path, json=self.body(path, **changes), headers=headers, timeout=TIMEOUT)

    def queue(self, **terms: Any) -> requests.Response:
        """Ask for an outcome of the account's next request."""
        asked = {"account": self.email, **terms}
        return requests.post(f"{self.url}/__admin/outcomes", json=asked, timeout=TIMEOUT)

    def ask(self, way: str, path: str, code: int) -> requests.Response:
        """Ask for a code in one of the three ways that need no photo, and send a request that else succeeds."""
        if way == "queue":
            assert self.queue(endpoint=NAMES[path], code=code).status_code == 201
            return self.send(path)
        return self.send(path, prefer=f"code={code}") if way == "prefer" else self.send(path, words=f"{code}")

    def waiting_fields(self) -> list[dict[str, Any]]:
        """List the outcomes that are still queued, with all their fields but the number."""
        reply = requests.get(f"{self.url}/__admin/outcomes", params={"account": self.email}, timeout=TIMEOUT)
        outcomes = reply.json()["outcomes"]
        return [{name: value for name, value in outcome.items() if name != "id"} for outcome in outcomes]

    def waiting(self) -> list[dict[str, Any]]:
        """List the outcomes that are still queued, without their numbers."""
        kept = ("endpoint", "terms", "times")
        return [{name: outcome[name] for name in kept} for outcome in self.waiting_fields()]

    def credit(self) -> int:
        """Return the balance."""
        reply = requests.get(f"{self.url}/__admin/accounts/{self.email}", timeout=TIMEOUT)
        return int(reply.json()["credit"])

    def charges(self) -> list[int]:
        """Return the change of each charge, oldest first."""
        reply = requests.get(f"{self.url}/__admin/accounts/{self.email}/charges", timeout=TIMEOUT)
        return [charge["change"] for charge in reply.json()["charges"]]

    def journal(self, **filters: Any) -> list[dict[str, Any]]:
        """Return the account's exchanges, newest first."""
        params = {"account": self.email, **filters}
        reply = requests.get(f"{self.url}/__admin/requests", params=params, timeout=TIMEOUT)
        return list(reply.json()["requests"])


def new_person(url: str, *, credit: int = 100) -> Person:
    """Open an account that nobody else uses."""
    email = f"person-{uuid4().hex[:12]}@example.com"
    reply = requests.post(f"{url}/__admin/accounts", json={"email": email, "credit": credit}, timeout=TIMEOUT)
    made = reply.json()
    return Person(url, email, {"UserKey": made["user_key"], "APIKey": made["api_key"]})


def status_and_code(reply: requests.Response) -> tuple[int, int]:
    """Return the HTTP status and the code in the body; a success of v1 has none and counts as 200 (L41)."""
    body = reply.json()
    return reply.status_code, body.get("status", body.get("status_code", 200 if body["state"] else None))


def problem(reply: requests.Response) -> tuple[int, str, str]:
    """Return status, content type and detail of a problem."""
    return reply.status_code, reply.headers["Content-Type"], str(reply.json()["detail"])


def as_field(name: str, data: bytes) -> str:
    """Return a file of the photo set as a request carries it; the text of a field is that already."""
    return data.decode() if name.endswith(".txt") else base64.b64encode(data).decode()
