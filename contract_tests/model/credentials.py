"""Holds the credentials of a run, and takes secrets out of every text that leaves it."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .secret_forms import without

ENVIRONMENT = {"email": "REMO_API_EMAIL", "user_key": "REMO_API_USER_KEY", "api_key": "REMO_API_KEY"}
FIELDS = {"email": "Email", "user_key": "UserKey", "api_key": "APIKey"}

# A run of base64 this long is a photo or a key, never prose.
_BASE64_RUN = re.compile(r"[A-Za-z0-9+/\\]{40,}={0,2}")


@dataclass(frozen=True, slots=True, repr=False)
class Credentials:
    """The three credentials of an account; never printed."""

    email: str
    user_key: str
    api_key: str

    def __repr__(self) -> str:
        return "Credentials(<hidden>)"

    @property
    def fields(self) -> dict[str, str]:
        """The three fields of a request body."""
        return {"Email": self.email, "UserKey": self.user_key, "APIKey": self.api_key}


DEMO = Credentials("demo@example.com", "demo-user-key", "demo-api-key")
BROKE = Credentials("broke@example.com", "broke-user-key", "broke-api-key")
"""The account of every fresh mock that has no credits; as public as DEMO."""


def from_fields(fields: Mapping[str, object]) -> Credentials:
    """Take the credentials out of a request body; one that is missing or empty is an empty text."""
    return Credentials(**{name: str(fields.get(field) or "") for name, field in FIELDS.items()})


def from_environment(environment: Mapping[str, str] | None = None) -> Credentials | None:
    """Read the credentials from REMO_API_EMAIL, REMO_API_USER_KEY, REMO_API_KEY, or return None if one is missing."""
    environment = os.environ if environment is None else environment
    values = {name: environment.get(variable, "") for name, variable in ENVIRONMENT.items()}
    return Credentials(**values) if all(values.values()) else None


class Redactor:
    """Replaces credentials and photos in a text; every output of a run passes through here."""

    def __init__(self, accounts: Iterable[Credentials]) -> None:
        replacements: dict[str, str] = {}
        for account in accounts:
            for name, variable in ENVIRONMENT.items():
                replacements[getattr(account, name)] = f"${variable}"
        # The longest first: one secret may be part of another.
        self._rules = [(one, replacements[one]) for one in sorted(replacements, key=len, reverse=True) if one]

    def secrets_in(self, text: str) -> tuple[str, ...]:
        """Return the variables whose values a text holds, however they are written; photos are none."""
        return tuple(name for secret, name in self._rules if without(secret, text, name) != text)

    def clean(self, text: str) -> str:
        """Return `text` with names of variables for secrets, `<base64>` for photos, and control characters escaped."""
        for secret, name in self._rules:
            text = without(secret, text, name)
        return _visible(_BASE64_RUN.sub(lambda found: f"<base64, {len(found[0])} characters>", text))


def _visible(text: str) -> str:
    """Escape characters that control a terminal or reverse a line: a server's words are in here."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() or letter in "\n\t" else ascii(letter)[1:-1] for letter in text)
