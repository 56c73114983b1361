"""axe finds nothing on the console, the demo and the page of docs, light and dark."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.browsers import browsing
from tests.support.servers import Server, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as context:
        assert context.browser is not None
        yield context.browser


def console(page: Page, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#reply .metrics")).to_be_visible()
    page.locator(".fold").first.click()


def choosing(page: Page, url: str) -> None:
    page.goto(f"{url}/demo")
    page.get_by_role("button", name="Use the sample person").click()
    expect(page.locator(".tile img")).to_have_count(4)


def result(page: Page, url: str) -> None:
    choosing(page, url)
    page.get_by_label("What the result shows").select_option("danger")
    page.get_by_role("button", name="Analyse").click()
    expect(page.locator(".stage .measured")).to_be_visible()


def report(page: Page, url: str) -> None:
    result(page, url)
    page.get_by_role("button", name="Report").click()
    expect(page.locator(".sheet")).to_be_visible()


def docs(page: Page, url: str) -> None:
    page.goto(f"{url}/__admin/docs?lang=ko")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("show", [console, choosing, result, report, docs])
def test_axe_finds_nothing(browser: Browser, server: Server, show: Callable[[Page, str], None], scheme: str) -> None:
    context = browser.new_context(locale="en-US", color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    show(page, server.url)
    violations = Axe().run(page).response["violations"]
    context.close()
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []
