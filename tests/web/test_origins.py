"""`--cors` takes what browsers send as Origin, written as people write it, and refuses what would never match."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text as sql

from remo_mock import Settings, create_app
from remo_mock.addresses import parse_origin
from remo_mock.exceptions import SettingsError
from remo_mock.web.front.application import Front
from remo_mock.web.front.protocol import Headers
from remo_mock.web.served import Served
from tests.support.calls import BACK
from tests.support.front_requests import SendingLate, begin

EXPECTED = "the origin of a page, such as http://localhost:3000 (scheme, host and port; no path), or * for any page"


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("*", "*"),
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://page.example", "https://page.example"),
        ("https://page.example/", "https://page.example"),
        ("HTTPS://Page.Example", "https://page.example"),
        ("http://page.example:80", "http://page.example"),
        ("https://page.example:443/", "https://page.example"),
        ("https://page.example:80", "https://page.example:80"),
        ("http://page.example:0080", "http://page.example"),
        ("http://127.0.0.1:5173", "http://127.0.0.1:5173"),
        ("http://[0:0::1]:5173", "http://[::1]:5173"),
        (" https://page.example ", "https://page.example"),
        ("capacitor://localhost", "capacitor://localhost"),
    ],
)
def test_an_origin_is_written_as_browsers_write_it(text: str, origin: str) -> None:
    assert parse_origin(text) == origin


NONE = [
    "",
    "notanorigin",
    "localhost:3000",
    "//page.example",
    "http://",
    "http:///",
    "file://",
    "null",
    "http://page.example/app",
    "http://page.example?a",
    "http://page.example#a",
    "http://ann@page.example",
    "http://*.page.example",
    "http://a.example,http://b.example",
    "http://a.example http://b.example",
    "http://page.example:0",
    "http://page.example:65536",
    "http://page.example:http",
    "http://[1]",
    "http://[::1",
    "http://a..example",
    "http://페이지.example",
    "http://page\n.example",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_origin_is_refused_with_the_right_form(text: str) -> None:
    with pytest.raises(SettingsError) as raised:
        Settings.from_environment({}, cors=text)
    assert str(raised.value) == f"cors: {text!r} is not {EXPECTED}."


@pytest.mark.parametrize("text", NONE[1:])
def test_so_it_is_in_the_environment(text: str) -> None:
    with pytest.raises(SettingsError, match=r"^REMO_MOCK_CORS: "):
        Settings.from_environment({"REMO_MOCK_CORS": text})


def client_for(cors: str) -> FlaskClient:
    return create_app(Settings.from_environment({}, cors=cors)).test_client()


def test_the_page_of_an_address_bar_may_read_replies() -> None:
    reply = client_for("HTTP://LocalHost:80/").post(BACK, json={}, headers={"Origin": "http://localhost"})
    assert reply.headers["Access-Control-Allow-Origin"] == "http://localhost"


ASKED = {
    "Access-Control-Request-Method": "POST",
    "Access-Control-Request-Headers": "content-type,x-trace-id,authorization",
}


@pytest.mark.parametrize("path", [BACK, f"{BACK}/", "/api/nothing"])
def test_a_page_may_send_every_header_that_it_asks_for(path: str) -> None:
    reply = client_for("http://localhost:3000").options(path, headers={"Origin": "http://localhost:3000", **ASKED})
    assert (reply.status_code, reply.data) == (204, b"")
    assert reply.headers["Access-Control-Allow-Origin"] == "http://localhost:3000"
    assert reply.headers["Access-Control-Allow-Headers"] == "Content-Type, Prefer, x-trace-id, authorization"


def test_what_is_no_name_of_a_header_is_not_repeated() -> None:
    asked = ASKED | {"Access-Control-Request-Headers": "x-good, x bad, <script>, "}
    reply = client_for("*").options(BACK, headers=asked)
    assert reply.headers["Access-Control-Allow-Headers"] == "Content-Type, Prefer, x-good"


def test_a_page_may_read_that_the_store_failed() -> None:
    app = create_app(Settings.from_environment({}, cors="*"))
    with app.extensions["remo_mock"].store.database.write() as connection:
        connection.execute(sql("DROP TABLE requests"))
    reply = app.test_client().post(BACK, json={})
    assert (reply.status_code, reply.headers.get("Access-Control-Allow-Origin")) == (559, "*")


def test_a_page_may_read_that_its_request_came_too_slowly() -> None:
    class Noting(SendingLate):
        def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
            self.permitted = dict(headers).get("Access-Control-Allow-Origin")
            super().response_bytes(status, headers, body)

    front = Front(Served.of(create_app(Settings.from_environment({}, cors="*"))))
    request = Noting(b"{}")
    begin(front, request)
    request.coming.give_up()
    assert (request.answered.result(0)[0], request.permitted) == (408, "*")
    front.__rsgi_del__(None)
