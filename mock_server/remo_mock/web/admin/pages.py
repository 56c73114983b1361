"""Reads which page of a listing is asked for, and names the next one."""

import re
from typing import Any
from urllib.parse import urlencode

from flask import abort, request

from remo_mock.web.problems import problem

LARGEST = 1000
"""How many rows a page has at most, and unless `limit` asks for fewer."""


def limit_of(query: dict[str, str]) -> int:
    """Return the number of rows that `limit` asks for; abort with 400 if it is none."""
    limit = query.get("limit", str(LARGEST))
    if not re.fullmatch("[1-9][0-9]{0,3}", limit) or int(limit) > LARGEST:
        abort(problem(400, "Not a limit", f"limit={limit} cannot be asked for; it is a number from 1 to {LARGEST}."))
    return int(limit)


def before_of(query: dict[str, str]) -> int | None:
    """Return the row that `before` names, or None; abort with 400 if it is no number."""
    before = query.get("before")
    if before is not None and not re.fullmatch("[1-9][0-9]{0,17}", before):
        abort(problem(400, "Not a row", f"before={before} cannot be asked for; it is a number, as in `next`."))
    return None if before is None else int(before)


def link(query: dict[str, str], **place: Any) -> dict[str, str]:
    """Return the address of the next page as `next`, if there is one: the same query at another place."""
    if None in place.values():
        return {}
    return {"next": f"{request.path}?{urlencode({**query, **place})}"}
