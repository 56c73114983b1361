"""Shows how many servers of the self-test were judged."""

import sys
from typing import TextIO

# Where no line can be written over, one is written for each of so many parts of the whole.
_PARTS = 10


class Progress:
    """Shows on a terminal how many servers of how many were judged; elsewhere it writes a line now and then."""

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._total = total
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._judged = 0

    def __call__(self, name: str) -> None:
        """Show that a server was judged."""
        before, self._judged = self._judged, self._judged + 1
        line = f"{self._judged}/{self._total}  {name}"
        if self._is_terminal:
            self._write(f"\r\x1b[K{line[:100]}" if self._judged < self._total else "\r\x1b[K")
        elif before * _PARTS // self._total != self._judged * _PARTS // self._total:
            self._write(f"{self._judged}/{self._total} servers judged\n")

    def _write(self, text: str) -> None:
        self._stream.write(text)
        self._stream.flush()
