"""Takes README's picture of the console: `python scripts/console_picture.py`, with Chromium on this machine."""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import ViewportSize, sync_playwright

from remo_mock import RemoMock

PICTURE = Path(__file__).parent.parent / "docs" / "console.png"
SIZE = ViewportSize(width=1280, height=860)
COLOURS = 128


def main() -> None:
    """Send the sample photos from the console of a fresh mock, and save a picture of the page."""
    with RemoMock().serving() as mock, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE, locale="en-US", color_scheme="light")
        page.goto(mock.url)
        page.get_by_role("tab", name="front + side", exact=True).click()
        page.locator("#send").click()
        page.locator("#reply .metrics").first.wait_for()
        page.wait_for_timeout(1000)  # the drawn photos are decoded
        shot = Image.open(BytesIO(page.screenshot())).convert("RGB")
        browser.close()
    PICTURE.parent.mkdir(exist_ok=True)
    shot.quantize(COLOURS, dither=Image.Dither.NONE).save(PICTURE, optimize=True)
    print(f"{PICTURE.name}: {PICTURE.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
