"""The console in a real browser: what somebody sees and clicks who tests an app by hand, or shows it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
import requests
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from tests.support.browsers import browsing
from tests.support.calls import BACK, FRONT, PHOTOS, SIDE, V1, V2, credentials, photo_text
from tests.support.programs import on_path
from tests.support.servers import Server, serving
from tests.support.waiting import TIMEOUT


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving("--workers", "2") as running:
        yield running


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    with browsing(locale="en-US", permissions=["clipboard-read", "clipboard-write"]) as opened:
        yield opened


@pytest.fixture
def page(server: Server, context: BrowserContext) -> Iterator[Page]:
    """Open the console of a mock in its start state; fail if a script does, or if anything else is called."""
    requests.post(f"{server.url}/__admin/reset", timeout=TIMEOUT).raise_for_status()
    opened, errors, called = context.new_page(), list[str](), list[str]()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda asked: called.append(asked.url))
    opened.on("dialog", lambda dialog: dialog.accept())
    opened.goto(server.url)
    expect(opened.locator("#credit")).to_have_text("100 credits")
    yield opened
    opened.close()
    assert errors == []
    assert [url for url in called if not url.startswith((server.url, "data:", "blob:"))] == []


def ask(page: Page, *, endpoint: str = "back", photo: str | None = None, outcome: str | None = None) -> None:
    """Choose an endpoint, a sample photo of its last view, an outcome."""
    page.get_by_role("tab", name=endpoint, exact=True).click()
    if photo is not None:
        page.get_by_label("back: photo").select_option(photo)
    if outcome is not None:
        page.locator("#outcome").select_option(outcome)


def answered(page: Page, code: str) -> None:
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#reply .code")).to_have_text(code)


def test_a_success_shows_photos_metrics_and_what_it_cost(page: Page) -> None:
    ask(page, endpoint="front + side + back")
    answered(page, "200")
    expect(page.locator("#reply .status")).to_contain_text("1 credit charged · 99 credits")
    expect(page.locator("#reply .drawn img")).to_have_count(3)
    expect(page.locator("#reply .metrics tbody tr")).to_have_count(18)
    expect(page.locator("#credit")).to_have_text("99 credits")
    row = page.locator(".journal tbody tr").first
    expect(row).to_contain_text("front ✓, side ✓, back ✓")


@pytest.mark.parametrize(
    ("endpoint", "path", "photos", "metrics"),
    [
        ("front", FRONT, 1, 7),
        ("side", SIDE, 1, 4),
        ("back", BACK, 1, 7),
        ("front + side", V1, 2, 11),
        ("front + side + back", V2, 3, 18),
    ],
)
def test_each_endpoint_of_the_family_answers(page: Page, endpoint: str, path: str, photos: int, metrics: int) -> None:
    ask(page, endpoint=endpoint)
    expect(page.locator(".route code")).to_have_text(path)
    answered(page, "200")
    expect(page.locator("#reply .drawn img")).to_have_count(photos)
    expect(page.locator("#reply .metrics tbody tr")).to_have_count(metrics)


def test_the_price_of_a_set_is_seen(page: Page) -> None:
    page.get_by_role("button", name="New", exact=True).click()
    uuid = page.get_by_label("uuid").input_value()
    assert str(UUID(uuid)) == uuid
    for endpoint in ("front", "side", "side", "back"):
        ask(page, endpoint=endpoint)
        expect(page.get_by_label("uuid")).to_have_value(uuid)
        answered(page, "200")
    told = "Charged so far under this uuid: front -1, side 0, side -1, back 0; together 2 credits."
    expect(page.locator(".set .sum")).to_have_text(told)
    expect(page.locator("#credit")).to_have_text("98 credits")
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.locator(".set .sum")).to_have_text("")


def test_a_switch_is_shown_with_its_entry_of_the_ledger(context: BrowserContext) -> None:
    with serving("--side-reply", "observed", "--split-price", "each") as server:
        page = context.new_page()
        page.goto(server.url)
        row = page.locator("#switches tr", has_text="--side-reply")
        expect(row.locator(".chip.g1")).to_have_text("observed")
        expect(row).to_contain_text("L39")
        expect(page.locator("#switches tr", has_text="--http-status").locator(".chip.g0")).to_have_text("mirror")
        expect(page.locator(".set")).to_contain_text("Each success costs 1 credit.")
        ask(page, endpoint="side", outcome="profile=example")
        answered(page, "200")
        expect(page.locator("#reply .metrics tr", has_text="sar_tilt").locator(".chip")).to_have_text("1")
        page.close()


def test_a_grade_and_its_meaning_stand_beside_the_value(page: Page) -> None:
    ask(page, outcome="profile=danger")
    answered(page, "200")
    chips = page.locator("#reply .metrics .chip").all_inner_texts()
    assert len(chips) == 7
    assert set(chips) <= {"2", "-2"}
    expect(page.locator("#reply .metrics tbody tr").first).to_contain_text("danger: the")


def test_a_posture_comes_to_its_grades(page: Page) -> None:
    ask(page, photo="woman-danger-back.jpg")
    expect(page.get_by_label("back: photo").locator("option:checked")).to_have_text("woman, danger posture")
    answered(page, "200")
    assert set(page.locator("#reply .metrics .chip").all_inner_texts()) <= {"2", "-2"}


def test_a_card_comes_to_its_error(page: Page) -> None:
    ask(page, photo="back-no-person-518.jpg")
    answered(page, "518")
    expect(page.locator("#reply .status")).to_contain_text("no person found in the back photo")
    expect(page.locator("#reply .status")).to_contain_text("borigimg is a photo card for no_person")
    expect(page.locator("#credit")).to_have_text("100 credits")
    page.locator("#language").select_option("ko")
    expect(page.locator("#reply .status")).to_contain_text("borigimg: no_person 사진 카드입니다.")
    expect(page.locator("#journal")).to_contain_text("borigimg: no_person 사진 카드입니다.")
    page.locator("#language").select_option("en")


@pytest.mark.parametrize(("photo", "code"), [("not-an-image.jpg", "412"), ("broken-base64.txt", "412"), ("", "411")])
def test_what_is_no_photo_can_be_sent(page: Page, photo: str, code: str) -> None:
    ask(page, photo=photo)
    answered(page, code)


def test_an_own_photo_is_sent(page: Page) -> None:
    ask(page)
    page.locator("input[type=file]").first.set_input_files(PHOTOS / "back.jpg")
    expect(page.get_by_label("back: photo").locator("option:checked")).to_have_text("back.jpg")
    answered(page, "200")


def test_a_queued_outcome_waits_for_another_client(page: Page, server: Server) -> None:
    ask(page, outcome="code=518")
    page.get_by_role("button", name="Queue for this account's next request").click()
    expect(page.locator("#accounts")).to_contain_text("code=518, once")
    answer = requests.post(server.url + BACK, json={**credentials(), "borigimg": photo_text("back")}, timeout=TIMEOUT)
    assert answer.status_code == 518
    # Seen without a click or a reload.
    expect(page.locator(".journal .why").first).to_have_text("asked for by queue: code=518")
    expect(page.locator("#accounts")).to_contain_text("The queue is empty")


@pytest.mark.parametrize("delay", ["5", "5-10"])
@pytest.mark.parametrize("outcome", ["", "code=518", "profile=danger", "profile=example"])
def test_whatever_the_form_says_can_be_queued(page: Page, outcome: str, delay: str) -> None:
    ask(page, outcome=outcome)
    page.get_by_label("Delay, ms").fill(delay)
    page.get_by_label("Fault").select_option("slow")
    page.get_by_role("button", name="Queue for this account's next request").click()
    expect(page.locator("#accounts")).to_contain_text(f"delay={delay}, fault=slow, once")
    expect(page.locator("#trouble")).to_be_hidden()


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("drop", "The connection ended before the reply was complete"),
        ("garbage", "The reply is not JSON"),
        ("html-502", "502"),
    ],
)
def test_a_fault_is_told(page: Page, fault: str, told: str) -> None:
    page.get_by_label("Fault").select_option(fault)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#reply .status")).to_contain_text(told)


@pytest.mark.parametrize("delay", ["soon", "5, fault=drop", "٣"])
def test_a_delay_that_is_none_is_not_sent(page: Page, delay: str) -> None:
    page.get_by_label("Delay, ms").fill(delay)
    page.get_by_role("button", name="Send", exact=True).click()
    assert page.get_by_label("Delay, ms").evaluate("field => field.validity.patternMismatch")
    expect(page.locator("#reply .status")).to_have_count(0)


def test_a_delay_that_is_too_long_is_refused_with_a_remedy(page: Page) -> None:
    page.get_by_label("Delay, ms").fill("999999")
    answered(page, "400")
    expect(page.locator("#reply .status")).to_contain_text("milliseconds, or a range such as 200-800")


def test_accounts_are_opened_funded_emptied_and_deleted(page: Page) -> None:
    page.get_by_role("textbox", name="Email").fill("ann@example.com")
    page.get_by_role("button", name="Open an account").click()
    row = page.locator(".accounts tr", has_text="ann@example.com")
    expect(row.locator(".number")).to_have_text("100")
    row.get_by_role("button", name="+10").click()
    expect(row.locator(".number")).to_have_text("110")
    row.get_by_role("button", name="0 credits").click()
    expect(row.locator(".number")).to_have_text("0")
    page.locator("#account").select_option("ann@example.com")
    expect(page.locator("#credit")).to_have_text("0 credits")
    answered(page, "422")
    row.get_by_role("button", name="Delete").click()
    expect(row).to_have_count(0)


def test_what_cannot_be_is_told(page: Page) -> None:
    page.get_by_role("textbox", name="Email").fill("demo@example.com")
    page.get_by_role("button", name="Open an account").click()
    expect(page.locator("#refused")).to_contain_text("exists already")
    page.wait_for_timeout(2500)  # longer than from one look at the mock to the next
    expect(page.locator("#refused")).to_contain_text("exists already")


def test_the_account_is_the_one_that_was_chosen(page: Page, server: Server) -> None:
    account = {"email": "ann@example.com", "credit": 5}
    requests.post(f"{server.url}/__admin/accounts", json=account, timeout=TIMEOUT).raise_for_status()
    url = f"{server.url}/__admin/accounts/demo@example.com"
    requests.patch(url, json={"credit": 0}, timeout=TIMEOUT).raise_for_status()
    expect(page.locator("#credit")).to_have_text("0 credits")
    expect(page.locator("#account")).to_have_value("demo@example.com")


def test_what_somebody_is_typing_stays(page: Page, server: Server) -> None:
    page.get_by_role("textbox", name="Email").fill("typing@exa")
    url = f"{server.url}/__admin/accounts/demo@example.com"
    requests.patch(url, json={"credit": 7}, timeout=TIMEOUT).raise_for_status()
    expect(page.locator("#credit")).to_have_text("7 credits")
    expect(page.get_by_role("textbox", name="Email")).to_have_value("typing@exa")
    expect(page.get_by_role("textbox", name="Email")).to_be_focused()


def test_the_keyboard_stays_where_it_was(page: Page) -> None:
    send = page.get_by_role("button", name="Send", exact=True)
    send.press("Enter")
    expect(page.locator("#credit")).to_have_text("99 credits")
    expect(send).to_be_focused()
    more = page.get_by_role("button", name="+10 demo@example.com")
    more.press("Enter")
    expect(page.locator("#credit")).to_have_text("109 credits")
    expect(more).to_be_focused()


def test_nothing_lies_over_the_journal_and_the_accounts(page: Page, server: Server) -> None:
    for _ in range(30):
        requests.post(server.url + BACK, json={}, timeout=TIMEOUT)
    expect(page.locator(".journal tbody tr")).to_have_count(30)
    page.locator("#snippet summary").click()
    page.get_by_role("button", name="Clear the journal").click()
    expect(page.locator("#journal")).to_contain_text("No exchange yet.")


def test_the_form_and_the_reply_outlive_another_language(page: Page) -> None:
    ask(page, outcome="code=518")
    page.locator("input[type=file]").first.set_input_files(PHOTOS / "back.jpg")
    answered(page, "518")
    page.locator("#language").select_option("ko")
    expect(page.locator("#reply .status")).to_contain_text("후면 사진에서 사람을 찾지 못함")
    expect(page.locator("#outcome")).to_have_value("code=518")
    expect(page.locator(".tile select")).to_have_value("own")
    page.locator("#language").select_option("en")


def test_a_photo_that_cannot_be_fetched_is_told(context: BrowserContext) -> None:
    with serving() as server:
        page = context.new_page()
        page.goto(server.url)
        expect(page.locator("#credit")).to_have_text("100 credits")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#trouble")).to_contain_text("does not answer")
    expect(page.locator("#refused")).to_be_hidden()
    expect(page.get_by_role("button", name="Send", exact=True)).to_have_attribute("aria-disabled", "false")
    page.close()


def test_everything_goes_back_to_the_start(page: Page) -> None:
    answered(page, "200")
    expect(page.locator("#credit")).to_have_text("99 credits")
    page.get_by_role("button", name="Reset everything").click()
    expect(page.locator("#credit")).to_have_text("100 credits")
    expect(page.locator("#journal")).to_contain_text("No exchange yet.")


def test_it_speaks_korean(page: Page) -> None:
    page.locator("#language").select_option("ko")
    expect(page.locator("#ask-title")).to_have_text("요청")
    page.get_by_role("tab", name="후면", exact=True).click()
    page.locator("#outcome").select_option("code=518")
    page.get_by_role("button", name="보내기").click()
    expect(page.locator("#reply .status")).to_contain_text("후면 사진에서 사람을 찾지 못함")
    page.locator("#language").select_option("en")


@pytest.mark.parametrize("outcome", ["", "code=518"])
@pytest.mark.parametrize("photo", ["back.jpg", "back-no-person-518.jpg", "broken-base64.txt"])
def test_the_same_request_runs_as_code(page: Page, server: Server, tmp_path: Path, outcome: str, photo: str) -> None:
    content = requests.get(f"{server.url}/console/photos/{photo}", timeout=TIMEOUT).content
    (tmp_path / photo).write_bytes(content)
    natural = {"back.jpg": "200", "back-no-person-518.jpg": "518", "broken-base64.txt": "412"}[photo]
    ask(page, photo=photo, outcome=outcome)
    page.locator("#snippet summary").click()
    runners = {
        "curl": ["bash", "-c"],
        "Python": [sys.executable, "-c"],
        "Node.js": [on_path("Node.js", "node"), "--input-type=module", "--eval"],
    }
    for language, command in runners.items():
        page.get_by_role("tab", name=language, exact=True).click()
        code = page.locator("#snippet pre").inner_text()
        run = subprocess.run(
            [*command, code], cwd=tmp_path, capture_output=True, text=True, timeout=TIMEOUT, check=True
        )
        assert (outcome.removeprefix("code=") or natural) in run.stdout, language


def test_the_token_comes_in_the_fragment_and_goes_at_once(context: BrowserContext) -> None:
    with serving("--admin-token", "open-sesame") as server:
        page = context.new_page()
        page.goto(f"{server.url}/#token=open-sesame")
        expect(page.locator("#credit")).to_have_text("100 credits")
        assert page.url == f"{server.url}/"
        page.close()


def test_the_token_is_asked_for(context: BrowserContext) -> None:
    with serving("--admin-token", "open-sesame") as server:
        page = context.new_page()
        page.goto(server.url)
        for token, told in (
            ("wrong", "Wrong token"),
            ("한글", "Wrong token"),
            ("open-sesame", ""),
        ):
            page.get_by_label("This mock needs its admin token").fill(token)
            page.get_by_role("button", name="Continue").click()
            expect(page.locator("#trouble")).to_contain_text(told)
        expect(page.locator("#credit")).to_have_text("100 credits")
        expect(page.locator("#trouble")).to_be_hidden()
        page.close()


def test_a_server_that_is_gone_is_told(context: BrowserContext) -> None:
    with serving() as server:
        page = context.new_page()
        page.goto(server.url)
        expect(page.locator("#credit")).to_have_text("100 credits")
    expect(page.locator("#trouble")).to_contain_text("Is remo-mock serve still running?")
    page.close()


def test_a_banner_is_in_sight_wherever_the_page_is(context: BrowserContext) -> None:
    with serving() as server:
        page = context.new_page()
        page.set_viewport_size({"width": 1280, "height": 620})
        page.goto(server.url)
        expect(page.locator("#credit")).to_have_text("100 credits")
        page.locator("#readings-title").scroll_into_view_if_needed()
    expect(page.locator("#trouble code")).to_have_text("remo-mock serve")
    expect(page.locator("#trouble")).to_be_in_viewport()
    page.close()


@pytest.mark.parametrize(
    ("path", "told"), [("/", "The console needs JavaScript."), ("/demo", "The demo needs JavaScript.")]
)
def test_without_javascript_one_notice_is_all(context: BrowserContext, server: Server, path: str, told: str) -> None:
    assert context.browser is not None
    plain = context.browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(server.url + path)
    shown = page.locator("noscript p")
    expect(shown).to_contain_text(["not a measurement", told, "JavaScript를 켜세요"])
    expect(shown.last).to_be_visible()
    expect(page.locator("main")).to_be_hidden()
    expect(page.locator("header")).to_be_hidden()
    plain.close()


@pytest.mark.parametrize("path", ["/", "/__admin/docs"])
def test_a_page_is_no_wider_than_a_phone(context: BrowserContext, server: Server, path: str) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 860})
    page.goto(server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()


def test_the_result_is_seen_on_a_laptop_and_no_header_covers_it(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    answered(page, "200")
    expect(page.locator("#reply .drawn img")).to_be_visible()
    # What lies on top in the middle of the code.
    seen = """code => {
        const { x, y, width, height } = code.getBoundingClientRect();
        return code.contains(document.elementFromPoint(x + width / 2, y + height / 2));
    }"""
    assert page.locator("#reply .code").evaluate(seen)


def test_a_phone_has_room_for_the_names_of_photos(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 860})
    ask(page, endpoint="front + side + back")
    widths = [tile.evaluate("tile => tile.clientWidth") for tile in page.locator("#photos .tile").all()]
    assert len(widths) == 3
    assert min(widths) > 120


def test_the_tabs_are_chosen_by_arrow_keys(page: Page) -> None:
    page.get_by_role("tab", name="front", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="side", exact=True)).to_be_focused()
    expect(page.get_by_role("tab", name="side", exact=True)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.locator(".route code")).to_have_text(V2)


def test_a_reply_stays_with_its_endpoint(page: Page) -> None:
    ask(page, endpoint="back")
    answered(page, "200")
    ask(page, endpoint="front")
    expect(page.locator("#reply")).to_contain_text("Send a request")
    ask(page, endpoint="back")
    expect(page.locator("#reply .code")).to_have_text("200")


def test_a_reply_that_is_slow_in_coming_can_be_cancelled(page: Page) -> None:
    page.get_by_label("Fault").select_option("hang")
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_hidden()
    expect(page.locator("#reply")).to_contain_text("You cancelled the wait.")
    expect(page.get_by_label("Fault")).to_have_value("hang")


def test_an_account_without_credits_gets_ten_beside_the_error(page: Page, server: Server) -> None:
    url = f"{server.url}/__admin/accounts/demo@example.com"
    requests.patch(url, json={"credit": 0}, timeout=TIMEOUT).raise_for_status()
    answered(page, "422")
    expect(page.locator("#reply .status")).to_contain_text('message: "insufficient credit"')
    expect(page.locator("#credit")).to_have_text("0 credits")
    # What the page shows may be old: ten more are added to what the account has by then.
    requests.patch(url, json={"credit": 7}, timeout=TIMEOUT).raise_for_status()
    page.get_by_role("button", name="Add 10 credits to this account").click()
    expect(page.locator("#credit")).to_have_text("17 credits")


def test_an_error_that_was_asked_for_is_said_once(page: Page) -> None:
    ask(page, outcome="code=518")
    answered(page, "518")
    told = page.locator("#reply .status").inner_text()
    assert (told.count("code=518"), told.count("nothing charged")) == (1, 1)


def test_several_photos_dropped_at_once_find_their_views(page: Page) -> None:
    ask(page, endpoint="front + side + back")
    files = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            for (const name of ["b back.jpg", "c front.jpg", "a side.jpg"])
                transfer.items.add(new File(["x"], name, { type: "image/jpeg" }));
            return transfer;
        }"""
    )
    page.dispatch_event(".frame >> nth=0", "drop", {"dataTransfer": files})
    for view, name in (("front", "c front.jpg"), ("side", "a side.jpg"), ("back", "b back.jpg")):
        expect(page.get_by_label(f"{view}: photo").locator("option:checked")).to_have_text(name)


