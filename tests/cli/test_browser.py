"""`serve --open` shows the console in a browser, where there is a screen."""

import webbrowser

import pytest

from remo_mock import Settings
from remo_mock.cli import serve


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect the addresses that a browser would show, on a machine with a screen."""
    addresses: list[str] = []

    def remember(url: str) -> bool:
        addresses.append(url)
        return True

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "open", remember)
    return addresses


def announce(**options: object) -> None:
    serve._announce(Settings.from_environment({}, **options), made_token=None, invented=[])


def test_the_console_is_opened_once_it_is_served(opened: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    announce(open_browser=True, port=4499)
    assert opened == ["http://127.0.0.1:4499"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("options", [{}, {"open_browser": True, "no_console": True}])
def test_nothing_is_opened_that_was_not_asked_for(opened: list[str], options: dict[str, object]) -> None:
    announce(**options)
    assert opened == []


def test_a_token_is_not_in_the_address_that_is_opened(opened: list[str]) -> None:
    announce(open_browser=True, admin_token="sesame")
    assert "sesame" not in opened[0]


def test_without_a_screen_the_address_is_told(
    monkeypatch: pytest.MonkeyPatch, opened: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    announce(open_browser=True, port=4499)
    assert opened == []
    assert "no browser to open here; open http://127.0.0.1:4499 yourself" in capsys.readouterr().err
