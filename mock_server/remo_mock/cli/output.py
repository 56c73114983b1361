"""Prints text and documents on stdout, whatever its encoding is, whoever reads it, and however full its disk is."""

import codecs
import io
import os
import select
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from remo_mock.cli.text_table import width_of

# Lines that the commands with a server announce.
NETWORK = "  network   listens on all interfaces: other machines reach it by this one's name or address"
STOP = "  stop      Ctrl-C"

_AS_WIDE = "remo-mock-as-wide"


def print_text(text: str) -> None:
    """Print lines in the encoding of the terminal. Raises `ReaderGoneError`."""
    click.echo(text, file=sys.stdout)  # named, since click takes an encoding of ASCII for UTF-8 otherwise


def print_if_read(text: str) -> None:
    """Print lines of something that goes on although nobody reads them any more, or their disk is full."""
    try:
        print_text(text)
    except (ReaderGoneError, OSError):
        abandon_stdout()


def print_document(data: bytes, *, end: bool = True) -> None:
    """Print a document as it is, in UTF-8 whatever the terminal's encoding; with `end`, add the end of a line.

    Raises `ReaderGoneError`.
    """
    sys.stdout.flush()
    # Not by click, which writes an empty text first, and so the mark with which utf-8-sig and utf-16 begin.
    sys.stdout.buffer.write(data + b"\n" if end else data)
    sys.stdout.buffer.flush()


def prepare_streams() -> Callable[[], str | None]:
    """Have stdout and stderr replace letters that their encoding lacks, and survive whatever they lead to.

    What cannot be written is thrown away, and a stream that was closed before the start leads nowhere; only a reader of
    stdout who went away raises `ReaderGoneError`. Returns the function that tells why something was lost from stdout,
    or None.
    """
    codecs.register_error(_AS_WIDE, _question_marks)
    sys.stdout, stdout = _prepared(sys.stdout, ends_with_its_reader=True)
    sys.stderr, _stderr = _prepared(sys.stderr, ends_with_its_reader=False)
    return lambda: None if stdout is None else stdout.lost


def abandon_stdout() -> None:
    """Throw away what stdout still holds, so that Python does not try once more to write it at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class ReaderGoneError(Exception):
    """The reader of stdout went away, as that of `| head` does. No `OSError`, which click takes for its own."""


class _Output(io.FileIO):
    """A file that throws away what it cannot write, and remembers why."""

    lost: str | None = None

    def __init__(self, number: int, *, ends_with_its_reader: bool) -> None:
        super().__init__(number, "w", closefd=False)
        self._ends_with_its_reader = ends_with_its_reader

    def write(self, data: Any, /) -> int:
        """Write all of the bytes: where Python has no buffer, it forgets what a disk or a pipe did not take at once."""
        rest = memoryview(data)
        while rest and self.lost is None:
            try:
                written = super().write(rest)
            except OSError as error:
                if self._ends_with_its_reader and isinstance(error, BrokenPipeError):
                    raise ReaderGoneError from error
                self.lost = error.strerror or str(error)
                continue
            if written is None:  # a full pipe that may not block, as a parent in Node.js makes it
                select.select([], [self], [])
            else:
                rest = rest[written:]
        return len(data)


def _prepared(stream: Any, *, ends_with_its_reader: bool) -> tuple[io.TextIOWrapper, _Output | None]:
    if stream is None:
        return Path(os.devnull).open("w", encoding="utf-8"), None
    if not isinstance(stream, io.TextIOWrapper):
        return stream, None
    buffer = stream.buffer
    if type(getattr(buffer, "raw", buffer)) is not io.FileIO:  # a console of Windows, or a test's
        stream.reconfigure(errors=_AS_WIDE)
        return stream, None
    stream.flush()
    output = _Output(stream.fileno(), ends_with_its_reader=ends_with_its_reader)
    # As Python itself makes it, with PYTHONUNBUFFERED or without.
    again: Any = io.BufferedWriter(output) if hasattr(buffer, "raw") else output
    text = io.TextIOWrapper(
        again, stream.encoding, _AS_WIDE, line_buffering=stream.line_buffering, write_through=stream.write_through
    )
    return text, output


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    """Replace letters by question marks that are as wide, so that columns stay columns."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "?" * sum(map(width_of, lost)), error.end
