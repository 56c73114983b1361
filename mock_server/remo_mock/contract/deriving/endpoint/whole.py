"""Derives an endpoint's data: facts of its pages, conventions of the family, overrides."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from remo_mock.contract.deriving.endpoint.bands import metrics_and_bands
from remo_mock.contract.deriving.endpoint.code_judgement import judge_codes
from remo_mock.contract.deriving.endpoint.codes import codes
from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.missing_codes import add_missing_codes
from remo_mock.contract.deriving.endpoint.overrides import Overrides, apply
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.parts import also_at, api_name, head, left_out_of_example, order_of, views
from remo_mock.contract.deriving.endpoint.price import price
from remo_mock.contract.deriving.endpoint.sources import sourced
from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.contract.deriving.problems import Problem
from remo_mock.contract.model import Json


@dataclass(frozen=True, slots=True)
class DerivedEndpoint:
    """An endpoint's data, the rows that `errors.json` lacks for it, and what nobody has decided yet."""

    data: Json
    errors: tuple[Json, ...]
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        """The endpoint's name, empty if no page states an address."""
        return str(self.data.get("name", ""))


def page_set(pages: tuple[PageFacts, ...], overrides: Overrides) -> PageSet:
    """Put the pages of one endpoint together under the keys that the overrides give them, else their files' names."""
    return PageSet(pages, tuple(overrides.pages.get(page.file, page.file.removesuffix(".md")) for page in pages))


def derive_endpoint(
    facts: tuple[PageFacts, ...], conventions: Conventions, errors: Json, overrides: Overrides, name: str = "overrides"
) -> DerivedEndpoint:
    """Derive an endpoint's data from the facts of its pages.

    `errors` is the parsed `errors.json`; `name` is that of the overrides' file. Raises `ContractError` for overrides
    that do not fit the data.
    """
    pages = page_set(facts, overrides)
    problems = [Problem(page.file, one.line, one.problem, one.remedy) for page in facts for one in page.unplaced]
    problems += [
        Problem("", 0, f"the overrides name the page {file}, which is none of these", "Give it the name of the file")
        for file in sorted(overrides.pages.keys() - {page.file for page in facts})
    ]
    data = head(pages)
    data["also_at"] = also_at(pages)
    data["api_name"] = api_name(pages)
    data["views"] = views(pages, conventions, problems)
    data["price"] = price(pages, data["views"], conventions, problems)
    data["metric_fields"] = _metric_fields(pages, conventions)
    data["metrics"], data["bands"] = metrics_and_bands(pages, conventions, problems)
    data["codes"] = codes(pages, conventions)
    data["absent"] = left_out_of_example(pages, conventions)
    data["order"] = order_of(pages, data)
    problems += _unplaced_fields(pages, conventions, data)
    new_errors = judge_codes(pages, errors, data, problems)
    line = next((one.source.line for _key, one in pages.codes()), 0)
    add_missing_codes(pages.key, line, [*errors["codes"], *new_errors], data, problems)
    ordered = {key: data[key] for key in _ORDER if data.get(key) not in (None, [])}
    merged = apply(name, ordered, overrides)
    answered = {*overrides.left_out, *_decided(overrides.endpoint, merged)}
    problems = [one for one in problems if one.name not in answered and one.text not in overrides.answers]
    files = dict(zip(pages.keys, (page.file for page in facts), strict=True))
    problems = [replace(one, page=files.get(one.page, one.page)) for one in problems]
    return DerivedEndpoint(
        {key: merged[key] for key in (*_ORDER, *merged) if key in merged},
        tuple(new_errors),
        tuple(dict.fromkeys(problems)),
    )


_ORDER = (
    *(
        "name",
        "page",
        "path",
        "method",
        "servers",
        "x-remo-source",
        "sources",
        "also_at",
        "api_name",
        "price",
        "variants",
    ),
    *("views", "metric_fields", "bands", "metrics", "codes", "absent", "order"),
)


def _decided(patch: Json, merged: Json) -> Iterator[str]:
    """Yield the names of what overrides decide about; whether it holds together is checked with the whole contract."""
    yield from (key for key in ("price",) if key in patch)
    yield from (str(row.get("code")) for row in patch.get("codes", []))
    yield from (str(row.get("photo")) for row in merged.get("views", []) if patch.get("views"))
    for row in merged.get("metrics", []):
        own = [one for one in patch.get("metrics", []) if one.get("name") == row["name"]]
        if own or row["bands"] in patch.get("bands", {}):
            yield str(row["name"])


def _metric_fields(pages: PageSet, conventions: Conventions) -> Json:
    patterns = dict(conventions.data["metric_fields"])
    for key, one in pages.response():
        if conventions.metric_of(one.name):
            return patterns | sourced(key, "table", one.source)
    return patterns | sourced(pages.key, "table", "")


def _unplaced_fields(pages: PageSet, conventions: Conventions, data: Json) -> list[Problem]:
    """Return the fields of the response that are no part of the data; what L06 is about is a finding instead."""
    placed = {row[what] for row in data["views"] for what in ("image", "coords")}
    found = []
    for key, one in pages.response():
        known = one.name in conventions.common or one.name in placed or conventions.metric_of(one.name)
        if not known and not conventions.view_of(one.name):
            text = f"response field {one.name} has no place in the contract"
            remedy = f"Name {one.name} in `left_out` of the overrides, with the reason"
            found.append(Problem(key, one.source.line, text, remedy, one.name))
    return found
