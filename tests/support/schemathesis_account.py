"""A hook of Schemathesis: bodies that keep the schema get an account's credentials and, half of them, real photos."""

from typing import Any

import schemathesis

from tests.support.calls import credentials, photo_text

PHOTOS = {"forigimg": "front", "sorigimg": "side", "borigimg": "back"}


@schemathesis.hook
def map_body(_: schemathesis.HookContext, body: Any) -> Any:
    """Replace what else would end at an unknown user, so that photos are looked at and charged for."""
    if not isinstance(body, dict):
        return body
    real = len(body.get("borigimg", "")) % 2
    photos = {name: photo_text(view) for name, view in PHOTOS.items() if name in body and real}
    return body | credentials() | photos
