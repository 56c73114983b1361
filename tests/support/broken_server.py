"""Starts a mock whose replies are changed on their way out, as the self-test does."""

from pathlib import Path

from flask import Flask

from contract_tests.selftest.mutation import Change
from contract_tests.selftest.server import MutatingServer
from remo_mock import Settings, create_app


def make_app(folder: Path | None) -> Flask:
    """Make the good mock of a contract folder; None is the packaged contract."""
    return create_app(Settings(contract_dir=folder))


def broken_server(change: Change | None = None) -> MutatingServer:
    """Make a server on loopback; `change` is what it breaks, None leaves the replies good."""
    return MutatingServer(make_app, change)
