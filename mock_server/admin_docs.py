"""The routes of /__admin that describe the vendor's API: the OpenAPI document, and a page made of it."""

import base64
import hashlib
from dataclasses import asdict

from flask import Blueprint, Response, render_template, request

from mock_server import __version__
from mock_server.codes import Caller, code_rows
from mock_server.docs_page import endpoint_page
from mock_server.making import Mock
from mock_server.openapi_making import make_openapi
from mock_server.resources import contract_documents, fixture
from mock_server.settings import Settings
from mock_server.wire import dump


def add_docs_routes(admin: Blueprint, mock: Mock, settings: Settings) -> None:
    """Add openapi.json and docs to the admin routes; both describe the mock as it runs."""
    contract = mock.responder.contract

    @admin.get("/openapi.json")
    def show_openapi() -> Response:
        document = make_openapi(settings, servers=[request.host_url.rstrip("/")])
        return Response(dump(document), mimetype="application/json")

    @admin.get("/docs")
    def show_docs() -> Response:
        base_url = request.host_url.rstrip("/")
        documents = contract_documents(settings.contract_dir)
        document = make_openapi(settings, servers=[base_url])
        caller = Caller.among(asdict(account) for account in mock.first_accounts)
        pages = [
            endpoint_page(
                document, documents, endpoint, code_rows(contract, [endpoint], caller=caller, base_url=base_url)
            )
            for endpoint in contract.endpoints
        ]
        style, script = render_template("docs.css"), render_template("docs.js")
        page = render_template(
            "docs.html",
            pages=pages,
            document=document,
            settings=settings,
            version=__version__,
            account=mock.first_accounts[0],
            photos=fixture("photos/small.json"),
            style=style,
            script=script,
        )
        response = Response(page, mimetype="text/html")
        # The page is whole in itself: it loads nothing, and runs nothing but its own script.
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
            f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
        )
        return response


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
