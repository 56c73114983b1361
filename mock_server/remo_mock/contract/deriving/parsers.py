"""Loads the reader of pages, whose parsers are an extra of the package."""

from collections.abc import Callable

from remo_mock.contract.deriving.facts import PageFacts
from remo_mock.exceptions import MissingExtraError

EXTRA = "derive"


def page_reader() -> Callable[[str, str], PageFacts]:
    """Return the function that reads a page's file name and text into facts. Raises `MissingExtraError`."""
    try:
        from remo_mock.contract.deriving.reading import read_facts_of
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package == "remo_mock":
            raise
        raise MissingExtraError(EXTRA, f"Pages are read by {package}") from error
    return read_facts_of
