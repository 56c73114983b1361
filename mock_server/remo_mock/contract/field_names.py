"""Finds in a text the fields and codes of an endpoint, and names each as people call it."""

import re
from collections.abc import Iterator, Mapping

from remo_mock.contract.model import Contract, Endpoint
from remo_mock.contract.names import Names, Words

_WORD = re.compile(r"[A-Za-z]\w*")
# A number is a code only where the text says so: most are degrees, pixels or bytes.
_CODE = re.compile(r"\b(?:codes?|status(?:_code)?)\W{1,3}(\d{3})\b")


def names_in(contract: Contract, endpoint: str, text: str) -> dict[str, Words]:
    """Return by language the names of the metrics, views and codes that a text mentions, by field or code.

    A contract without the endpoint names nothing.
    """
    meant = next((one for one in contract.endpoints if one.name == endpoint), None)
    if meant is None:
        return {}
    fields = dict(_fields(meant, contract.names))
    words = (word for found in _WORD.findall(text) for word in (found, found.rstrip("_")))  # as in `far_tilt_*`
    named = {word: fields[word] for word in words if word in fields}
    codes = {code: meant.codes[int(code)].meaning for code in _CODE.findall(text) if int(code) in meant.codes}
    return named | codes


def legend(names: Mapping[str, Words]) -> Iterator[str]:
    """Yield a line for each name: the fields or the code that have it, then the name in each language."""
    fields: dict[str, list[str]] = {}
    for field, words in names.items():
        fields.setdefault(" / ".join(dict.fromkeys(words.values())), []).append(field)
    yield from (f"{', '.join(called)}: {name}" for name, called in fields.items())


def _fields(endpoint: Endpoint, names: Names) -> Iterator[tuple[str, Words]]:
    """Yield each field of a metric or of a view, with its name by language."""
    for view in endpoint.views:
        for field in (view.photo_field, view.image_field, view.coords_field):
            yield field, names.view(view.name)
    for metric in endpoint.metrics:
        own, seen = names.metric(metric.name, measure=metric.measure, view=metric.view), names.view(metric.view)
        words = {language: f"{text} ({seen[language]})" for language, text in own.items()}
        for field in (metric.name, metric.value_field, metric.grade_field):
            yield field, words
