"""Writes reports to files of their owner; the suffix of the name decides the format."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from remo_mock.files.private import write_private

from ..run.session import Session
from .html import as_html
from .json import as_json
from .markdown import as_markdown
from .request_files import FOLDER, RequestFiles, files_of, with_lines

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
        beside = path.parent / FOLDER
        if beside.exists() and not (beside.is_dir() and os.access(beside, os.W_OK)):
            raise ReportFileError(f"--report {name}: failing requests go to {beside}, which is no folder to write to")


def write_reports(session: Session, names: Iterable[str]) -> Session:
    """Write the session's report to each file, and failing requests beside it; return the session with their lines.

    A report that cannot be written makes the run incomplete.
    """
    shown: Session | None = None
    written: dict[Path, RequestFiles] = {}
    for name in names:
        path = Path(name)
        files = written.setdefault(path.parent, files_of(session, path.parent))
        try:
            write_private(path, _FORMATS[path.suffix.lower()](with_lines(session, files)).encode())
            shown = shown or with_lines(session, files, from_here=True)
        except OSError as error:
            session.report_not_written(f"--report {name}", error)
    if shown is not None and session.report is not None and shown.report is not None:
        shown.report = replace(shown.report, incomplete=session.report.incomplete)
    return shown or session
