"""Answers errors outside of the vendor's contract: unknown paths, wrong methods, defects, a lost database."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from remo_mock.exceptions import EndedError, StoreError
from remo_mock.hints.hint import Hint
from remo_mock.service.exchange import transmit
from remo_mock.service.messages.problem import mock_ended, nothing_here
from remo_mock.service.messages.unknown_path import unknown_path
from remo_mock.service.responder import Responder
from remo_mock.settings import Settings
from remo_mock.web.cors import is_preflight, permission
from remo_mock.web.http_response import http_response
from remo_mock.web.index import ADMIN, admin_paths
from remo_mock.web.problems import problem, render

_MORE = "; GET / says more"


def add_error_handlers(app: Flask, responder: Responder, settings: Settings) -> None:
    """Answer errors at the vendor's paths in the vendor's shape, and all others as problems."""
    contract = responder.contract

    def failed(hint: Hint | None = None) -> Response:
        reply = responder.failed(request.path) if hint is None else responder.failed(request.path, hint=hint)
        return permit(http_response(transmit(reply, http_status=settings.http_status, delay=settings.delay)))

    def permit(response: Response) -> Response:
        """Let a page read why its call failed."""
        response.headers.update(permission(request.headers.get, settings))
        return response

    def store_failed(error: StoreError) -> Response:
        if not contract.at(request.path):
            return problem(503, "No account store", str(error))
        return failed(Hint("store_failed", {"error": str(error)}))

    def http_error(error: HTTPException) -> Response:
        if error.code == 500 and contract.at(request.path):
            return failed()
        if error.code == 404:
            if f"{request.path}/".startswith(ADMIN):
                return render(nothing_here(admin_paths(app), _MORE))
            # The browser asks before it sends a page's call.
            if is_preflight(request.method, request.headers.get, settings):
                return permit(Response(status=204))
            return permit(render(unknown_path(request.path, contract.paths, more=_MORE)))
        return http_problem(error)

    app.register_error_handler(StoreError, store_failed)
    app.register_error_handler(EndedError, lambda error: render(mock_ended(error)))
    app.register_error_handler(HTTPException, http_error)


def http_problem(error: HTTPException) -> Response:
    """Make the problem for an error of HTTP, or for a defect of the mock."""
    code = error.code or 500
    if code == 500:
        return problem(code, "A defect of remo-mock", "See its log, and report what stands there with this request.")
    if not isinstance(error, MethodNotAllowed):
        return problem(code, error.name, error.description or "")
    allowed = ", ".join(sorted(error.valid_methods or ()))
    response = problem(code, error.name, f"{request.method} is not allowed here; {request.path} takes {allowed}.")
    response.headers["Allow"] = allowed
    return response
