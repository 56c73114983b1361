"""Writes reports to files: the ending of a name says the form."""

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..run.session import Session
from .html import as_html
from .json import as_json
from .markdown import as_markdown

_FORMS: Mapping[str, Callable[[Session], str]] = {".json": as_json, ".md": as_markdown, ".html": as_html}


class ReportFileError(Exception):
    """A report cannot be written where it was asked for; the text says what to give."""


def check_paths(names: Iterable[str]) -> None:
    """Raise `ReportFileError` for a name of no known form, or in no directory, before a run is made for it."""
    for name in names:
        path = Path(name)
        if path.suffix.lower() not in _FORMS:
            raise ReportFileError(f"--report {name}: the name must end in {', '.join(_FORMS)}")
        if not path.parent.is_dir():
            raise ReportFileError(f"--report {name}: there is no directory {path.parent}")
        if path.is_dir():
            raise ReportFileError(f"--report {name}: this is a directory, name a file in it")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise ReportFileError(f"--report {name}: this may not be written, name another file")


def write_reports(session: Session, names: Iterable[str]) -> None:
    """Write the session's report to each file; what cannot be written makes the run incomplete, and loses no other."""
    for name in names:
        try:
            Path(name).write_text(_FORMS[Path(name).suffix.lower()](session), encoding="utf-8")
        except OSError as error:
            session.cannot_write(f"--report {name}", error)
