"""The names that people read for views and metrics, in several languages, beside the fields of a reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ANY_VIEW = "any"
"""The key in `names.json` of a measure's name in every view that has none of its own."""

Words = Mapping[str, str]
"""A text by language: `en`, `ko`."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of views, and of measures by view; what has none is called as its field is.

    `fields` describes what fields hold, by name, or by kind for those whose names differ between endpoints: `photo`,
    `image` and `coords` of a view, which stands for `{view}`; `value` and `grade` of a metric.
    """

    views: Mapping[str, Words] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    fields: Mapping[str, Words] = field(default_factory=dict)

    def view(self, view: str) -> Words:
        """Return the names of a view by language."""
        return self.views.get(view) or _as_field(view)

    def metric(self, name: str, *, measure: str, view: str) -> Words:
        """Return the names by language of the metric `name`, which is this measure of this view."""
        names = self.measures.get(measure, {})
        return names.get(view) or names.get(ANY_VIEW) or _as_field(name)


def read_names(document: Mapping[str, Any] | None) -> Names:
    """Make the names out of a parsed `names.json`, or out of None, for a folder that has no such file."""
    return Names(document["views"], document["measures"], document.get("fields", {})) if document else Names()


def _as_field(name: str) -> Words:
    return dict.fromkeys(("en", "ko"), name.replace("_", " "))
