"""The switches between readings of the pages, the settings behind all options, and where each value comes from."""

import os
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from remo_mock import Settings, create_app
from remo_mock.contract import OBSERVED, Switches
from remo_mock.exceptions import ContractError, SettingsError, UnknownVariableWarning
from remo_mock.service.outcomes.delay import Delay
from remo_mock.settings import variable_of
from remo_mock.store.account import Account
from tests.support.calls import BACK, SIDE, credentials, photo_text
from tests.support.contract_data import accepts
from tests.support.waiting import TIMEOUT


def refused(**settings: Any) -> tuple[int, dict[str, Any]]:
    reply = create_app(Settings(**settings)).test_client().post(BACK, json={})
    return reply.status_code, reply.get_json()


@pytest.mark.parametrize(("switch", "status"), [("mirror", 411), ("200", 200)])
def test_http_status_mirrors_the_code_or_is_always_200(switch: str, status: int) -> None:
    assert refused(http_status=switch)[0] == status


@pytest.mark.parametrize(
    ("switch", "keys"),
    [
        ("status", {"status": 411}),
        ("status_code", {"status_code": 411}),
        ("both", {"status": 411, "status_code": 411}),
        ("detailed", {"status_code": 411, "credit_change": 0}),
    ],
)
def test_error_shape_names_the_codes_key(switch: str, keys: dict[str, int]) -> None:
    assert refused(error_shape=switch)[1] == {"state": False, "credit": 0, "message": "no input data"} | keys


def test_a_success_is_the_same_under_both(three_request: dict[str, Any], client: FlaskClient) -> None:
    both = create_app(Settings(http_status="200", error_shape="both")).test_client()
    sent = three_request | {"uuid": "one"}
    assert both.post(BACK, json=sent).get_json() == client.post(BACK, json=sent).get_json()


@pytest.mark.parametrize(("switch", "name"), [("page", "Analysis-skeleton-v2"), ("own", "Analysis-skeleton-v2-side")])
def test_api_name_is_the_pages_or_the_endpoints_own(switch: str, name: str) -> None:
    assert side_reply(api_name=switch)["APIName"] == name


@pytest.mark.parametrize(("switch", "changes"), [("set", [-1, 0, -1]), ("each", [-1, -1, -1])])
def test_split_requests_cost_as_a_set_or_each(switch: str, changes: list[int]) -> None:
    client = switched(split_price=switch)
    sent = side_request() | {"uuid": "one"}
    assert [client.post(SIDE, json=sent).get_json()["credit_change"] for _ in range(3)] == changes


@pytest.mark.parametrize(
    ("switch", "there", "gone"),
    [("page", "sar_tilt_grade", "bar_left_qang_grade"), ("observed", "bar_left_qang_grade", "sar_tilt_grade")],
)
def test_side_reply_has_the_pages_field_or_the_live_services(switch: str, there: str, gone: str) -> None:
    reply = side_reply(headers={"Prefer": "sar_tilt=6.961"}, side_reply=switch)
    assert (reply["sar_tilt_m_"], reply[there]) == (6.961, 1)
    assert gone not in reply
    assert accepts("analysis-skeleton-v2-side", "response.strict", reply)


def test_the_example_is_graded_by_its_table_under_each_name() -> None:
    reply = side_reply(headers={"Prefer": "example"}, side_reply="observed")
    assert (reply["sar_tilt_m_"], reply["bar_left_qang_grade"]) == (6.37, 1)


def test_as_observed_sets_all_switches() -> None:
    assert Settings(as_observed=True).switches == OBSERVED
    assert Settings.from_environment({"REMO_MOCK_AS_OBSERVED": "1"}).switches == OBSERVED
    assert Settings.from_environment({}, as_observed=True).switches == OBSERVED
    assert Settings.from_environment({"REMO_MOCK_AS_OBSERVED": "0"}).switches == Switches()


def test_a_switch_that_is_given_wins_over_as_observed() -> None:
    given = Settings.from_environment({"REMO_MOCK_SPLIT_PRICE": "set"}, as_observed=True, error_shape="status")
    assert given.switches == Switches(
        http_status="mirror", error_shape="status", api_name="own", split_price="set", side_reply="observed"
    )


def test_as_observed_survives_a_change_of_another_setting() -> None:
    assert replace(Settings(as_observed=True), port=0).switches == OBSERVED


def test_as_observed_is_what_the_live_service_did() -> None:
    client = switched(as_observed=True)
    reply = client.post(SIDE, json=side_request()).get_json()
    assert reply["APIName"] == "Analysis-skeleton-v2-side"
    assert "bar_left_qang_grade" in reply
    assert client.post(SIDE, json={}).get_json() == {
        "state": False,
        "credit": 0,
        "message": "no input data",
        "status_code": 411,
        "credit_change": 0,
    }


def switched(**settings: Any) -> FlaskClient:
    return create_app(Settings(**settings)).test_client()


def side_request() -> dict[str, Any]:
    return credentials() | {"sorigimg": photo_text("side")}


def side_reply(headers: dict[str, str] | None = None, **settings: Any) -> dict[str, Any]:
    """Return what a mock with these settings answers to a side photo."""
    reply: dict[str, Any] = switched(**settings).post(SIDE, json=side_request(), headers=headers).get_json()
    return reply


def test_an_argument_wins_over_the_environment_over_the_default() -> None:
    environment = {"REMO_MOCK_PORT": "5000", "REMO_MOCK_SEED": "7"}
    settings = Settings.from_environment(environment, port="6000", seed=None)
    assert (settings.port, settings.seed, settings.workers) == (6000, 7, 1)


