"""The console: one page at / for browsers; its files, its data and its sample photos below /console."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from flask import Blueprint, Response, request

from remo_mock._version import __version__
from remo_mock.addresses import url_for_others
from remo_mock.assembly import Mock
from remo_mock.contract.packaged import contract_documents, fixture, good_photo, posture_photo
from remo_mock.reference.console import console_data
from remo_mock.settings import Settings
from remo_mock.web.json_reply import json_reply
from remo_mock.web.page_policy import allow_sources
from remo_mock.web.problems import problem

if TYPE_CHECKING:
    from remo_mock.photos.cards.set import PhotoFile

_FILES = Path(__file__).with_name("static")
# Not from `mimetypes`, which asks the system: on some, a script is plain text, and browsers refuse to run it.
_KINDS = {".css": "text/css", ".html": "text/html", ".js": "text/javascript"}
_LONGEST_ADDRESS = 500
# Characters of an unknown file's name that an error repeats.
_LONGEST_NAME = 100


def console_or(index: Callable[[], Response]) -> Response:
    """Return the page if the client accepts HTML rather than plain text, as browsers do, else `index`.

    The page contains no state of the mock: its script calls /__admin, with the token if one is set.
    """
    accepted = request.accept_mimetypes
    if accepted.quality("text/html") <= accepted.quality("text/plain"):
        return index()
    response = _page("console.html")
    response.headers["Vary"] = "Accept"
    return response


def demo() -> Response:
    """Return the page on which people are shown their posture; like the console, it contains no state of the mock."""
    return _page("demo.html")


def console_blueprint(mock: Mock, settings: Settings) -> Blueprint:
    """Make the routes below /console."""
    console = Blueprint("console", __name__, url_prefix="/console")
    contract = mock.responder.contract
    good, posed = (frozenset(fixture(f"photos/{name}.json")) for name in ("joints", "postures"))
    drawing = Lock()

    @cache
    def drawn() -> "dict[str, PhotoFile]":
        from remo_mock.photos.cards.set import packaged_cards  # with Pillow, which a start need not wait for

        return {file.name: file for file in packaged_cards(contract)}

    def samples() -> "dict[str, PhotoFile]":
        with drawing:  # the page requests several at once, and drawing them takes a second
            return drawn()

    @console.get("/contract.json")
    def show_contract() -> Response:
        documents = contract_documents(settings.contract_dir)
        data = console_data(contract, documents, switches=settings.switches, version=__version__)
        address = url_for_others(settings.host, settings.port)
        return json_reply(data | {"addresses": [address] if address else []})

    @console.post("/qr.svg")
    def show_address_as_qr() -> Response:
        address = request.get_data(as_text=True)
        if not address.startswith(("http://", "https://")) or len(address) > _LONGEST_ADDRESS:
            return problem(400, "No address", f"Send an http address of at most {_LONGEST_ADDRESS} characters as text.")
        import segno  # slow to import, and rarely asked for

        picture = BytesIO()
        segno.make_qr(address, error="m").save(picture, kind="svg", scale=8, border=3, dark="#000", light="#fff")
        return Response(picture.getvalue(), mimetype="image/svg+xml", headers={"Cache-Control": "no-store"})

    @console.get("/photos/<name>")
    def show_sample(name: str) -> Response:
        view = name.removesuffix(".jpg")
        if view in good:
            return Response(good_photo(view), mimetype="image/jpeg")
        if view in posed:
            return Response(posture_photo(view), mimetype="image/jpeg")
        file = samples().get(name)
        if file is None:
            return problem(
                404, "No such photo", f"{name[:_LONGEST_NAME]} is not among the samples: {', '.join(samples())}."
            )
        return Response(file.data, mimetype="text/plain" if name.endswith(".txt") else "image/jpeg")

    @console.get("/<name>")
    def show_file(name: str) -> Response:
        if name not in _names():
            return problem(404, "No such file", f"The console has no file {name[:_LONGEST_NAME]}; see /.")
        return _page(name) if name.endswith(".html") else _file(name)

    return console


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in _FILES.iterdir() if path.suffix in _KINDS)


@cache
def _data(name: str) -> bytes:
    return (_FILES / name).read_bytes()


def _page(name: str) -> Response:
    # It loads nothing from elsewhere, and runs no script but its own files.
    own = "'self'"
    return allow_sources(_file(name), script=own, style=own, img="'self' data: blob:", connect=own)


def _file(name: str) -> Response:
    response = Response(_data(name), mimetype=_KINDS[Path(name).suffix])
    # Revalidated each time: another version of the mock may serve at the same address tomorrow.
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
