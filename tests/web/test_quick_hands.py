"""Who acts before the console and the demo have loaded all gets what they asked for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.support.browsers import browsing
from tests.support.servers import Server, serving


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with browsing(locale="en-US") as browser:
        yield browser


class Held:
    """A page whose requests to one address wait until they are let go."""

    def __init__(self, page: Page, address: str) -> None:
        self._waiting: list[Route] | None = []
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.route(address, self._answer)

    def _answer(self, route: Route) -> None:
        if self._waiting is None:
            route.continue_()
        else:
            self._waiting.append(route)

    def let_go(self) -> None:
        waiting, self._waiting = self._waiting, None
        for route in waiting or ():
            route.continue_()


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def test_a_request_waits_for_the_accounts(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    held = Held(page, "**/__admin/accounts")
    page.goto(server.url)
    send(page)
    page.locator("#send").dispatch_event("click")  # says that it is disabled while one is on its way
    expect(page.locator("#reply")).to_contain_text("Waiting for the reply")
    expect(page.locator("#refused")).to_be_hidden()
    with page.expect_response("**/api/**"):
        held.let_go()
    expect(page.locator("#reply .metrics")).to_be_visible()
    expect(page.locator("#credit")).to_have_text("99 credits")  # sent once
    assert held.errors == []
    page.close()


def test_a_request_waits_for_the_photo_that_was_just_chosen(context: BrowserContext, server: Server) -> None:
    page = context.new_page()
    # The browser takes its time to read a file.
    page.add_init_script(
        """const read = FileReader.prototype.readAsDataURL;
        const waiting = new Promise((resolve) => { window.letGo = resolve; });
        FileReader.prototype.readAsDataURL = function (file) { waiting.then(() => read.call(this, file)); };"""
    )
    page.goto(server.url)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "front.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    )
    send(page)
    expect(page.locator("#reply")).to_contain_text("Waiting for the reply")
    page.evaluate("letGo()")
    expect(page.locator("#reply .code")).to_have_text("412")
    page.close()


@pytest.mark.parametrize(("path", "told"), [("/", "보내기"), ("/demo", "사진")])
def test_a_language_may_be_chosen_before_the_contract_is_there(
    context: BrowserContext, server: Server, path: str, told: str
) -> None:
    page = context.new_page()
    held = Held(page, "**/console/contract.json")
    with page.expect_request("**/console/contract.json"):
        page.goto(server.url + path)
    page.locator("#language").select_option("ko")
    page.evaluate("location.hash = 'token=mine'")
    held.let_go()
    assert held.errors == []
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("body")).to_contain_text(told)
    assert held.errors == []
    page.close()
