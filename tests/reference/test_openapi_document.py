"""The OpenAPI document is valid, says all that the contract says, and its examples are what a mock takes and sends."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from openapi_spec_validator import OpenAPIV31SpecValidator

from remo_mock import Settings, create_app
from remo_mock.hints.hint import Hint
from remo_mock.service.exchange import reply_headers
from remo_mock.service.messages.call_and_reply import Reply
from tests.support.calls import BACK, FRONT, SIDE, V1, V2, credentials, photo_text
from tests.support.openapi_documents import accepts, component, document, error_examples, example, operation
from tests.support.third_endpoint import FRONT as FURTHER
from tests.support.third_endpoint import third_endpoint

V2_CODES = [400, 411, 412, 413, 414, 418, 420, 421, 422, *range(511, 526), 550, 559]
BACK_CODES = [400, 411, 412, 413, 415, 420, 421, 422, 515, 518, 522, 550, 559]
SWITCHES: list[dict[str, Any]] = [
    *(
        {"http_status": status, "error_shape": shape}
        for status in ("mirror", "200")
        for shape in ("status", "status_code", "both", "detailed")
    ),
    {"side_reply": "observed"},
    {"as_observed": True},
]
IN_EACH_SWITCH = pytest.mark.parametrize(
    "switches", SWITCHES, ids=lambda switches: "-".join(map(str, switches.values()))
)
ENDPOINTS = pytest.mark.parametrize(
    ("path", "name"),
    [
        (V1, "AnalysisSkeleton"),
        (V2, "AnalysisSkeletonV2"),
        (BACK, "AnalysisSkeletonV2Back"),
        (FRONT, "AnalysisSkeletonV2Front"),
        (SIDE, "AnalysisSkeletonV2Side"),
    ],
    ids=["v1", "v2", "v2-back", "v2-front", "v2-side"],
)


@pytest.fixture(scope="module")
def usual() -> dict[str, Any]:
    return document()


@IN_EACH_SWITCH
def test_it_is_valid_openapi(switches: dict[str, Any]) -> None:
    assert list(OpenAPIV31SpecValidator(document(**switches)).iter_errors()) == []


def test_a_grade_is_one_of_five_integers(usual: dict[str, Any]) -> None:
    grade = usual["components"]["schemas"]["Grade"]
    assert (grade["type"], grade["enum"]) == ("integer", [-2, -1, 0, 1, 2])


def test_no_scheme_of_http_carries_credentials(usual: dict[str, Any]) -> None:
    assert usual["security"] == []


def test_it_is_for_all_endpoints(usual: dict[str, Any]) -> None:
    assert usual["openapi"] == "3.1.0"
    assert [(path, *methods) for path, methods in usual["paths"].items()] == [
        (path, "post") for path in (V1, V2, BACK, FRONT, SIDE)
    ]
    assert [operation(usual, path)["operationId"] for path in usual["paths"]] == [
        "analysisSkeleton",
        "analysisSkeletonV2",
        "analysisSkeletonV2Back",
        "analysisSkeletonV2Front",
        "analysisSkeletonV2Side",
    ]


@pytest.mark.parametrize(("path", "codes"), [(V2, V2_CODES), (BACK, BACK_CODES)], ids=["v2", "v2-back"])
def test_a_mirrored_code_is_an_http_status(usual: dict[str, Any], path: str, codes: list[int]) -> None:
    assert list(operation(usual, path)["responses"]) == ["200", *map(str, codes)]
    assert list(error_examples(usual, path)) == [f"error-{code}" for code in codes]


@pytest.mark.parametrize(("path", "codes"), [(V2, V2_CODES), (BACK, BACK_CODES)], ids=["v2", "v2-back"])
def test_every_code_is_in_the_200_if_all_are_200(path: str, codes: list[int]) -> None:
    responses = operation(document(http_status="200"), path)["responses"]
    assert [(status, list(response["content"])) for status, response in responses.items()] == [
        ("200", ["application/json"]),
        ("400", ["application/problem+json"]),
    ]
    told = responses["200"]["content"]["application/json"]
    assert list(told["examples"]) == ["success", *(f"error-{code}" for code in codes)]
    assert len(told["schema"]["oneOf"]) == 2


@IN_EACH_SWITCH
@ENDPOINTS
def test_the_example_of_a_success_keeps_its_schema(switches: dict[str, Any], path: str, name: str) -> None:
    made = document(**switches)
    schema = operation(made, path)["responses"]["200"]["content"]["application/json"]["schema"]
    assert accepts(made, schema, example(made, f"{name}Success"))


@IN_EACH_SWITCH
@ENDPOINTS
def test_the_examples_of_errors_keep_their_schemas(switches: dict[str, Any], path: str, name: str) -> None:
    made = document(**switches)
    shown = error_examples(made, path)
    assert {code for code, (schema, value) in shown.items() if not accepts(made, schema, value)} == set()
    assert {code for code, (_, value) in shown.items() if not accepts(made, component(f"{name}Error"), value)} == set()


@pytest.mark.parametrize(
    ("shape", "wrong"),
    [
        ("status", {"status": 411}),
        ("status", {"status": 600}),
        ("status_code", {"status_code": 411}),
        ("both", {"status_code": 411}),
    ],
    ids=str,
)
def test_an_error_with_another_code_than_its_status_is_refused(shape: str, wrong: dict[str, int]) -> None:
    made = document(error_shape=shape)
    schema, value = error_examples(made, BACK)["error-518"]
    assert accepts(made, schema, value)
    assert not accepts(made, schema, value | wrong)


def test_codes_under_two_keys_that_differ_are_refused() -> None:
    made = document(error_shape="both", http_status="200")
    schema, value = error_examples(made, BACK)["error-518"]
    assert not accepts(made, schema, value | {"status_code": 522})


@pytest.mark.parametrize(
    ("shape", "keys"), [("status", ["status"]), ("status_code", ["status_code"]), ("both", ["status", "status_code"])]
)
@pytest.mark.parametrize("status", ["mirror", "200"])
def test_a_mocks_error_is_as_its_document_says(status: Any, shape: Any, keys: list[str]) -> None:
    client = create_app(Settings(http_status=status, error_shape=shape)).test_client()
    made = client.get("/__admin/openapi.json").get_json()
    reply = client.post(BACK, json={})
    schema = operation(made, BACK)["responses"][str(reply.status_code)]["content"]["application/json"]["schema"]
    assert accepts(made, schema, reply.get_json())
    assert made["components"]["schemas"]["AnalysisSkeletonV2BackError"]["required"] == [
        *("state", "credit", "message"),
        *keys,
    ]


@ENDPOINTS
def test_the_example_of_a_request_succeeds(usual: dict[str, Any], client: FlaskClient, path: str, name: str) -> None:
    reply = client.post(path, json=example(usual, f"{name}Request"))
    assert reply.status_code == 200
    assert accepts(usual, component(f"{name}Success"), reply.get_json())


@ENDPOINTS
def test_each_example_of_a_preference_is_taken(
    usual: dict[str, Any], client: FlaskClient, path: str, name: str
) -> None:
    (prefer,) = operation(usual, path)["parameters"]
    body = example(usual, f"{name}Request")
    values = [shown["value"] for shown in prefer["examples"].values()]
    replies = [client.post(path, json=body, headers={"Prefer": value}) for value in values]
    assert [reply.headers["Preference-Applied"] for reply in replies] == values


@pytest.mark.parametrize("path", [V2, BACK])
def test_every_header_of_ours_is_described(usual: dict[str, Any], path: str) -> None:
    reply = Reply(code=200, body={}, hints=(Hint("body_empty"),), entry=7, source="mock", applied="code=518")
    ours = {*reply_headers(reply)}
    assert "X-Remo-Mock-Source" in ours
    assert set(usual["components"]["headers"]) == ours
    for response in operation(usual, path)["responses"].values():
        assert set(response["headers"]) == ours


def test_rules_keep_their_sources(usual: dict[str, Any]) -> None:
    success = usual["components"]["schemas"]["AnalysisSkeletonV2BackSuccess"]
    assert success["properties"]["bar_tilt_m_"]["x-remo-source"] == {
        "page": "B",
        "section": "응답(json)",
        "evidence": "table",
        "ledger": "L26",
    }
    assert [name for name, rule in success["properties"].items() if "x-remo-source" not in rule] == []
    assert operation(usual, BACK)["responses"]["413"]["x-remo-source"]["ledger"] == "L08"


def test_it_holds_the_published_account_and_no_other_key() -> None:
    text = json.dumps(document(admin_token="not-for-anybody", db="secret.sqlite"))
    assert "demo-api-key" in text
    assert "not-for-anybody" not in text
    assert "secret.sqlite" not in text
    assert "broke-api-key" not in text


def test_the_mock_is_the_only_server(usual: dict[str, Any]) -> None:
    """Tools send many requests to a document's servers, and the real service takes credits for them."""
    assert [server["url"] for server in usual["servers"]] == ["http://127.0.0.1:4420"]


