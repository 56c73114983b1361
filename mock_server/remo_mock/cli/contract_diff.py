"""The command `remo-mock contract diff`: what moved between two states of the pages or of a contract."""

import json
import sys
from pathlib import Path

import click

from remo_mock.cli.output import print_document, print_text
from remo_mock.contract.comparing.comparison import as_json, as_markdown, as_text, compare

_CHANGES = 1
_path = click.Path(exists=True, path_type=Path)


@click.command("diff")
@click.argument("old", metavar="OLD", type=_path)
@click.argument("new", metavar="NEW", type=_path)
@click.argument("more", metavar="[REPLY]...", nargs=-1, type=_path)
@click.option("--replies", metavar="FILE...", multiple=True, type=_path, help="Recorded replies, to be judged by both.")
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to print it."
)
def diff_command(old: Path, new: Path, more: tuple[Path, ...], replies: tuple[Path, ...], form: str) -> None:
    """Say what moved between OLD and NEW: pages, files of facts, or folders of pages or of contract data.

    Replies are saved bodies, exchanges of a cassette, HAR files, or directories of these. Exit: 0 nothing moved,
    1 something did, 2 usage.
    """
    if more and not replies:
        raise click.UsageError(f"{more[0]}: a third file is a reply; write --replies before it.")
    comparison = compare(old, new, (*replies, *more))
    if form == "json":
        print_document(json.dumps(as_json(comparison), ensure_ascii=False, indent=2).encode())
    else:
        print_text("\n".join(as_markdown(comparison) if form == "markdown" else as_text(comparison)))
    if comparison.count:
        sys.exit(_CHANGES)
