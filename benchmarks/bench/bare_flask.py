"""A Flask application that answers each body with a reply from a cache, by a hash of the body's bytes."""

import os
from pathlib import Path

import xxhash
from flask import Flask, Response, request

app = Flask(__name__)
_REPLY = Path(os.environ["REPLY"]).read_bytes()
_replies: dict[bytes, bytes] = {}


@app.route("/<path:_path>", methods=["POST"])
def answer(_path: str) -> Response:
    """Answer as a mock would that has seen the body before."""
    key = xxhash.xxh3_128_digest(request.get_data(cache=False))
    return Response(_replies.setdefault(key, _REPLY), content_type="application/json")
