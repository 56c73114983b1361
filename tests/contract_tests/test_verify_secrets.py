"""No credential and no photo reaches any output, whatever the server sends and however pytest prints."""

import json
import re
import time
from base64 import b32encode, b64encode, urlsafe_b64encode
from html import escape
from urllib.parse import quote

import pytest

from contract_tests.model.credentials import Credentials, Redactor
from contract_tests.run.judge import _shown
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
        # The endpoints that are sent the photos that are looked for.
        pages = ["--endpoint", "analysis-skeleton-v2", "--endpoint", "analysis-skeleton-v2-back"]
        options = ["--budget", "20", "--junitxml", str(folder / "junit.xml"), "--showlocals", "-vv", "--tb=long", "-ra"]
        reports = [f"--report={folder / name}" for name in ("report.json", "report.md", "report.html")]
        ended = verify(server.url, *pages, *options, *reports, environment=SECRETS)
    assert ended.returncode == 1, ended.stderr
    files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir() if path.is_file()}
    files["requests"] = "".join(path.read_text(encoding="utf-8") for path in (folder / "requests").iterdir())
    return files | {"stdout": ended.stdout, "stderr": ended.stderr}


@pytest.mark.parametrize("artefact", ARTEFACTS)
@pytest.mark.parametrize("secret", [*SECRETS.values(), photo_text("back")[:60], photo_text("front")[1000:1060]])
def test_no_output_holds_a_secret(outputs: dict[str, str], artefact: str, secret: str) -> None:
    assert secret not in outputs[artefact]


@pytest.mark.parametrize("secret", SECRETS.values())
def test_no_file_of_a_request_holds_a_key(outputs: dict[str, str], secret: str) -> None:
    assert "$REMO_API_KEY" in outputs["requests"]
    assert secret not in outputs["requests"]


@pytest.mark.parametrize("artefact", ARTEFACTS)
@pytest.mark.parametrize("letter", STEERING[0] + STEERING[-1])
def test_no_output_is_steered_by_the_server(outputs: dict[str, str], artefact: str, letter: str) -> None:
    assert letter not in outputs[artefact]


@pytest.mark.parametrize("artefact", ["stdout", "report.json", "report.md", "report.html", "junit.xml"])
def test_the_report_still_shows_the_problem(outputs: dict[str, str], artefact: str) -> None:
    assert "REMO-UUID-ECHO" in outputs[artefact]
    assert "$REMO_API_USER_KEY" in outputs[artefact].replace("\\_", "_")  # as Markdown escapes it


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


KEY = 'k3y-9Zq/77=<"Ab>cd'
DATA = KEY.encode()
HIDDEN = {
    "base64": b64encode(DATA).decode(),
    "base64 behind a name": b64encode(b"user:" + DATA).decode(),
    "base64 in the middle": b64encode(b"abcd" + DATA + b"zz").decode(),
    "base64 of URLs": urlsafe_b64encode(DATA).decode(),
    "base64 backwards": b64encode(DATA[::-1]).decode(),
    "base32": b32encode(DATA).decode(),
    "hex": DATA.hex(),
    "hex of capitals": DATA.hex().upper(),
    "hex with spaces": DATA.hex(" "),
    "hex with colons": DATA.hex(":"),
    "hex as in C": " ".join(f"0x{byte:02x}" for byte in DATA),
    "HTML": escape(KEY),
    "decimal entities": "".join(f"&#{byte};" for byte in DATA),
    "hexadecimal entities": "".join(f"&#x{byte:X};" for byte in DATA),
    "per cent": "".join(f"%{byte:02X}" for byte in DATA),
    "escapes": "".join(f"\\u{byte:04x}" for byte in DATA),
    "backwards": KEY[::-1],
    "base64 twice": b64encode(b64encode(DATA)).decode(),
    "base64 of lines": "\n".join(re.findall(".{1,5}", b64encode(DATA).decode())),
    "base64, written backwards": b64encode(DATA).decode()[::-1],
    "base64 of UTF-16": b64encode(KEY.encode("utf-16-le")).decode(),
    "base32 in the middle": b32encode(b"abc" + DATA + b"zz").decode(),
    "hex backwards": DATA[::-1].hex(),
    "hex of UTF-16": KEY.encode("utf-16-le").hex(),
    "quoted printable": "".join(f"={byte:02X}" for byte in DATA),
    "code points": " ".join(f"U+{byte:04X}" for byte in DATA),
    "CSS": "".join(f"\\{byte:x} " for byte in DATA),
    "decimal": " ".join(map(str, DATA)),
    "octal": "".join(f"\\{byte:03o}" for byte in DATA),
    "binary": " ".join(f"{byte:08b}" for byte in DATA),
    "per cent twice": quote(quote(KEY, safe="")),
    "entities twice": escape(escape(KEY)),
    "decimal entities twice": escape("".join(f"&#{byte};" for byte in DATA)),
    "joined by nothing to be seen": "\u200d".join(KEY),
    "a list": str(list(KEY)),
    "a list of JSON": json.dumps(list(KEY)),
    "plus signs": "+".join(KEY),
    "spaces": " ".join(KEY),
    "dashes": "-".join(KEY),
    "lines": "\n".join(KEY),
    "cut off": f"{KEY[:9]}... (400 characters)",
}
CAREFUL = Redactor([Credentials("me@example.com", "user-key-1", KEY)])


