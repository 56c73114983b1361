"""The command line: one module for each command."""

from remo_mock.cli.group import main

__all__ = ["main"]
