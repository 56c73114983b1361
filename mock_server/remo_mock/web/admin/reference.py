"""The routes of /__admin that tell what the mock knows by heart: the codes with the ways to get them, the ledger."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request

from remo_mock.assembly import Mock
from remo_mock.contract import ledger_entries
from remo_mock.reference.codes import Caller, code_rows
from remo_mock.service.json_body import dump
from remo_mock.service.outcome_syntax import named_endpoints
from remo_mock.web.admin.queries import query_fields


def add_reference_routes(admin: Blueprint, mock: Mock) -> None:
    """Add codes and ledger to the admin routes."""
    contract = mock.responder.contract

    @admin.get("/codes")
    def list_codes() -> Response:
        query = query_fields("endpoint")
        if isinstance(query, Response):
            return query
        endpoints = named_endpoints(contract, query.get("endpoint"))
        caller = Caller.among(asdict(account) for account in mock.first_accounts)
        rows = code_rows(contract, endpoints, caller=caller, base_url=request.host_url.rstrip("/"))
        return _json({"codes": [asdict(row) for row in rows]})

    @admin.get("/ledger")
    def list_ledger() -> Response:
        query = query_fields()
        return query if isinstance(query, Response) else _json({"entries": ledger_entries(contract)})


def _json(value: Any) -> Response:
    return Response(dump(value), mimetype="application/json")
