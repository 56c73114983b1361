"""Defines groups of commands whose help cuts no summary off."""

import inspect
from typing import Any

import click

HELP_SETTINGS: dict[str, Any] = {
    "help_option_names": ["-h", "--help"],
    "show_default": True,
    "max_content_width": 120,
}
"""What all commands have in common: help as wide as the terminal, up to where lines are hard to read."""


class CommandGroup(click.Group):
    """A group whose help has the whole first paragraph of each command; click's own ends it with dots."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their summaries, on as many lines as these need."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                rows.append((name, _summary(command)))
        if rows:
            with formatter.section("Commands"):
                formatter.write_dl(rows)


def _summary(command: click.Command) -> str:
    text = inspect.cleandoc(command.short_help or command.help or "").partition("\n\n")[0]
    return " ".join(text.split())
