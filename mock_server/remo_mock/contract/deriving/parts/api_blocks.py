"""Reads the fields that older pages state in blocks, such as `{% swagger-parameter name="Email" required="true" %}`."""

from dataclasses import dataclass

from remo_mock.contract.deriving.facts import RequestField, ResponseField, Source, Unplaced
from remo_mock.contract.deriving.page.blocks import Tag, Text
from remo_mock.contract.deriving.parts.columns import NAME
from remo_mock.contract.deriving.parts.fields import request_field

_PARAMETERS = ("swagger-parameter", "api-method-parameter")
_KNOWN = {
    *("tab", "tabs", "hint", "code", "content-ref", "embed", "file", "stepper", "step", "columns", "column", "cards"),
    *("updates", "update", "include", "if", "else", "elif", "openapi", "openapi-operation", "openapi-schemas"),
    *("swagger", "swagger-description", "swagger-parameter", "swagger-response", "api-method", "api-method-summary"),
    *("api-method-description", "api-method-spec", "api-method-request", "api-method-response"),
    *("api-method-path-parameters", "api-method-query-parameters", "api-method-headers"),
    *("api-method-body-parameters", "api-method-form-data-parameters", "api-method-parameter"),
    *("api-method-response-example", "api-method-response-example-description"),
}
_NOT_IN_BODY = {"header", "headers", "path", "cookie"}


@dataclass(slots=True)
class _Open:
    tag: Tag
    lines: list[str]


class ApiBlocks:
    """Collects the parameters of a page's API blocks."""

    def __init__(self) -> None:
        self.request: list[RequestField] = []
        self.response: list[ResponseField] = []
        self._open: _Open | None = None

    def begin_or_end(self, tag: Tag) -> list[Unplaced]:
        """Begin a parameter, or end the one that was begun; return what is to be said about it."""
        unplaced: list[Unplaced] = []
        if tag.name.removeprefix("end") not in _KNOWN:
            unplaced.append(
                Unplaced(tag.place.line, f"a block {{% {tag.name} %}} that is not known", "Look at the page")
            )
        if self._open is not None and (tag.name in _PARAMETERS or tag.name.removeprefix("end") in _PARAMETERS):
            self._finish(self._open, unplaced)
            self._open = None
        if tag.name in _PARAMETERS:
            self._open = _Open(tag, [])
        return unplaced

    def takes(self, text: Text) -> bool:
        """Take a text as the description of the parameter that is open; tell whether one was."""
        if self._open is None:
            return False
        self._open.lines += text.lines
        return True

    def _finish(self, one: _Open, unplaced: list[Unplaced]) -> None:
        values, place = one.tag.attributes, one.tag.place
        name = values.get("name", "").strip()
        if values.get("in", "body").lower() in _NOT_IN_BODY:
            return
        if not NAME.fullmatch(name):
            unplaced.append(
                Unplaced(place.line, f"a parameter whose name is {name[:40]!r}", "State it in the overrides")
            )
            return
        source = Source(place.line, place.section, name)
        self.request.append(
            request_field(
                name,
                values.get("type", ""),
                values.get("required", "false"),
                " ".join(one.lines),
                source,
                starred=False,
                unplaced=unplaced,
            )
        )
