"""Writes files that a command was asked for; a set of files overwrites nothing in its directory unasked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from remo_mock.exceptions import RemoMockError


@dataclass
class FilesDifferError(RemoMockError):
    """The directory has files of the same names with other contents."""

    directory: Path
    names: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.directory} has other files named {', '.join(self.names)}; nothing was written. "
            "Name another directory, or overwrite them with --force."
        )


@dataclass
class CannotWriteError(RemoMockError):
    """A file cannot be written."""

    path: Path
    reason: str
    what: str = "directory"

    def __str__(self) -> str:
        return f"Cannot write {self.path}: {self.reason}. Name another {self.what}."


def write_files(directory: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write files by their relative POSIX paths.

    Raises `FilesDifferError` before anything is written, `CannotWriteError`.
    """
    try:
        differing = tuple(name for name, data in files.items() if _differs(directory / name, data))
        if differing and not force:
            raise FilesDifferError(directory, differing)
        for name, data in files.items():
            path = directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise CannotWriteError(Path(error.filename or directory), error.strerror or str(error)) from error


def write_document(path: Path, data: bytes) -> None:
    """Write one file, in place of the one that was there. Raises `CannotWriteError`."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise CannotWriteError(path, error.strerror or str(error), "file") from error


def _differs(path: Path, data: bytes) -> bool:
    if not path.exists():
        return False
    return not path.is_file() or path.stat().st_size != len(data) or path.read_bytes() != data
