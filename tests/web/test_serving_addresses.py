"""Where a server listens: names and addresses become a URL that opens, or one line with a remedy."""

import errno
import socket
from typing import Any

import pytest
import requests

from remo_mock.addresses import base_url, is_every_interface
from remo_mock.exceptions import AddressError, PortInUseError
from remo_mock.web.server import free_address
from tests.support.servers import refusal, serving
from tests.support.waiting import TIMEOUT

NETWORK = "  network   listens on all interfaces: other machines reach it by this one's name or address\n"


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:4420"),
        ("0.0.0.0", "http://127.0.0.1:4420"),  # noqa: S104
        ("::", "http://[::1]:4420"),
        ("::0", "http://[::1]:4420"),
        ("::1", "http://[::1]:4420"),
        ("2001:db8::7", "http://[2001:db8::7]:4420"),
        ("localhost", "http://localhost:4420"),
    ],
)
def test_the_url_is_one_that_opens(host: str, url: str) -> None:
    assert base_url(host, 4420) == url


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "192.0.2.1"])
def test_an_address_of_its_own_is_not_every_interface(host: str) -> None:
    assert not is_every_interface(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "0", "localhost"])  # noqa: S104
def test_what_is_printed_opens_on_this_machine(host: str) -> None:
    with serving("--host", host) as server:
        assert requests.get(server.url + "/__admin/docs", timeout=TIMEOUT).status_code == 200
        lines = [server.process.stdout.readline() for _ in range(4)] if server.process.stdout else []
    assert lines[0].startswith(f"  console   {server.url}/")
    assert lines[1] == f"  reference {server.url}/__admin/docs\n"
    assert (lines[3] == NETWORK) is (host != "localhost")
    assert server.url.rsplit(":", 1)[0] == ("http://localhost" if host == "localhost" else "http://127.0.0.1")


def test_switches_that_are_not_the_default_are_printed() -> None:
    with serving("--side-reply", "observed", "--http-status", "200", "--api-name", "page") as server:
        lines = [server.process.stdout.readline() for _ in range(3)] if server.process.stdout else []
    assert lines[2] == "  switches  --http-status 200 --side-reply observed\n"


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine has no IPv6")
def test_ipv6_is_printed_in_brackets() -> None:
    try:
        free_address("::1", 0)
    except AddressError:
        pytest.skip("this machine has no IPv6 address of its own")
    with serving("--host", "::") as server:
        assert server.url.startswith("http://[::1]:")
        assert requests.get(server.url + "/__admin/health", timeout=TIMEOUT).status_code == 200


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a..b", "[::1]", "http://127.0.0.1", "x" * 70])
def test_a_host_that_is_none_is_one_line(host: str) -> None:
    done = refusal("--host", host)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"remo-mock: Cannot listen on {host}, port 0: ")
    assert done.stderr.endswith(". Try --host 127.0.0.1.\n")


def test_an_empty_host_is_refused() -> None:
    done = refusal("--host", "")
    assert done.returncode == 2
    assert done.stderr.endswith("Error: Invalid value for '--host': '' is not an address or a name of this machine.\n")


def test_a_port_of_the_administrator_is_refused_with_another_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_self: socket.socket, _at: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(AddressError) as raised:
        free_address("127.0.0.1", 80)
    assert str(raised.value) == (
        "Cannot listen on 127.0.0.1, port 80: Permission denied. Try another port (--port 8080)."
    )


def test_no_port_is_named_that_there_is_not() -> None:
    assert "--port 65534" in str(PortInUseError("127.0.0.1", 65535))
