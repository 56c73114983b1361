"""Makes the subject of a comparison out of the facts of an endpoint's pages."""

from remo_mock.contract.comparing.subject import CodeLine, FieldLine, Subject
from remo_mock.contract.deriving.endpoint.bands import with_sides
from remo_mock.contract.deriving.endpoint.codes import code_in
from remo_mock.contract.deriving.endpoint.conventions import Conventions
from remo_mock.contract.deriving.endpoint.overrides import Overrides
from remo_mock.contract.deriving.endpoint.page_set import PageSet
from remo_mock.contract.deriving.endpoint.parts import endpoint_name
from remo_mock.contract.deriving.endpoint.whole import derive_endpoint, page_set
from remo_mock.contract.deriving.facts import PageFacts, PriceNote
from remo_mock.contract.deriving.findings.checks import findings_of
from remo_mock.contract.deriving.findings.finding import Derived
from remo_mock.contract.model import Json


def subject_of_pages(facts: tuple[PageFacts, ...], conventions: Conventions, errors: Json) -> Subject:
    """Return what the pages of one endpoint state."""
    pages = page_set(facts, Overrides())
    address = pages.address
    success = next((example for _key, example in pages.examples("success")), None)
    derived = Derived(pages, conventions, derive_endpoint(facts, conventions, errors, Overrides()).data)
    response = dict(_fields(pages))
    return Subject(
        name=endpoint_name(address[1].path) if address else facts[0].file,
        language=facts[0].language,
        method=address[1].method if address else "",
        path=address[1].path if address else "",
        server=address[1].server if address else "",
        request={one.name: FieldLine(one.type, one.required, "", one.words) for _key, one in pages.request()},
        response=response,
        bands={one.name: with_sides(one.grades) for _key, one in pages.response() if one.grades},
        codes=_codes(pages, conventions),
        prices=tuple(_price(note) for _key, note in pages.prices()),
        success=success.fields if success else None,
        order=tuple(success.fields) if success else (),
        samples=_samples(facts),
        captions=tuple(caption for page in facts for caption in page.captions),
        texts=tuple(line for page in facts for line in page.prose),
        findings={one.key: one.title for one in findings_of(derived)},
        value_fields=_value_fields(response, conventions),
    )


def _fields(pages: PageSet) -> list[tuple[str, FieldLine]]:
    # The words of a grade are its bands, which are compared by themselves.
    return [
        (one.name, FieldLine(one.type, None, one.unit, "" if one.grades else one.words))
        for _key, one in pages.response()
    ]


def _value_fields(response: dict[str, FieldLine], conventions: Conventions) -> dict[str, str]:
    pattern = conventions.data["metric_fields"]["value"]
    metrics = {name: conventions.metric_of(name) for name in response}
    return {name: pattern.format(metric[0]) for name, metric in metrics.items() if metric and metric[1] == "grade"}


def _codes(pages: PageSet, conventions: Conventions) -> dict[int, CodeLine]:
    messages: dict[int, str] = {}
    for _key, example in pages.examples("error"):
        code = code_in(example.fields, conventions)
        if code is not None:
            messages.setdefault(code, str(example.fields.get("message", "")))
    rows = {
        one.code: CodeLine(
            " ".join(filter(None, (one.cause, ", ".join(one.views)))),
            words=one.printed,
            category=one.category,
            message=messages.get(one.code),
        )
        for _key, one in pages.codes()
    }
    shown = {code: CodeLine(message=message) for code, message in messages.items() if code not in rows}
    return dict(sorted((rows | shown).items()))


def _price(note: PriceNote) -> str:
    credits_named = f"{note.credits} credit{'s' * (note.credits != 1)}"
    return f"{' + '.join(note.views)}: {credits_named}" if note.views else f"{credits_named} a request"


def _samples(facts: tuple[PageFacts, ...]) -> dict[str, tuple[str, ...]]:
    """Return what each sample does, by its section and language."""
    found: dict[str, tuple[str, ...]] = {}
    for page in facts:
        for sample in page.samples:
            name = f"the {sample.language or 'sample'} code of {sample.source.section or 'the page'}"
            while name in found:
                name += " (another)"
            found[name] = (
                *(f"posts to {url}" for url in sample.posts_to),
                *(f"sends {key}" for key in sample.sends),
                *(f"uses {key}, which is defined nowhere" for key in sample.undefined),
            )
    return found
