"""Starts a mock whose replies are changed on their way out, as the self-test does."""

from contract_tests.selftest.mutation import Change
from contract_tests.selftest.server import MutatingServer
from remo_mock import create_app


def broken_server(change: Change | None = None) -> MutatingServer:
    """Make a server on loopback; `change` is what it breaks, None leaves the replies good."""
    return MutatingServer(create_app, change)
