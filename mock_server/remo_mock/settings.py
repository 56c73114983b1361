"""The options of a mock as one frozen value; knows where each comes from, and nothing of what it does."""

import os
import warnings
from collections.abc import Callable, Mapping
from dataclasses import InitVar, asdict, dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from remo_mock import addresses as origins
from remo_mock.contract import OBSERVED, ApiName, ErrorShape, HttpStatus, SideReply, SplitPrice, Switches
from remo_mock.exceptions import SettingsError, UnknownVariableWarning
from remo_mock.service.delay import AT_ONCE, Delay, parse_delay

PREFIX = "REMO_MOCK_"
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every option of `remo-mock serve`; an argument wins over `REMO_MOCK_<NAME>`, which wins over the default.

    `db` is a PostgreSQL or SQLite URL, or the path of a SQLite file (None: in memory, or a temporary file for
    several workers); `max_body` is in megabytes and `max_pixels` in pixels (L22); `contract_dir` holds another
    contract than the packaged one, laid out like `schemas/`; `cache_bytes` bounds the memory of photos seen before;
    `cors` is the origin whose web pages may call the vendor's routes (`*`: any); `accounts` is how many invented
    ones a fresh mock knows; `replay` is a cassette whose exchanges are answered as they were recorded. `as_observed`
    sets every switch that is not given to what the live service was seen to do.
    """

    host: str = "127.0.0.1"
    port: int = 4420
    workers: int = 1
    db: str | None = None
    seed: int = 0
    delay: Delay = AT_ONCE
    http_status: HttpStatus = "mirror"
    error_shape: ErrorShape = "status"
    api_name: ApiName = "page"
    split_price: SplitPrice = "set"
    side_reply: SideReply = "page"
    max_body: int = 64
    max_pixels: int = 50_000_000
    cache_bytes: int = 256 * MEGABYTE
    admin_token: str | None = None
    cors: str | None = None
    contract_dir: Path | None = None
    accounts: int = 0
    replay: Path | None = None
    no_console: bool = False
    as_observed: InitVar[bool] = False

    def __post_init__(self, as_observed: bool) -> None:
        """Turn the switches that have their defaults to what the live service was seen to do."""
        if as_observed:
            usual = Switches()
            for name, value in asdict(OBSERVED).items():
                if getattr(self, name) == getattr(usual, name):
                    object.__setattr__(self, name, value)

    @property
    def switches(self) -> Switches:
        """The readings of the vendor's pages that the mock keeps to."""
        return Switches(**{field.name: getattr(self, field.name) for field in fields(Switches)})

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None, **arguments: Any) -> "Settings":
        """Merge arguments (None: not given) with the environment (empty: not given) and the defaults.

        Raises `SettingsError` for a value that cannot be meant; warns by `UnknownVariableWarning` of `REMO_MOCK_*`
        names that are no option.
        """
        environment = os.environ if environment is None else environment
        known = {f"{PREFIX}{name.upper()}": name for name in (*(field.name for field in fields(cls)), "as_observed")}
        values: dict[str, Any] = {}
        for name, text in environment.items():
            if name in known:
                if text.strip():
                    values[known[name]] = _parse(known[name], text, told_as=name)
            elif name.startswith(PREFIX):
                told = f"{name} is no option of remo-mock and changes nothing; {_nearest(name, list(known))}"
                warnings.warn(told, UnknownVariableWarning, stacklevel=2)
        for option, value in arguments.items():
            if value is not None:
                values[option] = _parse(option, value, told_as=f"--{option.replace('_', '-')}")
        if values.pop("as_observed", False):
            values = asdict(OBSERVED) | values
        return cls(**values)


def _nearest(name: str, known: list[str]) -> str:
    options = [one.removeprefix(PREFIX) for one in known]  # what all have in common would make any two alike
    found = get_close_matches(name.removeprefix(PREFIX), options, n=1)
    return f"did you mean {PREFIX}{found[0]}?" if found else f"known are {', '.join(known)}"


def _parse(option: str, value: Any, *, told_as: str) -> Any:
    parse, expected = _PARSERS.get(option, (str, "a text"))
    try:
        return parse(value) if isinstance(value, str) else value
    except (ValueError, KeyError) as error:
        raise SettingsError(told_as, str(value), expected) from error


def _whole(lowest: int, highest: int) -> tuple[Callable[[str], int], str]:
    def parse(text: str) -> int:
        number = int(text)
        if not lowest <= number <= highest:
            raise ValueError(text)
        return number

    return parse, f"a whole number from {lowest} to {highest}"


def _one_of(choices: tuple[str, ...]) -> tuple[Callable[[str], str], str]:
    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return parse, f"one of {', '.join(choices)}"


def _not_empty(text: str) -> str:
    if not text.strip():
        raise ValueError(text)
    return text


def _token(text: str) -> str:
    """Take what a header can carry."""
    if not (text.isascii() and text.isprintable() and text and " " not in text):
        raise ValueError(text)
    return text


def _path(text: str) -> Path:
    return Path(_not_empty(text))


_FLAGS = "one of 1, true, yes, 0, false, no"


def _flag(text: str) -> bool:
    return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[text.strip().lower()]


_PARSERS: dict[str, tuple[Callable[[str], Any], str]] = {
    "host": (_not_empty, "an address or a name of this machine"),
    "port": _whole(0, 65535),
    "workers": _whole(1, 64),
    "seed": _whole(-(2**63), 2**63 - 1),
    "delay": (parse_delay, "milliseconds, or a range such as 200-800"),
    "http_status": _one_of(get_args(HttpStatus)),
    "error_shape": _one_of(get_args(ErrorShape)),
    "api_name": _one_of(get_args(ApiName)),
    "split_price": _one_of(get_args(SplitPrice)),
    "side_reply": _one_of(get_args(SideReply)),
    "max_body": _whole(1, 1024),
    "max_pixels": _whole(1, 1_000_000_000),
    "cache_bytes": _whole(0, 2**40),
    "db": (_not_empty, "a file or a database URL"),
    "contract_dir": (_path, "a directory"),
    "admin_token": (_token, "letters, digits and signs of ASCII, without spaces"),
    "cors": (origins.parse_origin, origins.EXPECTED),
    "replay": (_path, "a directory"),
    "accounts": _whole(0, 10_000),
    "no_console": (_flag, _FLAGS),
    "as_observed": (_flag, _FLAGS),
}
