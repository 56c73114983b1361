"""Sends requests of three accounts from several threads, and notes every answer and every answer that did not come."""

import random
import time
import uuid
from collections.abc import Callable
from threading import Condition, Thread
from types import TracebackType

import requests

from campaign.books import NO_ANSWER, Sent
from tests.support.calls import BACK
from tests.support.control import Person, new_person

_THREADS = 8
_TURNS = 60
_TIMEOUT = 30.0
# Seconds before the next request, where nobody answered.
_PAUSE = 0.02
# Seconds between two looks whether the server is still there.
_LOOK = 0.2


class Crowd:
    """Clients that send until the context ends; `sent` is then what they sent.

    The requests of the account `alone` have a uuid each, those of `in_a_set` have one in common, and those of `queued`
    meet an error that is queued for `turns` requests.
    """

    def __init__(self, url: str) -> None:
        self._people = [new_person(url, credit=10**6) for _ in range(3)]
        self.alone, self.in_a_set, self.queued = (person.email for person in self._people)
        self.turns = _TURNS
        self._people[2].queue(code=518, times=_TURNS)
        self.sent: list[Sent] = []
        self._answers = 0
        self._over = False
        self._news = Condition()
        self._threads = [Thread(target=self._send, args=(number,), daemon=True) for number in range(_THREADS)]

    def __enter__(self) -> "Crowd":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over = True
        for thread in self._threads:
            thread.join()

    def wait_for_answers(self, number: int, *, lives: Callable[[], bool]) -> None:
        """Wait until so many more requests were answered, or the server or all who send are gone."""
        with self._news:
            wanted = self._answers + number
            while self._answers < wanted and lives() and any(thread.is_alive() for thread in self._threads):
                self._news.wait(_LOOK)

    def _send(self, seed: int) -> None:
        chance, common = random.Random(seed), f"set-of-{self.in_a_set}"
        kinds: list[tuple[Person, Callable[[], str]]] = [
            (self._people[0], lambda: str(uuid.uuid4())),
            (self._people[1], lambda: common),
            (self._people[2], lambda: str(uuid.uuid4())),
        ]
        while not self._over:
            person, make = chance.choice(kinds)
            one = _exchange(person, make())
            self._note(one)
            if one.code == NO_ANSWER:
                time.sleep(_PAUSE)

    def _note(self, one: Sent) -> None:
        with self._news:
            self.sent.append(one)
            self._answers += one.code != NO_ANSWER
            self._news.notify_all()


def _exchange(person: Person, own: str) -> Sent:
    try:
        reply = requests.post(person.url + BACK, json=person.body(uuid=own), timeout=_TIMEOUT)
        return Sent(person.email, own, reply.status_code, reply.headers.get("X-Remo-Mock-Hint", ""))
    except requests.RequestException:
        return Sent(person.email, own, NO_ANSWER)
