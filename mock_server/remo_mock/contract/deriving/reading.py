"""Reads the blocks of a page into facts, and tells what of the page has no place among them."""

import re
from collections.abc import Iterator

from remo_mock.contract.deriving.facts import (
    ErrorCode,
    Example,
    NamedViews,
    PageFacts,
    PriceNote,
    RequestField,
    ResponseField,
    Sample,
    Unplaced,
)
from remo_mock.contract.deriving.page.blocks import Code, Figure, Heading, Page, Table, Tag, Text
from remo_mock.contract.deriving.page.markdown import parse_page
from remo_mock.contract.deriving.parts.address import Addresses
from remo_mock.contract.deriving.parts.api_blocks import ApiBlocks
from remo_mock.contract.deriving.parts.code_lists import code_line
from remo_mock.contract.deriving.parts.code_tables import read_codes
from remo_mock.contract.deriving.parts.columns import TableRoles, roles_of
from remo_mock.contract.deriving.parts.examples import read_example
from remo_mock.contract.deriving.parts.fields import read_request, read_response
from remo_mock.contract.deriving.parts.prose import named_views, price_note
from remo_mock.contract.deriving.parts.samples import read_sample
from remo_mock.contract.deriving.text.words import language_of

_MOST_COLUMNS = 8
_ERROR_TAB = re.compile(r"\s*[45]\d\d(?!\d)")


def read_facts_of(file: str, text: str) -> PageFacts:
    """Read what a page in the format of the vendor's documentation states."""
    return _Reader(parse_page(file, text)).facts(language_of(text))


class _Reader:
    """Collects the facts of one page, block by block."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._addresses = Addresses()
        self._api = ApiBlocks()
        self._request: list[RequestField] = []
        self._response: list[ResponseField] = []
        self._codes: list[ErrorCode] = []
        self._prices: list[PriceNote] = []
        self._views: list[NamedViews] = []
        self._examples: list[Example] = []
        self._samples: list[Sample] = []
        self._captions: list[str] = []
        self._prose: list[str] = []
        self._unplaced = [Unplaced(flaw.line, flaw.problem, flaw.remedy) for flaw in page.flaws]

    def facts(self, language: str) -> PageFacts:
        """Return everything that the page states."""
        for block in self._page.blocks:
            match block:
                case Table():
                    self._table(block)
                case Code():
                    self._code(block)
                case Text():
                    self._text(block)
                case Heading():
                    self._addresses.look_at(block.text, (), block.place)
                case Figure() if block.caption:
                    self._captions.append(block.caption)
                case Tag():
                    self._addresses.look_at_tag(block)
                    self._unplaced += self._api.begin_or_end(block)
                case _:
                    pass
        self._request += self._api.request
        self._response += self._api.response
        self._missing()
        address, others = self._addresses.found(self._samples)
        self._unplaced += others
        self._doubled()
        return PageFacts(
            file=self._page.file,
            language="ko" if language == "ko" else "en",
            address=address,
            request=tuple(self._request),
            response=tuple(self._response),
            codes=tuple(self._codes),
            prices=tuple(self._prices),
            views=tuple(self._views),
            examples=tuple(self._examples),
            samples=tuple(self._samples),
            captions=tuple(self._captions),
            unplaced=tuple(sorted(self._unplaced, key=lambda one: one.line)),
            prose=tuple(self._prose),
        )

    def _table(self, table: Table) -> None:
        roles = roles_of(table, has_request=bool(self._request))
        if roles is None:
            return
        match roles.kind:
            case "codes":
                codes, unplaced = read_codes(table, roles)
                self._codes += codes
            case "request":
                request, unplaced = read_request(table, roles)
                self._request += request
            case "response":
                response, unplaced = read_response(table, roles)
                # The fields of an error are listed once more below those of a success.
                known = {one.name for one in self._response} if _ERROR_TAB.match(table.place.tab) else set()
                self._response += [one for one in response if one.name not in known]
            case _:
                unplaced = [_unknown_table(table, roles)]
        self._unplaced += unplaced

    def _code(self, code: Code) -> None:
        example, unplaced = read_example(code)
        self._unplaced += unplaced
        if example is not None:
            self._examples.append(example)
        elif not unplaced:
            listed = [
                code_line(*numbered, code.place) for numbered in enumerate(code.text.split("\n"), code.place.line + 1)
            ]
            self._codes += [one for one in listed if one is not None]
            if not any(listed):
                self._samples.append(read_sample(code))

    def _text(self, text: Text) -> None:
        if self._api.takes(text):
            return
        if self._addresses.look_at(text.text, text.codes, text.place):
            return
        for line, words in text.numbered():
            code = code_line(line, words, text.place)
            if code is not None:
                self._codes.append(code)
                continue
            note = price_note(line, words, text.place)
            if note is not None:
                self._prices.append(note)
                continue
            self._prose.append(words)
            views = named_views(line, words, text.place)
            if views is not None and not self._request:
                self._views.append(views)

    def _missing(self) -> None:
        """Note which of the parts that every page of the family has are not on this one."""
        for part, what in (
            (self._request, "table of the request's fields"),
            (self._response, "table of the response's fields"),
            (self._codes, "table of error codes"),
        ):
            if not part:
                self._unplaced.append(Unplaced(self._page.lines, f"the page has no {what}", "Add it in the overrides"))

    def _doubled(self) -> None:
        for kind, rows in (("request field", self._request), ("response field", self._response)):
            self._unplaced += _twice(kind, [(row.name, row.source.line) for row in rows])
        self._unplaced += _twice("code", [(str(row.code), row.source.line) for row in self._codes])


def _twice(kind: str, rows: list[tuple[str, int]]) -> Iterator[Unplaced]:
    seen: set[str] = set()
    for name, line in rows:
        if name in seen:
            yield Unplaced(line, f"{kind} {name} stands more than once; the first is taken", "Correct the page")
        seen.add(name)


def _unknown_table(table: Table, roles: TableRoles) -> Unplaced:
    columns = (
        ", ".join(cell.text[:20] or "-" for cell in table.head[:_MOST_COLUMNS]) or f"{roles.width} without headings"
    )
    return Unplaced(
        table.place.line,
        f"a table that is none of fields or codes (columns: {columns})",
        "Leave it, or state its facts in the overrides",
    )
