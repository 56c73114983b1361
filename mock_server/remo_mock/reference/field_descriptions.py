"""Describes the fields of requests and replies in a language, in the words of the contract's names."""

from collections.abc import Iterator

from remo_mock.contract import Endpoint
from remo_mock.contract.names import Names

_REQUEST = "request"


class FieldDescriptions:
    """What the fields of one endpoint hold, in one language."""

    def __init__(self, endpoint: Endpoint, names: Names, language: str) -> None:
        self._names = names
        self._language = language
        self._request = dict(self._of_views(endpoint, ("photo",)))
        self._reply = dict(self._of_views(endpoint, ("image", "coords"))) | dict(self._of_metrics(endpoint))

    def of(self, field: str, *, kind: str, otherwise: str) -> str:
        """Return what a field of a schema of this kind (`request`, `response`, `error`) holds.

        `otherwise` is what a contract without words for it says, in English.
        """
        if kind == _REQUEST:
            return self._request.get(field) or self._say(f"{_REQUEST}_{field}") or self._say(field) or otherwise
        return self._reply.get(field) or self._say(field) or otherwise

    def _say(self, name: str, view: str = "") -> str:
        words = self._names.fields.get(name)
        return words[self._language].replace("{view}", view) if words else ""

    def _of_views(self, endpoint: Endpoint, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for view in endpoint.views:
            seen = self._names.view(view.name)[self._language]
            fields = {"photo": view.photo_field, "image": view.image_field, "coords": view.coords_field}
            yield from ((fields[kind], self._say(kind, view=seen)) for kind in kinds)

    def _of_metrics(self, endpoint: Endpoint) -> Iterator[tuple[str, str]]:
        for metric in endpoint.metrics:
            name = self._names.metric(metric.name, measure=metric.measure, view=metric.view)[self._language]
            for kind, field in (("value", metric.value_field), ("grade", metric.grade_field)):
                said = self._say(kind)
                yield field, f"{name}: {said}" if said else ""
