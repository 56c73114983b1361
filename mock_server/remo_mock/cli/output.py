"""Prints on stdout what may be longer, or in another alphabet, than the terminal or its reader takes."""

import codecs
import io
import os
import sys
from dataclasses import dataclass

import click

from remo_mock.cli.text_table import width_of
from remo_mock.exceptions import RemoMockError

# Lines that the commands with a server announce.
NETWORK = "  network   listens on all interfaces: other machines reach it by this one's name or address"
STOP = "  stop      Ctrl-C"

_AS_WIDE = "remo-mock-as-wide"


@dataclass
class CannotPrintError(RemoMockError):
    """What stdout leads to takes no more."""

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


def replace_unknown_letters() -> None:
    """Have stdout replace letters that its encoding lacks, instead of failing at the first of them."""
    codecs.register_error(_AS_WIDE, _question_marks)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors=_AS_WIDE)


def abandon_stdout() -> None:
    """Throw away what stdout still holds, so that Python does not try once more to write it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _print(output: str | bytes, *, end: bool) -> None:
    if sys.stdout is None:  # it was closed before the start
        return
    try:
        click.echo(output, file=sys.stdout, nl=end)  # a file of ASCII is taken at its word only if it is named
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
