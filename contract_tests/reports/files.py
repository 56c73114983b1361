"""Writes reports to files of their owner; the suffix of the name decides the format."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from remo_mock.private_files import write_private

from ..run.session import Session
from .html import as_html
from .json import as_json
from .markdown import as_markdown

_FORMATS: Mapping[str, Callable[[Session], str]] = {".json": as_json, ".md": as_markdown, ".html": as_html}


class ReportFileError(Exception):
    """A report cannot be written to the file that was named; the text says what to name instead."""


def check_paths(names: Iterable[str]) -> None:
    """Raise `ReportFileError` for a file that cannot be written or has no known format, before a run is made for it."""
    for name in names:
        path = Path(name)
        if path.suffix.lower() not in _FORMATS:
            raise ReportFileError(f"--report {name}: the name must end in {', '.join(_FORMATS)}")
        if not path.parent.is_dir():
            raise ReportFileError(f"--report {name}: there is no directory {path.parent}")
        if path.is_dir():
            raise ReportFileError(f"--report {name}: this is a directory, name a file in it")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise ReportFileError(f"--report {name}: this may not be written, name another file")


def write_reports(session: Session, names: Iterable[str]) -> None:
    """Write the session's report to each file; one that cannot be written makes the run incomplete."""
    for name in names:
        try:
            write_private(Path(name), _FORMATS[Path(name).suffix.lower()](session).encode())
        except OSError as error:
            session.report_not_written(f"--report {name}", error)
