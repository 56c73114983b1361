"""Makes the Flask application: puts together the vendor's routes, /__admin, the console and the error handlers."""

from functools import partial

from flask import Flask, Response

from remo_mock._version import __version__
from remo_mock.assembly import Mock, make_mock
from remo_mock.service.messages.headers import SIGNATURE
from remo_mock.settings import MEGABYTE, Settings
from remo_mock.web.admin.blueprint import admin_blueprint
from remo_mock.web.console.routes import console_blueprint, console_or, demo
from remo_mock.web.draining import draining
from remo_mock.web.errors import add_error_handlers
from remo_mock.web.index import index
from remo_mock.web.page_policy import protect_pages
from remo_mock.web.vendor import add_vendor_routes
from remo_mock.web.vendor_door import VENDOR_DOOR, VendorDoor


def create_app(settings: Settings | None = None, *, mock: Mock | None = None, door: VendorDoor | None = None) -> Flask:
    """Make the mock as a WSGI application; `mock` and its `door` may be in use already, None makes new ones.

    Raises `ContractError` for contract data that does not hold together, `StoreError` if the database cannot be opened.
    """
    settings = settings or Settings()
    app = Flask("remo_mock", static_folder=None)
    mock = mock or make_mock(settings)
    limit = settings.max_body * MEGABYTE
    app.config["MAX_CONTENT_LENGTH"] = limit  # for /__admin; the vendor's routes answer 400
    app.wsgi_app = draining(app.wsgi_app, limit=limit)  # type: ignore[assignment, method-assign]
    app.extensions["remo_mock"] = mock
    app.extensions[VENDOR_DOOR] = door = door or VendorDoor(mock.responder, settings)
    add_vendor_routes(app, door, limit=limit)
    app.register_blueprint(admin_blueprint(mock, settings))
    front_page = partial(index, app, mock.responder.contract)
    if not settings.no_console:
        app.register_blueprint(console_blueprint(mock, settings))
        app.add_url_rule("/demo", "demo", demo)
        front_page = partial(console_or, front_page)
    app.add_url_rule("/", "index", front_page)
    add_error_handlers(app, mock.responder, settings)
    app.after_request(_sign)
    app.after_request(protect_pages)
    return app


def _sign(response: Response) -> Response:
    response.headers[SIGNATURE] = __version__
    return response