def test_a_heic_photo_that_the_browser_cannot_read_is_explained(page: Page) -> None:
    heic: FilePayload = {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic"}
    page.locator("input[type=file]").first.set_input_files(heic)
    expect(page.locator("#refused")).to_contain_text("IMG_1.HEIC: this browser cannot read iPhone photos in HEIC")


def test_a_row_of_the_journal_opens_and_says_how_to_get_it_again(page: Page, server: Server) -> None:
    ask(page, outcome="code=518")
    answered(page, "518")
    page.get_by_role("button", name="Details of exchange").first.click()
    shown = page.locator(".journal .details")
    expect(shown).to_contain_text("the account's next request")
    command = shown.locator("pre").inner_text()
    subprocess.run(["bash", "-c", command], check=True, capture_output=True, timeout=TIMEOUT)
    expect(page.locator("#accounts")).to_contain_text("code=518, once")
    answer = requests.post(server.url + BACK, json={**credentials(), "borigimg": photo_text("back")}, timeout=TIMEOUT)
    assert answer.status_code == 518
    expect(shown).to_be_visible()


def test_degrees_that_were_asked_for_can_be_asked_for_again(page: Page) -> None:
    ask(page)
    page.get_by_text("Degrees of single metrics").click()
    page.get_by_label("Knee balance (bar_knee_bal), °").fill("-3.5")
    answered(page, "200")
    page.get_by_role("button", name="Details of exchange").first.click()
    line = page.locator(".journal .details pre").inner_text()
    assert '"endpoint":"analysis-skeleton-v2-back","bar_knee_bal":-3.5}' in line


def test_the_journal_is_searched(page: Page, server: Server) -> None:
    for code in ("code=518", "code=515"):
        requests.post(
            server.url + BACK, json=credentials() | {"borigimg": "x"}, headers={"Prefer": code}, timeout=TIMEOUT
        )
    rows = page.locator(".journal tbody tr")
    expect(rows).to_have_count(2)
    page.get_by_label("Search account").fill("demo 515")
    expect(rows).to_have_count(1)
    page.get_by_label("Search account").fill("")
    page.get_by_label("Which exchanges").select_option("good")
    expect(page.locator("#journal")).to_contain_text("No exchange fits the search.")


def test_the_degrees_of_a_metric_are_set(page: Page) -> None:
    ask(page, endpoint="front")
    page.locator(".degrees summary").click()
    page.get_by_label("Head balance (far_head_bal)").fill("6.25")
    answered(page, "200")
    row = page.locator("#reply .metrics tr", has_text="Head balance")
    expect(row).to_contain_text("6.250°")
    expect(row.locator(".chip")).to_have_text("2")
    page.locator("#snippet summary").click()
    expect(page.locator("#code")).to_contain_text("Prefer: far_head_bal=6.25")


def test_photos_dropped_beside_the_tiles_are_taken_and_one_too_many_is_told(page: Page) -> None:
    ask(page, endpoint="front + side")
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            for (const name of ["side.jpg", "c.jpg", "front.jpg"]) {
                dataTransfer.items.add(new File(["x"], name, { type: "image/jpeg" }));
            }
            const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
            document.querySelector("#answer").dispatchEvent(drop);
        }"""
    )
    expect(page.get_by_label("Front: photo").locator("option:checked")).to_have_text("front.jpg")
    expect(page.get_by_label("Side: photo").locator("option:checked")).to_have_text("side.jpg")
    expect(page.locator("#refused")).to_have_text("There is no place here for c.jpg.")


def test_what_cannot_be_asked_for_is_told_in_korean(page: Page) -> None:
    ask(page)
    page.get_by_text("Degrees of single metrics").click()
    page.get_by_label("Knee balance (bar_knee_bal), °").fill("500")
    page.locator("#request").evaluate("form => { form.noValidate = true; }")
    answered(page, "400")
    expect(page.locator("#reply .status")).to_contain_text("'bar_knee_bal=500' cannot be asked for; expected degrees")
    page.locator("#language").select_option("ko")
    expect(page.locator("#reply .status")).to_contain_text("'bar_knee_bal=500': 요청할 수 없는 결과입니다.")
    page.locator("#language").select_option("en")
