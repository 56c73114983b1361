"""Merges a file of overrides into derived data: what a person decided, kept apart from what the pages state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from remo_mock.contract.file_layouts import ENDPOINT, OVERRIDES, SOURCE_KEY
from remo_mock.contract.layout import departures
from remo_mock.contract.model import Json
from remo_mock.exceptions import ContractError

_IDENTITIES = ("code", "grade", "name", "view", "field", "path", "url")


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a person decided about an endpoint.

    `pages` maps the file of a page to the key by which sources name it; `endpoint` is merged into the data; `ledger`
    maps the way to a part (`codes/412`) to the entry that its source names; `left_out` maps the name of a field, and
    `answers` the text of a problem, to the reason why it may stay; `findings` maps findings to entries of the ledger.
    """

    pages: Mapping[str, str] = field(default_factory=dict)
    endpoint: Mapping[str, Json] = field(default_factory=dict)
    ledger: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[str, str] = field(default_factory=dict)


def read_overrides(name: str, document: Json) -> Overrides:
    """Read a file of overrides. Raises `ContractError` if it departs from its layout."""
    for found in departures(document, OVERRIDES):
        raise ContractError(name, found.problem, found.remedy)
    return Overrides(**{key: value for key, value in document.items() if key != "about"})


def apply(name: str, endpoint: Json, overrides: Overrides) -> Json:
    """Return the data with the overrides merged in. Raises `ContractError` for overrides that do not fit the data."""
    before = set(departures(endpoint, ENDPOINT))
    try:
        merged = merge(endpoint, overrides.endpoint)
    except ValueError as error:
        raise ContractError(name, f"endpoint: {error}", "Write it as in endpoint.json") from error
    for found in departures(merged, ENDPOINT):
        if found not in before and not found.problem.startswith("'") and merged.get("name"):
            raise ContractError(name, f"endpoint: {found.problem}", found.remedy)
    for way, entry in overrides.ledger.items():
        part = _at(name, merged, way)
        part[SOURCE_KEY] = {**part[SOURCE_KEY], "ledger": entry}
    return merged


def merge(value: Json, patch: Json) -> Json:
    """Merge a patch into a value: objects by key, lists of objects by what names a row; null takes a member out.

    A source is taken whole. Raises `ValueError` for a patch of another shape than the value.
    """
    if isinstance(value, dict):
        if not isinstance(patch, Mapping):
            raise ValueError(f"{str(patch)[:40]!r} stands where an object with {', '.join(value)} belongs")
        merged = {key: part for key, part in value.items() if patch.get(key, part) is not None}
        for key, part in patch.items():
            if part is not None:
                merged[key] = part if key == SOURCE_KEY else merge(value.get(key), part)
        return merged
    if isinstance(value, list) and (identity := _identity(value)):
        kind = type(value[0][identity])
        if not isinstance(patch, list) or not all(_names(row, identity, kind) for row in patch):
            raise ValueError(f"{str(patch)[:40]!r} stands where rows belong that each have {identity!r}")
        rows = {row[identity]: row for row in value}
        for row in patch:
            rows[row[identity]] = merge(rows.get(row[identity]), row)
        found = list(rows.values())
        return sorted(found, key=lambda row: row[identity]) if identity in {"code", "grade"} else found
    return patch


def _names(row: Json, identity: str, kind: type) -> bool:
    """Tell whether a row of a patch names a row of the data, or a new one."""
    return isinstance(row, dict) and isinstance(row.get(identity), kind)


def _identity(rows: list[Json]) -> str:
    """Return the key by which the rows of a list are told apart, nothing for a list of plain values."""
    return next((key for key in _IDENTITIES if rows and all(isinstance(row, dict) and key in row for row in rows)), "")


def _at(name: str, endpoint: Json, way: str) -> Json:
    """Return the part to which a way such as `codes/412` or `servers/0` leads; the empty way is the whole."""
    part = endpoint
    for step in filter(None, way.split("/")):
        if isinstance(part, list):
            identity = _identity(part)
            rows = [row for row in part if identity and str(row[identity]) == step]
            rows = rows or part[int(step) : int(step) + 1] if step.isdigit() else rows
            part = rows[0] if rows else None
        else:
            part = part.get(step) if isinstance(part, dict) else None
    if not isinstance(part, dict) or SOURCE_KEY not in part:
        raise ContractError(
            name, f"ledger: {way!r} leads to nothing that has a source", "Correct the way, or take it out"
        )
    return part
