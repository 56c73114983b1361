"""Reads the bytes of a page into text, and refuses what is no page of text."""

import codecs
import errno
import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from remo_mock.exceptions import RemoMockError
from remo_mock.files.given import read_given

MOST_BYTES = 1_000_000
"""A page of the vendor has 20 kB; what is larger than this is refused before it is parsed."""

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Letters without width, which editors leave in names and numbers.
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass
class PageError(RemoMockError):
    """A page cannot be read as text."""

    page: str
    problem: str
    remedy: str
    line: int = 0

    exit_code: ClassVar[int] = 2

    def __str__(self) -> str:
        place = f"{self.page}, line {self.line}" if self.line else self.page
        return f"{place}: {self.problem}. {self.remedy}."


def read_page(path: Path) -> str:
    """Read the page at `path` as text with line ends of `\\n`. Raises `PageError`."""
    try:
        data = read_given(path, MOST_BYTES)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise _too_large(path.name) from error
        raise PageError(str(path), f"cannot be read: {error.strerror}", "Name the Markdown file of a page") from error
    return page_text(path.name, data)


def page_text(name: str, data: bytes) -> str:
    """Decode the bytes of a page. Raises `PageError` naming the line at which they stop being text."""
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    encoding = next((encoding for mark, encoding in _MARKS.items() if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PageError(name, "is not UTF-8", "Save the page as UTF-8", line) from error
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    control = _CONTROLS.search(text)
    if control is not None:
        line = text.count("\n", 0, control.start()) + 1
        raise PageError(name, f"has a control character (U+{ord(control[0]):04X})", "Give a file of text", line)
    if not text.strip():
        raise PageError(name, "is empty", "Give the Markdown file of a page")
    return text


def _too_large(name: str) -> PageError:
    problem = f"has more than {MOST_BYTES // 1_000_000} MB, which no page of documentation has"
    return PageError(name, problem, "Give the Markdown file of one page alone")
