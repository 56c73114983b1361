"""Says on each HTML page of ours what it may load, and that no other page may frame it."""

from flask import Response

POLICY = "Content-Security-Policy"
_NOTHING = "default-src 'none'"
_NOBODY = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def allow_sources(response: Response, **sources: str) -> Response:
    """Let a page load from these sources, by kind, such as `script="'self'"`, and from nowhere else."""
    rules = [f"{kind}-src {source}" for kind, source in sources.items()]
    response.headers[POLICY] = "; ".join([_NOTHING, *rules, _NOBODY])
    return response


def protect_pages(response: Response) -> Response:
    """Give a policy to every page: the strictest to one that has none of its own."""
    if response.mimetype == "text/html":
        if POLICY not in response.headers:
            allow_sources(response)
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
    return response
