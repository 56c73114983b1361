"""The console: one page at / for people with a browser; its files, its data and its sample photos below /console."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock

from flask import Blueprint, Response, request

from remo_mock._version import __version__
from remo_mock.assembly import Mock
from remo_mock.contract.packaged import contract_documents, fixture, good_photo
from remo_mock.photos.cards.set import PhotoFile, packaged_cards
from remo_mock.reference.console import console_data
from remo_mock.service.json_body import dump
from remo_mock.settings import Settings
from remo_mock.web.problems import problem

_FILES = Path(__file__).with_name("static")
# Not by `mimetypes`, which asks the machine: on some, a script is plain text, and browsers refuse to run it.
_KINDS = {".css": "text/css", ".html": "text/html", ".js": "text/javascript"}
# Whole in itself: it loads nothing from elsewhere, runs nothing but its own files, and no other page can frame it.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def console_or(index: Callable[[], Response]) -> Response:
    """Return the page for a browser, which names HTML, and `index` for others, such as curl, which takes anything.

    The page holds nothing of the mock's state: its script asks /__admin, with a token if one is set.
    """
    accepted = request.accept_mimetypes
    if accepted.quality("text/html") <= accepted.quality("text/plain"):
        return index()
    response = _file("console.html")
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Vary"] = "Accept"
    return response


def console_blueprint(mock: Mock, settings: Settings) -> Blueprint:
    """Make the routes below /console."""
    console = Blueprint("console", __name__, url_prefix="/console")
    contract = mock.responder.contract
    good = frozenset(fixture("photos/joints.json"))
    drawing = Lock()

    @cache
    def drawn() -> dict[str, PhotoFile]:
        return {file.name: file for file in packaged_cards(contract)}

    def samples() -> dict[str, PhotoFile]:
        with drawing:  # a page asks for several at once, and they take a second to be drawn
            return drawn()

    @console.get("/contract.json")
    def show_contract() -> Response:
        documents = contract_documents(settings.contract_dir)
        return Response(dump(console_data(contract, documents, version=__version__)), mimetype="application/json")

    @console.get("/photos/<name>")
    def show_sample(name: str) -> Response:
        view = name.removesuffix(".jpg")
        if view in good:
            return Response(good_photo(view), mimetype="image/jpeg")
        file = samples().get(name)
        if file is None:
            return problem(404, "No such photo", f"{name} is none of the samples: {', '.join(samples())}.")
        return Response(file.data, mimetype="text/plain" if name.endswith(".txt") else "image/jpeg")

    @console.get("/<name>")
    def show_file(name: str) -> Response:
        if name not in _names():
            return problem(404, "No such file", f"{name} is no file of the console; see /.")
        return _file(name)

    return console


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in _FILES.iterdir() if path.suffix in _KINDS)


@cache
def _data(name: str) -> bytes:
    return (_FILES / name).read_bytes()


def _file(name: str) -> Response:
    response = Response(_data(name), mimetype=_KINDS[Path(name).suffix])
    # Looked at anew each time: another version of the mock may serve at the same address tomorrow.
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
