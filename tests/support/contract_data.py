"""The contract's files as the tests read them: straight from disk, past the code that they are tested apart from."""

import json
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from tests.support.checkout import ROOT

SCHEMAS = ROOT / "schemas"
V2 = "analysis-skeleton-v2"
BACK = "analysis-skeleton-v2-back"
FRONT = "analysis-skeleton-v2-front"
SIDE = "analysis-skeleton-v2-side"
V1 = "analysis-skeleton"
ALL = (V1, V2, BACK, FRONT, SIDE)

OUTDATED_GRADES = {
    V1: {"far_head_bal_grade": 0, "far_pelvic_bal_grade": 0, "sar_head_tilt_grade": 0},
    V2: {},
    BACK: {},
    FRONT: {"far_head_bal_grade": 0, "far_pelvic_bal_grade": 0},
    SIDE: {"sar_tilt_grade": 1},
}
"""The fields of a page's example whose grade is not its table's, and what the table gives (L37)."""

SCHEMA_FILES = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.rglob("*.schema.json"))
DATA_FILES = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.rglob("*.json"))

# The messages that the pages print in their examples of errors, letter by letter.
EXAMPLE_MESSAGES = [
    (V2, 413, "error from front image decoding b64"),
    (V2, 515, "In the side image, the model is not facing side "),
    (BACK, 413, "error from back image decoding b64"),
    (BACK, 515, "In the back image, the model is not facing side "),
    (FRONT, 413, "error from front image decoding b64"),
    (FRONT, 515, "In the front image, the model is not facing side "),
    (SIDE, 413, "error from front image decoding b64"),
    (SIDE, 515, "In the side image, the model is not facing side "),
    (V1, 413, "error from front image decoding b64"),
    (V1, 515, "In the side image, the model is not facing side "),
]

# One pixel would do as well: the schemas look at the text of an image, not at its picture.
SMALL_IMAGE = "data:image/jpeg;base64,/9j/2Q=="


def schema_file(name: str) -> Any:
    """Return a file under `schemas`, parsed anew for whoever wants to change it."""
    return json.loads((SCHEMAS / name).read_bytes())


def endpoint_file(endpoint: str) -> Any:
    return schema_file(f"{endpoint}/endpoint.json")


def example(name: str) -> Any:
    return json.loads((ROOT / "fixtures/examples" / name).read_bytes())


def success(endpoint: str, **changes: Any) -> Any:
    """Return the page's success with small images, the grades of the page's table, and the fields in `changes`."""
    reply = example(f"{endpoint}.success.json")
    images = {name: SMALL_IMAGE for name in reply if name.endswith("origimg")}
    return reply | images | OUTDATED_GRADES[endpoint] | changes


@cache
def validator(endpoint: str, kind: str) -> Draft202012Validator:
    """Return the validator of `<endpoint>/<kind>.schema.json`; all it may know are the files under `schemas`."""
    resources = [Resource.from_contents(schema_file(name)) for name in SCHEMA_FILES]
    registry: Registry[Any] = resources @ Registry()
    return Draft202012Validator(schema_file(f"{endpoint}/{kind}.schema.json"), registry=registry)


def accepts(endpoint: str, kind: str, document: Any) -> bool:
    return validator(endpoint, kind).is_valid(document)


def accepted_grades(endpoint: str, metric: str, value: float) -> list[int]:
    """Return the grades with which a reply holding `value` for `metric` is valid, out of all that a page has."""
    replies = {grade: success(endpoint, **{f"{metric}_m_": value, f"{metric}_grade": grade}) for grade in range(-3, 4)}
    return [grade for grade, reply in replies.items() if accepts(endpoint, "response", reply)]
