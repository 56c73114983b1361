"""A browser for tests: the machine's own Chromium, talking to nothing but the mock."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests.support.programs import on_path

expect.set_options(timeout=20_000)  # a machine may be busy

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Without these it looks up hosts of its maker at every start.
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def browsing(**options: object) -> Iterator[BrowserContext]:
    """Open a fresh profile; leave the test out where there is no Chromium."""
    found = on_path("Chromium", *_NAMES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        try:
            context = browser.new_context(viewport={"width": 1300, "height": 900}, **options)  # type: ignore[arg-type]
            context.set_default_timeout(20_000)
            yield context
        finally:
            browser.close()
