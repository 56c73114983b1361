"""Finds error examples whose code, or its key, is another than that of the tables."""

from collections.abc import Iterator

from remo_mock.contract.deriving.endpoint.codes import code_in
from remo_mock.contract.deriving.findings.finding import Derived, Finding, Reading
from remo_mock.contract.deriving.text.words import views_of


def codes(derived: Derived) -> Iterator[Finding]:
    """Yield each code in an error example that no table has, or that the table has for another photo."""
    for key, page in derived.pages.named():
        rows = {one.code: one for one in page.codes}
        for example in page.examples_of("error"):
            code = code_in(example.fields, derived.conventions)
            message = str(example.fields.get("message", ""))
            shown = Reading(key, example.source, f"the example answers {code} with {message!r}")
            if code is None or not rows:
                continue
            if code not in rows:
                similar = [one for one in rows.values() if set(views_of(message)) & {*one.views}]
                known = ", ".join(str(one.code) for one in similar or rows.values())
                table = Reading(key, page.codes[0].source, f"the table has no {code}; it has {known}")
                yield Finding(f"example-code:{code}", f"Code {code} is in an example and in no table", (table, shown))
            elif rows[code].views and views_of(message) and set(views_of(message)) - {*rows[code].views}:
                table = Reading(key, rows[code].source, f"the table has {code} for {', '.join(rows[code].views)}")
                yield Finding(f"example-code:{code}", f"Code {code} is another photo's in the table", (table, shown))


def code_key(derived: Derived) -> Iterator[Finding]:
    """Yield that the error examples carry the code under another key than the table lists."""
    for key, page in derived.pages.named():
        listed = [one for one in page.response if one.name in derived.conventions.code_keys]
        for example in page.examples_of("error"):
            used = [name for name in derived.conventions.code_keys if name in example.fields]
            if listed and used and listed[0].name not in used:
                readings = (
                    Reading(key, listed[0].source, f"the table has {listed[0].name}"),
                    Reading(key, example.source, f"the error examples have {used[0]}"),
                )
                yield Finding("code-key", "The key that carries an error's code", readings)
                return
