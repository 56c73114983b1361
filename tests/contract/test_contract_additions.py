"""A contract folder may bring examples and plausible ranges, which win over the packaged ones."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from remo_mock.cli.group import commands
from remo_mock.contract.packaged import chosen_directory
from remo_mock.exceptions import ContractError
from tests.support.calls import BACK, credentials, photo_text
from tests.support.third_endpoint import FRONT, NAME, third_endpoint

BODY = credentials() | {"forigimg": photo_text("front")}
EXAMPLE = {
    "state": True,
    "status_code": 200,
    "APIName": "Front",
    "credit_change": -3,
    "credit": 7,
    "uuid": "00000000-0000-4000-8000-000000000000",
    "forigimg": "data:image/jpeg;base64,/9j/2Q==",
    "far_coords": "[]",
    "far_knee_bal_grade": 1,
    "far_knee_bal_m_": 1.25,
    "far_tilt_grade": -1,
    "far_tilt_m_": -2.5,
}
NARROW = {"centre": 3, "spread": 0.1, "limits": [2.9, 3.1], "reason": "made up by a test"}


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    return third_endpoint(tmp_path)


def write(schemas: Path, name: str, data: Any) -> None:
    path = schemas / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data), encoding="utf-8")


def client(schemas: Path) -> FlaskClient:
    return create_app(Settings(contract_dir=schemas)).test_client()


def test_its_example_can_be_asked_for(schemas: Path) -> None:
    write(schemas, f"examples/{NAME}.success.json", EXAMPLE)
    told = client(schemas).post(FRONT, json=BODY, headers={"Prefer": "example"}).get_json()
    assert [told["far_knee_bal_m_"], told["far_tilt_m_"]] == [1.25, -2.5]


def test_its_example_is_in_the_openapi_document(schemas: Path) -> None:
    write(schemas, f"examples/{NAME}.success.json", EXAMPLE)
    examples = client(schemas).get("/__admin/openapi.json").get_json()["components"]["examples"]
    assert examples["AnalysisSkeletonV3FrontSuccess"]["value"]["credit"] == 7


def test_without_an_example_none_is_made_and_asking_for_it_is_refused(schemas: Path) -> None:
    made = client(schemas)
    assert (
        "AnalysisSkeletonV3FrontSuccess" not in made.get("/__admin/openapi.json").get_json()["components"]["examples"]
    )
    refused = made.post(FRONT, json=BODY, headers={"Prefer": "example"})
    assert refused.status_code == 400
    assert f"a contract folder brings one as examples/{NAME}.success.json" in refused.get_json()["detail"]


def test_an_endpoint_that_is_packaged_keeps_its_example(schemas: Path) -> None:
    write(schemas, f"examples/{NAME}.success.json", EXAMPLE)
    body = credentials() | {"borigimg": photo_text("back")}
    told = client(schemas).post(BACK, json=body, headers={"Prefer": "example"}).get_json()
    assert told["state"] is True


def test_a_packaged_example_that_no_longer_fits_is_none(schemas: Path) -> None:
    data = json.loads((schemas / "analysis-skeleton-v2-back/endpoint.json").read_bytes())
    data["metrics"] = data["metrics"][1:]
    write(schemas, "analysis-skeleton-v2-back/endpoint.json", data)
    CliRunner().invoke(commands, ["contract", "build", str(schemas)])
    body = credentials() | {"borigimg": photo_text("back")}
    assert client(schemas).post(BACK, json=body, headers={"Prefer": "example"}).status_code == 400


def test_its_ranges_win_and_others_stay(schemas: Path) -> None:
    before = client(schemas).post(FRONT, json=BODY).get_json()
    write(schemas, "plausible.json", {"measures": {"tilt": NARROW}})
    told = client(schemas).post(FRONT, json=BODY).get_json()
    assert 2.9 <= told["far_tilt_m_"] <= 3.1
    assert told["far_knee_bal_m_"] == before["far_knee_bal_m_"]


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in EXAMPLE.items() if key != name}


@pytest.mark.parametrize(
    ("name", "data", "problem"),
    [
        (f"examples/{NAME}.success.json", without("far_tilt_m_"), "'far_tilt_m_' is missing"),
        (f"examples/{NAME}.success.json", EXAMPLE | {"far_tilt_m_": "1"}, "far_tilt_m_ is '1'"),
        (f"examples/{NAME}.success.json", EXAMPLE | {"tilt": 1}, "'tilt' is no key that is known"),
        (f"examples/{NAME}.success.json", [], "the file is []"),
        ("examples/v9.success.json", EXAMPLE, "is not named for an endpoint"),
        ("plausible.json", [], "the file is []"),
        ("plausible.json", {"ranges": {}}, "'ranges' is no key that is known"),
        ("plausible.json", {"measures": {"grip": NARROW}}, "measures.grip: no photo shows this measure"),
        ("plausible.json", {"measures": {"tilt": {"centre": 1}}}, "'spread' is missing in measures.tilt"),
        ("plausible.json", {"default": NARROW | {"centre": 9}}, "default: limits [2.9, 3.1] do not lie around"),
        ("plausible.json", {"default": NARROW | {"spread": 0}}, "default: spread is 0"),
        (
            "plausible.json",
            {"measures": {"tilt": NARROW | {"same_side_as": "grip"}}},
            "measures.tilt.same_side_as: no photo shows grip",
        ),
        (
            "plausible.json",
            {"measures": {"tilt": NARROW | {"views": {"top": NARROW}}}},
            "measures.tilt.views.top: no photo of this view",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused_and_reported(schemas: Path, name: str, data: Any, problem: str) -> None:
    write(schemas, name, data)
    with pytest.raises(ContractError) as caught:
        client(schemas)
    assert str(caught.value).startswith(f"{name}: {problem}")
    done = CliRunner().invoke(commands, ["contract", "check", str(schemas)])
    assert (done.exit_code, f"{name}\n  {problem}" in done.stdout) == (1, True)


@pytest.mark.parametrize(
    ("argument", "environment", "chosen"),
    [
        (None, {}, None),
        (None, {"REMO_MOCK_CONTRACT_DIR": " "}, None),
        (None, {"REMO_MOCK_CONTRACT_DIR": "a"}, Path("a")),
        ("b", {"REMO_MOCK_CONTRACT_DIR": "a"}, Path("b")),
        (Path("b"), {}, Path("b")),
    ],
)
def test_an_argument_wins_over_the_variable(
    argument: Path | str | None, environment: dict[str, str], chosen: Path | None
) -> None:
    assert chosen_directory(argument, environment) == chosen
