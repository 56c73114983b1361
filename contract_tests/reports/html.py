"""Writes the report of a run as one HTML file that needs no other, to hand to whoever runs the service."""

from collections.abc import Iterator
from html import escape

from remo_mock.contract.field_names import legend

from ..model.check import LAYERS
from ..model.expectations import Assessment
from ..model.report import Report
from ..model.results import VERDICTS, CheckResult, by_request, counts
from ..run.session import Session
from .headline import failed_expectations, headline
from .style import STYLE


def as_html(session: Session) -> str:
    """Return the report of a session as HTML; a server's words are escaped, and nothing is loaded or run."""
    return "\n".join(_page(session.finished(), session)) + "\n"


def _page(report: Report, session: Session) -> Iterator[str]:
    tone = {0: "good", 1: "bad"}.get(session.exit_code(), "open")
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>Contract report: {escape(report.target)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f'<header class="{tone}"><p class="kicker">REMO body-posture API · contract report</p>'
    yield f"<h1>{escape(_verdict(session))}</h1><p>{escape(headline(session))}</p></header>"
    yield from _tiles(report)
    yield from _facts(report)
    if report.how_to_repeat:
        yield f'<p class="source">{escape(report.how_to_repeat)}</p>'
    if report.violations:
        yield "<h2>Violations</h2>"
        yield from (_problems(session.assessment_of(result.check)) for result in report.violations)
    if report.notes:
        yield "<h2>Notes</h2>"
        yield from (_problems(session.assessment_of(result.check)) for result in report.notes)
    failed = "".join(f"<li>{escape(line)}</li>" for line in failed_expectations(session))
    if failed:
        yield f"<h2>Expectations that failed</h2><ul>{failed}</ul>"
    yield "<h2>By layer</h2>"
    yield from _table("layer", ((LAYERS[layer], results) for layer, results in report.by_layer()))
    yield f"<h2>By section of the pages</h2><p>What was checked of what the pages promise. {_pages(report)}</p>"
    yield from _table("section", report.by_section())
    yield from _readings(report)
    yield from _left_out(report)
    yield "<h2>Every check</h2>"
    for layer, results in report.by_layer():
        yield f"<details><summary>{LAYERS[layer]} <small>{len(results)} checks</small></summary><table>"
        yield from (_check_row(session.assessment_of(result.check)) for result in results)
        yield "</table></details>"
    yield f"<footer>{escape(', '.join(f'{name} {number}' for name, number in report.versions.items()))}</footer>"
    yield "</main>\n</body>\n</html>"


def _verdict(session: Session) -> str:
    return {0: "Conforms", 1: "Does not conform", 3: "Incomplete"}.get(session.exit_code(), "Failed")


def _pages(report: Report) -> str:
    pages = dict.fromkeys((result.check.page, result.endpoint) for result in report.results)
    return " ".join(f"{page}: the page of {escape(endpoint)}." for page, endpoint in pages)


def _tiles(report: Report) -> Iterator[str]:
    found = counts(report.results)
    yield '<ul class="tiles">'
    for verdict in VERDICTS:
        yield f'<li class="{verdict if found[verdict] else "none"}"><b>{found[verdict]}</b> {verdict}</li>'
    yield "</ul>"


def _facts(report: Report) -> Iterator[str]:
    rows = {
        "target": report.target + (" (a mock of our own)" if report.exact else ""),
        "started": report.started,
        "requests": f"{report.requests} in {report.seconds:.1f} s",
        "credits": report.credits,
        **{f"codes of {name}": seen for name, seen in report.codes.items()},
    }
    if report.incomplete:
        rows["incomplete"] = report.incomplete
    yield '<dl class="facts">'
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows.items())
    yield "</dl>"


def _table(title: str, rows: Iterator[tuple[str, tuple[CheckResult, ...]]]) -> Iterator[str]:
    heads = "".join(f"<th>{word}</th>" for word in VERDICTS)
    yield f'<table class="counts"><thead><tr><th>{title}</th>{heads}<th class="bar"></th></tr></thead><tbody>'
    for name, results in rows:
        found = counts(results)
        cells = "".join(f'<td class="{one if found[one] else "none"}">{found[one] or "·"}</td>' for one in VERDICTS)
        parts = "".join(f'<i class="{one}" style="flex-grow:{found[one]}"></i>' for one in VERDICTS if found[one])
        yield f'<tr><th>{escape(name)}</th>{cells}<td class="bar"><span>{parts}</span></td></tr>'
    yield "</tbody></table>"


def _problems(assessment: Assessment) -> str:
    result = assessment.result
    check = result.check
    lines = [
        f'<article class="{result.verdict}"><h3><code>{escape(check.id)}</code></h3>',
        f"<p>{escape(check.title)} <small>{escape(check.endpoint)}</small></p>",
        f'<p class="source">Promised in {escape(check.promised_in)}</p>',
    ]
    lines += [f'<p class="source">{escape(line)}</p>' for line in legend(result.names)]
    if assessment.status == "xfailed":
        lines.append(f'<p class="source">Expected to fail: {escape(assessment.text)}</p>')
    for problems in by_request(result):
        lines += [
            f"<dl><dt>expected</dt><dd>{escape(one.expected)}</dd><dt>got</dt><dd>{escape(one.got)}</dd></dl>"
            for one in problems
        ]
        if problems[0].exchange:
            lines.append(f"<dl><dt>in</dt><dd>{escape(problems[0].exchange)}</dd></dl>")
            lines.append(f"<pre>{escape(problems[0].curl)}</pre>")
    return "".join(lines) + "</article>"


def _readings(report: Report) -> Iterator[str]:
    if not report.readings:
        return
    yield "<h2>Readings seen</h2><p>Where the pages contradict themselves, this is what the service does.</p><table>"
    for entry, found in report.readings.items():
        for reading, names in found.items():
            title = f"{entry} <small>{escape(report.titles.get(entry, ''))}</small>"
            yield f"<tr><th>{title}</th><td>{escape(reading)}</td><td>{escape(', '.join(names))}</td></tr>"
    yield "</table>"


def _left_out(report: Report) -> Iterator[str]:
    if report.left_out:
        yield f"<h2>Left out for want of a budget</h2><p>--budget {report.price} makes them all.</p><table>"
        for one in report.left_out:
            yield f"<tr><td>{escape(one.endpoint)}</td><td>{escape(one.label)}</td><td>up to {one.credits}</td></tr>"
        yield "</table>"


def _check_row(assessment: Assessment) -> str:
    result, check = assessment.result, assessment.result.check
    text = result.reason or assessment.text or check.title
    return (
        f'<tr><td class="{result.verdict}">{result.verdict}</td><td><code>{escape(check.id)}</code></td>'
        f"<td>{escape(check.endpoint)}</td><td>{escape(text)}</td></tr>"
    )
