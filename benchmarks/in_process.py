"""CPU milliseconds of a request for photos seen before, sent to the WSGI application in this process.

`in_process.py PACKAGE WORKLOAD FILE`: the package that has `create_app`, W1 to W3, the file with the body.
"""

import importlib
import statistics
import sys
import time
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.test import run_wsgi_app

from workloads import PATHS, new_account

if TYPE_CHECKING:
    from flask import Flask

_TIMES = {"W1": 400, "W2": 60, "W3": 6}
_BATCHES = 7


def main() -> None:
    """Print the median of several batches of requests, each of them a fraction of a second long."""
    package, workload, file = sys.argv[1:]
    app: Flask = importlib.import_module(package).create_app()
    app.test_client().post("/__admin/accounts", json=new_account())
    path, body, times = PATHS[workload], Path(file).read_bytes(), _TIMES[workload]
    batches = []
    for _ in range(1 + _BATCHES):
        began = time.process_time()
        for _ in range(times):
            send(app, path, body)
        batches.append((time.process_time() - began) / times * 1000)
    print(f"{statistics.median(batches[1:]):.4f}")  # the first batch also looks at the photos


def send(app: "Flask", path: str, body: bytes) -> None:
    """Post a body as a server would, and take the answer's bytes; a failure ends the program."""
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    parts, status, _headers = run_wsgi_app(app, environ)
    sum(map(len, parts))
    if not status.startswith("200"):
        raise SystemExit(f"{path} was answered with {status}")


if __name__ == "__main__":
    main()
