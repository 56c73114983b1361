"""A server that claims the contract, in another style: plain http.server, written from the pages; it lies on demand."""

import base64
import json
import zlib
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any

from tests.support.foreign_analysis import NAMES, Photo, assess, drawn, encoded, joints, look, measure

PATHS = {
    "/api/analysis-skeleton-v2": "v2",
    "/api/analysis-skeleton-v2-front": "front",
    "/api/analysis-skeleton-v2-side": "side",
    "/api/analysis-skeleton-v2-back": "back",
    "/api/analysis-skeleton": "v1",
}
VIEWS = {"v2": "fsb", "front": "f", "side": "s", "back": "b", "v1": "fs"}
SPLIT = ("front", "side", "back")
CREDENTIALS = {"Email": "lee@clinic.example", "UserKey": "u-5512", "APIKey": "a-9907"}

NO_PERSON = {"f": 511, "s": 512, "fs": 513, "b": 518, "fb": 519, "sb": 520, "fsb": 521}


@dataclass(frozen=True, kw_only=True)
class Promises:
    """What this server keeps; a test replaces one with something else to break it."""

    # codes
    protocol: int = 400
    nothing_sent: int = 411
    no_base64: dict[str, int] = field(default_factory=lambda: {"f": 413, "s": 414, "b": 412})
    no_base64_back: int = 412
    no_base64_side: int = 414
    no_image: int = 412
    unknown_user: int = 420
    wrong_key: int = 421
    no_person: dict[str, int] = field(default_factory=lambda: NO_PERSON)
    # errors
    error_state: Any = False
    error_fields: tuple[str, ...] = ("state", "status", "message", "credit")
    change_in_errors: int = 0
    http_errors: int = 200
    # credits
    price: int = 1
    price_of_a_side: int = 1
    second_of_a_set: int = 0
    price_of_failure: int = 0
    sign: int = -1
    balance_lags: bool = False
    balance_type: type = int
    # the reply
    success_code: Any = 200
    tables: dict[str, str] = field(default_factory=lambda: dict.fromkeys(VIEWS, "later") | {"v2": "v2"})
    grade_type: type = int
    raised: dict[str, int] = field(default_factory=dict)
    side_grades: tuple[str, ...] = ("sar_tilt_grade",)
    code_on_v1: Any = None
    names: dict[str, str] = field(default_factory=dict)
    echoes_uuid: bool = True
    left_out: tuple[str, ...] = ()
    fixed: dict[str, Any] = field(default_factory=dict)
    joints: int = 22
    mirrored: str = "f"
    coords_are_text: bool = True
    photo_of: dict[str, str] = field(default_factory=lambda: {"f": "f", "s": "s", "b": "b"})
    prefix: str = "data:image/jpeg;base64,"
    encoding: str = "JPEG"
    drawn: bool = True
    # the wire
    content_type: str = "application/json; charset=utf-8"
    charset: str = "utf-8"
    wrap: tuple[str, str] = ("", "")


