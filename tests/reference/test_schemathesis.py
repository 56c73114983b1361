"""Schemathesis asks a running mock what its own OpenAPI document allows and forbids, and finds nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.checkout import ROOT
from tests.support.servers import serving
from tests.support.waiting import RUN_TIMEOUT

HERE = Path(__file__).parent

# An undocumented method answers the code of a protocol error, not 405: so says the contract's row for 400.
NOT_THE_VENDORS = "unsupported_method"
# A request that keeps the schema still needs an account, credits, photos of a person, and a header Prefer that
# asks for what there is: no schema tells.
BEYOND_A_SCHEMA = "positive_data_acceptance"
# With --http-status 200 every refusal comes as 200 (L19).
ALL_ARE_200 = "negative_data_rejection"
# These look for what the API has not: required headers, security schemes, resources, Allow headers.
NOT_APPLICABLE = (
    "missing_required_header,ignored_auth,object_level_authorization,use_after_free,ensure_resource_availability,"
    "allow_header_conformance"
)

MIRROR = ("--config-file", str(HERE / "schemathesis.toml"))


def examine(
    folder: Path,
    *excluded: str,
    serve: tuple[str, ...],
    mode: str,
    config: tuple[str, ...] = MIRROR,
    hooks: str = "",
    examples: int = 50,
) -> str:
    """Run Schemathesis on a mock that serves with options, without `excluded` checks; return its report."""
    command = [sys.executable, "-m", "schemathesis.cli", *config, "run"]
    options = [f"--max-examples={examples}", "--generation-deterministic", "--no-color", f"--mode={mode}"]
    skipped = f"--exclude-checks={','.join((NOT_APPLICABLE, *excluded))}"
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        "SCHEMATHESIS_HOOKS": hooks,
    }
    with serving(*serve) as server:
        done = subprocess.run(
            [*command, f"{server.url}/__admin/openapi.json", *options, skipped],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=RUN_TIMEOUT,
        )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_nothing_is_found_when_statuses_are_mirrored(tmp_path: Path) -> None:
    report = examine(tmp_path, NOT_THE_VENDORS, BEYOND_A_SCHEMA, serve=("--http-status", "mirror"), mode="all")
    assert "5 passed" in report


@pytest.mark.exhaustive
def test_nothing_is_found_in_ten_times_as_many_requests(tmp_path: Path) -> None:
    serve = ("--http-status", "mirror")
    report = examine(tmp_path, NOT_THE_VENDORS, BEYOND_A_SCHEMA, serve=serve, mode="all", examples=500)
    assert "5 passed" in report


def test_nothing_is_found_when_every_status_is_200(tmp_path: Path) -> None:
    """No server error is allowed here: with this switch none may ever come."""
    serve = ("--http-status", "200", "--error-shape", "both")
    report = examine(tmp_path, NOT_THE_VENDORS, BEYOND_A_SCHEMA, ALL_ARE_200, serve=serve, mode="all", config=())
    assert "5 passed" in report


def test_nothing_is_found_with_an_account_and_photos(tmp_path: Path) -> None:
    report = examine(tmp_path, BEYOND_A_SCHEMA, serve=(), mode="positive", hooks="tests.support.schemathesis_account")
    assert "5 passed" in report


def test_a_mock_that_breaks_its_document_is_found_out(tmp_path: Path) -> None:
    """Asked by the document of the other switch, the mock sends statuses that are not documented."""
    with serving("--http-status", "mirror") as server:
        other = tmp_path / "other.json"
        printing = [sys.executable, "-m", "remo_mock", "openapi", "--http-status", "200", "--server", server.url]
        other.write_text(subprocess.run(printing, check=True, capture_output=True, text=True).stdout)
        asking = [sys.executable, "-m", "schemathesis.cli", "run", str(other), "--url", server.url]
        options = ["--phases=examples", "--no-color", "--checks=status_code_conformance"]
        done = subprocess.run([*asking, *options], cwd=tmp_path, capture_output=True, text=True, timeout=RUN_TIMEOUT)
    assert done.returncode == 1
    assert "[412]" in done.stdout
