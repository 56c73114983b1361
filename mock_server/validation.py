"""Judges request bodies by the endpoint's request schema, layer by layer; knows neither accounts nor pictures."""

from collections.abc import Mapping
from dataclasses import dataclass

from jsonschema import Draft202012Validator, ValidationError

from mock_server.contract import Json


@dataclass(frozen=True, slots=True)
class Breach:
    """The condition that a body breaks first, and a line that says where; it quotes nothing of the body."""

    condition: str
    hint: str


class RequestValidator:
    """Checks bodies against a request schema whose `allOf` layers each name the condition of a breach.

    The layers stand in the order in which errors are told (L23): the first one that fails decides.
    """

    def __init__(self, schema: Json) -> None:
        self._layers = [(layer["x-remo-condition"], Draft202012Validator(layer)) for layer in schema["allOf"]]

    def first_breach(self, body: Mapping[str, Json]) -> Breach | None:
        """Return the first condition that `body` breaks, or None if it keeps all of the schema."""
        for condition, validator in self._layers:
            error = next(validator.iter_errors(body), None)
            if error is not None:
                return Breach(condition, _describe(error))
        return None


def _describe(error: ValidationError) -> str:
    where = "".join(f".{part}" for part in error.absolute_path).lstrip(".") or "the body"
    return _say(where, str(error.validator), error.validator_value, error.instance)


def _say(where: str, keyword: str, limit: Json, sent: Json) -> str:
    """Say what a field should have been, without its value: bodies hold keys and photos."""
    match keyword:
        case "required":
            names = [name for name in limit if name not in sent]
            return f"{', '.join(names)} {'is' if len(names) == 1 else 'are'} missing"
        case "type" if sent is None:
            return f"{where} is null"
        case "type":
            return f"{where} should be {limit if isinstance(limit, str) else ' or '.join(limit)}"
        case "minLength":
            return f"{where} is empty"
        case "maxLength":
            return f"{where} is longer than {limit} characters"
        case _:
            return f"{where} breaks {keyword!r} of the request schema"
