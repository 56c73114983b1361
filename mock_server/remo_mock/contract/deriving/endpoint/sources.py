"""Writes where a page states a fact, as the contract's data has it."""

from remo_mock.contract.deriving.facts import Source
from remo_mock.contract.file_layouts import SOURCE_KEY
from remo_mock.contract.model import Json

UNTITLED = "the page"


def sourced(page: str | None, evidence: str, *sources: Source | str) -> Json:
    """Return the member of an object that says where a page states it."""
    sections = [one if isinstance(one, str) else one.section for one in sources]
    section = "; ".join(dict.fromkeys(one for one in sections if one)) or UNTITLED
    return {SOURCE_KEY: {"page": page, "section": section, "evidence": evidence}}


def assumed(section: str) -> Json:
    """Return the member for what no page states."""
    return {SOURCE_KEY: {"page": None, "section": section, "evidence": "assumed"}}
