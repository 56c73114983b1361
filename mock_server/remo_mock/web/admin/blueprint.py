"""Puts the routes of /__admin together: who may call them, what they do, and their errors as problem+json."""

from flask import Blueprint, Response, request

from remo_mock.assembly import Mock
from remo_mock.exceptions import AccountExistsError, AccountUnknownError, EntryUnknownError, OutcomeError
from remo_mock.service.messages.problem import cannot_be_asked_for
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.web.admin.access import refuse_stranger
from remo_mock.web.admin.accounts import add_account_routes
from remo_mock.web.admin.journal import add_journal_routes
from remo_mock.web.admin.lifecycle import add_lifecycle_routes
from remo_mock.web.admin.outcomes import add_outcome_routes
from remo_mock.web.admin.reference import add_reference_routes
from remo_mock.web.admin.request_fields import refuse_body
from remo_mock.web.problems import problem, render

# Bytes of a request: an account or an outcome has some hundred.
_LARGEST = MEGABYTE


def admin_blueprint(mock: Mock, settings: Settings) -> Blueprint:
    """Make the routes below /__admin; with an `admin_token`, all but the `PUBLIC` ones need it as a bearer token."""
    admin = Blueprint("admin", __name__, url_prefix="/__admin", template_folder="templates")

    @admin.before_request
    def check_request() -> Response | None:
        request.max_content_length = min(_LARGEST, settings.max_body * MEGABYTE)
        refused = refuse_stranger(settings)
        if refused is None and request.method == "DELETE":
            refuse_body("What to delete goes into path or query: /__admin/requests?account=...; leave the body out.")
        return refused

    add_lifecycle_routes(admin, mock)
    add_account_routes(admin, mock)
    add_outcome_routes(admin, mock)
    add_journal_routes(admin, mock)
    add_reference_routes(admin, mock, settings)
    admin.register_error_handler(EntryUnknownError, lambda error: problem(404, "No such exchange", str(error)))
    admin.register_error_handler(OutcomeError, lambda error: render(cannot_be_asked_for(error)))
    admin.register_error_handler(AccountUnknownError, lambda error: problem(404, "No such account", str(error)))
    admin.register_error_handler(AccountExistsError, lambda error: problem(409, "Account exists", str(error)))
    return admin
