"""The names of a setting on the command line and in the environment, and how its text is read."""

from dataclasses import Field
from difflib import get_close_matches
from typing import Any

import click

from remo_mock.exceptions import SettingsError

PREFIX = "REMO_MOCK_"
"""How each variable of ours begins."""


def flag_of(option: "Field[Any]") -> str:
    """Return the name of a field of `Settings` on the command line, without dashes before it."""
    return str(option.metadata.get("flag") or option.name.replace("_", "-"))


def variable_of(option: "Field[Any]") -> str:
    """Return the environment variable of a field of `Settings`."""
    return PREFIX + flag_of(option).upper().replace("-", "_")


def read_value(option: "Field[Any]", value: Any, *, source: str) -> Any:
    """Convert a value to the option's type. Raises `SettingsError`, naming `source`."""
    kind = option.metadata["type"]
    try:
        if not option.metadata.get("multiple"):
            return kind.convert(value, None, None)
        values = kind.split_envvar_value(value) if isinstance(value, str) else value
        return tuple(kind.convert(one, None, None) for one in values)
    except click.BadParameter as error:
        raise SettingsError(source, error.message) from error


def nearest(name: str, known: list[str]) -> str:
    """Say which known name is meant, or which there are."""
    # Without the prefix, which would make any two alike.
    found = get_close_matches(name.removeprefix(PREFIX), [one.removeprefix(PREFIX) for one in known], n=1)
    return f"did you mean {PREFIX}{found[0]}?" if found else f"known are {', '.join(known)}"
