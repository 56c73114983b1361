"""Makes the files of example replies out of the examples that the pages print."""

import json

from remo_mock.contract.deriving.endpoint.codes import code_in
from remo_mock.contract.deriving.findings.finding import Derived
from remo_mock.contract.model import Json
from remo_mock.contract.packaged import EXAMPLES, example_replies

_SMALLEST = "data:image/jpeg;base64,/9j/2Q=="


def example_files(derived: Derived) -> dict[str, Json]:
    """Return the example of a success and those of errors, by file name, with pictures of the packaged ones."""
    name = derived.data["name"]
    files: dict[str, Json] = {}
    for _key, example in derived.pages.examples("success"):
        reply = dict(example.fields)
        for view in derived.data["views"]:
            if view["image"] in reply:
                reply[view["image"]] = _picture(view["image"])
            if not isinstance(reply.get(view["coords"]), str):
                reply[view["coords"]] = json.dumps(reply.get(view["coords"]))
        files.setdefault(f"{EXAMPLES}{name}.success.json", reply)
    for _key, example in derived.pages.examples("error"):
        code = code_in(example.fields, derived.conventions)
        if code is not None:
            files.setdefault(f"{EXAMPLES}{name}.error-{code}.json", dict(example.fields))
    return files


def _picture(name: str) -> str:
    """Return a drawn picture of the view that a field belongs to."""
    return next((str(reply[name]) for reply in example_replies().values() if name in reply), _SMALLEST)