def test_a_third_endpoint_is_there_by_data_alone(tmp_path: Path) -> None:
    made = document(contract_dir=third_endpoint(tmp_path))
    assert list(OpenAPIV31SpecValidator(made).iter_errors()) == []
    assert list(made["paths"]) == [V1, V2, BACK, FRONT, SIDE, FURTHER]
    assert operation(made, FURTHER)["summary"] == "Analyse a front photo"
    assert "2 photos cost 3 credits together" in operation(made, FURTHER)["description"]
    assert [*made["components"]["schemas"]["AnalysisSkeletonV3FrontSuccess"]["properties"]][-4:] == [
        *("far_knee_bal_grade", "far_knee_bal_m_", "far_tilt_grade", "far_tilt_m_"),
    ]
    assert "forigimg" in example(made, "AnalysisSkeletonV3FrontRequest")
    assert list(operation(made, FURTHER)["responses"]["200"]["content"]["application/json"]) == ["schema"]


@pytest.mark.parametrize(
    ("switch", "there", "gone"),
    [("page", "sar_tilt_grade", "bar_left_qang_grade"), ("observed", "bar_left_qang_grade", "sar_tilt_grade")],
)
def test_a_side_reply_is_described_as_it_is_sent(switch: str, there: str, gone: str) -> None:
    made = document(side_reply=switch)
    schema = made["components"]["schemas"]["AnalysisSkeletonV2SideSuccess"]
    assert there in schema["required"]
    assert gone not in json.dumps(schema)
    reply = example(made, "AnalysisSkeletonV2SideSuccess")
    assert not accepts(made, component("AnalysisSkeletonV2SideSuccess"), reply | {there: reply[there] + 1})


