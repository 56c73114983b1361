"""The click types of options, for the command line and for variables alike."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from remo_mock.files.given import read_given

# Bytes: what is larger is another file, and no secret.
_MOST_OF_A_SECRET = 1_000_000


class FileSecret(str):
    """A secret that was read from a file, and not the file's name."""

    __slots__ = ()


class Parsed(click.types.StringParamType):
    """A click type for a text that a function of ours reads, raising `ValueError`.

    With `expected`, a refusal quotes the value and says what it should be; without, it is the error's own text, for
    values that are secret.
    """

    def __init__(self, parse: Callable[[str], object], expected: str | None = None) -> None:
        self._parse = parse
        self._expected = expected

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read a text; any other value is taken as read already, which click does once and `Settings` once more."""
        if not isinstance(value, str) or isinstance(value, FileSecret):
            return value
        try:
            return self._parse(value)
        except ValueError as error:
            message = str(error) if self._expected is None else f"{value!r} is not {self._expected}."
            return self.fail(message, param, ctx)


def not_empty(text: str) -> str:
    """Refuse a text without a character."""
    if not text.strip():
        raise ValueError(text)
    return text


def read_path(text: str) -> Path:
    """Read a path, which may not be empty."""
    return Path(not_empty(text))


def read_token(text: str) -> str:
    """Accept what a header can carry."""
    if not (text.isascii() and text.isprintable() and text and " " not in text):
        raise ValueError("a token is made of letters, digits and signs of ASCII, without spaces.")
    return text


def secret_in(path: str) -> str:
    """Read a secret that stands alone in a file. Raises `ValueError`, whose text repeats nothing of the file."""
    try:
        lines = read_given(Path(path), _MOST_OF_A_SECRET).decode().split()
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is no text in UTF-8.") from error
    if len(lines) != 1:
        raise ValueError(f"{path} should hold one word and nothing else, and has {len(lines)}.")
    return lines[0]


DIRECTORY = Parsed(read_path, "a directory")
COMPLETE_FILE = click.Path(dir_okay=False).shell_complete
COMPLETE_DIRECTORY = click.Path(file_okay=False).shell_complete


def secret_file(flag: str, text: str, read: Callable[[str], str] = not_empty) -> dict[str, Any]:
    """Return the metadata of an option that reads a secret from a file, which `read` accepts; `text` is its help."""
    kind = Parsed(lambda path: FileSecret(read(secret_in(path))))
    return {"flag": flag, "type": kind, "shell_complete": COMPLETE_FILE, "metavar": "FILE", "help": text}