def test_every_option_has_its_variable(tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text('[{"email": "bob", "user_key": "u", "api_key": "a", "credit": 5}]')
    settings = Settings.from_environment(
        {
            "REMO_MOCK_HOST": "::1",
            "REMO_MOCK_PORT": "0",
            "REMO_MOCK_WORKERS": "2",
            "REMO_MOCK_DB": "a.sqlite",
            "REMO_MOCK_SEED": "7",
            "REMO_MOCK_DELAY": "200-800",
            "REMO_MOCK_HTTP_STATUS": "200",
            "REMO_MOCK_ERROR_SHAPE": "both",
            "REMO_MOCK_MAX_BODY": "8",
            "REMO_MOCK_MAX_PIXELS": "1000",
            "REMO_MOCK_CACHE_BYTES": "0",
            "REMO_MOCK_ADMIN_TOKEN": "t",
            "REMO_MOCK_CORS": "*",
            "REMO_MOCK_CONTRACT_DIR": "my-schemas",
            "REMO_MOCK_ACCOUNT": "ann:u:a",
            "REMO_MOCK_ACCOUNTS_FILE": str(file),
            "REMO_MOCK_ACCOUNTS": "3",
            "REMO_MOCK_REPLAY": "kept",
            "REMO_MOCK_NO_CONSOLE": "yes",
        }
    )
    assert settings == Settings(
        host="::1",
        port=0,
        workers=2,
        db="a.sqlite",
        seed=7,
        delay=Delay(200, 800),
        http_status="200",
        error_shape="both",
        max_body=8,
        max_pixels=1000,
        cache_bytes=0,
        admin_token="t",
        cors="*",
        contract_dir=Path("my-schemas"),
        first_accounts=(Account("ann", "u", "a"),),
        file_accounts=(Account("bob", "u", "a", 5),),
        accounts=3,
        replay=Path("kept"),
        no_console=True,
    )


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("REMO_MOCK_PROT", "did you mean REMO_MOCK_PORT?"),
        ("REMO_MOCK_HTTPSTATUS", "did you mean REMO_MOCK_HTTP_STATUS?"),
        ("REMO_MOCK_FIRST_ACCOUNTS", "did you mean REMO_MOCK_ACCOUNTS?"),
        ("REMO_MOCK_XYZZY", "known are REMO_MOCK_HOST, REMO_MOCK_PORT, "),
    ],
)
def test_an_unknown_variable_is_warned_about_with_the_nearest(name: str, advice: str) -> None:
    with pytest.warns(UnknownVariableWarning) as warned:
        Settings.from_environment({name: "5000"})
    assert str(warned[0].message).startswith(f"{name} is no option of remo-mock and changes nothing; {advice}")


@pytest.mark.parametrize("python_warnings", ["default", "ignore", "error"])
def test_the_command_line_says_it_in_one_line(python_warnings: str) -> None:
    environment = os.environ | {"REMO_MOCK_PROT": "5000", "PYTHONWARNINGS": python_warnings}
    command = [sys.executable, "-m", "remo_mock", "ledger"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True, env=environment)
    warning = "REMO_MOCK_PROT is no option of remo-mock and changes nothing; did you mean REMO_MOCK_PORT?"
    assert done.stderr == f"remo-mock: {warning}\n"


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_variable_is_one_that_is_not_set(text: str) -> None:
    names = [variable_of(field) for field in fields(Settings)]
    assert Settings.from_environment(dict.fromkeys(names, text)) == Settings()


@pytest.mark.parametrize("option", ["host", "port", "db", "cors", "replay", "delay"])
def test_an_empty_argument_is_refused(option: str) -> None:
    with pytest.raises(SettingsError, match=f"^{option}: '' is not "):
        Settings.from_environment({}, **{option: ""})


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("port", "70000", "port: 70000 is not in the range 0<=x<=65535."),
        ("port", 70000, "port: 70000 is not in the range 0<=x<=65535."),
        ("workers", "many", "workers: 'many' is not a valid integer range."),
        ("delay", "800-200", "delay: '800-200' is not a number of milliseconds, or a range such as 200-800."),
        ("error_shape", "code", "error_shape: 'code' is not one of 'status', 'status_code', 'both', 'detailed'."),
    ],
)
def test_a_value_that_an_option_does_not_take_is_refused(option: str, value: object, message: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({}, **{option: value})
    assert str(raised.value) == message


def test_a_wrong_variable_is_named() -> None:
    with pytest.raises(SettingsError, match=r"^REMO_MOCK_PORT: 'x' is not a valid integer range\.$"):
        Settings.from_environment({"REMO_MOCK_PORT": "x"})


def test_an_argument_of_its_own_type_is_taken_as_it_is() -> None:
    settings = Settings.from_environment({}, port=6000, delay=Delay(1, 2), replay=Path("kept"), no_console=True)
    assert settings == Settings(port=6000, delay=Delay(1, 2), replay=Path("kept"), no_console=True)


def test_an_argument_that_is_no_option_is_a_type_error() -> None:
    with pytest.raises(TypeError, match="prot"):
        Settings.from_environment({}, prot=6000)


def test_a_delay_prints_as_it_is_written() -> None:
    assert [str(Delay(200, 800)), str(Delay(50, 50))] == ["200-800", "50"]


def test_an_empty_token_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"^admin_token: a token is made of letters, digits and signs of ASCII"):
        Settings.from_environment({}, admin_token="")


def test_a_folder_without_contract_data_is_named(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match=r"is no folder of contract data: it has no errors\.json"):
        create_app(Settings(contract_dir=tmp_path))


@pytest.mark.parametrize("token", ["tok-ü", "two words", "line\nbreak"])
def test_a_token_that_no_header_carries_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(SettingsError, match="a token is made of letters, digits and signs of ASCII") as raised:
        Settings.from_environment({"REMO_MOCK_ADMIN_TOKEN": token})
    assert token not in str(raised.value)
