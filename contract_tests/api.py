"""Offers the contract suite to the server: the only module of the suite that the server imports.

Reports and the self-test are imported when they are asked for.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .model.body import has_too_many_values
from .model.check import LAYERS, LedgerReading
from .model.credentials import Credentials, Redactor
from .model.exchange import Exchange, Reply, Request
from .model.photos import Photo
from .model.promises import says_something
from .model.results import CheckResult
from .model.secret_forms import written_forms
from .run.assertion import Judgement, assert_contract, judge_exchanges
from .run.client import Client, SendResult
from .run.options import Options
from .run.recorded import Reader
from .run.recording import Recording, RecordingError
from .run.runner import credits_spent
from .run.safety import UnsafeError, check_target

if TYPE_CHECKING:
    from .selftest.server import MakeApp

__all__ = [
    "LAYERS",
    "CheckResult",
    "Client",
    "Credentials",
    "Exchange",
    "Judgement",
    "LedgerReading",
    "Options",
    "Photo",
    "Reader",
    "Recording",
    "RecordingError",
    "Redactor",
    "Reply",
    "Request",
    "SendResult",
    "UnsafeError",
    "assert_contract",
    "check_target",
    "credits_spent",
    "explain",
    "has_too_many_values",
    "judge_exchanges",
    "print_plan",
    "print_saved",
    "says_something",
    "self_test",
    "written_forms",
]

Echo = Callable[[str], None]


def explain(check_id: str, echo: Echo) -> int:
    """Print what a check asks and where the pages promise it; return the exit code."""
    from .reports import explanation

    return explanation.explain(check_id, echo)


def print_plan(options: Options, echo: Echo, echo_error: Echo) -> int:
    """Print what a run with these options would send, and its price; return the exit code."""
    from .reports import explanation

    return explanation.print_plan(options, echo, echo_error)


def print_saved(
    files: Sequence[str], endpoints: Sequence[str], *, without: Sequence[str], strict: bool, echo: Echo, reader: Reader
) -> int:
    """Judge saved replies, and print what is wrong with them; return the exit code.

    `without` names what was taken out of the replies; `reader` reads files of a kind that the suite does not know.
    """
    from .reports import saved

    return saved.print_saved(files, endpoints, without=without, strict=strict, echo=echo, reader=reader)


def self_test(
    make_app: "MakeApp", echo: Echo, *, contract_dir: Path | None = None, endpoints: Sequence[str] = ()
) -> int:
    """Judge the suite by servers that break one promise each, and print which it caught; return the exit code.

    `make_app`, a function of a module, makes the good mock of a contract folder (None: the packaged one) whose replies
    those servers change. Endpoints of the folder `contract_dir` that are not packaged, or have other data there, are
    judged, too, by servers that are made from its data; `endpoints` names those to judge (none: all).
    """
    from .selftest import command

    return command.self_test(make_app, echo, contract_dir=contract_dir, endpoints=endpoints)
