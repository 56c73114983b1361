"""Opens the console in the user's browser, where there is a screen."""

import os
import sys
import webbrowser


def has_screen() -> bool:
    """Tell whether a browser with a window can be opened: elsewhere a browser for terminals would take the terminal."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def open_browser(url: str) -> bool:
    """Open `url` in the user's browser. Returns whether there was one."""
    return has_screen() and webbrowser.open(url)
