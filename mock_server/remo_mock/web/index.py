"""The list of routes at /, as plain text, made from the URL map."""

from collections.abc import Iterator

from flask import Flask, Response

from remo_mock._version import __version__
from remo_mock.contract import Contract

ADMIN = "/__admin/"
_ROUTINE = frozenset({"HEAD", "OPTIONS"})


def index(app: Flask, contract: Contract) -> Response:
    """Make the page that lists each route with what it does."""
    vendor = [f"  {endpoint.method} {path}" for path in contract.paths for endpoint in contract.at(path)[:1]]
    ours = sorted(_admin_routes(app))
    width = max(len(path) for path, _, _ in ours)
    admin = [f"  {method:<6} {path:<{width}}  {summary}".rstrip() for path, method, summary in ours]
    lines = [f"remo-mock {__version__}", "", "The vendor's endpoints:", *vendor, "", "Ours:", *admin, ""]
    return Response("\n".join(lines), mimetype="text/plain", headers={"Vary": "Accept"})


def admin_paths(app: Flask) -> list[str]:
    """List the paths under /__admin."""
    return sorted({path for path, _, _ in _admin_routes(app)})


def _admin_routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield path, method and summary of each route under /__admin; the summary is its view's docstring."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(ADMIN):
            summary = (app.view_functions[rule.endpoint].__doc__ or "").partition("\n")[0]
            for method in sorted((rule.methods or set()) - _ROUTINE):
                yield rule.rule.replace("<int:", "<"), method, summary.rstrip(".")
