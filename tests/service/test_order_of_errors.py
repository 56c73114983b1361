"""The order of errors is data: whoever changes it in `errors.json` has a mock that follows."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from remo_mock import Settings, create_app
from remo_mock.contract.packaged import directory
from tests.support.calls import BACK, V2, blank_text, credentials

Order = list[str | list[str]]


def reordered(folder: Path, order: Order) -> Path:
    """Copy the contract with another order of errors."""
    schemas = folder / "schemas"
    shutil.copytree(directory("schemas"), schemas)
    path = schemas / "errors.json"
    errors = json.loads(path.read_text(encoding="utf-8")) | {"order": order}
    path.write_text(json.dumps(errors), encoding="utf-8")
    return schemas


IMAGES = ["undecodable", "not_image"]
PHOTOS = ["tilted", "no_person", "wrong_angle", "not_a_pose"]
LAST = ["process_error", "other_process_error"]
ORDERS: dict[str, tuple[Order, dict[str, Any], int]] = {
    "as usual": (
        ["protocol", "missing_input", "unknown_user", "wrong_api_key", "insufficient_credit", IMAGES, *PHOTOS, *LAST],
        credentials("broke") | {"borigimg": blank_text()},
        422,
    ),
    "the credits behind the photos": (
        ["protocol", "missing_input", "unknown_user", "wrong_api_key", IMAGES, *PHOTOS, "insufficient_credit", *LAST],
        credentials("broke") | {"borigimg": blank_text()},
        518,
    ),
    "the key behind the credits": (
        ["protocol", "missing_input", "unknown_user", "insufficient_credit", "wrong_api_key", IMAGES, *PHOTOS, *LAST],
        credentials("broke") | {"APIKey": "wrong", "borigimg": blank_text()},
        422,
    ),
    "the caller before the body": (
        ["unknown_user", "wrong_api_key", "protocol", "missing_input", "insufficient_credit", IMAGES, *PHOTOS, *LAST],
        {"Email": "nobody@example.com", "UserKey": "u", "borigimg": 5},
        420,
    ),
}


@pytest.mark.parametrize("case", ORDERS)
def test_the_mock_follows_the_order_in_the_data(tmp_path: Path, case: str) -> None:
    order, body, code = ORDERS[case]
    app = create_app(Settings(contract_dir=reordered(tmp_path, order)))
    assert app.test_client().post(BACK, json=body).get_json()["status"] == code
    app.extensions["remo_mock"].close()


def test_a_broken_request_is_told_in_the_order_of_the_data(tmp_path: Path) -> None:
    form, caller = ["missing_input", "protocol"], ["unknown_user", "wrong_api_key", "insufficient_credit"]
    order: Order = [*form, *caller, IMAGES, *PHOTOS, *LAST]
    app = create_app(Settings(contract_dir=reordered(tmp_path, order)))
    assert app.test_client().post(V2, json=credentials() | {"sorigimg": 5}).get_json()["status"] == 411
    assert app.test_client().post(V2, data="no JSON").get_json()["status"] == 400
    app.extensions["remo_mock"].close()
