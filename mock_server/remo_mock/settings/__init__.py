"""The options of a mock: one frozen value, read from arguments, variables and the command line."""

from remo_mock.settings.settings import MEGABYTE, Settings
from remo_mock.settings.variables import flag_of, variable_of

__all__ = ["MEGABYTE", "Settings", "flag_of", "variable_of"]
