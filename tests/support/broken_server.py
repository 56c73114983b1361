"""Starts a mock whose replies are changed on their way out, as the self-test does."""

from pathlib import Path
from typing import Any

from flask import Flask

from contract_tests.selftest.changes import Edit
from contract_tests.selftest.mutation import Change
from contract_tests.selftest.server import MutatingServer
from remo_mock import Settings, create_app


def make_app(folder: Path | None) -> Flask:
    """Make the good mock of a contract folder; None is the packaged contract."""
    return create_app(Settings(contract_dir=folder))


def broken_server(change: Change | None = None) -> MutatingServer:
    """Make a server on loopback; `change` is what it breaks, None leaves the replies good."""
    return MutatingServer(make_app, change)


def misgrading(field: str) -> Edit:
    """Return the edit that gives a grade's neighbour, whatever the grade is, where a reply has the field."""

    def edit(reply: dict[str, Any]) -> None:
        if field in reply:
            reply[field] += -1 if reply[field] > 0 else 1

    return edit
