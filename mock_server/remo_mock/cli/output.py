"""Prints text and documents on stdout, whatever its encoding is and whoever reads it."""

import codecs
import io
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from remo_mock.cli.text_table import width_of
from remo_mock.exceptions import RemoMockError

# Lines that the commands with a server announce.
NETWORK = "  network   listens on all interfaces: other machines reach it by this one's name or address"
STOP = "  stop      Ctrl-C"

_AS_WIDE = "remo-mock-as-wide"


@dataclass
class CannotPrintError(RemoMockError):
    """Stdout leads to a file or device that takes no more."""

    reason: str

    def __str__(self) -> str:
        return f"Cannot write to stdout: {self.reason}. Send it to another file or disk."


def print_text(text: str) -> None:
    """Print lines in the encoding of the terminal. Raises `BrokenPipeError`, `CannotPrintError`."""
    _print(text, end=True)


def print_document(data: bytes, *, end: bool = True) -> None:
    """Print a document as it is, in UTF-8 whatever the terminal's encoding; with `end`, add the end of a line.

    Raises `BrokenPipeError`, `CannotPrintError`.
    """
    _print(data, end=end)


def prepare_stdout() -> None:
    """Have stdout replace letters that its encoding lacks, and lead nowhere if it was closed before the start."""
    codecs.register_error(_AS_WIDE, _question_marks)
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - until the end of the process
    elif isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=_AS_WIDE)


def abandon_stdout() -> None:
    """Throw away what stdout still holds, so that Python does not try once more to write it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(output: str | bytes, *, end: bool) -> None:
    try:
        click.echo(output, file=sys.stdout, nl=end)  # named, since click takes an encoding of ASCII for UTF-8 otherwise
    except BrokenPipeError:
        raise
    except OSError as error:
        abandon_stdout()
        raise CannotPrintError(error.strerror or str(error)) from error


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    """Replace letters by question marks that are as wide, so that columns stay columns."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "?" * sum(map(width_of, lost)), error.end
