"""Takes the pictures of console, demo and report in docs/: `python scripts/browser_pictures.py`, with Chromium here."""

import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from remo_mock import RemoMock

PICTURES = Path(__file__).parent.parent / "docs"


def console(page: Page) -> None:
    """Send the sample photos of front and side."""
    page.get_by_role("tab", name="front + side", exact=True).click()
    page.locator("#send").click()
    page.locator("#reply .metrics").first.wait_for()


def demo(page: Page) -> None:
    """Analyse the sample person with danger in every metric, and show the first photo beside the findings."""
    page.goto(page.url + "demo")
    page.get_by_role("button", name="Use the sample person").click()
    page.get_by_label("What the result shows").select_option("danger")
    page.get_by_role("button", name="Analyse").click()
    page.locator(".stage .measured").wait_for()


def report(page: Page) -> None:
    """Go on to the report."""
    demo(page)
    page.get_by_role("button", name="Report").click()
    page.locator(".sheet").wait_for()


def phone(page: Page) -> None:
    """Send the sample photo of the front, and show the result below the form."""
    page.locator("#send").click()
    page.locator("#reply .metrics").first.wait_for()


def korean(page: Page) -> None:
    """Show the demo of a person with danger in every metric, in Korean."""
    page.goto(page.url + "demo")
    page.get_by_role("button", name="예시 사진 쓰기").click()
    page.get_by_label("보여 줄 결과").select_option("danger")
    page.get_by_role("button", name="분석").click()
    page.locator(".stage .measured").wait_for()


def journal(page: Page) -> None:
    """Send requests with several outcomes, and open the journal's row of an error."""
    for outcome in ("", "code=518", "profile=danger", "code=422"):
        page.get_by_role("tab", name="back", exact=True).click()
        page.locator("#outcome").select_option(outcome)
        page.locator("#send").click()
        page.locator("#reply .code").wait_for()
    page.get_by_role("button", name="Details of exchange").nth(2).click()
    page.locator(".journal .details").wait_for()


@dataclass(frozen=True)
class Scene:
    """What to do on a fresh console, the part to take (None: the window), and the browser that shows it."""

    show: Callable[[Page], None]
    part: str | None = None
    language: str = "en-US"
    colours: Literal["light", "dark"] = "light"
    size: ViewportSize = field(default_factory=lambda: ViewportSize(width=1280, height=860))


SCENES: Mapping[str, Scene] = {
    "console": Scene(console),
    "demo": Scene(demo),
    "report": Scene(report, part=".sheet"),
    "phone": Scene(phone, size=ViewportSize(width=390, height=844)),
    "korean": Scene(korean, language="ko-KR"),
    "journal": Scene(journal, part="#log", colours="dark"),
}


def main() -> None:
    """Save a picture of each scene, or of those that the arguments name, each from a fresh mock."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name in sys.argv[1:] or SCENES:
            scene = SCENES[name]
            with RemoMock().serving() as mock:
                page = browser.new_page(viewport=scene.size, locale=scene.language, color_scheme=scene.colours)
                page.goto(f"{mock.url}/")
                scene.show(page)
                page.wait_for_timeout(1000)  # the drawn photos are decoded
                target = page if scene.part is None else page.locator(scene.part)
                shot = Image.open(BytesIO(target.screenshot())).convert("RGB")
                page.close()
            file = PICTURES / f"{name}.png"
            shot.save(file, optimize=True)
            print(f"{file.name}: {file.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