class ForeignServer:
    """The server on a free port of loopback; use it in a `with` statement."""

    def __init__(self, promises: Promises | None = None, *, balance: int = 500) -> None:
        """Keep these promises, all of them by default, for the one account there is."""
        self.promises = promises or Promises()
        self.balance = balance
        self.sets: dict[str, int] = defaultdict(int)
        self.jobs = 0
        self.lock = Lock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self.server.daemon_threads = True
        self.server.block_on_close = False
        self.server.analysis = self  # type: ignore[attr-defined]
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "ForeignServer":
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.server.shutdown()
        self.server.server_close()

    def work(self, endpoint: str, method: str, content_type: str, body: bytes) -> dict[str, Any]:
        """Answer one request."""
        kept = self.promises
        sent = _object(body) if method == "POST" and content_type.startswith("application/json") else None
        names = [*CREDENTIALS, *(f"{view}origimg" for view in VIEWS[endpoint])]
        if sent is None or any(sent.get(name) is not None and not isinstance(sent[name], str) for name in names):
            return self.fail(kept.protocol, "Protocol error", known=False)
        known = all(sent.get(name) == CREDENTIALS[name] for name in ("Email", "UserKey"))
        if not all(sent.get(name) for name in names):
            return self.fail(kept.nothing_sent, "입력 데이터 없음", known=known)
        if not known:
            return self.fail(kept.unknown_user, "user not verified", known=False)
        if sent["APIKey"] != CREDENTIALS["APIKey"]:
            return self.fail(kept.wrong_key, "APIKey 틀림", known=True)
        if self.balance < kept.price:
            return self.fail(422, "크리딧 부족", known=True)
        photos = {view: look(sent[f"{view}origimg"]) for view in VIEWS[endpoint]}
        code = self.trouble(endpoint, photos)
        if code:
            return self.fail(code, "the photos could not be analysed", known=True)
        return self.succeed(endpoint, sent, photos)

    def trouble(self, endpoint: str, photos: dict[str, Photo]) -> int | None:
        """Find the code of the first thing wrong with the photos."""
        for view, photo in photos.items():
            if photo.trouble == "no base64":
                own = {"back": self.promises.no_base64_back, "side": self.promises.no_base64_side}
                return own.get(endpoint, self.promises.no_base64[view])
            if photo.trouble == "no image":
                return self.promises.no_image
        empty = "".join(view for view, photo in photos.items() if photo.trouble)
        return self.promises.no_person[empty] if empty else None

    def fail(self, code: int, message: str, *, known: bool) -> dict[str, Any]:
        """Make an error reply, free of charge."""
        with self.lock:
            credit = self.balance if known else 0
            self.balance -= self.promises.price_of_failure if known else 0
        reply = {"state": self.promises.error_state, "status": code, "message": message, "credit": credit}
        reply |= {"status_code": code, "credit_change": self.promises.change_in_errors}
        return {name: reply[name] for name in self.promises.error_fields}

    def succeed(self, endpoint: str, sent: dict[str, Any], photos: dict[str, Photo]) -> dict[str, Any]:
        """Make a success reply, and charge it."""
        kept = self.promises
        change, credit = self.charge(endpoint, sent.get("uuid"))
        reply: dict[str, Any] = {}
        for view, photo in photos.items():
            reply |= self.result(endpoint, view, photos.get(kept.photo_of[view], photo), photo)
        with self.lock:
            self.jobs += 1
            own = f"job:{self.jobs:06}"
        reply |= {"uuid": (sent.get("uuid") or own) if kept.echoes_uuid else own}
        reply |= {"credit": kept.balance_type(credit), "credit_change": change * kept.sign}
        reply |= {"status_code": kept.success_code, "state": True, "took": 0.25}
        if endpoint == "v1":
            reply |= {"status_code": kept.code_on_v1}
        if endpoint == "side":
            reply |= dict.fromkeys(kept.side_grades, reply.pop("sar_tilt_grade"))
        if endpoint in kept.names:
            reply["APIName"] = kept.names[endpoint]
        reply = {name: value for name, value in reply.items() if value is not None} | kept.fixed
        return {name: value for name, value in reply.items() if name not in kept.left_out}

    def charge(self, endpoint: str, uuid: object) -> tuple[int, int]:
        """Take the price of a success: every second one of a set of split requests costs nothing."""
        with self.lock:
            before, price = self.balance, self.promises.price
            if endpoint in SPLIT and uuid:
                self.sets[str(uuid)] += 1
                price = self.promises.second_of_a_set if self.sets[str(uuid)] % 2 == 0 else price
            if endpoint == "side" and self.promises.price_of_a_side != 1:
                price = self.promises.price_of_a_side
            self.balance -= price
            return price, before if self.promises.balance_lags else self.balance

    def result(self, endpoint: str, view: str, shown: Photo, measured: Photo) -> dict[str, Any]:
        """Draw, place and measure one view."""
        assert shown.picture is not None
        assert measured.picture is not None
        kept = self.promises
        points = joints(measured.picture, mirrored=view in kept.mirrored, narrow=view == "s")
        image = drawn(shown.picture, points, kept.encoding) if kept.drawn else encoded(shown.picture, kept.encoding)
        pairs = [[round(x), round(y)] for x, y in points[: kept.joints]]
        reply: dict[str, Any] = {f"{view}origimg": kept.prefix + base64.b64encode(image).decode()}
        reply[f"{view}ar_coords"] = json.dumps(pairs) if kept.coords_are_text else pairs
        seed = zlib.crc32(measured.picture.tobytes())
        for name in NAMES[view]:
            value = measure(name, seed)
            reply[f"{name}_m_"] = value
            grade = assess(name, value, kept.tables[endpoint]) + kept.raised.get(name, 0)
            reply[f"{name}_grade"] = kept.grade_type(grade)
        return reply


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1

    def do(self) -> None:
        owner: ForeignServer = self.server.analysis  # type: ignore[attr-defined]
        kept = owner.promises
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        endpoint = PATHS.get(self.path)
        if endpoint is None:
            return self.send(404, "text/plain", b"nothing here")
        reply = owner.work(endpoint, self.command, self.headers.get("Content-Type", ""), body)
        text = kept.wrap[0] + json.dumps(reply, indent=1, ensure_ascii=False) + kept.wrap[1]
        return self.send(200 if reply["state"] else kept.http_errors, kept.content_type, text.encode(kept.charset))

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815 - the names of http.server

    def send(self, status: int, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - as the method that it overrides
        pass


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        parsed = json.loads(body)
    except ValueError:
        return None
    return parsed if isinstance(parsed, dict) else None
