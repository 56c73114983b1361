"""No credential and no photo reaches any output, whatever the server sends and however pytest prints."""

import pytest

from contract_tests.model.credentials import Credentials, Redactor
from contract_tests.selftest.mutation import Memory, ReceivedRequest, Response
from tests.support.broken_server import broken_server
from tests.support.calls import photo_text
from tests.support.verifying import verify

SECRETS = {
    "REMO_API_EMAIL": "demo@example.com",
    "REMO_API_USER_KEY": "demo-user-key",
    "REMO_API_KEY": "demo-api-key",
}
# Clears a terminal, and reverses the rest of a line.
STEERING = "\x1b[2J\u202e"
ARTEFACTS = ("stdout", "stderr", "report.json", "report.md", "report.html", "junit.xml")


def echoing_all(request: ReceivedRequest, response: Response, _memory: Memory) -> Response:
    """Send back everything that was sent, in every place that a report may quote."""
    sent = {name: request.fields.get(name) for name in ("Email", "UserKey", "APIKey", "borigimg")}
    return response.with_fields(
        response.fields
        | {"message": str(sent), "uuid": sent["UserKey"], "seen": sent, "bar_coords": sent["borigimg"]}
        | {f"{STEERING}name": f"{STEERING}value"}
    ).with_header("Content-Type", f"text/{sent['APIKey']}")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("outputs")
    with broken_server(echoing_all) as server:
        options = ["--budget", "20", "--junitxml", str(folder / "junit.xml"), "--showlocals", "-vv", "--tb=long", "-ra"]
        reports = [f"--report={folder / name}" for name in ("report.json", "report.md", "report.html")]
        ended = verify(server.url, *options, *reports, environment=SECRETS)
    assert ended.returncode == 1, ended.stderr
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    return files | {"stdout": ended.stdout, "stderr": ended.stderr}


@pytest.mark.parametrize("artefact", ARTEFACTS)
@pytest.mark.parametrize("secret", [*SECRETS.values(), photo_text("back")[:60], photo_text("front")[1000:1060]])
def test_no_output_holds_a_secret(outputs: dict[str, str], artefact: str, secret: str) -> None:
    assert secret not in outputs[artefact]


@pytest.mark.parametrize("artefact", ARTEFACTS)
@pytest.mark.parametrize("letter", STEERING[0] + STEERING[-1])
def test_no_output_is_steered_by_the_server(outputs: dict[str, str], artefact: str, letter: str) -> None:
    assert letter not in outputs[artefact]


@pytest.mark.parametrize("artefact", ["stdout", "report.json", "report.md", "report.html", "junit.xml"])
def test_the_report_still_shows_the_problem(outputs: dict[str, str], artefact: str) -> None:
    assert "REMO-UUID-ECHO" in outputs[artefact]
    assert "$REMO_API_USER_KEY" in outputs[artefact]


@pytest.mark.parametrize(
    "text",
    [
        'key is s3cr=t/"quoted"',
        'key is s3cr=t/\\"quoted\\"',
        "key is s3cr%3Dt%2F%22quoted%22",
        'key is S3CR=T/"QUOTED"',
    ],
)
def test_a_secret_is_found_however_it_is_spelled(text: str) -> None:
    person = Credentials("me@example.com", "user", 's3cr=t/"quoted"')
    assert Redactor([person]).clean(text) == "key is $REMO_API_KEY"


def test_a_short_secret_leaves_other_words_alone() -> None:
    person = Credentials("me@example.com", "abc", "not-there")
    assert Redactor([person]).clean("abc in abcd") == "$REMO_API_USER_KEY in abcd"


def test_credentials_do_not_print() -> None:
    assert "s3cret" not in repr(Credentials("me@example.com", "s3cret", "s3cret"))
