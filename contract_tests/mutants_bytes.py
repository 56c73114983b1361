"""Broken servers of the byte layer: what proxies, printers and encoders do to a body; knows no field's meaning."""

import gzip
import json
from base64 import b64encode
from functools import partial

from .mutation import Answer, mutation, on_answer, on_bytes, on_success

_row = partial(mutation, layer="bytes")
_ERROR_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


def _typed(kind: str | None, *, successes: bool = True, errors: bool = True):  # type: ignore[no-untyped-def]
    return on_answer(lambda answer: answer.with_header("Content-Type", kind), successes=successes, errors=errors)


def _printed(body: bytes) -> bytes:
    return repr(json.loads(body)).encode()


def _recoded(answer: Answer, charset: str) -> Answer:
    text = json.dumps(answer.reply | {"message": "정면 사진 에러"}, ensure_ascii=False)
    return Answer(answer.status, answer.headers, text.encode(charset)).with_header(
        "Content-Type", f"application/json; charset={charset}"
    )


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


def _wrapped_lines(body: bytes) -> bytes:
    at = body.index(b"base64,") + 83
    return body[:at] + b"\n" + body[at:]


def _last_key(body: bytes, more: bytes) -> bytes:
    return body[:-1] + b"," + more + b"}"


def _literal(name: str, literal: bytes):  # type: ignore[no-untyped-def]
    """Send a literal in place of a number, by way of a marker."""
    marked = on_success(lambda reply: reply.update({name: "@literal@"}))

    def change(asked, answer, memory):  # type: ignore[no-untyped-def]
        done = marked(asked, answer, memory)
        return Answer(done.status, done.headers, done.body.replace(b'"@literal@"', literal))

    return change
