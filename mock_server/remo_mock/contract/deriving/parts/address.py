"""Finds the method and the URL of a page's endpoint, in whichever way the page states them."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from remo_mock.contract.deriving.facts import Address, Sample, Source, Unplaced
from remo_mock.contract.deriving.page.blocks import Place, Tag

_METHOD = re.compile(r"\b(GET|POST|PUT|PATCH|DELETE)\b")
_BEHIND = re.compile(
    r"\b(GET|POST|PUT|PATCH|DELETE)\b[\s`:*|\[\]()]*((?:https?://[^\s`<>\"'\[\]()]+)|/[\w./{}~:-]+)", re.IGNORECASE
)
_URL = re.compile(r"https?://[^\s`<>\"')]+")
_API_TAGS = {"swagger", "api-method", "openapi", "openapi-operation"}


class Addresses:
    """Collects the addresses that a page names."""

    def __init__(self) -> None:
        self._stated: list[Address] = []
        self._methods: list[tuple[str, Place]] = []
        self._urls: list[tuple[str, Place]] = []

    def look_at(self, text: str, codes: Sequence[str], place: Place) -> bool:
        """Take an address out of a text, if it is one; tell whether it was."""
        found = _BEHIND.search(text)
        if found is not None:
            self._add(found[1].upper(), found[2], place)
            return True
        method, url = _METHOD.search(text), _URL.search(text)
        if method is not None and (len(text) < 40 or method[0] in codes):
            self._methods.append((method[0], place))
        if url is not None and "/api" in url[0]:
            self._urls.append((url[0], place))
        return False

    def look_at_tag(self, tag: Tag) -> None:
        """Take the address out of a block such as `{% swagger method="post" path="/api/x" baseUrl="http://host" %}`."""
        if tag.name not in _API_TAGS:
            return
        values = {name.lower(): value for name, value in tag.attributes.items()}
        path, method = values.get("path", "").strip(), values.get("method", "").strip()
        host = values.get("baseurl", values.get("host", "")).strip()
        if (path or host) and method:
            self._add(method.upper(), host.rstrip("/") + path if path else host, tag.place)

    def found(self, samples: Sequence[Sample]) -> tuple[Address | None, list[Unplaced]]:
        """Return the endpoint's address, and what is to be said about it."""
        if self._stated:
            first = self._stated[0]
            others = [one for one in self._stated[1:] if (one.method, one.path) != (first.method, first.path)]
            remedy = "Give each endpoint a page of its own, if it is another"
            return first, [
                Unplaced(one.source.line, f"a second address, {one.method} {one.path}", remedy) for one in others
            ]
        if self._methods and self._urls:
            return _address(self._methods[0][0], self._urls[0][0], self._urls[0][1]), []
        for sample in samples:
            for url in sample.posts_to[:1]:
                place = Place(sample.source.line, sample.source.section)
                problem = f"the page states no address; POST {url} is that of its {sample.language or 'first'} sample"
                return _address("POST", url, place), [
                    Unplaced(sample.source.line, problem, "State it in the overrides")
                ]
        return None, [
            Unplaced(
                1,
                "the page states neither a method with a URL nor a sample that has one",
                "State method and path in the overrides",
            )
        ]

    def _add(self, method: str, url: str, place: Place) -> None:
        self._stated.append(_address(method, url, place))


def _address(method: str, url: str, place: Place) -> Address:
    try:
        parts = urlsplit(url.rstrip(".,;"))
        host = parts.netloc
    except ValueError:
        return Address(method, "", "/" + url.partition("://")[2].partition("/")[2], Source(place.line, place.section))
    server = f"{parts.scheme}://{host}" if host else ""
    return Address(method, server, parts.path or "/", Source(place.line, place.section))
