"""The options of a mock as one frozen value: the types, the defaults, and where each value comes from."""

import os
import warnings
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

import click

from remo_mock import addresses
from remo_mock.contract import (
    MAX_PIXELS,
    OBSERVED,
    ApiName,
    ErrorShape,
    HttpStatus,
    SideReply,
    SplitPrice,
    Switches,
)
from remo_mock.exceptions import UnknownVariableWarning
from remo_mock.service.outcomes.delay import AT_ONCE, Delay, parse_delay
from remo_mock.settings.option_types import (
    COMPLETE_DIRECTORY,
    COMPLETE_FILE,
    DIRECTORY,
    Parsed,
    not_empty,
    read_path,
    read_token,
    secret_file,
)
from remo_mock.settings.variables import PREFIX, nearest, read_value, variable_of
from remo_mock.store.account import Account, parse_account, read_accounts
from remo_mock.store.personas import known_locale

MEGABYTE = 1024 * 1024


def _option(**click_arguments: Any) -> dict[str, Any]:
    """Return the metadata of a field of `Settings`: the arguments of its `click.option`, and as `flag` another name.

    A field without `help` is no option of the command line, and has a variable alone.
    """
    return click_arguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every option of `remo-mock serve`, and two more that only a variable sets.

    `db` is a PostgreSQL or SQLite URL, or the path of a SQLite file (None: in memory, or a temporary file for
    several workers). `max_body` is in megabytes, `max_pixels` in pixels (L22), `cache_bytes` in bytes of photos seen
    before, in all workers together. `contract_dir` holds another contract than the packaged one, laid out like
    `schemas/`. `replay` is a cassette whose exchanges are answered as they were recorded. `cors` is the origin whose
    web pages may call the vendor's routes (`*`: any). `accounts` is how many invented accounts a fresh mock has, and
    `accounts_locale` in the names of which locale (None: those of a list of ours); `first_accounts` are
    accounts of the user's own, and `file_accounts` those that came from a file. `as_observed` turns every switch that
    has its default to what was seen of the live service; the ledger says by whom. `ready_file` is written for
    programs that start a server and have to know where it answers. `open_browser` shows the console, and `mark` writes
    into the drawn pictures that they are a mock's. `token_from_file` and `db_from_file` are what files say for
    `admin_token` and `db`, which win over them.
    """

    host: str = field(
        default="127.0.0.1",
        metadata=_option(
            type=Parsed(not_empty, "an address or a name of this machine"),
            metavar="ADDRESS",
            help="Address to listen on.",
        ),
    )
    port: int = field(
        default=4420,
        metadata=_option(type=click.IntRange(0, 65535), metavar="PORT", help="Port; 0 takes a free one."),
    )
    workers: int = field(
        default=1,
        metadata=_option(type=click.IntRange(1, 64), metavar="N", help="Processes; several share a database file."),
    )
    db: str | None = field(
        default=None,
        metadata=_option(
            type=Parsed(not_empty, "a file or a database URL"),
            shell_complete=COMPLETE_FILE,
            metavar="FILE|URL",
            help="Keep accounts in this SQLite file or PostgreSQL database.",
            show_default="in memory",
        ),
    )
    db_from_file: str | None = field(
        default=None,
        metadata=secret_file(
            "db-url-file", "The URL of --db is in this file: lists of processes show a password in it."
        ),
    )
    seed: int = field(
        default=0, metadata=_option(type=click.INT, metavar="N", help="Other metrics for the same photos.")
    )
    delay: Delay = field(
        default=AT_ONCE,
        metadata=_option(
            type=Parsed(parse_delay, "a number of milliseconds, or a range such as 200-800"),
            metavar="MS|MS-MS",
            help="Wait before each answer.",
        ),
    )
    http_status: HttpStatus = field(
        default="mirror",
        metadata=_option(
            type=click.Choice(get_args(HttpStatus)), help="HTTP status of errors: the code itself, or 200 (L19)."
        ),
    )
    error_shape: ErrorShape = field(
        default="status",
        metadata=_option(
            type=click.Choice(get_args(ErrorShape)), help="Key of the error code; detailed adds credit_change 0 (L01)."
        ),
    )
    api_name: ApiName = field(
        default="page",
        metadata=_option(type=click.Choice(get_args(ApiName)), help="APIName of the page's example, or its own (L07)."),
    )
    split_price: SplitPrice = field(
        default="set",
        metadata=_option(
            type=click.Choice(get_args(SplitPrice)), help="Split requests of one uuid cost as a set, or each (L05)."
        ),
    )
    side_reply: SideReply = field(
        default="page",
        metadata=_option(
            type=click.Choice(get_args(SideReply)), help="Fields of v2-side: its page's, or as seen live (L39)."
        ),
    )
    as_observed: bool = field(
        default=False,
        metadata=_option(
            type=click.BOOL,
            is_flag=True,
            help="Set each switch that is not given as seen of the live service.",
        ),
    )
    max_body: int = field(
        default=64,
        metadata=_option(type=click.IntRange(1, 1024), metavar="MB", help="Largest request body (L22)."),
    )
    max_pixels: int = field(
        default=MAX_PIXELS,
        metadata=_option(type=click.IntRange(1, 1_000_000_000), metavar="N", help="Most pixels of a photo (L22)."),
    )
    cache_bytes: int = field(default=256 * MEGABYTE, metadata=_option(type=click.IntRange(0, 2**40)))
    admin_token: str | None = field(
        default=None,
        metadata=_option(
            type=Parsed(read_token),
            metavar="TOKEN",
            help="/__admin wants this token. Lists of processes show it; variables and files keep it.",
            show_default="made if the host is not loopback",
        ),
    )
    token_from_file: str | None = field(
        default=None, metadata=secret_file("admin-token-file", "/__admin wants the token in this file.", read_token)
    )
    cors: str | None = field(
        default=None,
        metadata=_option(
            type=Parsed(addresses.parse_origin, addresses.ORIGIN_FORM),
            metavar="ORIGIN",
            help="Let web pages of this origin (*: any) call the vendor's routes.",
        ),
    )
    contract_dir: Path | None = field(default=None, metadata=_option(type=DIRECTORY))
    first_accounts: tuple[Account, ...] = field(
        default=(),
        metadata=_option(
            flag="account",
            type=Parsed(parse_account),
            multiple=True,
            metavar="EMAIL:USERKEY:APIKEY[:CREDITS]",
            help="Open this account, too; repeatable. A database that has it gets these keys, and keeps its balance.",
        ),
    )
    file_accounts: tuple[Account, ...] = field(
        default=(),
        metadata=_option(
            flag="accounts-file",
            type=Parsed(lambda text: read_accounts(Path(text))),
            shell_complete=COMPLETE_FILE,
            metavar="FILE.json",
            help='Open the accounts of this file, too: [{"email", "user_key", "api_key", "credit"}, ...].',
        ),
    )
    accounts: int = field(
        default=0,
        metadata=_option(
            type=click.IntRange(0, 10_000),
            metavar="N",
            help="Open so many invented accounts, too, and print them with their keys.",
        ),
    )
    accounts_locale: str | None = field(
        default=None,
        metadata=_option(
            type=Parsed(known_locale),
            metavar="LOCALE",
            help="Invent them in the names of a locale such as ko_KR; wants pip install 'remo-mock[faker]'.",
        ),
    )
    replay: Path | None = field(
        default=None,
        metadata=_option(
            type=DIRECTORY,
            shell_complete=COMPLETE_DIRECTORY,
            metavar="DIR",
            help="Answer requests that this cassette holds as they were recorded (see record).",
        ),
    )
    ready_file: Path | None = field(
        default=None,
        metadata=_option(
            type=Parsed(read_path, "a file"),
            shell_complete=COMPLETE_FILE,
            metavar="FILE.json",
            help="Once it answers, write its url, token and pid into this file, which is there until it ends.",
        ),
    )
    no_console: bool = field(
        default=False,
        metadata=_option(type=click.BOOL, is_flag=True, help="Leave out the page at /."),
    )

    mark: bool = field(
        default=False,
        metadata=_option(
            type=click.BOOL, is_flag=True, help="Write into each drawn picture's corner that it is no measurement."
        ),
    )
    open_browser: bool = field(
        default=False,
        metadata=_option(
            flag="open", type=click.BOOL, is_flag=True, help="Open the console in the browser once it is served."
        ),
    )

    def __post_init__(self) -> None:
        """Take what files say, and turn switches that have their defaults to what was seen, if that was asked for."""
        for name, in_file in (("admin_token", self.token_from_file), ("db", self.db_from_file)):
            if in_file is not None and getattr(self, name) is None:
                object.__setattr__(self, name, str(in_file))
        if self.as_observed:
            usual = Switches()
            for name, value in asdict(OBSERVED).items():
                if getattr(self, name) == getattr(usual, name):
                    object.__setattr__(self, name, value)

    @property
    def switches(self) -> Switches:
        """The readings of the vendor's pages that the mock keeps to."""
        return Switches(**{one.name: getattr(self, one.name) for one in fields(Switches)})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **arguments: Any) -> "Settings":
        """Make settings: an argument (not None) wins over its variable (not empty), which wins over the default.

        Texts are read as the command line reads them; `environment` is that of this process by default.
        Raises `SettingsError` for a value that is not one of its option; warns by `UnknownVariableWarning` of
        `REMO_MOCK_*` variables that belong to no option.
        """
        environment = os.environ if environment is None else environment
        values = {name: value for name, value in arguments.items() if value is not None}
        for one in fields(cls):
            if one.name in values:
                values[one.name] = read_value(one, values[one.name], source=one.name)
            elif environment.get(variable_of(one), "").strip():
                values[one.name] = read_value(one, environment[variable_of(one)], source=variable_of(one))
        known = [variable_of(one) for one in fields(cls)]
        for name in environment:
            if name.startswith(PREFIX) and name not in known:
                message = f"{name} is no option of remo-mock and changes nothing; {nearest(name, known)}"
                warnings.warn(message, UnknownVariableWarning, stacklevel=2)
        if values.pop("as_observed", False):  # a switch that was given stays, also one that is its default
            values = asdict(OBSERVED) | values
        return cls(**values)
