"""The options that several commands share: those of `Settings`, and `--force`."""

from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from typing import Any

import click
from click.core import ParameterSource

from remo_mock.contract import Switches
from remo_mock.settings import Settings, flag_of

Command = Callable[..., None]

SERVE = tuple(option.name for option in fields(Settings) if "help" in option.metadata)
"""The fields of `Settings` that are options of `remo-mock serve`."""

SWITCHES = (*(switch.name for switch in fields(Switches)), "as_observed")
"""The fields of `Settings` that choose between readings of the vendor's pages."""

force_option = click.option("--force", is_flag=True, help="Overwrite files that differ.")


def type_of(name: str) -> Any:
    """Return the click type of the field of `Settings` with this name, for an option that is another one."""
    return next(option.metadata["type"] for option in fields(Settings) if option.name == name)


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Give a command the options of `Settings` with these names, and call it with `settings`.

    What the command line does not say comes from the environment, as `Settings.from_environment` has it.
    """
    shared = [option for option in fields(Settings) if option.name in names]

    def decorate(command: Command) -> Command:
        @wraps(command)
        def with_settings(**arguments: Any) -> None:
            source = click.get_current_context().get_parameter_source
            values = {option.name: arguments.pop(option.name) for option in shared}
            given = {name: value for name, value in values.items() if source(name) is ParameterSource.COMMANDLINE}
            command(settings=Settings.from_environment(**given), **arguments)

        decorated: Command = with_settings
        for option in reversed(shared):
            details = {name: value for name, value in option.metadata.items() if name != "flag"}
            decorated = click.option(option.name, f"--{flag_of(option)}", default=option.default, **details)(decorated)
        return decorated

    return decorate
