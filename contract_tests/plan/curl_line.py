"""Writes the line for a shell that sends a request: with its body, or with a file that holds it."""

import re

from ..model.credentials import ENVIRONMENT
from ..model.exchange import Request

URL_VARIABLE = "REMO_API_URL"

_SPECIAL = re.compile(r'[\\"`$]')
_OURS = re.compile(rf"\\\$({'|'.join((*ENVIRONMENT.values(), URL_VARIABLE))})\b")


def curl(base_url: str, request: Request) -> str:
    """Return a line that shows the body; it sends the request again once photos replace their names."""
    body = f"--data {_quoted(request.shown_body)}" if request.has_body else ""
    return _line(base_url, request, body)


def curl_of_file(base_url: str, request: Request, path: str) -> str:
    """Return a line that sends the body in a file, `-` for standard input, and shows the headers of the reply, too."""
    return _line(base_url, request, f"-i --data-binary @{path}" if request.has_body else "-i")


def _line(base_url: str, request: Request, body: str) -> str:
    parts = [f"curl -X {request.method} {_quoted(base_url + request.path)}"]
    if request.content_type is not None:
        parts.append(f"-H {_quoted(f'Content-Type: {request.content_type}')}")
    if request.preference:
        parts.append(f"-H {_quoted(f'Prefer: {request.preference}')}")
    return " ".join([*parts, body] if body else parts)


def _quoted(text: str) -> str:
    """Put a text in quotes in which a shell fills our own variables, and runs or fills nothing else."""
    marked = _SPECIAL.sub(lambda found: f"\\{found[0]}", text)
    return '"' + _OURS.sub(r"$\1", marked) + '"'
