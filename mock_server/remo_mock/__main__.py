"""Runs the command line by `python -m remo_mock`."""

from remo_mock.cli import main

main()
