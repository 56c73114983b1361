"""Broken servers of HTTP: statuses, redirects, lengths and methods; the bodies are good unless they are cut."""

from dataclasses import replace
from functools import partial

from ..changes import on_response
from ..mutation import OTHERS, SOME, Change, Memory, ReceivedRequest, Response, mutation

_row = partial(mutation, layer="http")


def _status(status: int, *, successes: bool = False, errors: bool = False) -> Change:
    return on_response(lambda response: replace(response, status=status), successes=successes, errors=errors)


def _redirect(status: int, to: str, *, successes: bool = True, errors: bool = True) -> Change:
    return on_response(lambda _: Response(status, (("Location", to),), b""), successes=successes, errors=errors)


def _promising(more: int, *, successes: bool = True, errors: bool = True) -> Change:
    """Return the change that announces a longer, or shorter, body."""
    return on_response(
        lambda response: response.with_header("Content-Length", str(len(response.body) + more)),
        successes=successes,
        errors=errors,
    )


def any_method(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    """Answer any method as the proper one."""
    return response if request.is_proper else request.succeed()


def _get_is_ready(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    """Answer a GET with a success without results."""
    if request.is_proper:
        return response
    return replace(response.with_fields({"state": True, "status_code": 200, "message": "ready"}), status=200)


def _mixed(_request: ReceivedRequest, response: Response, memory: Memory) -> Response:
    """Send every second error with HTTP status 200."""
    return response if response.fields["state"] or memory.count("errors") % 2 else replace(response, status=200)


def _nothing(_response: Response) -> Response:
    return Response(0, (), b"")


MUTANTS = (
    _row("success-500", "A success has HTTP status 500.", "REMO-HTTP-STATUS-SUCCESS", _status(500, successes=True)),
    _row("success-201", "A success has HTTP status 201.", "REMO-HTTP-STATUS-SUCCESS", _status(201, successes=True)),
    _row(
        "success-206", "A success is partial.", "REMO-HTTP-STATUS-SUCCESS", _status(206, successes=True), pages=OTHERS
    ),
    _row(
        "success-404",
        "A success has HTTP status 404.",
        "REMO-HTTP-STATUS-SUCCESS",
        _status(404, successes=True),
        pages=SOME,
    ),
    _row(
        "success-204",
        "A success has no content.",
        "REMO-HTTP-STATUS-SUCCESS REMO-BYTES-EMPTY",
        on_response(lambda response: Response(204, response.headers, b""), errors=False),
    ),
    _row(
        "success-502",
        "A proxy's status comes with a good body.",
        "REMO-HTTP-STATUS-SUCCESS",
        _status(502, successes=True),
        pages=SOME,
    ),
    _row(
        "errors-500",
        "Every error has HTTP status 500.",
        "REMO-HTTP-STATUS-ERROR",
        _status(500, errors=True),
        exact=True,
    ),
    _row(
        "errors-201",
        "Every error has HTTP status 201.",
        "REMO-HTTP-STATUS-ERROR",
        _status(201, errors=True),
        exact=True,
    ),
    _row(
        "errors-400",
        "Every error has HTTP status 400.",
        "REMO-HTTP-STATUS-ERROR",
        _status(400, errors=True),
        pages=OTHERS,
        exact=True,
    ),
    _row("errors-mixed", "Every second error has HTTP status 200.", "REMO-HTTP-STATUS-MIXED", _mixed, exact=True),
    _row(
        "moved",
        "The endpoint has moved (L17).",
        "REMO-HTTP-REDIRECT",
        _redirect(308, "https://api.example.invalid/api/analysis-skeleton-v2"),
    ),
    _row(
        "found-login",
        "The endpoint leads to a page to log in.",
        "REMO-HTTP-REDIRECT",
        _redirect(302, "/login"),
        pages=OTHERS,
    ),
    _row(
        "see-other",
        "A success is to be fetched elsewhere.",
        "REMO-HTTP-REDIRECT",
        _redirect(303, "/results/1", errors=False),
    ),
    _row(
        "errors-redirect",
        "Errors lead to a page.",
        "REMO-HTTP-REDIRECT",
        _redirect(302, "/error", successes=False),
        pages=SOME,
    ),
    _row(
        "redirect-with-body",
        "A good body comes with a redirect.",
        "REMO-HTTP-REDIRECT REMO-HTTP-STATUS-SUCCESS",
        on_response(lambda a: replace(a.with_header("Location", "/elsewhere"), status=307), errors=False),
        pages=SOME,
    ),
    _row("cut-connection", "A success ends before its length.", "REMO-HTTP-COMPLETE", _promising(1000, errors=False)),
    _row(
        "cut-error",
        "An error ends before its length.",
        "REMO-HTTP-COMPLETE",
        _promising(7, successes=False),
        pages=OTHERS,
    ),
    _row(
        "length-too-small", "The length is less than the body's.", "REMO-BYTES-JSON REMO-HTTP-COMPLETE", _promising(-40)
    ),
    _row(
        "no-reply-to-errors",
        "The connection closes in place of an error.",
        "REMO-HTTP-COMPLETE",
        on_response(_nothing, successes=False),
        pages=SOME,
    ),
    _row(
        "no-reply-to-success",
        "The connection closes in place of a success.",
        "REMO-HTTP-COMPLETE",
        on_response(_nothing, errors=False),
    ),
    _row(
        "any-method",
        "Every method is answered like POST.",
        "REMO-HTTP-METHOD",
        any_method,
        exact=True,
    ),
    _row(
        "get-is-ready",
        "Another method is a success without results.",
        "REMO-HTTP-METHOD",
        _get_is_ready,
        exact=True,
        pages=OTHERS,
    ),
)
