"""The routes of /__admin that describe the vendor's API: the OpenAPI document, and a page made of it."""

import base64
import hashlib
from dataclasses import asdict

from flask import Blueprint, Response, render_template, request

from remo_mock._version import __version__
from remo_mock.assembly import Mock
from remo_mock.contract import Json
from remo_mock.contract.packaged import contract_documents, fixture
from remo_mock.reference.codes import Caller, code_rows
from remo_mock.reference.docs_page import endpoint_page
from remo_mock.reference.openapi_document import make_openapi
from remo_mock.service.json_body import dump
from remo_mock.settings import Settings


def add_docs_routes(admin: Blueprint, mock: Mock, settings: Settings) -> None:
    """Add openapi.json and docs to the admin routes; both describe the mock as it runs."""
    contract = mock.responder.contract

    def describe(base_url: str) -> dict[str, Json]:
        return make_openapi(
            settings.contract_dir,
            http_status=settings.http_status,
            error_shape=settings.error_shape,
            servers=[base_url],
        )

    @admin.get("/openapi.json")
    def show_openapi() -> Response:
        return Response(dump(describe(request.host_url.rstrip("/"))), mimetype="application/json")

    @admin.get("/docs")
    def show_docs() -> Response:
        base_url = request.host_url.rstrip("/")
        documents = contract_documents(settings.contract_dir)
        document = describe(base_url)
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
