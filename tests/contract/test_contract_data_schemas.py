"""The schemas are valid, resolve offline, and are what the generator makes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from remo_mock.cli.group import commands
from remo_mock.contract.building.json_text import dump
from tests.support.contract_data import (
    ALL,
    BACK,
    DATA_FILES,
    FRONT,
    SCHEMA_FILES,
    SCHEMAS,
    SIDE,
    V1,
    V2,
    accepts,
    endpoint_file,
    example,
    schema_file,
    success,
    validator,
)

CREDENTIALS = {"Email": "a", "UserKey": "b", "APIKey": "c"}
BACK_REQUEST = CREDENTIALS | {"borigimg": "/9j/2Q=="}
FRONT_REQUEST = CREDENTIALS | {"forigimg": "/9j/2Q=="}
SIDE_REQUEST = CREDENTIALS | {"sorigimg": "/9j/2Q=="}
REQUESTS = {
    V1: FRONT_REQUEST | SIDE_REQUEST,
    V2: FRONT_REQUEST | SIDE_REQUEST | BACK_REQUEST,
    BACK: BACK_REQUEST,
    FRONT: FRONT_REQUEST,
    SIDE: SIDE_REQUEST,
}
FIELDS = [(endpoint, field) for endpoint, request in REQUESTS.items() for field in request]
PHOTOS = [(endpoint, field) for endpoint, field in FIELDS if field not in CREDENTIALS]

GENERATED = sorted(name for name in SCHEMA_FILES if "/" in name)


@pytest.fixture
def copied_schemas(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))


@pytest.mark.parametrize("name", SCHEMA_FILES)
def test_schema_is_valid_json_schema(name: str) -> None:
    Draft202012Validator.check_schema(schema_file(name))


def test_each_endpoint_has_its_five_schemas() -> None:
    kinds = ["error", "error.strict", "request", "response", "response.strict"]
    assert sorted(f"{endpoint}/{kind}.schema.json" for endpoint in ALL for kind in kinds) == GENERATED


@pytest.mark.parametrize("endpoint", ALL)
@pytest.mark.parametrize("kind", ["request", "response", "error"])
def test_plain_schema_stands_alone(endpoint: str, kind: str) -> None:
    schema = schema_file(f"{endpoint}/{kind}.schema.json")
    alone = Draft202012Validator(schema)
    assert alone.is_valid({}) is False


@pytest.mark.parametrize("name", DATA_FILES)
def test_file_is_text_that_people_read(name: str) -> None:
    text = (SCHEMAS / name).read_bytes().decode()
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert "\r" not in text


def test_committed_schemas_are_fresh() -> None:
    made = contract("build", SCHEMAS, "--check")
    assert (made.exit_code, made.output) == (0, "0 stale\n")


def test_stale_schema_is_named(copied_schemas: Path, capsys: pytest.CaptureFixture[str]) -> None:
    endpoint = endpoint_file(BACK)
    endpoint["bands"]["leg"]["grades"][0] |= {"maximum": -11}
    endpoint["bands"]["leg"]["grades"][1] |= {"exclusiveMinimum": -11}
    (copied_schemas / BACK / "endpoint.json").write_text(dump(endpoint), encoding="utf-8")

    # click's runner of 8.1 mixes both streams.
    with pytest.raises(SystemExit) as ended:
        commands(["contract", "build", str(copied_schemas), "--check"])
    assert ended.value.code == 1
    printed = capsys.readouterr()
    assert printed.out == "stale: analysis-skeleton-v2-back/response.schema.json\n1 stale\n"
    assert printed.err == f"Write them: remo-mock contract build {copied_schemas}\n"


def test_absent_schemas_are_built_as_they_were(copied_schemas: Path) -> None:
    for name in GENERATED:
        (copied_schemas / name).unlink()

    assert contract("build", copied_schemas).exit_code == 0
    assert _texts(copied_schemas) == _texts(SCHEMAS)


def test_third_endpoint_is_data(copied_schemas: Path) -> None:
    endpoint = endpoint_file(V2) | {"name": "side", "views": endpoint_file(V2)["views"][1:2]}
    endpoint["metrics"] = endpoint["metrics"][7:11]
    (copied_schemas / "side").mkdir()
    (copied_schemas / "side/endpoint.json").write_text(dump(endpoint), encoding="utf-8")

    contract("build", copied_schemas)

    response = Draft202012Validator(json.loads((copied_schemas / "side/response.schema.json").read_bytes()))
    assert [error.message for error in response.iter_errors(success(V2))] == []
    assert [error.message for error in response.iter_errors(success(V2, sar_tilt_grade=1))] == ["2 was expected"]


@pytest.mark.parametrize("endpoint", ALL)
def test_reply_fields_stand_in_the_order_of_the_example(endpoint: str) -> None:
    properties = schema_file(f"{endpoint}/response.schema.json")["properties"]
    never_sent = {V1: ["status_code"], SIDE: ["bar_left_qang_grade"]}.get(endpoint, [])
    sent = [name for name in properties if name not in never_sent]
    assert sent == list(example(f"{endpoint}.success.json"))


@pytest.mark.parametrize(
    ("endpoint", "fields", "optional"),
    [
        (V1, 32, {"APIName", "status_code"}),
        (V2, 48, {"APIName"}),
        (BACK, 22, {"APIName"}),
        (FRONT, 22, {"APIName"}),
        (SIDE, 17, {"APIName", "sar_tilt_grade", "bar_left_qang_grade"}),
    ],
)
def test_reply_requires_every_field_but_these(endpoint: str, fields: int, optional: set[str]) -> None:
    schema = schema_file(f"{endpoint}/response.schema.json")
    assert len(schema["properties"]) == fields
    assert set(schema["properties"]) - set(schema["required"]) == optional


@pytest.mark.parametrize("endpoint", ALL)
def test_request_layers_are_flat_and_in_the_order_of_judgement(endpoint: str) -> None:
    schema = schema_file(f"{endpoint}/request.schema.json")
    assert [layer["x-remo-condition"] for layer in schema["allOf"]] == ["protocol", "missing_input"]
    assert "$ref" not in dump(schema)


@pytest.mark.parametrize("endpoint", ALL)
@pytest.mark.parametrize("change", [{}, {"uuid": "u"}, {"uuid": None}, {"uuid": "u" * 200}, {"anything": [1]}], ids=str)
def test_request_is_accepted(endpoint: str, change: dict[str, object]) -> None:
    assert accepts(endpoint, "request", REQUESTS[endpoint] | change)


@pytest.mark.parametrize("endpoint", ALL)
@pytest.mark.parametrize(
    ("change", "condition"),
    [
        ({"Email": 5}, "protocol"),
        ({"UserKey": ["b"]}, "protocol"),
        ({"APIKey": True}, "protocol"),
        ({"uuid": 7}, "protocol"),
        ({"uuid": "u" * 201}, "protocol"),
        ({"Email": None}, "missing_input"),
        ({"UserKey": ""}, "missing_input"),
        ({"APIKey": None}, "missing_input"),
        ({"APIKey": "", "uuid": 7}, "protocol"),
    ],
    ids=str,
)
def test_refused_request_names_its_condition(endpoint: str, change: dict[str, object], condition: str) -> None:
    assert _first_condition(endpoint, REQUESTS[endpoint] | change) == condition


@pytest.mark.parametrize("endpoint", ALL)
@pytest.mark.parametrize("document", [[], "text", 1, None, True], ids=str)
def test_request_that_is_no_object_breaks_the_protocol(endpoint: str, document: object) -> None:
    assert _first_condition(endpoint, document) == "protocol"


@pytest.mark.parametrize(("endpoint", "field"), PHOTOS)
@pytest.mark.parametrize(("value", "condition"), [({}, "protocol"), ("", "missing_input")], ids=str)
def test_refused_photo_names_its_condition(endpoint: str, field: str, value: object, condition: str) -> None:
    assert _first_condition(endpoint, REQUESTS[endpoint] | {field: value}) == condition


@pytest.mark.parametrize(("endpoint", "field"), FIELDS)
def test_absent_field_is_missing_input(endpoint: str, field: str) -> None:
    request = dict(REQUESTS[endpoint])
    del request[field]
    assert _first_condition(endpoint, request) == "missing_input"


def _first_condition(endpoint: str, document: object) -> str:
    schema = schema_file(f"{endpoint}/request.schema.json")
    layers = sorted(error.absolute_schema_path[1] for error in validator(endpoint, "request").iter_errors(document))
    return str(schema["allOf"][layers[0]]["x-remo-condition"])


def _texts(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")}


def contract(command: str, folder: Path, *options: str) -> Result:
    """Run `remo-mock contract COMMAND` on a folder."""
    return CliRunner().invoke(commands, ["contract", command, str(folder), *options])
