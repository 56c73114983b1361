"""Keeps a recording within its budget of credits."""

from dataclasses import dataclass, field
from threading import Lock


@dataclass(slots=True)
class Budget:
    """The credits of one recording, shared by the threads that forward requests.

    Credits are reserved before a request is sent, and settled when its reply is there.
    """

    limit: int
    spent: int = 0
    _reserved: int = 0
    _dearest: int = 0
    _lock: Lock = field(default_factory=Lock, repr=False)

    def reserve(self, price: int) -> bool:
        """Reserve credits for a request; return False, with nothing reserved, if not enough are left.

        A service that once took more than its price may do so again, so that much must be left.
        """
        with self._lock:
            if price and self.spent + self._reserved + max(price, self._dearest) > self.limit:
                return False
            self._reserved += price
            return True

    def settle(self, price: int, cost: int) -> None:
        """Replace what was reserved by what the request did cost, zero or more."""
        with self._lock:
            self._reserved -= price
            self.spent += cost
            self._dearest = max(self._dearest, cost)
