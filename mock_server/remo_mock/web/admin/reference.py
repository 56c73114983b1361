"""The routes of /__admin that show the contract: codes, ledger, the OpenAPI document, and a page made of it."""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import asdict

from flask import Blueprint, Response, abort, render_template, request

from remo_mock._version import __version__
from remo_mock.assembly import Mock
from remo_mock.contract import Endpoint, Json, ledger_entries
from remo_mock.contract.packaged import contract_documents, fixture, good_photo
from remo_mock.reference.codes import CodeRow, ExampleCredentials, code_rows
from remo_mock.reference.descriptions import about
from remo_mock.reference.docs_page import endpoint_page
from remo_mock.reference.docs_words import DEFAULT, WORDS
from remo_mock.reference.endpoint_order import in_reading_order
from remo_mock.reference.openapi import make_openapi
from remo_mock.reference.switches import switch_rows
from remo_mock.service.outcomes.endpoints import named_endpoints
from remo_mock.settings import Settings
from remo_mock.web.admin.request_fields import query_fields
from remo_mock.web.json_reply import json_reply
from remo_mock.web.page_policy import allow_sources
from remo_mock.web.problems import problem


def add_reference_routes(admin: Blueprint, mock: Mock, settings: Settings) -> None:
    """Add codes, ledger, openapi.json and docs; all of them describe the mock as it runs."""
    contract = mock.responder.contract

    def codes_of(endpoints: Iterable[Endpoint]) -> tuple[CodeRow, ...]:
        credentials = ExampleCredentials.chosen_from(asdict(account) for account in mock.published)
        return tuple(code_rows(contract, endpoints, credentials=credentials, base_url=_base_url()))

    def openapi() -> dict[str, Json]:
        return make_openapi(
            settings.contract_dir,
            switches=settings.switches,
            servers=[_base_url()],
        )

    @admin.get("/codes")
    def list_codes() -> Response:
        """List every code with its meaning and how to get it; `endpoint=` filters."""
        endpoints = named_endpoints(contract, query_fields("endpoint").get("endpoint"))
        return json_reply({"codes": [asdict(row) for row in codes_of(endpoints)]})

    @admin.get("/ledger")
    def list_ledger() -> Response:
        """List where the vendor's pages contradict themselves, and how we read them."""
        query_fields()
        return json_reply({"entries": ledger_entries(contract)})

    @admin.get("/openapi.json")
    def show_openapi() -> Response:
        """Show the API as an OpenAPI document, for tools."""
        return json_reply(openapi())

    @admin.get("/docs")
    def show_docs() -> Response:
        """Show the API as a page, with a form to try it; `lang=ko` in Korean."""
        language = query_fields("lang").get("lang", DEFAULT)
        if language not in WORDS:
            abort(problem(400, "No such language", f"lang={language}; known: {', '.join(WORDS)}."))
        document, documents = openapi(), contract_documents(settings.contract_dir)
        style, script = render_template("docs.css"), render_template("docs.js")
        page = render_template(
            "docs.html",
            pages=[
                endpoint_page(document, documents, one, codes_of([one]), names=contract.names, language=language)
                for one in in_reading_order(contract.endpoints)
            ],
            language=language,
            other=next(name for name in WORDS if name != language),
            words=WORDS[language],
            names=contract.names,
            ledger=ledger_entries(contract),
            has_console=not settings.no_console,
            document=document,
            about=about(contract, settings.switches, language),
            switches=switch_rows(contract, settings.switches),
            version=__version__,
            account=mock.published[0],
            photos={view: base64.b64encode(good_photo(view)).decode() for view in fixture("photos/joints.json")},
            style=style,
            script=script,
        )
        response = Response(page, mimetype="text/html")
        # The page contains all it needs: it loads nothing, and runs no script but its own.
        return allow_sources(
            response, connect="'self'", img="data:", style=f"'{_hash(style)}'", script=f"'{_hash(script)}'"
        )


def _base_url() -> str:
    return request.host_url.rstrip("/")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
