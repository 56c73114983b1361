"""Lets web pages of another origin call the vendor's paths, if the settings name one."""

from flask import Response, request

from remo_mock.service.messages.headers import PREFER, RESPONSE_HEADERS
from remo_mock.settings import Settings


def preflight(settings: Settings) -> Response | None:
    """Return the answer if this request is a browser's question whether a page may call, else None."""
    asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
    return allow(Response(status=204), settings) if asks and settings.cors else None


def allow(response: Response, settings: Settings) -> Response:
    """Let web pages of `settings.cors` read a response, if it is set; never one of a route under /__admin."""
    if settings.cors:
        response.headers["Access-Control-Allow-Origin"] = settings.cors
        response.headers["Access-Control-Allow-Methods"] = "POST"
        response.headers["Access-Control-Allow-Headers"] = f"Content-Type, {PREFER}"
        response.headers["Access-Control-Expose-Headers"] = ", ".join(RESPONSE_HEADERS)
    return response
