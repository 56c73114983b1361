"""Takes README's pictures of console, demo and report: `python scripts/browser_pictures.py`, with Chromium here."""

import shutil
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, ViewportSize, sync_playwright

from remo_mock import RemoMock

PICTURES = Path(__file__).parent.parent / "docs"
SIZE = ViewportSize(width=1280, height=860)


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


SCENES: Mapping[str, Callable[[Page], None]] = {"console": console, "demo": demo, "report": report}


def main() -> None:
    """Save a picture of each scene, each from a fresh mock."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, show in SCENES.items():
            with RemoMock().serving() as mock:
                page = browser.new_page(viewport=SIZE, locale="en-US", color_scheme="light")
                page.goto(f"{mock.url}/")
                show(page)
                page.wait_for_timeout(1000)  # the drawn photos are decoded
                target = page.locator(".sheet") if name == "report" else page
                shot = Image.open(BytesIO(target.screenshot())).convert("RGB")
                page.close()
            file = PICTURES / f"{name}.png"
            shot.save(file, optimize=True)
            print(f"{file.name}: {file.stat().st_size // 1024} kB")
        browser.close()


if __name__ == "__main__":
    main()
