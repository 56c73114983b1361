"""An event that signal handlers may set at any time."""

from queue import SimpleQueue


class Interrupt:
    """What granian's main process waits for, in place of its `threading.Event`.

    The lock of that is not reentrant: a second signal while the first is handled, as when `make` passes on what its
    child got, too, waited for it forever. `SimpleQueue.put` is reentrant.
    """

    def __init__(self) -> None:
        self._signs: SimpleQueue[None] = SimpleQueue()
        self._is_set = False

    def set(self) -> None:
        """Wake who waits, also in a signal handler."""
        self._is_set = True
        self._signs.put(None)

    def clear(self) -> None:
        """Let the next `wait` wait again."""
        self._is_set = False

    def wait(self) -> None:
        """Return once it is set."""
        while not self._is_set:
            self._signs.get()  # one from before `clear` is no reason to end
