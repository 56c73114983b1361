"""Turns a request's photos into each view's part of the reply, and remembers photos seen before."""

import os
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future
from functools import cached_property, partial
from typing import TYPE_CHECKING

from remo_mock.contract import Endpoint, View
from remo_mock.exceptions import EndedError
from remo_mock.photos.base64_text import decode_base64
from remo_mock.photos.long_text import Text, digest_of
from remo_mock.service.analysis.cache import BoundedCache
from remo_mock.service.analysis.fair_pool import FairPool
from remo_mock.service.analysis.photo_results import PhotoResult, ViewOutcome, ViewResult, digested, of_view
from remo_mock.service.outcomes.outcome import NOTHING, Outcome
from remo_mock.store.patience import WouldWaitError, may_wait

if TYPE_CHECKING:
    from remo_mock.service.analysis.examiner import Examiner


class Analyser:
    """Examines photos, several at a time, and remembers the results by a digest of each photo's text."""

    def __init__(self, make_examiner: Callable[[], "Examiner"], *, cache_bytes: int) -> None:
        """Keep results of up to `cache_bytes`. `make_examiner` is called for the first photo that has to be examined.

        It may import what only photos need: a mock whose tests ask for error codes never does.
        """
        self._make_examiner = make_examiner
        self._cache: BoundedCache[PhotoResult] = BoundedCache(
            capacity=cache_bytes, size_of=lambda result: result.bytes_kept
        )
        # As many photos are decoded at once as there are processors, however many requests wait: each may take
        # hundreds of megabytes. Pillow lets go of the interpreter's lock, so that they do run side by side.
        # One thread more is for a second client, whose photos need not wait until the first one's are done.
        processors = os.cpu_count() or 1
        self._pool: FairPool[PhotoResult] = FairPool(threads=processors + 1, share=processors)

    def examine(
        self, endpoint: Endpoint, photos: Mapping[str, Text], outcome: Outcome = NOTHING, *, client: str = ""
    ) -> tuple[ViewResult, ...]:
        """Examine each photo, base64 text by view, and follow what was asked for; clients take turns.

        Raises `OutcomeError` for a profile that the endpoint does not have; for a photo that was not seen before
        `WouldWaitError`, and `EndedError` once this is closed.
        """
        results: list[tuple[View, PhotoResult | Future[PhotoResult]]] = []
        for view in (view for view in endpoint.views if view.name in photos):
            text, asked = photos[view.name], of_view(endpoint, view, outcome)
            key = (endpoint.name, view.name, digest_of(text), asked)
            result: PhotoResult | Future[PhotoResult] | None = self._cache.find(key)
            if result is None:
                if not may_wait():
                    raise WouldWaitError
                work = partial(self._examine, endpoint, view, text, asked)
                result = self._cache.make(key, partial(self._pool.submit, client, work))
            results.append((view, result))
        try:
            return tuple(
                ViewResult(view, result if isinstance(result, PhotoResult) else result.result())
                for view, result in results
            )
        except CancelledError as error:
            raise EndedError from error

    def close(self) -> None:
        """End the threads."""
        self._pool.close()

    @cached_property
    def _examiner(self) -> "Examiner":
        return self._make_examiner()

    def _examine(self, endpoint: Endpoint, view: View, text: Text, asked: ViewOutcome) -> PhotoResult:
        data = decode_base64(text)
        return digested(text, data, self._examiner.judge(endpoint, view, data, asked))
