"""Every HTML page of ours says what it may load, and that no other page may frame it."""

import pytest
from flask.testing import FlaskClient

from remo_mock import create_app

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = ["/", "/demo", "/__admin/docs", "/__admin/docs?lang=ko", "/console/console.html", "/console/demo.html"]


def parameterless_paths() -> list[str]:
    """List every route that is read without a parameter."""
    rules = create_app().url_map.iter_rules()
    return sorted({rule.rule for rule in rules if not rule.arguments and "GET" in (rule.methods or {"GET"})})


@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_nothing_from_elsewhere_and_cannot_be_framed(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=BROWSER)
    policy = answer.headers["Content-Security-Policy"]
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert policy.startswith("default-src 'none'; ")
    assert policy.endswith("; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_there_is_no_other_page(client: FlaskClient) -> None:
    answers = {path: client.get(path, headers=BROWSER).mimetype for path in parameterless_paths()}
    pages = [path for path, mimetype in answers.items() if mimetype == "text/html"]
    assert pages == ["/", "/__admin/docs", "/demo"]
    assert len(answers) > 10


def test_a_page_that_says_nothing_may_load_nothing() -> None:
    app = create_app()
    app.add_url_rule("/page", "page", lambda: "<p>somebody's page")
    with app.test_client() as client:
        policy = client.get("/page").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    app.extensions["remo_mock"].close()
