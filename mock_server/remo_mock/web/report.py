"""Reports to the owner of a server, on stderr."""

from contextlib import suppress

import click


def report(text: str) -> None:
    """Write a line to stderr, unless nobody reads it there: the server goes on all the same."""
    with suppress(OSError):
        click.echo(f"remo-mock: {text}", err=True)
