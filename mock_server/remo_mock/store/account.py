"""An account as a value, and how people write one: in an argument or in a file of JSON."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from remo_mock.files.given import read_given

FIRST_CREDIT = 100
"""Credits of an account that is opened without a number."""
MOST_CREDIT = 10**12
LONGEST_FIELD = 200
# It stands in paths, in lines and in headers.
EMAIL_PATTERN = r"^(?!\.\.?\Z)(?! )[^/\x00-\x1f\x7f]*(?<! )\Z"
EMAIL_RULE = "an address that can stand in a path: no slash, no control character, no space around it"

# No database takes them: NUL, and half a surrogate pair, as from an argument that is not UTF-8.
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_TEXTS = ("email", "user_key", "api_key")
_FILE_FORM = '[{"email": "...", "user_key": "...", "api_key": "...", "credit": 100}, ...]'


@dataclass(frozen=True, slots=True)
class Account:
    """Who may call, and with how many credits; its representation shows no keys."""

    email: str
    user_key: str
    api_key: str
    credit: int = FIRST_CREDIT
    queued: int = 0

    @property
    def fields(self) -> dict[str, str]:
        """The credentials under the names that requests carry them (both pages, Parameters)."""
        return {"Email": self.email, "UserKey": self.user_key, "APIKey": self.api_key}

    def __repr__(self) -> str:
        return f"Account(email={self.email!r}, credit={self.credit})"


def parse_account(text: str) -> Account:
    """Read `EMAIL:USERKEY:APIKEY[:CREDITS]`.

    Raises `ValueError` with a text that repeats nothing of the account: its parts may be keys in the wrong place.
    """
    parts = text.strip().split(":")
    if len(parts) not in (3, 4):
        given = f"got {len(parts)}; keys with a colon need a file"
        raise ValueError(f"expected the 3 or 4 parts of EMAIL:USERKEY:APIKEY[:CREDITS], {given}.")
    fields: dict[str, object] = dict(zip(_TEXTS, parts, strict=False))
    if len(parts) == 4:
        fields["credit"] = int(parts[3]) if re.fullmatch(r"[0-9]{1,13}", parts[3]) else parts[3]
    return make_account(fields)


def read_accounts(path: Path) -> tuple[Account, ...]:
    """Read a JSON file: a list of accounts, or an object whose key `accounts` holds one; `credit` may be left out.

    Raises `ValueError` with a text that repeats no key of an account.
    """
    try:
        value = orjson.loads(read_given(path).removeprefix(codecs.BOM_UTF8))
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from error
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise ValueError(f"{path} is not JSON in UTF-8 at {where}. Expected {_FILE_FORM}.") from None
    rows = value.get("accounts") if isinstance(value, dict) else value
    if not isinstance(rows, list):
        raise ValueError(f"{path} holds no list of accounts. Expected {_FILE_FORM}.")
    return tuple(make_account(row, where=f"{path}: account {number}: ") for number, row in enumerate(rows, start=1))


def make_account(fields: object, *, where: str = "") -> Account:
    """Make an account of fields as somebody wrote them. Raises `ValueError`, whose text begins with `where`."""
    if not isinstance(fields, Mapping):
        raise ValueError(f"{where}expected an object, as in {_FILE_FORM}.")
    if fields.keys() - {*_TEXTS, "credit"}:
        raise ValueError(f"{where}expected no fields but {', '.join(_TEXTS)}, credit.")
    for name in _TEXTS:
        text = fields.get(name)
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST_FIELD or _UNSTORABLE.search(text):
            raise ValueError(f"{where}{name} should be a text of 1 to {LONGEST_FIELD} characters of Unicode.")
    if not re.match(EMAIL_PATTERN, fields["email"]):
        raise ValueError(f"{where}email should be {EMAIL_RULE}.")
    credit = fields.get("credit", FIRST_CREDIT)
    if not isinstance(credit, int) or isinstance(credit, bool) or not 0 <= credit <= MOST_CREDIT:
        raise ValueError(f"{where}credit should be a whole number from 0 to {MOST_CREDIT}.")
    return Account(fields["email"], fields["user_key"], fields["api_key"], credit)
