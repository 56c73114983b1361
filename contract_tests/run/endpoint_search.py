"""Finds the endpoint of a saved reply: by a name, or by the fields that the reply has."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from remo_mock.contract import Contract, Endpoint, Json

from ..model.exchange import CODE_KEYS, code_of

# A reply lacks fields more often than it has those of another endpoint. APIName decides between endpoints that are
# nearly alike: v1's fields with one of the back view are v1's, those with the name of page A's endpoint are that one's.
_FOREIGN, _MISSING, _OTHER_NAME = 6, 1, 10


class EndpointError(Exception):
    """No endpoint, or more than one, is meant; the text says why."""


def find_endpoint(contract: Contract, name: str) -> Endpoint:
    """Return an endpoint by its name, path or URL. Raises `EndpointError`."""
    try:
        path = urlsplit(name).path.rstrip("/")
    except ValueError:
        path = name
    for endpoint in contract.endpoints:
        if name == endpoint.name or path == endpoint.path:
            return endpoint
    raise EndpointError(f"{name} is no endpoint; known are {', '.join(one.name for one in contract.endpoints)}")


def endpoint_of_file(contract: Contract, file_name: str) -> Endpoint | None:
    """Return the endpoint whose name is the file's, up to its first dot, or None."""
    return next((one for one in contract.endpoints if one.name == file_name.partition(".")[0]), None)


def endpoints_of_fields(contract: Contract, fields: Mapping[str, Json]) -> tuple[Endpoint, ...]:
    """Return the endpoint whose fields a reply has; for an error without any, each endpoint that it may be of.

    Results decide, and then APIName. An error alone may be of every endpoint that documents its code, or of all if
    none does. Raises `EndpointError`.
    """
    named = tuple(one for one in contract.endpoints if fields.get("APIName") in (one.api_name, one.own_api_name))
    held = fields.keys() & {name for one in contract.endpoints for name in _names(one)}
    if held:
        distances = {one.name: _distance(one, held, named) for one in contract.endpoints}
        nearest = [one for one in contract.endpoints if distances[one.name] == min(distances.values())]
        if len(nearest) > 1:
            raise EndpointError(f"the fields fit {' and '.join(one.name for one in nearest)} alike")
        return tuple(nearest)
    if len(named) == 1:
        return named
    possible = named or contract.endpoints
    if fields.get("state") is not True and any(key in fields for key in CODE_KEYS):
        code = code_of(fields)
        return tuple(one for one in possible if code in one.codes) or possible
    if not fields:
        raise EndpointError("the file holds no JSON object with fields of a reply")
    raise EndpointError("the reply has no result, no code of an error and no APIName that shows its endpoint")


def _names(endpoint: Endpoint) -> set[str]:
    """Return every name that a result of the endpoint has in some reading."""
    return {name for page_name in _page_names(endpoint) for name in endpoint.names_of(page_name)}


def _page_names(endpoint: Endpoint) -> set[str]:
    results = {name for metric in endpoint.metrics for name in (metric.value_field, metric.grade_field)}
    return results | {name for view in endpoint.views for name in (view.image_field, view.coords_field)}


def _distance(endpoint: Endpoint, held: set[str], named: tuple[Endpoint, ...]) -> int:
    """Weigh what a reply has of other endpoints, and what it lacks of this one."""
    missing = [name for name in _page_names(endpoint) if not held.intersection(endpoint.names_of(name))]
    foreign = held - _names(endpoint)
    other_name = bool(named) and endpoint not in named
    return _FOREIGN * len(foreign) + _MISSING * len(missing) + _OTHER_NAME * other_name
