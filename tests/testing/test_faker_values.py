"""The Faker provider's values are valid by the strict schemas, taken by the mock, and decided by Faker's seed."""

from io import BytesIO
from typing import Any

import pybase64
import pytest
import requests
from faker import Faker
from jsonschema import Draft202012Validator
from PIL import Image
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from remo_mock import RemoMock
from remo_mock.contract.packaged import contract_documents
from remo_mock.exceptions import OutcomeError
from remo_mock.faker_provider import RemoProvider
from tests.support.contract_data import BACK, V2, schema_file
from tests.support.waiting import TIMEOUT

ENDPOINTS = [V2, BACK]


@pytest.fixture
def fake() -> Any:
    return faker_of(7)


def faker_of(seed: int) -> Any:
    fake = Faker()
    fake.add_provider(RemoProvider)
    fake.seed_instance(seed)
    return fake


def validator(endpoint: str, kind: str) -> Draft202012Validator:
    documents = [one for one in contract_documents().values() if "$id" in one]
    resources = [(one["$id"], DRAFT202012.create_resource(one)) for one in documents]
    return Draft202012Validator(
        schema_file(f"{endpoint}/{kind}.schema.json"), registry=Registry().with_resources(resources)
    )


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("profile", [None, "normal", "caution", "danger", "example"])
def test_a_success_is_valid_by_the_strict_schema(fake: Any, endpoint: str, profile: str | None) -> None:
    validator(endpoint, "response.strict").validate(fake.remo_success(endpoint, profile=profile))


EVERY_CODE = [
    (endpoint, row["code"]) for endpoint in ENDPOINTS for row in schema_file(f"{endpoint}/endpoint.json")["codes"]
]


@pytest.mark.parametrize(("endpoint", "code"), EVERY_CODE)
def test_an_error_is_valid_by_the_strict_schema(fake: Any, endpoint: str, code: int) -> None:
    error = fake.remo_error(endpoint, code=code)
    validator(endpoint, "error.strict").validate(error)
    assert error["status"] == code


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_request_is_valid_and_succeeds(fake: Any, endpoint: str) -> None:
    body = fake.remo_request(endpoint)
    validator(endpoint, "request").validate(body)
    with RemoMock() as remo:
        own = fake.remo_request(endpoint, credentials=remo.account().fields)
        reply = requests.post(f"{remo.url}/api/{endpoint}", json=own, timeout=TIMEOUT)
    assert reply.json()["state"] is True


@pytest.mark.parametrize("view", ["front", "side", "back"])
@pytest.mark.parametrize("seed", range(8))
def test_a_photo_is_small_and_shows_a_person(view: str, seed: int) -> None:
    photo = faker_of(seed).remo_photo(view)
    assert len(photo) < 12_000
    with Image.open(BytesIO(photo)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
    with RemoMock() as remo:
        text = pybase64.b64encode(photo).decode()
        body = remo.account().fields | {"forigimg": text, "sorigimg": text, "borigimg": text}
        assert requests.post(f"{remo.url}/api/{V2}", json=body, timeout=TIMEOUT).status_code == 200


def everything(fake: Any) -> list[object]:
    return [
        fake.remo_credentials(),
        fake.remo_photo("back"),
        fake.remo_request(BACK),
        fake.remo_success(BACK),
        fake.remo_error(V2),
    ]


def test_the_same_seed_gives_the_same_values() -> None:
    assert everything(faker_of(1)) == everything(faker_of(1))


def test_another_seed_gives_others() -> None:
    pairs = zip(everything(faker_of(1)), everything(faker_of(2)), strict=True)
    assert [one == other for one, other in pairs] == [False] * 5


def test_a_later_photo_is_another_and_has_other_metrics(fake: Any) -> None:
    first, second = fake.remo_success(BACK), fake.remo_success(BACK)
    assert first["bar_tilt_m_"] != second["bar_tilt_m_"]


def test_a_metric_may_be_given(fake: Any) -> None:
    reply = fake.remo_success(BACK, bar_tilt_m_=6.25)
    assert (reply["bar_tilt_m_"], reply["bar_tilt_grade"]) == (6.25, 2)


@pytest.mark.parametrize("shape", ["status", "status_code", "both"])
def test_the_shape_of_errors_may_be_chosen(fake: Any, shape: str) -> None:
    assert len(fake.remo_error(BACK, code=518, error_shape=shape)) == (5 if shape == "both" else 4)


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("remo_request", {"endpoint": "v3"}),
        ("remo_success", {"endpoint": "v3"}),
        ("remo_success", {"endpoint": BACK, "profile": "fine"}),
        ("remo_error", {"endpoint": BACK, "code": 418}),
        ("remo_photo", {"view": "top"}),
    ],
)
def test_an_unknown_name_is_refused_with_those_that_are_known(
    fake: Any, method: str, arguments: dict[str, Any]
) -> None:
    with pytest.raises(OutcomeError, match=r"expected (one of|a code)"):
        getattr(fake, method)(**arguments)


def test_faker_finds_the_provider_by_its_module() -> None:
    fake: Any = Faker(includes=["remo_mock.faker_provider"])
    assert sorted(fake.remo_credentials()) == ["APIKey", "Email", "UserKey"]
