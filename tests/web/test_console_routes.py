"""The console's page, files, data and sample photos, as they come over HTTP."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image

from remo_mock import Settings, create_app
from remo_mock.contract import CHOICES
from remo_mock.exceptions import SettingsError
from remo_mock.service.outcomes.faults import FAULTS
from tests.support.calls import BACK, FRONT, SIDE, V1, V2
from tests.support.checkout import ROOT
from tests.support.third_endpoint import third_endpoint

HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
FILES = ROOT / "mock_server" / "remo_mock" / "web" / "console" / "static"


def test_a_browser_gets_the_console(client: FlaskClient) -> None:
    answer = client.get("/", headers=HTML)
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "console/main.js" in answer.get_data(as_text=True)


@pytest.mark.parametrize("accept", ["*/*", "text/plain", "application/json"])
def test_everybody_else_gets_the_list_of_routes(client: FlaskClient, accept: str) -> None:
    answer = client.get("/", headers={"Accept": accept})
    assert answer.mimetype == "text/plain"
    assert V2 in answer.get_data(as_text=True)
    assert answer.headers["Vary"] == "Accept"


def test_the_page_may_load_nothing_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/", headers=HTML)
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (
        re.findall(r'(?:src|href)="(?!data:|/console/|/__admin/|/demo")([^"]*)"', answer.get_data(as_text=True)) == []
    )


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_every_file_is_served(client: FlaskClient, name: str) -> None:
    answer = client.get(f"/console/{name}")
    assert answer.status_code == 200
    kinds = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}
    assert answer.mimetype == kinds[Path(name).suffix]


@pytest.mark.parametrize(
    "path", ["/console/", "/console/nothing.js", "/console/../app.py", "/console/photos/nobody.jpg"]
)
def test_nothing_else_is_served(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_data_tells_what_can_be_asked_for(client: FlaskClient) -> None:
    data = client.get("/console/contract.json").get_json()
    three, back = data["endpoints"][-1], data["endpoints"][2]
    assert (three["path"], back["path"], three["page"], back["page"]) == (V2, BACK, "A", "B")
    assert three["price"] == {"credits": 1, "photos": 1, "isOfSet": False, "set": "analysis-skeleton-v2"}
    assert back["price"] == {"credits": 1, "photos": 2, "isOfSet": True, "set": "split"}
    assert [view["photo"] for view in three["views"]] == ["forigimg", "sorigimg", "borigimg"]
    assert len(three["codes"]) == 26
    assert len(back["codes"]) == 13
    assert {
        "code": 518,
        "meaning": {"en": "no person found in the back photo", "ko": "후면 사진에서 사람을 찾지 못함"},
        "condition": None,
    } in back["codes"]
    tilt = next(metric for metric in back["metrics"] if metric["name"] == "bar_tilt")
    assert tilt["bands"][0] == {
        "grade": -2,
        "maximum": -5,
        "meaning": {
            "en": "danger: right side up, the body leans far to its left",
            "ko": "위험: 오른쪽이 들려 몸이 왼쪽으로 많이 기욺",
        },
    }


def test_the_endpoints_come_from_one_photo_to_three(client: FlaskClient) -> None:
    endpoints = client.get("/console/contract.json").get_json()["endpoints"]
    assert [one["path"] for one in endpoints] == [FRONT, SIDE, BACK, V1, V2]


def test_the_data_tells_the_switches_and_their_ledger_entries() -> None:
    client = create_app(Settings(side_reply="observed", split_price="each")).test_client()
    data = client.get("/console/contract.json").get_json()
    assert [(row["option"], row["value"], row["ledger"]) for row in data["switches"]] == [
        ("http-status", "mirror", "L19"),
        ("error-shape", "status", "L01"),
        ("api-name", "page", "L07"),
        ("split-price", "each", "L05"),
        ("side-reply", "observed", "L39"),
    ]
    side = data["endpoints"][1]
    assert [metric["grade"] for metric in side["metrics"] if metric["name"] == "sar_tilt"] == ["bar_left_qang_grade"]
    assert side["price"] == {"credits": 1, "photos": 1, "isOfSet": False, "set": "split"}


def test_each_switch_has_words() -> None:
    text = (FILES / "words.js").read_text(encoding="utf-8")
    assert [option for option in CHOICES if text.count(f'"{option}": "') != 2] == []


def test_each_fault_has_words() -> None:
    text = (FILES / "words.js").read_text(encoding="utf-8")
    assert [name for name in FAULTS if text.count(f'"fault-{name}": "') != 2] == []


def test_every_sample_comes_to_its_code(client: FlaskClient) -> None:
    for endpoint in client.get("/console/contract.json").get_json()["endpoints"]:
        for view in endpoint["views"]:
            assert view["samples"][0] == {"verdict": "ok", "file": f"{view['name']}.jpg", "picture": True, "code": None}
            for sample in view["samples"]:
                answer = client.get(f"/console/photos/{sample['file']}")
                assert answer.status_code == 200
                if sample["picture"]:
                    assert Image.open(BytesIO(answer.data)).format == "JPEG"
                assert (sample["code"] is None) == (sample["verdict"] == "ok")


def test_people_in_postures_are_among_the_samples(client: FlaskClient) -> None:
    back = client.get("/console/contract.json").get_json()["endpoints"][2]["views"][0]
    assert [(row["person"], row["posture"], row["file"]) for row in back["samples"] if "posture" in row] == [
        ("man", "normal", "man-normal-back.jpg"),
        ("man", "caution", "man-caution-back.jpg"),
        ("man", "danger", "man-danger-back.jpg"),
        ("woman", "normal", "woman-normal-back.jpg"),
        ("woman", "caution", "woman-caution-back.jpg"),
        ("woman", "danger", "woman-danger-back.jpg"),
    ]


def test_the_data_holds_no_account(client: FlaskClient) -> None:
    told = client.get("/console/contract.json").get_data(as_text=True) + client.get("/", headers=HTML).get_data(
        as_text=True
    )
    assert not any(word in told for word in ("demo@", "demo-user-key", "demo-api-key"))


def test_the_page_is_open_and_its_state_is_not() -> None:
    client = create_app(Settings(admin_token="t")).test_client()
    assert client.get("/", headers=HTML).status_code == 200
    assert client.get("/__admin/accounts").status_code == 401


def test_it_can_be_left_out() -> None:
    client = create_app(Settings(no_console=True)).test_client()
    assert client.get("/", headers=HTML).mimetype == "text/plain"
    assert client.get("/console/main.js").status_code == 404


@pytest.mark.parametrize(("text", "left_out"), [("1", True), ("TRUE", True), ("no", False), ("", False)])
def test_a_variable_leaves_it_out(text: str, left_out: bool) -> None:
    assert Settings.from_environment({"REMO_MOCK_NO_CONSOLE": text}).no_console is left_out


def test_a_variable_that_is_no_switch_is_refused() -> None:
    with pytest.raises(SettingsError, match=r"REMO_MOCK_NO_CONSOLE: 'perhaps' is not a valid boolean"):
        Settings.from_environment({"REMO_MOCK_NO_CONSOLE": "perhaps"})


def test_another_contract_has_a_console_too(tmp_path: Path) -> None:
    client = create_app(Settings(contract_dir=third_endpoint(tmp_path))).test_client()
    assert len(client.get("/console/contract.json").get_json()["endpoints"]) == 6


def test_every_word_is_said_in_both_languages() -> None:
    english, korean = list[str](), list[str]()
    for file in ("words.js", "demo-words.js"):
        parts = (FILES / file).read_text(encoding="utf-8").split("  ko: {")[:2]
        for words, part in zip((english, korean), parts, strict=True):
            words += re.findall(r'(?:^|[ {])"?([a-zA-Z0-9-]+)"?: "', part)
    used = {
        name
        for path in FILES.glob("*.js")
        for name in re.findall(r'\bword\("([^"]+)"', path.read_text(encoding="utf-8"))
    }
    for page in FILES.glob("*.html"):
        used |= set(re.findall(r'data-word="([^"]+)"', page.read_text(encoding="utf-8")))
    assert set(english) == set(korean)
    assert used - set(english) == set()
    assert len(english) == len(set(english)) > 60


def test_the_demo_may_load_nothing_from_elsewhere_either(client: FlaskClient) -> None:
    answer = client.get("/demo")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert answer.headers["Content-Security-Policy"] == client.get("/", headers=HTML).headers["Content-Security-Policy"]


def test_without_the_console_there_is_no_demo() -> None:
    assert create_app(Settings(no_console=True)).test_client().get("/demo").status_code == 404


def test_an_address_becomes_a_qr_code(client: FlaskClient) -> None:
    answer = client.post("/console/qr.svg", data="http://192.0.2.7:4420/demo#token=sesame")
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    assert b"<path" in answer.data


@pytest.mark.parametrize("text", ["", "javascript:alert(1)", "http://x/" + "y" * 500])
def test_what_is_no_address_becomes_none(client: FlaskClient, text: str) -> None:
    assert client.post("/console/qr.svg", data=text).status_code == 400


def test_an_address_that_is_not_utf_8_is_drawn_as_it_can_be_read(client: FlaskClient) -> None:
    assert client.post("/console/qr.svg", data=b"http://\xff\xfe").status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_a_mock_of_this_machine_alone_has_no_address_for_others(host: str) -> None:
    client = create_app(Settings(host=host)).test_client()
    assert client.get("/console/contract.json").get_json()["addresses"] == []


def test_a_mock_that_listens_on_an_address_of_the_network_tells_it() -> None:
    client = create_app(Settings(host="192.0.2.7", port=8080)).test_client()
    assert client.get("/console/contract.json").get_json()["addresses"] == ["http://192.0.2.7:8080"]