def test_a_success_of_v1_is_described_without_status_code(usual: dict[str, Any]) -> None:
    assert "status_code" not in usual["components"]["schemas"]["AnalysisSkeletonSuccess"]["properties"]


@pytest.mark.parametrize(
    ("switches", "name", "charged"),
    [
        ({}, "Analysis-skeleton-v2", {"maximum": 0, "minimum": -1}),
        ({"api_name": "own"}, "Analysis-skeleton-v2-side", {"maximum": 0, "minimum": -1}),
        ({"split_price": "each"}, "Analysis-skeleton-v2", {"maximum": 0, "const": -1}),
    ],
    ids=str,
)
def test_the_name_and_the_price_are_those_of_the_switches(
    switches: dict[str, Any], name: str, charged: dict[str, int]
) -> None:
    schemas = document(**switches)["components"]["schemas"]
    rules = schemas["AnalysisSkeletonV2SideSuccess"]["properties"]
    assert (rules["APIName"]["type"], rules["APIName"]["const"]) == ("string", name)
    change = schemas["CreditChange"] | rules["credit_change"]
    assert {key: change[key] for key in ("minimum", "maximum", "const") if key in change} == charged


def test_the_switches_are_told() -> None:
    assert "`--split-price each` (L05)" in document(split_price="each")["info"]["description"]
    told = document(as_observed=True)["info"]
    assert {name: value for name, value in told.items() if name.startswith("x-remo-")} == {
        "x-remo-http-status": "mirror",
        "x-remo-error-shape": "detailed",
        "x-remo-api-name": "own",
        "x-remo-split-price": "each",
        "x-remo-side-reply": "observed",
    }


@pytest.mark.parametrize("path", [V1, V2, BACK, FRONT, SIDE])
@pytest.mark.parametrize("observed", [False, True], ids=["pages", "observed"])
def test_a_success_is_as_its_document_says(path: str, observed: bool) -> None:
    client = create_app(Settings(as_observed=observed)).test_client()
    made = client.get("/__admin/openapi.json").get_json()
    photos = {"forigimg": "front", "sorigimg": "side", "borigimg": "back"}
    schema = operation(made, path)["responses"]["200"]["content"]["application/json"]["schema"]
    wanted = made["components"]["schemas"][
        operation(made, path)["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    ]
    sent = credentials() | {name: photo_text(view) for name, view in photos.items() if name in wanted["required"]}
    assert accepts(made, schema, client.post(path, json=sent).get_json())
