"""Imports inside mock_server go down only, so that the core stays free of HTTP, settings and files."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "mock_server"

# From the bottom up; modules of one row do not import each other.
LAYERS = (
    {"exceptions"},
    {
        "clock",
        "contract",
        "file_writing",
        "formats",
        "interception",
        "orientation",
        "receipts",
        "recording_budget",
        "threaded",
        "worker",
    },
    {
        "cache",
        "card_mark",
        "cassette_text",
        "contract_reading",
        "delay",
        "engines",
        "hosts",
        "metrics",
        "origins",
        "prepared",
        "photos",
        "profiles",
        "waiting",
    },
    {"reading_ledger", "silhouette", "text_table"},
    {"card_scenes", "faults", "figure", "store", "validation", "verdicts", "wire"},
    {
        "card_writing",
        "cards",
        "cassette_shapes",
        "journal",
        "ledger",
        "outcome_queue",
        "outcomes",
        "replies",
        "skeleton",
    },
    {"ways"},
    {
        "asking",
        "card_set",
        "cassette_privacy",
        "cassettes",
        "hints",
        "openapi_prefer",
        "openapi_schemas",
        "overlay",
        "personas",
        "transmitting",
        "wiremock",
    },
    {"analysis", "codes", "openapi"},
    {"cassette_keeping", "cassette_source", "console_data", "docs_page"},
    {"decision"},
    {"bookkeeping"},
    {"cassette_replay", "responder"},
    {"resources", "settings"},  # the shell begins here: where options and files come from
    {"suite"},
    {"openapi_making", "packaged_cards"},
    {"codes_command", "export_command", "ledger_command", "making", "openapi_command", "photos_command"},
    {"verify_command"},
    {"drift_asking", "faker_provider", "problems", "pytest_bill", "recording"},
    {"adapter", "drift_pairs", "recording_app"},
    {"drift_results", "drift_rules", "queries"},
    {"admin_control", "admin_docs", "admin_reference", "console_routes", "drift"},
    {"admin"},
    {"app"},
    {"inprocess", "serving"},
    {"decorating", "drift_command", "pytest_plugin", "record_command"},
    {"__init__"},
    {"cli"},
)
HEIGHT = {module: height for height, row in enumerate(LAYERS) for module in row}


def imports_of(source: str) -> set[str]:
    """Name the modules of mock_server that `source` imports, wherever in the file they stand."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("mock_server."):
            found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("mock_server.")}
    return found


def upward(module: str, source: str) -> set[str]:
    """Name the imports of `module` that do not go down."""
    return {name for name in imports_of(source) if HEIGHT[name] >= HEIGHT[module]}


def test_every_module_has_its_layer() -> None:
    assert {path.stem for path in PACKAGE.glob("*.py")} == set(HEIGHT)


@pytest.mark.parametrize("module", sorted(HEIGHT))
def test_imports_go_down_only(module: str) -> None:
    assert upward(module, (PACKAGE / f"{module}.py").read_text(encoding="utf-8")) == set()


def test_an_upward_import_is_found() -> None:
    assert upward("ledger", "def f():\n    from mock_server.replies import Reply\n    import mock_server.app") == {
        "replies",
        "app",
    }
