"""The demo view in a real browser: what somebody does who shows a customer the analysis on own photos."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from playwright.sync_api import BrowserContext, FilePayload, Locator, Page, expect

from tests.support.browsers import browsing
from tests.support.calls import PHOTOS, credentials, photo_text
from tests.support.servers import Server, serving
from tests.support.waiting import TIMEOUT


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with browsing(locale="en-US") as opened:
        yield opened


@pytest.fixture
def page(server: Server, context: BrowserContext) -> Iterator[Page]:
    """Open the demo of a mock in its start state; fail if a script does, or if anything else is called."""
    requests.post(f"{server.url}/__admin/reset", timeout=TIMEOUT).raise_for_status()
    opened, errors, called = context.new_page(), list[str](), list[str]()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda asked: called.append(asked.url))
    opened.goto(f"{server.url}/demo")
    expect(opened.locator(".start")).to_be_visible()
    yield opened
    opened.close()
    assert errors == []
    assert [url for url in called if not url.startswith((server.url, "data:", "blob:"))] == []


def photo(name: str) -> Path:
    return PHOTOS / name


def charges(server: Server) -> list[tuple[str, int]]:
    account = credentials()["Email"]
    found = requests.get(f"{server.url}/__admin/accounts/{account}/charges", timeout=TIMEOUT).json()["charges"]
    return [(row["endpoint"], row["change"]) for row in found]


def analyse(page: Page) -> Locator:
    page.get_by_role("button", name="Analyse").click()
    stage = page.locator(".stage")
    expect(stage).to_be_visible()
    return stage


def drop(page: Page, names: list[str]) -> None:
    """Drop several photos at once anywhere on the screen."""
    files = page.evaluate_handle(
        """async (files) => {
            const transfer = new DataTransfer();
            for (const { name, text } of files) {
                const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
                transfer.items.add(new File([bytes], name, { type: "image/jpeg" }));
            }
            return transfer;
        }""",
        [{"name": name, "text": photo_text(view)} for name, view in (one.split("=") for one in names)],
    )
    page.dispatch_event(".start", "drop", {"dataTransfer": files})


def test_an_own_photo_goes_from_choosing_to_a_report_of_one_page(page: Page, tmp_path: Path) -> None:
    page.locator("input[multiple]").set_input_files(photo("front.jpg"))
    stage = analyse(page)
    expect(stage.locator(".compare .drawn")).to_have_attribute("src", re.compile("^data:image/jpeg"))
    expect(stage.locator(".measured tbody tr")).to_have_count(7)
    page.get_by_role("button", name="Report").click()
    sheet = page.locator(".sheet")
    expect(sheet).to_contain_text("These values are not a measurement of this person.")
    assert credentials()["UserKey"] not in page.content()
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download JSON").click()
    kept.value.save_as(tmp_path / "replies.json")
    (reply,) = json.loads((tmp_path / "replies.json").read_text(encoding="utf-8"))
    assert (reply["state"], "UserKey" in reply) == (True, False)


def test_four_photos_dropped_at_once_find_their_places_and_cost_a_set(page: Page, server: Server) -> None:
    drop(page, ["IMG_04 back.jpg=back", "left side.jpg=side", "정면.jpg=front", "right side.jpg=side"])
    expect(page.locator(".tile img")).to_have_count(4)
    places = [page.locator(".tile img").nth(at).get_attribute("alt") for at in range(4)]
    assert places == [
        "front photo: 정면.jpg",
        "side photo 1: left side.jpg",
        "side photo 2: right side.jpg",
        "back photo: IMG_04 back.jpg",
    ]
    stage = analyse(page)
    expect(stage.locator(".thumb")).to_have_count(4)
    paid = charges(server)
    assert (len(paid), sum(change for _endpoint, change in paid)) == (4, -2)
    page.get_by_role("button", name="Report").click()
    expect(page.locator(".sheet .measured tbody tr")).to_have_count(22)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True))) == 1


def test_the_demo_is_shown_by_keyboard_and_survives_a_reload(page: Page, server: Server) -> None:
    page.get_by_role("button", name="Use the sample person").click()
    analyse(page)
    caption = page.locator("figcaption")
    expect(caption).to_have_text("front photo")
    page.keyboard.press("ArrowRight")
    expect(caption).to_have_text("side photo 1")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".cut")).to_have_value("70")
    before = len(charges(server))
    page.reload()
    expect(caption).to_have_text("side photo 1")
    expect(page.locator(".compare .drawn")).to_be_visible()
    page.keyboard.press("p")
    expect(page.locator(".sheet")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    expect(caption).to_have_text("front photo")
    assert len(charges(server)) == before


def test_danger_is_said_in_words_of_both_languages(page: Page) -> None:
    page.get_by_role("button", name="Use the sample person").click()
    page.get_by_label("What the result shows").select_option("danger")
    stage = analyse(page)
    expect(stage.locator(".finding.g2")).to_have_count(3)
    expect(stage.locator(".finding").first).to_contain_text("danger: ")
    page.locator("#language").select_option("ko")
    expect(stage.locator(".finding").first).to_contain_text("위험: ")
    expect(page.locator("aside.honest")).to_contain_text("실제 측정이 아닙니다")
    assert re.search(r"(far|bar|sar)_|_m_|UserKey", page.locator("main").inner_text()) is None
    page.locator("#language").select_option("en")


def test_the_sample_person_takes_the_posture_of_the_result(page: Page) -> None:
    page.get_by_role("button", name="Use the sample woman").click()
    pictures = page.locator(".tile img")
    expect(pictures).to_have_count(4)
    upright = pictures.first.get_attribute("src")
    page.get_by_label("What the result shows").select_option("danger")
    expect(pictures.first).not_to_have_attribute("src", upright or "")
    stage = analyse(page)
    # Her own degrees, which no seed and no hash decides.
    expect(stage.locator(".measured tbody tr", has_text="shoulder")).to_contain_text("7.2")


def test_a_sample_photo_that_was_removed_stays_removed_with_another_posture(page: Page) -> None:
    page.get_by_role("button", name="Use the sample person").click()
    expect(page.locator(".tile img")).to_have_count(4)
    page.get_by_role("button", name="Side photo 2: Remove").click()
    expect(page.locator(".tile img")).to_have_count(3)
    page.get_by_label("What the result shows").select_option("danger")
    page.get_by_role("button", name="Analyse").click()
    expect(page.locator(".stage .thumb")).to_have_count(3)


def test_a_laptop_shows_every_measurement_and_the_button_that_analyses(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    page.get_by_role("button", name="Use the sample person").click()
    page.get_by_label("What the result shows").select_option("danger")
    expect(page.get_by_role("button", name="Analyse")).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name="Analyse").click()
    rows = page.locator(".stage .measured tr")
    expect(rows).to_have_count(7)
    expect(rows.last).to_be_in_viewport(ratio=1)
    words = page.locator(".stage .words")
    assert words.evaluate("part => part.scrollHeight <= part.clientHeight")


def test_whoever_analyses_at_once_sends_the_photos_just_chosen(page: Page) -> None:
    page.evaluate(
        """() => {
            [...document.querySelectorAll("button")].find((one) => one.textContent === "Use the sample person").click();
            document.getElementById("analyse").click();
        }"""
    )
    expect(page.locator(".stage .thumb")).to_have_count(4)


def test_a_posture_chosen_before_the_sample_has_come_is_that_of_the_sample(page: Page) -> None:
    page.evaluate(
        """() => {
            const result = [...document.querySelectorAll("select")].find((one) => one.querySelector("[value=danger]"));
            [...document.querySelectorAll("button")].find((one) => one.textContent === "Use the sample woman").click();
            result.value = "danger";
            result.dispatchEvent(new Event("change", { bubbles: true }));
            document.getElementById("analyse").click();
        }"""
    )
    expect(page.locator(".stage .measured tbody tr", has_text="shoulder")).to_contain_text("7.2")


def test_what_several_photos_show_of_one_body_stands_out_once(page: Page) -> None:
    page.get_by_role("button", name="Use the sample person").click()
    page.get_by_label("What the result shows").select_option("danger")
    names = analyse(page).locator(".finding b").all_inner_texts()
    assert len(set(names)) == len(names) == 3


def test_a_refused_photo_is_explained_beside_the_others(page: Page, server: Server) -> None:
    page.locator("input[multiple]").set_input_files([photo("front.jpg"), photo("side.jpg")])
    broken: FilePayload = {"name": "front.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}
    page.locator(".tile input").first.set_input_files(broken)
    stage = analyse(page)
    expect(stage.locator(".refusal")).to_contain_text("This photo was refused")
    expect(stage.locator(".refusal")).to_contain_text("Nothing was charged.")
    expect(stage.locator(".refusal")).to_contain_text("decodes, but is none of")
    page.locator("#language").select_option("ko")
    expect(stage.locator(".refusal")).to_contain_text("base64로는 읽히지만")
    page.locator("#language").select_option("en")
    page.keyboard.press("ArrowRight")
    expect(stage.locator(".measured tbody tr")).to_have_count(4)
    assert len(charges(server)) == 1


def test_without_credits_ten_are_offered(page: Page, server: Server) -> None:
    for account in requests.get(f"{server.url}/__admin/accounts", timeout=TIMEOUT).json()["accounts"]:
        requests.patch(f"{server.url}/__admin/accounts/{account['email']}", json={"credit": 0}, timeout=TIMEOUT)
    page.locator("input[multiple]").set_input_files(photo("front.jpg"))
    stage = analyse(page)
    expect(stage.locator(".refusal")).to_contain_text("The account has no credits left.")
    page.get_by_role("button", name="Add 10 credits").click()
    expect(stage.locator(".compare .drawn")).to_be_visible()


def test_a_phone_shows_the_result_without_scrolling_sideways(server: Server, context: BrowserContext) -> None:
    assert context.browser is not None
    phone = context.browser.new_context(
        locale="ko-KR", has_touch=True, is_mobile=True, color_scheme="dark", viewport={"width": 390, "height": 844}
    )
    page = phone.new_page()
    page.goto(f"{server.url}/demo")
    expect(page.get_by_role("button", name="정면 사진: 사진 찍기")).to_be_visible()
    page.get_by_role("button", name="예시 사진 쓰기").click()
    page.get_by_role("button", name="분석").click()
    expect(page.locator(".compare .drawn")).to_be_in_viewport()
    for screen in ("사진", "결과", "보고서"):
        page.get_by_role("button", name=screen, exact=True).click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    phone.close()


def test_a_tablet_gets_the_address_as_a_qr_code(page: Page) -> None:
    page.get_by_role("button", name="Open on a tablet").click()
    expect(page.locator("#share pre")).to_have_text("remo-mock serve --host 0.0.0.0")
    page.get_by_role("button", name="Close").click()
    with serving("--host", "0.0.0.0", "--admin-token", "sesame") as open_server:  # noqa: S104 a demo for the network
        tablet = page.context.new_page()
        tablet.goto(f"{open_server.url}/demo#token=sesame")
        assert "sesame" not in tablet.url
        tablet.get_by_role("button", name="Open on a tablet").click()
        shown = tablet.locator("#share")
        expect(shown.locator("img.qr, pre")).to_be_visible()
        expect(shown).not_to_contain_text("sesame")
        tablet.close()
