"""Finds contradictions between the tables of a page, its prose and its notes on prices."""

from collections.abc import Iterator

from remo_mock.contract.bands import seams
from remo_mock.contract.deriving.endpoint.bands import limits, open_sides, with_sides
from remo_mock.contract.deriving.findings.finding import Derived, Finding, Reading


def parameters(derived: Derived) -> Iterator[Finding]:
    """Yield the fields of the response that are said to be parameters and are in no table of the request."""
    for key, page in derived.pages.named():
        listed = {one.name for one in page.request}
        for row in page.response:
            if not row.parameter or row.name in listed or not page.request:
                continue
            senders = [sample for sample in page.samples if row.name in sample.sends]
            readings = (
                Reading(key, row.source, f"{row.name} is received as a parameter"),
                Reading(key, page.request[0].source, f"the table of the request has no {row.name}"),
                *(Reading(key, sample.source, f"this sample sends {row.name}") for sample in senders),
            )
            yield Finding(f"parameter:{row.name}", f"{row.name} as a parameter", readings)


def impossible(derived: Derived) -> Iterator[Finding]:
    """Yield the fields of the response that belong to a photo which no request carries."""
    sent = {
        derived.conventions.view_of_photo(one.name) or one.view for _key, one in derived.pages.request() if one.photo
    }
    for key, page in derived.pages.named():
        for row in page.response:
            view = derived.conventions.view_of(row.name)
            if view and sent and view not in sent:
                readings = (
                    Reading(key, row.source, f"the response has {row.name}, of the {view} photo"),
                    Reading(
                        key,
                        page.request[0].source if page.request else row.source,
                        f"the request has photos of {', '.join(sorted(filter(None, sent)))}",
                    ),
                )
                yield Finding(f"impossible:{row.name}", f"{row.name} is of a photo that no request carries", readings)


def prose_views(derived: Derived) -> Iterator[Finding]:
    """Yield sentences that name other photos than the table of the request."""
    for key, page in derived.pages.named():
        photos = [(derived.conventions.view_of_photo(one.name) or one.view, one) for one in page.request if one.photo]
        views = {view for view, _one in photos if view}
        for sentence in page.views:
            if views and {*sentence.views} != views:
                readings = (
                    Reading(key, sentence.source, f"the text names {', '.join(sentence.views)}"),
                    Reading(key, photos[0][1].source, f"the table has photos of {', '.join(sorted(views))}"),
                )
                yield Finding("prose-views", "Text and table name other photos", readings)


def prices(derived: Derived) -> Iterator[Finding]:
    """Yield notes that price more photos than a request has, beside an example that shows the price of one."""
    for key, page in derived.pages.named():
        photos = [one for one in page.request if one.photo]
        for example in page.examples_of("success"):
            change = example.fields.get("credit_change")
            odd = [
                note
                for note in page.prices
                if len(note.views) > len(photos) or (isinstance(change, int) and note.credits != abs(change))
            ]
            if odd and isinstance(change, int):
                says = [f"{', '.join(note.views) or 'a request'} cost {note.credits}" for note in odd]
                readings = (
                    *(Reading(key, note.source, words) for note, words in zip(odd, says, strict=True)),
                    Reading(key, example.source, f"the example of a request with {len(photos)} has {change}"),
                )
                yield Finding("price", "What a request costs", readings)


def bands(derived: Derived) -> Iterator[Finding]:
    """Yield bands with a gap or an overlap, and bounds whose side is not printed."""
    for key, page in derived.pages.named():
        for row in page.response:
            if not row.grades:
                continue
            rows = with_sides(row.grades)
            for bound in open_sides(rows):
                reading = Reading(key, row.source, f"{bound:g} stands without a side")
                yield Finding(f"side:{row.name}:{bound:g}", f"{row.name}: which grade {bound:g} belongs to", (reading,))
            if not open_sides(rows):
                for seam in seams([{"grade": one.grade, **limits(one)} for one in rows]):
                    yield Finding(
                        f"seam:{row.name}",
                        f"{row.name}: bands that do not fit together",
                        (Reading(key, row.source, seam),),
                    )


def captions(derived: Derived) -> Iterator[Finding]:
    """Yield captions of pictures that are almost the name of a field."""
    for key, page in derived.pages.named():
        names = {one.name for one in page.response}
        for caption in page.captions:
            if caption.endswith("img") and caption not in names and page.response:
                reading = Reading(key, page.response[0].source, "no field has this name")
                yield Finding(f"caption:{caption}", f"A picture is called {caption}", (reading,))


def plain_http(derived: Derived) -> Iterator[Finding]:
    """Yield that the URL of the page would carry credentials in clear text."""
    address = derived.pages.address
    if address is not None and address[1].server.startswith("http://"):
        reading = Reading(address[0], address[1].source, f"the URL begins with {address[1].server}")
        yield Finding("http", "Credentials would travel in clear text", (reading,))