@pytest.mark.parametrize("hidden", HIDDEN.values(), ids=HIDDEN)
def test_a_secret_is_found_however_it_is_encoded(hidden: str) -> None:
    cleaned = CAREFUL.clean(f"your key <{hidden}> is unknown")
    assert "$REMO_API_KEY" in cleaned
    assert hidden[:10] not in cleaned.replace("$REMO_API_KEY", "")
    assert hidden[4:18] not in cleaned


CUT = {name: text for name, text in HIDDEN.items() if name != "cut off"}


@pytest.mark.parametrize("hidden", CUT.values(), ids=CUT)
@pytest.mark.parametrize("end", ["...", "... (400 characters)"])
def test_a_secret_that_a_report_cuts_in_two_is_found_too(hidden: str, end: str) -> None:
    cut = hidden[: len(hidden) * 4 // 5]
    cleaned = CAREFUL.clean(f"your key {cut}{end}")
    assert "$REMO_API_KEY" in cleaned
    assert hidden[:10] not in cleaned.replace("$REMO_API_KEY", "")
    assert cut[4:18] not in cleaned


@pytest.mark.parametrize("hidden", [KEY, DATA.hex(), b64encode(DATA).decode()], ids=["plain", "hex", "base64"])
def test_half_of_a_secret_at_the_end_of_what_is_read_is_found_too(hidden: str) -> None:
    shown = _shown(f"{'A' * 19_983} {hidden} tail {'z' * 400}", CAREFUL)
    assert shown.startswith("<base64, 19983 characters> $REMO_API_KEY... (")


def test_what_stands_beside_a_secret_that_is_cut_stays() -> None:
    assert (
        CAREFUL.clean(f"a 0x and 0x{'-'.join(KEY)[:24]}... (90 characters)")
        == "a 0x and 0x$REMO_API_KEY... (90 characters)"
    )


def test_thousands_of_cuts_take_no_time() -> None:
    began = time.process_time()
    assert CAREFUL.clean(f"{'k3y-9Zq...' * 2000}")
    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("between", ["", ";", "<->" * 5, "&" * 9, "\\" * 9], ids=repr)
def test_a_secret_that_is_nearly_written_takes_no_time(between: str) -> None:
    key = "0123456789abcdefghijklmnopqrstuvwxyz&&&&"
    nearly = between.join(f"&#{ord(letter)};" for letter in key[:-1])
    began = time.process_time()
    assert Redactor([Credentials("me@example.com", "user-key-1", key)]).clean(nearly)
    assert time.process_time() - began < 1.0


def test_an_encoded_secret_is_taken_out_of_the_middle() -> None:
    text = f"first {DATA.hex(' ')} then {b64encode(DATA).decode()} and {DATA.hex()}, the end"
    assert CAREFUL.clean(text) == "first $REMO_API_KEY then $REMO_API_KEY and $REMO_API_KEY, the end"


def test_tags_may_stand_between_the_letters_of_a_secret() -> None:
    person = Credentials("me@example.com", "user-key-1", "k3y-9Zq77Abcd")
    tagged = "".join(f"<b>{letter}</b>" for letter in person.api_key)
    assert Redactor([person]).clean(tagged) == "<b>$REMO_API_KEY</b>"


def test_a_text_without_a_secret_stays_as_it_is() -> None:
    text = "APIName Analysis-skeleton-v2-back, 50 % of 0x20 and \\u0041 & more... (400 characters)"
    assert CAREFUL.clean(text) == text


def test_a_short_secret_leaves_other_words_alone() -> None:
    person = Credentials("me@example.com", "abc", "not-there")
    assert Redactor([person]).clean("abc in abcd") == "$REMO_API_USER_KEY in abcd"


def test_credentials_do_not_print() -> None:
    assert "s3cret" not in repr(Credentials("me@example.com", "s3cret", "s3cret"))
