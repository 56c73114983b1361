"""The servers that are compared: this one, and what one could take instead, which answers with a ready reply."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import orjson
import requests

from remo_mock.reference.openapi import make_openapi
from remo_mock.web.server import free_address
from serving import Server, ended
from workloads import ACCOUNT, FIELDS, PATHS, VIEWS

NODE = Path(__file__).parent.parent / ".peers"
_MODULES = NODE / "node_modules"
_PRISM = _MODULES / ".bin" / "prism"
_PATIENCE = 30
_MEGABYTES = 64


@dataclass(frozen=True, slots=True)
class Request:
    """A workload, the file of the reply to it, and a directory for files of the server that is to send it."""

    workload: str
    reply: Path
    folder: Path

    @property
    def path(self) -> str:
        """The path of the vendor's at which it is answered."""
        return PATHS[self.workload]


@dataclass(frozen=True, slots=True)
class Peer:
    """Another server: whether it is there, how to get it, and the command that serves a request on a port.

    `warms_up` says that it becomes faster within the first seconds.
    """

    name: str
    is_there: Callable[[], bool]
    remedy: str
    command: Callable[[Request, int], list[str]]
    warms_up: bool = False


@contextmanager
def running(peer: Peer, request: Request) -> Iterator[Server]:
    """Run a peer on a free port that answers a request."""
    port = free_address("127.0.0.1", 0)[1]
    command = peer.command(request, port)
    began, url = time.perf_counter(), f"http://127.0.0.1:{port}"
    environment = os.environ | {"REPLY": str(request.reply), "PYTHONPATH": str(Path(__file__).parent)}
    log = request.folder / "log.txt"
    with log.open("ab") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=out,
            text=True,
            env=environment,
            cwd=request.folder,
            start_new_session=True,
        )
    with ended(process, patience=5):
        while not _answers(url):
            if process.poll() is not None or time.perf_counter() - began > _PATIENCE:
                raise SystemExit(f"{peer.name} did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")
            time.sleep(0.002)
        yield Server(url, process.pid, time.perf_counter() - began)


def _answers(url: str) -> bool:
    try:
        requests.get(url, timeout=5)
    except requests.RequestException:
        return False
    return True


def program(name: str) -> str | None:
    """Return the path of a program, also where Debian keeps nginx, for root alone; None if it is missing."""
    return shutil.which(name) or shutil.which(f"/usr/sbin/{name}")


def _wiremock(request: Request, port: int) -> list[str]:
    fields = (*ACCOUNT, *(FIELDS[view] for view in VIEWS[request.workload]))
    matching = [{"matchesJsonPath": f"$.{name}"} for name in fields]
    headers = {"Content-Type": "application/json"}
    mapping = {
        "request": {"method": "POST", "urlPath": request.path, "bodyPatterns": matching},
        "response": {"status": 200, "bodyFileName": "reply.json", "headers": headers},
    }
    for name, data in {"mappings": json.dumps(mapping).encode(), "__files": request.reply.read_bytes()}.items():
        (request.folder / name).mkdir(exist_ok=True)
        (request.folder / name / ("one.json" if name == "mappings" else "reply.json")).write_bytes(data)
    options = ["--no-request-journal", "--disable-banner", "--bind-address", "127.0.0.1"]
    return ["java", "-jar", str(_jar()), "--port", str(port), "--root-dir", str(request.folder), *options]


def _jar() -> Path | None:
    return next((_MODULES / "wiremock" / "build").glob("wiremock-standalone-*.jar"), None)


def _flask(_request: Request, port: int) -> list[str]:
    address = ["--host", "127.0.0.1", "--port", str(port)]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--no-access-log"]
    return [*command, *address, "bare_flask:app"]


def _nginx(request: Request, port: int) -> list[str]:
    file = request.folder / "www" / request.path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(request.reply, file)
    places = "".join(
        f"{name}_temp_path {request.folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (request.folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; worker_processes 2; pid {request.folder}/pid;\n"
        f"error_log {request.folder}/error.txt; events {{}}\n"
        f"http {{ access_log off; {places} client_max_body_size {_MEGABYTES}m; default_type application/json;\n"
        f"  client_body_buffer_size {_MEGABYTES}m; server {{ listen 127.0.0.1:{port}; root {request.folder}/www;\n"
        "    mirror /read; location = /read { internal; return 204; }\n"  # it would answer before the body has come
        "    error_page 405 =200 $uri; } }\n"  # a file answers no POST of itself
    )
    return [
        program("nginx") or "nginx",
        "-p",
        str(request.folder),
        "-e",
        str(request.folder / "error.txt"),
        "-c",
        str(request.folder / "nginx.conf"),
    ]


def _mockoon(request: Request, port: int) -> list[str]:
    headers = [{"key": "Content-Type", "value": "application/json"}]
    response = {"bodyType": "FILE", "filePath": str(request.reply), "sendFileAsBody": True, "disableTemplating": True}
    response |= {"statusCode": 200, "headers": headers, "default": True}
    route = {"uuid": str(uuid4()), "type": "http", "method": "post", "endpoint": request.path.lstrip("/")}
    order = [{"type": "route", "uuid": route["uuid"]}]
    environment = {"uuid": str(uuid4()), "name": "bench", "port": port, "hostname": "127.0.0.1", "rootChildren": order}
    file = request.folder / "mockoon.json"
    file.write_text(json.dumps({**environment, "routes": [{**route, "responses": [response]}]}))
    limit = ["--max-request-body-size", str(_MEGABYTES * 1024 * 1024)]
    options = ["--repair", "--disable-log-to-file", "--disable-admin-api", *limit]
    return [str(_MODULES / ".bin" / "mockoon-cli"), "start", "--data", str(file), *options]


def _prism(request: Request, port: int) -> list[str]:
    file = request.folder / "openapi.json"
    file.write_bytes(orjson.dumps(make_openapi(None, servers=["http://127.0.0.1"])))
    return [str(_PRISM), "mock", "--host", "127.0.0.1", "--port", str(port), "--verboseLevel", "silent", str(file)]


_NPM = f"npm install --prefix benchmarks/{NODE.name}"
PEERS = (
    Peer(
        "bare Flask on granian, 2 workers, reply by a hash of the body",
        lambda: find_spec("xxhash") is not None,
        "pip install xxhash",
        _flask,
    ),
    Peer(
        "WireMock, fields matched, no journal",
        lambda: shutil.which("java") is not None and _jar() is not None,
        f"{_NPM} wiremock, and apt-get install default-jre-headless",
        _wiremock,
        warms_up=True,
    ),
    Peer(
        "Mockoon, static reply",
        lambda: (_MODULES / ".bin" / "mockoon-cli").exists(),
        f"{_NPM} @mockoon/cli, and apt-get install nodejs",
        _mockoon,
    ),
    Peer(
        "Prism, by our OpenAPI document",
        _PRISM.exists,
        f"{_NPM} @stoplight/prism-cli, and apt-get install nodejs",
        _prism,
    ),
    Peer("nginx, static reply", lambda: program("nginx") is not None, "apt-get install nginx-light", _nginx),
)
"""What one could take instead; none of these counts credits, draws, or looks at a photo.

Prism alone validates requests by a schema; it answers with the document's example, and refuses bodies over 10 MB.
"""
